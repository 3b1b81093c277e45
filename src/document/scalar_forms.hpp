#pragma once

#include "document/scalar.hpp"
#include "util/ascii.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What the dialects have in common in reading a scalar, and what each makes of plain text.

namespace oidcgen::document {

using util::is_digit;

[[nodiscard]] std::string without_underscores(std::string_view text);
/// Null, true or false for the words that mean them; nothing for other text.
[[nodiscard]] std::optional<Scalar> null_or_boolean(std::string_view text);

[[nodiscard]] Scalar make(ScalarType type, std::string_view text);
[[nodiscard]] Scalar make_floating(double number, std::string_view text);

/// Sign and digits apart; a number without a sign is positive.
struct SignedText {
    bool negative = false;
    std::string_view digits;
};
[[nodiscard]] SignedText split_sign(std::string_view text);

/// The double nearest to a decimal number of the form [+-] digits [. digits] [e [+-] digits].
[[nodiscard]] double nearest_double(std::string_view text);

/// Nothing when digits are missing or some do not belong to the base; a magnitude beyond 64 bits is a floating number.
[[nodiscard]] std::optional<Scalar> whole_number(bool negative, std::string_view digits, int base,
                                                 std::string_view text);

enum class Sign : std::uint8_t { taken, refused };

/// [+-] digits [. digits] [e [+-] digits]; without a leading digit one must follow the point.
[[nodiscard]] bool is_decimal(std::string_view text, Sign sign_before_point);
[[nodiscard]] std::optional<double> special_float(std::string_view text, Sign sign_before_plus_infinity);

/// Reads a fixed form from the front of a text.
class Form {
  public:
    explicit Form(std::string_view text)
        : m_rest(text) {}

    [[nodiscard]] bool done() const { return m_rest.empty(); }
    [[nodiscard]] char next() const { return m_rest.empty() ? '\0' : m_rest.front(); }

    bool take(char byte) {
        if (next() != byte || m_rest.empty()) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }
    bool take_any_of(std::string_view bytes) {
        return !m_rest.empty() && bytes.find(m_rest.front()) != std::string_view::npos && take(m_rest.front());
    }
    void skip(std::string_view bytes) {
        while (take_any_of(bytes)) {
        }
    }
    /// A number of at least `least` and at most `most` digits.
    std::optional<int> number(std::size_t least, std::size_t most) {
        std::size_t length = 0;
        int value = 0;
        while (length < most && length < m_rest.size() && is_digit(m_rest[length])) {
            value = value * 10 + (m_rest[length] - '0');
            ++length;
        }
        if (length < least) {
            return std::nullopt;
        }
        m_rest.remove_prefix(length);
        return value;
    }

  private:
    std::string_view m_rest;
};

/// go-yaml v3, resolve.go.
[[nodiscard]] Scalar resolve_go(std::string_view text, std::string_view tag);

/// PyYAML, resolver.py and constructor.py.
[[nodiscard]] Scalar resolve_py(std::string_view text);

/// js-yaml 4, lib/type.
[[nodiscard]] Scalar resolve_js(std::string_view text, JsYaml js_yaml);
[[nodiscard]] std::optional<Scalar> js_integer(std::string_view text, JsYaml js_yaml);
[[nodiscard]] std::optional<Scalar> js_float(std::string_view text, JsYaml js_yaml);
[[nodiscard]] bool is_js_timestamp(std::string_view text);

} // namespace oidcgen::document
