#include "document/scalar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <system_error>

namespace oidcgen::document {

namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::string without_underscores(std::string_view text) {
    std::string result(text);
    result.erase(std::remove(result.begin(), result.end(), '_'), result.end());
    return result;
}

bool is_null_word(std::string_view text) { return is_one_of(text, {"~", "null", "Null", "NULL"}); }

std::optional<bool> boolean_word(std::string_view text) {
    if (is_one_of(text, {"true", "True", "TRUE"})) {
        return true;
    }
    if (is_one_of(text, {"false", "False", "FALSE"})) {
        return false;
    }
    return std::nullopt;
}

Scalar make(ScalarType type, std::string_view text) {
    Scalar scalar;
    scalar.type = type;
    scalar.text = text;
    return scalar;
}

Scalar make_floating(double number, std::string_view text) {
    Scalar scalar = make(ScalarType::floating, text);
    scalar.number = number;
    return scalar;
}

/// Sign and digits apart; a number without a sign is positive.
struct SignedText {
    bool negative = false;
    std::string_view digits;
};

SignedText split_sign(std::string_view text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        return {text.front() == '-', text.substr(1)};
    }
    return {false, text};
}

/// What a decimal number that does not fit a double comes to: infinity or nothing.
double beyond_double(std::string_view digits) {
    const std::size_t exponent_at = digits.find_first_of("eE");
    const std::string_view mantissa = digits.substr(0, exponent_at);
    const std::size_t first = mantissa.find_first_not_of("0.");
    const bool is_exponent_negative = exponent_at != std::string_view::npos && digits[exponent_at + 1] == '-';
    if (first == std::string_view::npos) {
        return 0;
    }
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    // A long run of digits and an exponent can only work against each other in texts of more than 300 characters.
    const bool is_large = exponent_at == std::string_view::npos ? first < point : !is_exponent_negative;
    return is_large ? std::numeric_limits<double>::infinity() : 0;
}

/// The double nearest to a decimal number of the form [+-] digits [. digits] [e [+-] digits].
double nearest_double(std::string_view text) {
    const auto [negative, digits] = split_sign(text);
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc::result_out_of_range) {
        number = beyond_double(digits);
    }
    return negative ? -number : number;
}

/// Nothing when there are no digits or some do not belong to the base; a magnitude beyond 64 bits is a floating number.
std::optional<Scalar> whole_number(bool negative, std::string_view digits, int base, std::string_view text) {
    std::uint64_t magnitude = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
    if (error == std::errc::invalid_argument || end != digits.data() + digits.size()) {
        return std::nullopt;
    }
    if (error == std::errc::result_out_of_range) {
        double number = 0;
        if (base == 10) {
            number = nearest_double(digits);
        } else {
            for (const char digit : digits) {
                const int worth = is_digit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
                number = number * base + worth;
            }
        }
        return make_floating(negative ? -number : number, text);
    }
    Scalar scalar = make(ScalarType::integer, text);
    scalar.negative = negative;
    scalar.magnitude = magnitude;
    scalar.number = negative ? -static_cast<double>(magnitude) : static_cast<double>(magnitude);
    return scalar;
}

enum class Sign : std::uint8_t { taken, refused };

/// [+-] digits [. digits] [e [+-] digits]; without a leading digit there must be one behind the point.
bool is_decimal(std::string_view text, Sign sign_before_point) {
    const bool has_sign = !text.empty() && (text.front() == '-' || text.front() == '+');
    std::size_t at = has_sign ? 1 : 0;
    const auto skip_digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && is_digit(text[at])) {
            ++at;
        }
        return at - start;
    };
    const std::size_t before = skip_digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        const std::size_t behind = skip_digits();
        if (before == 0 && (behind == 0 || (has_sign && sign_before_point == Sign::refused))) {
            return false;
        }
    } else if (before == 0) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
            ++at;
        }
        if (skip_digits() == 0) {
            return false;
        }
    }
    return at == text.size();
}

std::optional<double> special_float(std::string_view text, Sign sign_before_plus_infinity) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (is_one_of(text, {".nan", ".NaN", ".NAN"})) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const auto [negative, word] = split_sign(text);
    if (is_one_of(word, {".inf", ".Inf", ".INF"}) &&
        (word.size() == text.size() || negative || sign_before_plus_infinity == Sign::taken)) {
        return negative ? -infinity : infinity;
    }
    return std::nullopt;
}

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

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> k_days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && is_leap ? 29 : k_days[static_cast<std::size_t>(month - 1)];
}

