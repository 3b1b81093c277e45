#pragma once

#include "apps/immich/settings.hpp"
#include "rule/rule.hpp"
#include "util/words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::apps::immich {

/// What a setting's value is tested for.
enum class Test : std::uint8_t {
    boolean,
    text,
    filled_text,
    validator_address,     ///< validator.js with its defaults
    validator_web_address, ///< validator.js, http or https; empty passes
    address,               ///< the URL Standard; empty passes
    auth_method,
    positive_integer,
    any_positive_integer, ///< the same without an upper limit
    quota,                ///< a number from 0
    whole_quota,          ///< a whole number from 0
};

/// What is wrong with a value.
struct Fault {
    const rule::Rule* rule = nullptr;
    util::Words what; ///< behind the name of the setting
    util::Words help{};
};

/// What is wrong with a value, if anything.
[[nodiscard]] std::optional<Fault> fault_of(Test test, std::string_view key, const JsValue& value,
                                            const Settings& settings);

/// Text in a message, but for values that may hold a password.
[[nodiscard]] util::Words shown_address(std::string_view text);

} // namespace oidcgen::apps::immich
