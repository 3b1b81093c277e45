#pragma once

#include "document/document.hpp"
#include "util/words.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oidcgen::oidc {

/// How a value came to be known.
enum class Known : std::uint8_t {
    given,     ///< it stands in a file
    defaulted, ///< it is absent, so the system's default for the target version holds
    filled,    ///< a placeholder stands in the file, and a file of values fills it
    unknown,   ///< something is there that is filled in later; nothing is concluded from it
};

/// A value, where it stands, and how it is known. The place of an absent value is where it should stand.
template <class T>
struct Located {
    T value{};
    document::Place place{};
    Known known = Known::defaulted;

    [[nodiscard]] bool is_unknown() const { return known == Known::unknown; }
    /// Somebody wrote it, here or in a file of values.
    [[nodiscard]] bool is_given() const { return known == Known::given || known == Known::filled; }
};

using Text = Located<std::string>;
using Texts = Located<std::vector<Text>>;

/// The name of the setting at a place, as the file's own system writes it: the last name in its path. `otherwise` where
/// the value stands in no file.
[[nodiscard]] util::Words setting_name(const document::Place& place, std::string_view otherwise);

/// A value that did not come from a file, as writers take it.
template <class T>
[[nodiscard]] Located<T> given(T value) {
    return {std::move(value), {}, Known::given};
}

[[nodiscard]] inline Texts given_texts(std::vector<std::string> values) {
    Texts result{{}, {}, Known::given};
    for (auto& value : values) {
        result.value.push_back(given(std::move(value)));
    }
    return result;
}

} // namespace oidcgen::oidc
