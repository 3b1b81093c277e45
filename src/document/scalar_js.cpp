#include "document/scalar_forms.hpp"

#include <algorithm>
#include <cmath>

namespace oidcgen::document {

namespace {

bool has_stray_underscore(std::string_view digits) {
    return digits.empty() || digits.front() == '_' || digits.back() == '_';
}

} // namespace

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

namespace {

std::optional<Scalar> js_number(std::string_view text, JsYaml js_yaml) {
    auto number = js_integer(text, js_yaml);
    if (!number) {
        number = js_float(text, js_yaml);
    }
    const bool is_infinite = number && std::isinf(number->number) && text.find_first_of("iI") == std::string_view::npos;
    return is_infinite && js_yaml != JsYaml::v4_1 ? std::nullopt : number;
}

} // namespace

Scalar resolve_js(std::string_view text, JsYaml js_yaml) {
    if (const auto word = null_or_boolean(text)) {
        return *word;
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

} // namespace oidcgen::document