/// The four layouts of go-yaml v3 (resolve.go, allowedTimestampFormats), read as Go's time.Parse reads them.
bool is_go_timestamp(std::string_view text) {
    Form form(text);
    const auto year = form.number(4, 4);
    if (!year || !form.take('-')) {
        return false;
    }
    const auto month = form.number(1, 2);
    if (!month || *month < 1 || *month > 12 || !form.take('-')) {
        return false;
    }
    const auto day = form.number(1, 2);
    if (!day || *day < 1 || *day > days_in_month(*year, *month)) {
        return false;
    }
    if (form.done()) {
        return true;
    }
    const bool has_zone = form.take_any_of("Tt");
    if (!has_zone) {
        if (!form.take(' ')) {
            return false;
        }
        form.skip(" ");
    }
    const auto hour = form.number(1, 2);
    if (!hour || *hour > 23 || !form.take(':')) {
        return false;
    }
    const auto minute = form.number(1, 2);
    if (!minute || *minute > 59 || !form.take(':')) {
        return false;
    }
    const auto second = form.number(1, 2);
    if (!second || *second > 59) {
        return false;
    }
    if (form.take_any_of(".,")) {
        if (!is_digit(form.next())) {
            return false;
        }
        form.skip("0123456789");
    }
    if (!has_zone || form.take('Z')) {
        return form.done();
    }
    if (!form.take_any_of("+-")) {
        return false;
    }
    const auto zone_hour = form.number(2, 2);
    if (!zone_hour || *zone_hour > 24 || !form.take(':')) {
        return false;
    }
    const auto zone_minute = form.number(2, 2);
    return zone_minute && *zone_minute < 60 && form.done();
}

/// js-yaml 4, lib/type/timestamp.js: a date, or a date with a time; no month or hour is too large.
bool is_js_timestamp(std::string_view text) {
    Form form(text);
    if (!form.number(4, 4) || !form.take('-')) {
        return false;
    }
    Form date = form;
    if (date.number(2, 2) && date.take('-') && date.number(2, 2) && date.done()) {
        return true;
    }
    if (!form.number(1, 2) || !form.take('-') || !form.number(1, 2)) {
        return false;
    }
    if (!form.take_any_of("Tt")) {
        if (!form.take_any_of(" \t")) {
            return false;
        }
        form.skip(" \t");
    }
    if (!form.number(1, 2) || !form.take(':') || !form.number(2, 2) || !form.take(':') || !form.number(2, 2)) {
        return false;
    }
    if (form.take('.')) {
        form.skip("0123456789");
    }
    if (form.done()) {
        return true;
    }
    form.skip(" \t");
    if (form.take('Z')) {
        return form.done();
    }
    if (!form.take_any_of("+-") || !form.number(1, 2)) {
        return false;
    }
    return !form.take(':') ? form.done() : form.number(2, 2) && form.done();
}

std::optional<Scalar> as_integer(std::optional<Scalar> number) {
    return number && number->type == ScalarType::integer ? number : std::nullopt;
}

/// Go's strconv.ParseInt and ParseUint with base 0: signed numbers have 63 bits, others 64.
std::optional<Scalar> go_integer(std::string_view plain, int base, std::string_view text) {
    const auto [negative, digits] = split_sign(plain);
    std::string_view rest = digits;
    if (base == 0) {
        base = 10;
        if (rest.size() > 1 && rest.front() == '0') {
            const char mark = static_cast<char>(rest[1] | 0x20);
            base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
            rest.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
        }
    }
    auto number = as_integer(whole_number(negative, rest, base, text));
    constexpr std::uint64_t k_most = std::numeric_limits<std::int64_t>::max();
    if (number && digits.size() != plain.size() && number->magnitude > k_most + (negative ? 1U : 0U)) {
        return std::nullopt;
    }
    if (number && number->magnitude == 0) {
        // Go's integers have no negative zero.
        number->negative = false;
        number->number = 0;
    }
    return number;
}

std::optional<Scalar> go_number(std::string_view text) {
    const std::string plain = without_underscores(text);
    const std::string_view view = plain;
    if (auto number = go_integer(view, 0, text)) {
        return number;
    }
    if (is_decimal(view, Sign::taken)) {
        const double number = nearest_double(view);
        return std::isinf(number) ? std::nullopt : std::optional(make_floating(number, text));
    }
    // `0b-1` is minus one to go-yaml, which cuts the prefix off and parses the rest with its sign.
    for (const auto& [prefix, base] : {std::pair<std::string_view, int>{"0b", 2}, {"0o", 8}}) {
        if (view.starts_with(prefix)) {
            return go_integer(view.substr(2), base, text);
        }
    }
    return std::nullopt;
}

bool has_underscores_between_digits(std::string_view text) {
    for (std::size_t at = text.find('_'); at != std::string_view::npos; at = text.find('_', at + 1)) {
        if (at == 0 || at + 1 == text.size() || !is_digit(text[at - 1]) || !is_digit(text[at + 1])) {
            return false;
        }
    }
    return true;
}

