#include "document/scalar.hpp"

#include "document/scalar_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

namespace oidcgen::document {

namespace {

Scalar resolve_json(std::string_view text) {
    if (text.empty() || text == "null") {
        return make(ScalarType::null, text);
    }
    if (text == "true" || text == "false") {
        Scalar scalar = make(ScalarType::boolean, text);
        scalar.boolean = text == "true";
        return scalar;
    }
    const auto [negative, digits] = split_sign(text);
    if (const auto number = whole_number(negative, digits, 10, text)) {
        return *number;
    }
    return make_floating(nearest_double(text), text);
}

Scalar resolve_untagged(std::string_view text, std::string_view tag, const ScalarRules& rules) {
    switch (rules.dialect) {
    case Dialect::go_yaml:
        return resolve_go(text, tag);
    case Dialect::js_yaml:
        return resolve_js(text, rules.js_yaml);
    case Dialect::py_yaml:
        return resolve_py(text);
    case Dialect::json:
        return resolve_json(text);
    case Dialect::env:
        break;
    }
    return make(ScalarType::text, text);
}

bool is_base64_digit(char byte) {
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '+' || byte == '/';
}

/// Both parsers skip line breaks and want groups of four; js-yaml takes `=` anywhere, Go at the end only.
bool is_base64(std::string_view text, Dialect dialect) {
    std::size_t length = 0;
    std::size_t padding = 0;
    for (const char byte : text) {
        if (byte == '\n' || byte == '\r') {
            continue;
        }
        ++length;
        if (byte == '=') {
            ++padding;
        } else if (!is_base64_digit(byte) || (padding > 0 && dialect == Dialect::go_yaml)) {
            return false;
        }
    }
    return length % 4 == 0 && (dialect != Dialect::go_yaml || padding <= 2);
}

/// What a tag of the YAML repository makes of a scalar, or nothing for tags that leave it text.
std::optional<ScalarType> type_of_tag(std::string_view tag) {
    struct Row {
        std::string_view tag;
        ScalarType type;
    };
    constexpr std::array<Row, 7> k_rows{{
        {"!!null", ScalarType::null},
        {"!!bool", ScalarType::boolean},
        {"!!int", ScalarType::integer},
        {"!!float", ScalarType::floating},
        {"!!str", ScalarType::text},
        {"!!timestamp", ScalarType::timestamp},
        {"!!binary", ScalarType::binary},
    }};
    const auto* const row =
        std::find_if(k_rows.begin(), k_rows.end(), [&](const Row& each) { return each.tag == tag; });
    return row == k_rows.end() ? std::nullopt : std::optional(row->type);
}

/// The scalar read for a tag that asks for `wanted`; nothing when it cannot be.
std::optional<Scalar> resolve_tagged(const WrittenScalar& written, ScalarType wanted, const ScalarRules& rules) {
    const auto [text, style, tag] = written;
    // js-yaml tells nothing at all from an empty text in quotes.
    const bool is_nothing = text.empty() && style == Style::plain;
    if (rules.dialect == Dialect::js_yaml && wanted == ScalarType::null && text.empty() && !is_nothing) {
        return std::nullopt;
    }
    if (wanted == ScalarType::text) {
        return make(ScalarType::text, text);
    }
    if (wanted == ScalarType::binary) {
        const bool fits = is_base64(text, rules.dialect) && (!is_nothing || rules.dialect != Dialect::js_yaml);
        return fits ? std::optional(make(ScalarType::binary, text)) : std::nullopt;
    }
    if (rules.dialect == Dialect::js_yaml) {
        if (wanted == ScalarType::timestamp) {
            return is_js_timestamp(text) ? std::optional(make(ScalarType::timestamp, text)) : std::nullopt;
        }
        if (wanted == ScalarType::floating) {
            return js_float(text, rules.js_yaml);
        }
        if (wanted == ScalarType::integer) {
            return js_integer(text, rules.js_yaml);
        }
    }
    Scalar scalar = resolve_untagged(text, tag, rules);
    if (wanted == ScalarType::floating && scalar.type == ScalarType::integer) {
        constexpr std::uint64_t k_most = std::numeric_limits<std::int64_t>::max();
        if (!scalar.negative && scalar.magnitude > k_most) {
            return std::nullopt;
        }
        scalar.type = ScalarType::floating;
    }
    return scalar.type == wanted ? std::optional(scalar) : std::nullopt;
}

} // namespace

Scalar resolve_scalar(const WrittenScalar& written, const ScalarRules& rules) {
    const bool is_plain = written.style == Style::plain;
    if (written.tag.empty()) {
        return is_plain ? resolve_untagged(written.text, {}, rules) : make(ScalarType::text, written.text);
    }
    if (written.tag == "!" && rules.dialect == Dialect::go_yaml) {
        return is_plain ? resolve_untagged(written.text, {}, rules) : make(ScalarType::text, written.text);
    }
    const auto wanted = type_of_tag(written.tag);
    if (!wanted) {
        return make(ScalarType::text, written.text);
    }
    return resolve_tagged(written, *wanted, rules).value_or(make(ScalarType::text, written.text));
}

bool tag_fits(const WrittenScalar& written, const ScalarRules& rules) {
    if (written.tag.empty() || written.tag == "!") {
        return true;
    }
    const auto wanted = type_of_tag(written.tag);
    if (!wanted) {
        const bool takes_any = rules.dialect != Dialect::js_yaml && rules.dialect != Dialect::py_yaml;
        return takes_any || (written.tag == "!!merge" && written.text == "<<");
    }
    return resolve_tagged(written, *wanted, rules).has_value();
}

namespace {

/// https://tc39.es/ecma262/#sec-numeric-types-number-tostring, for finite numbers other than 0
std::string number_text(double number) {
    std::array<char, 32> written{};
    const auto end =
        std::to_chars(written.data(), written.data() + written.size(), std::abs(number), std::chars_format::scientific)
            .ptr;
    const std::string_view text(written.data(), static_cast<std::size_t>(end - written.data()));
    const std::size_t mark = text.find('e');
    std::string digits(text.substr(0, mark));
    std::erase(digits, '.');
    int exponent = 0;
    const std::string_view behind = text.substr(mark + (text[mark + 1] == '+' ? 2 : 1));
    std::from_chars(behind.data(), behind.data() + behind.size(), exponent);
    const int count = static_cast<int>(digits.size());
    const int point = exponent + 1; // digits in front of it
    if (point > 21 || point < -5) {
        digits = fmt::format("{}{}{}e{:+d}", digits.front(), count > 1 ? "." : "", digits.substr(1), exponent);
    } else if (point <= 0) {
        digits = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else if (point < count) {
        digits.insert(static_cast<std::size_t>(point), 1, '.');
    } else {
        digits.append(static_cast<std::size_t>(point - count), '0');
    }
    return number < 0 ? "-" + digits : digits;
}

} // namespace

std::string property_name(const Scalar& scalar) {
    switch (scalar.type) {
    case ScalarType::null:
        return "null";
    case ScalarType::boolean:
        return scalar.boolean ? "true" : "false";
    case ScalarType::integer:
    case ScalarType::floating:
        if (std::isnan(scalar.number)) {
            return "NaN";
        }
        if (std::isinf(scalar.number)) {
            return scalar.number < 0 ? "-Infinity" : "Infinity";
        }
        if (scalar.number == 0) {
            return "0";
        }
        return number_text(scalar.number);
    case ScalarType::text:
    case ScalarType::timestamp:
    case ScalarType::binary:
        break;
    }
    return std::string(scalar.text);
}

} // namespace oidcgen::document
