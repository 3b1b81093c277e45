#include "apps/immich/check/value_tests.hpp"

#include "apps/immich/booleans.hpp"
#include "apps/immich/check/check.hpp"
#include "apps/immich/urls.hpp"
#include "lang/js/text.hpp"
#include "lang/js/url.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace oidcgen::apps::immich {

namespace {

using namespace std::string_view_literals;
using Type = JsValue::Type;

constexpr double k_most_integer = 9007199254740991; // 2^53 - 1, the largest whole number that zod takes
constexpr std::array k_auth_methods{"client_secret_post"sv, "client_secret_basic"sv};

Fault wrong_type(std::string_view wanted, std::string_view key, const JsValue& value) {
    Fault result{&k_setting_of_wrong_type, util::words("must be {}, not {}", wanted, reading_of(key, value))};
    const bool could_be_text = value.is(Type::number) || value.is(Type::date) || value.is(Type::boolean);
    if (wanted == "a text" && could_be_text) {
        result.help = "put the value in quotes";
    } else if (value.is(Type::null)) {
        result.help = "remove the setting to keep its default: null does not mean the default";
    } else if (value.is(Type::text) && wanted != "a text") {
        result.help = wanted == "true or false" ? "write true or false, without quotes"
                                                : "write the number without quotes and without a unit";
    }
    return result;
}

std::optional<Fault> test_boolean(std::string_view key, const JsValue& value, const Settings& settings) {
    if (to_boolean(value, settings.version)) {
        return std::nullopt;
    }
    return wrong_type("true or false", key, value);
}

std::optional<Fault> test_text(std::string_view key, const JsValue& value) {
    if (value.is(Type::text)) {
        return std::nullopt;
    }
    return wrong_type("a text", key, value);
}

std::optional<Fault> test_filled(std::string_view key, const JsValue& value) {
    if (value.is(Type::text) && value.text.empty()) {
        return Fault{&k_setting_empty, "must not be empty"};
    }
    return test_text(key, value);
}

std::optional<Fault> test_address(std::string_view key, const JsValue& value, Test test, const Settings& settings) {
    if (auto fault = test_text(key, value)) {
        return fault;
    }
    const auto text = shown_address(value.text);
    switch (test) {
    case Test::validator_address:
        if (is_validator_url(value.text, Addresses::any_dotted, settings.version)) {
            return std::nullopt;
        }
        return Fault{&k_setting_no_address,
                     value.text.empty()
                         ? util::Words("is empty, but must be an address while the override is on")
                         : util::words("must be an http or https address whose host has a dot or is an IP address, "
                                       "and {} is not",
                                       text),
                     "set it to the address where Immich is opened, followed by /api/oauth/mobile-redirect"};
    case Test::validator_web_address:
        if (value.text.empty() || is_validator_url(value.text, Addresses::web_only, settings.version)) {
            return std::nullopt;
        }
        return Fault{&k_setting_no_address,
                     util::words("must be empty or an http or https address, and {} is neither", text)};
    default:
        if (value.text.empty() || js::is_url(value.text)) {
            return std::nullopt;
        }
        return Fault{
            &k_setting_no_address, util::words("must be empty or an address with a scheme, and {} is neither", text),
            value.text.find("://") == std::string_view::npos && js::is_url("https://" + std::string(value.text))
                ? util::words("write {}", util::outside("https://" + std::string(js::trimmed(value.text))))
                : util::Words()};
    }
}

std::optional<Fault> test_auth_method(std::string_view key, const JsValue& value) {
    if (!value.is(Type::text)) {
        return wrong_type("client_secret_post or client_secret_basic", key, value);
    }
    if (std::ranges::find(k_auth_methods, value.text) != k_auth_methods.end()) {
        return std::nullopt;
    }
    return Fault{&k_setting_not_a_choice,
                 util::words("must be {}, not {}{}", util::own(util::alternatives(k_auth_methods)),
                             util::outside(value.text), util::did_you_mean(value.text, k_auth_methods)),
                 value.text == "none" ? "remove it; for a client without a secret, leave clientSecret empty" : ""};
}

struct Limits {
    double least;
    double most;
    bool is_whole;
};

std::optional<Fault> test_number(std::string_view key, const JsValue& value, const Limits& limits) {
    // To both validators, what does not fit a double is not a number.
    if (!value.is(Type::number) || !std::isfinite(value.number)) {
        return wrong_type(limits.is_whole ? "a whole number" : "a number", key, value);
    }
    if (limits.is_whole && std::floor(value.number) != value.number) {
        return Fault{&k_setting_out_of_range, util::words("must be a whole number, not {}", value.number)};
    }
    if (value.number < limits.least) {
        return Fault{&k_setting_out_of_range, util::words("must be at least {}, not {}", limits.least, value.number)};
    }
    if (value.number > limits.most) {
        return Fault{&k_setting_out_of_range, util::words("must be at most {}", fmt::format("{:.0f}", limits.most))};
    }
    return std::nullopt;
}

} // namespace

util::Words shown_address(std::string_view text) {
    return text.find('@') != std::string_view::npos ? util::Words("the address") : util::outside(text);
}

std::optional<Fault> fault_of(Test test, std::string_view key, const JsValue& value, const Settings& settings) {
    constexpr double k_no_limit = HUGE_VAL;
    switch (test) {
    case Test::boolean:
        return test_boolean(key, value, settings);
    case Test::text:
        return test_text(key, value);
    case Test::filled_text:
        return test_filled(key, value);
    case Test::validator_address:
    case Test::validator_web_address:
    case Test::address:
        return test_address(key, value, test, settings);
    case Test::auth_method:
        return test_auth_method(key, value);
    case Test::positive_integer:
        return test_number(key, value, {1, k_most_integer, true});
    case Test::any_positive_integer:
        return test_number(key, value, {1, k_no_limit, true});
    case Test::quota:
        return test_number(key, value, {0, k_no_limit, false});
    case Test::whole_quota:
        return test_number(key, value, {0, k_most_integer, true});
    }
    return std::nullopt;
}

util::Words reading_of(std::string_view key, const JsValue& value) {
    const bool is_secret = key == "clientSecret";
    switch (value.type) {
    case Type::null:
        return "null";
    case Type::boolean:
        return value.boolean ? "true" : "false";
    case Type::number:
        return is_secret ? util::Words("a number") : util::words("the number {}", value.number);
    case Type::date:
        return is_secret ? util::Words("a date") : util::words("the date {}", value.text);
    case Type::text:
        return is_secret            ? util::Words("a text")
               : value.text.empty() ? util::Words("an empty text")
                                    : util::words("the text {}", util::outside(value.text));
    default:
        return util::own(value.kind());
    }
}

} // namespace oidcgen::apps::immich