Scalar resolve_go(std::string_view text, std::string_view tag) {
    if (text.empty() || is_null_word(text)) {
        return make(ScalarType::null, text);
    }
    if (const auto boolean = boolean_word(text)) {
        Scalar scalar = make(ScalarType::boolean, text);
        scalar.boolean = *boolean;
        return scalar;
    }
    if (const auto special = special_float(text, Sign::taken)) {
        return make_floating(*special, text);
    }
    const char first = text.front();
    if (first == '.') {
        // Here, unlike below, Go's ParseFloat sees the underscores, and takes them between digits.
        const std::string plain = without_underscores(text);
        if (has_underscores_between_digits(text) && is_decimal(plain, Sign::taken)) {
            const double number = nearest_double(plain);
            return std::isinf(number) ? make(ScalarType::text, text) : make_floating(number, text);
        }
    } else if (is_digit(first) || first == '-' || first == '+') {
        if ((tag.empty() || tag == "!" || tag == "!!timestamp") && is_go_timestamp(text)) {
            return make(ScalarType::timestamp, text);
        }
        if (const auto number = go_number(text)) {
            return *number;
        }
    }
    return make(ScalarType::text, text);
}

bool has_stray_underscore(std::string_view digits) {
    return digits.empty() || digits.front() == '_' || digits.back() == '_';
}

std::optional<Scalar> js_integer(std::string_view text, JsYaml js_yaml) {
    const auto [negative, digits] = split_sign(text);
    std::string plain;
    std::string_view view = digits;
    const bool has_underscores = digits.find('_') != std::string_view::npos;
    if (has_underscores) {
        if (js_yaml != JsYaml::v4_1 || has_stray_underscore(digits) || digits.starts_with("0_")) {
            return std::nullopt;
        }
        plain = without_underscores(digits);
        view = plain;
    }
    if (view.size() > 1 && view.front() == '0' && (view[1] == 'b' || view[1] == 'x' || view[1] == 'o')) {
        return whole_number(negative, view.substr(2), view[1] == 'b' ? 2 : view[1] == 'x' ? 16 : 8, text);
    }
    return whole_number(negative, view, 10, text);
}

std::optional<Scalar> js_float(std::string_view text, JsYaml js_yaml) {
    if (const auto special = special_float(text, Sign::taken)) {
        return make_floating(*special, text);
    }
    std::string plain(text);
    if (text.find('_') != std::string_view::npos) {
        const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
        const auto [negative, digits] = split_sign(text);
        const bool is_exponent_clean = text.substr(exponent).find('_') == std::string_view::npos;
        if (js_yaml != JsYaml::v4_1 || digits.starts_with('_') || text.ends_with('_') || !is_exponent_clean) {
            return std::nullopt;
        }
        plain = without_underscores(text);
        if (plain.starts_with('.') && !is_decimal(plain, Sign::refused)) {
            // `._e5` and the like: digits of underscores only, which parseFloat makes NaN of
            return std::nullopt;
        }
    }
    if (!is_decimal(plain, Sign::refused)) {
        return std::nullopt;
    }
    return make_floating(nearest_double(plain), text);
}

std::optional<Scalar> js_number(std::string_view text, JsYaml js_yaml) {
    auto number = js_integer(text, js_yaml);
    if (!number) {
        number = js_float(text, js_yaml);
    }
    const bool is_infinite = number && std::isinf(number->number) && text.find_first_of("iI") == std::string_view::npos;
    return is_infinite && js_yaml != JsYaml::v4_1 ? std::nullopt : number;
}

Scalar resolve_js(std::string_view text, JsYaml js_yaml) {
    if (text.empty() || is_null_word(text)) {
        return make(ScalarType::null, text);
    }
    if (const auto boolean = boolean_word(text)) {
        Scalar scalar = make(ScalarType::boolean, text);
        scalar.boolean = *boolean;
        return scalar;
    }
    const char first = text.front();
    if (is_digit(first) || first == '-' || first == '+' || first == '.') {
        if (const auto number = js_number(text, js_yaml)) {
            return *number;
        }
        if (is_js_timestamp(text)) {
            return make(ScalarType::timestamp, text);
        }
    }
    return make(ScalarType::text, text);
}

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
    case Dialect::json:
        return resolve_json(text);
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
        return rules.dialect != Dialect::js_yaml || (written.tag == "!!merge" && written.text == "<<");
    }
    return resolve_tagged(written, *wanted, rules).has_value();
}

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
        if (std::abs(scalar.number) < 1e21 && scalar.number == std::trunc(scalar.number)) {
            return fmt::format("{:.0f}", scalar.number);
        }
        return fmt::format("{}", scalar.number);
    case ScalarType::text:
    case ScalarType::timestamp:
    case ScalarType::binary:
        break;
    }
    return std::string(scalar.text);
}

} // namespace oidcgen::document
