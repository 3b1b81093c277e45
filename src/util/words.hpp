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
/// sentence. Text that is no literal becomes part of one through own(), outside(), bare() or path() alone.
class Words {
  public:
    enum class Kind : std::uint8_t {
        quoted, ///< a text from outside in double quotes, which are no part of it
        bare,   ///< one without quotes
        path,   ///< a name of a file or folder that the person gave
    };

    /// A text from outside.
    struct Part {
        std::uint32_t start = 0; ///< where it stands in text(), bytes
        std::uint32_t size = 0;
        Kind kind = Kind::bare;
        std::uint32_t most = 0; ///< quoted: how many code points are shown
        std::string raw{};      ///< as it came, when text() has it escaped or cut; else empty

        friend bool operator==(const Part&, const Part&) = default;
    };

    Words() = default;
    Words(const char* literal) // NOLINT(google-explicit-constructor): our own sentence, as it stands in the source
        : m_text(literal) {}

    [[nodiscard]] bool empty() const { return m_text.empty(); }
    /// All of it, unmasked: for comparing and sorting, never for showing.
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] const std::vector<Part>& outside() const { return m_outside; }
    /// The text from outside, as it came; of a long one that is cut, what is shown and a little more.
    [[nodiscard]] std::string_view raw(const Part& part) const {
        return part.raw.empty() ? std::string_view(m_text).substr(part.start, part.size) : std::string_view(part.raw);
    }

    Words& operator+=(const Words& more);
    friend Words operator+(Words left, const Words& right) { return std::move(left += right); }
    friend bool operator==(const Words& left, std::string_view right) { return left.m_text == right; }
    friend bool operator==(const Words& left, const Words& right) = default;
    friend std::ostream& operator<<(std::ostream& out, const Words& words) { return out << words.m_text; }

  private:
    friend Words own(std::string text);
    friend Words part_of(std::string_view text, Kind kind, std::size_t most);

    std::string m_text;
    std::vector<Part> m_outside;
};

/// Text that is the program's own although it is no literal: a name or a sentence of a table, a number.
[[nodiscard]] Words own(std::string text);
[[nodiscard]] inline Words own(std::string_view text) { return own(std::string(text)); }

/// Text from outside in double quotes, on one line, as quoted() writes it.
[[nodiscard]] Words outside(std::string_view text, std::size_t most = 80);

/// Text that may come from outside, without quotes around it.
[[nodiscard]] Words bare(std::string_view text);

/// The name of a file or folder, as the person gave it.
[[nodiscard]] Words path(std::string_view name);

/// `; did you mean "x"?` about the candidate nearest to the text, or nothing when none is near.
[[nodiscard]] Words did_you_mean(std::string_view text, std::span<const std::string_view> candidates);

/// The pattern with each `{}` replaced by the next argument, and each `{0}`, `{1}` … by that one.
[[nodiscard]] Words filled(std::string_view pattern, std::initializer_list<Words> arguments);

/// The same with numbers, with Words, which keep what they are made of, and with texts of any kind, which are taken for
/// text from outside as bare() takes it; own() says that one is not.
template <class... Arguments>
[[nodiscard]] Words words(std::string_view pattern, const Arguments&... arguments) {
    const auto one = [](const auto& argument) -> Words {
        using Argument = std::remove_cvref_t<decltype(argument)>;
        if constexpr (std::is_arithmetic_v<Argument>) {
            return own(fmt::format("{}", argument));
        } else if constexpr (std::is_convertible_v<Argument, std::string_view> &&
                             !std::is_convertible_v<Argument, const char*>) {
            return bare(argument);
        } else {
            return argument;
        }
    };
    return filled(pattern, {one(arguments)...});
}

/// Texts of any kind with the separator between them.
template <class Texts>
[[nodiscard]] Words joined(const Texts& texts, const char* separator) {
    Words result;
    bool is_first = true;
    for (const auto& text : texts) {
        if (!std::exchange(is_first, false)) {
            result += separator;
        }
        result += words("{}", text);
    }
    return result;
}

/// A text that may be shown: what came from outside in it is escaped, and masked where it may be a secret. Only the
/// room that knows what to mask makes one.
class Shown {
  public:
    Shown() = default;
    [[nodiscard]] static Shown rendered(std::string text) {
        Shown result;
        result.m_text = std::move(text);
        return result;
    }

    [[nodiscard]] bool empty() const { return m_text.empty(); }
    [[nodiscard]] const std::string& text() const { return m_text; }
    Shown& operator+=(const Shown& more) {
        m_text += more.m_text;
        return *this;
    }

  private:
    std::string m_text;
};

} // namespace oidcgen::util
