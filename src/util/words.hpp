#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::util {

/// A sentence for people, made of our own words and of text that came from outside (a file, an option, a library), each
/// part known as what it is. Who shows it decides what of the outside text may be seen; nothing is guessed from the
/// sentence.
class Words {
  public:
    /// Bytes of the text that came from outside, without the quotation marks around them.
    struct Part {
        std::uint32_t start = 0;
        std::uint32_t size = 0;

        friend bool operator==(const Part&, const Part&) = default;
    };

    Words() = default;
    Words(std::string own) // NOLINT(google-explicit-constructor): our own words are sentences as they are
        : m_text(std::move(own)) {}
    Words(std::string_view own) // NOLINT(google-explicit-constructor)
        : m_text(own) {}
    Words(const char* own) // NOLINT(google-explicit-constructor)
        : m_text(own) {}

    [[nodiscard]] bool empty() const { return m_text.empty(); }
    /// All of it, unmasked: for comparing and sorting, never for showing.
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] const std::vector<Part>& outside() const { return m_outside; }
    [[nodiscard]] std::string_view part(const Part& part) const {
        return std::string_view(m_text).substr(part.start, part.size);
    }

    Words& operator+=(const Words& more);
    friend Words operator+(Words left, const Words& right) { return std::move(left += right); }
    friend bool operator==(const Words& left, std::string_view right) { return left.m_text == right; }
    friend bool operator==(const Words& left, const Words& right) = default;
    friend std::ostream& operator<<(std::ostream& out, const Words& words) { return out << words.m_text; }

  private:
    friend Words outside(std::string_view text, std::size_t most);

    std::string m_text;
    std::vector<Part> m_outside;
};

/// Text from outside in double quotes, on one line, as quoted() writes it.
[[nodiscard]] Words outside(std::string_view text, std::size_t most = 80);

/// `; did you mean "x"?` about the candidate nearest to the text, or nothing when none is near.
[[nodiscard]] Words did_you_mean(std::string_view text, std::span<const std::string_view> candidates);

/// The pattern with each `{}` replaced by the next argument, and each `{0}`, `{1}` … by that one.
[[nodiscard]] Words filled(std::string_view pattern, std::initializer_list<Words> arguments);

/// The same with arguments of any kind that can be formatted; those that are Words keep what they are made of.
template <class... Arguments>
[[nodiscard]] Words words(std::string_view pattern, const Arguments&... arguments) {
    const auto one = [](const auto& argument) -> Words {
        if constexpr (std::is_convertible_v<decltype(argument), Words>) {
            return argument;
        } else {
            return fmt::format("{}", argument);
        }
    };
    return filled(pattern, {one(arguments)...});
}

} // namespace oidcgen::util
