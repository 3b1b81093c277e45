#pragma once

#include "lang/js/value.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <optional>

namespace oidcgen::apps::immich {

/// What a release makes of `"true"` and `"false"` in quotes.
enum class BooleanTexts : std::uint8_t {
    refused,
    kept,      ///< taken, and kept as text: "false" counts as true
    converted, ///< converted to booleans
};

[[nodiscard]] BooleanTexts boolean_texts(const util::Version& version);

/// The boolean that Immich's checks see; nothing when they take the value for none.
[[nodiscard]] std::optional<bool> to_boolean(const lang::js::Value& value, const util::Version& version);

} // namespace oidcgen::apps::immich
