#include "lang/js/date.hpp"
#include "lang/js/lodash.hpp"
#include "lang/js/number.hpp"
#include "lang/js/text.hpp"
#include "lang/js/url.hpp"

#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <string>
#include <string_view>

using namespace oidcgen::lang::js;

namespace {

Value text(std::string_view content) {
    Value result;
    result.type = Value::Type::text;
    result.text = content;
    return result;
}

Value object() {
    Value result;
    result.type = Value::Type::object;
    return result;
}

std::string_view text_at(const Value& root, const Path& path) {
    const Value* value = get(root, path);
    return value == nullptr ? "(nothing)" : value->text;
}

} // namespace

TEST_CASE("property_path: as lodash takes names apart") {
    CHECK(property_path("oauth.clientId") == Path{"oauth", "clientId"});
    CHECK(property_path("oauth[clientId]") == Path{"oauth", "clientId"});
    CHECK(property_path("oauth[\"client.id\"].x") == Path{"oauth", "client.id", "x"});
    CHECK(property_path("a[0].b") == Path{"a", "0", "b"});
    CHECK(property_path("a..b") == Path{"a", "", "b"});
    CHECK(property_path(".a") == Path{"", "a"});
    CHECK(property_path("a.") == Path{"a", ""});
    CHECK(property_path("a]") == Path{"a"});
    CHECK(is_property_path("a.b"));
    CHECK(is_property_path("a[b]"));
    CHECK_FALSE(is_property_path("a]"));
    CHECK_FALSE(is_property_path("[a"));
}

TEST_CASE("set: makes what is missing on the way, and replaces what is no object") {
    Value root = object();
    std::size_t room = k_room;
    set(root, {"a", "b"}, text("1"), room);
    CHECK(text_at(root, {"a", "b"}) == "1");
    set(root, {"a", "b", "c"}, text("2"), room);
    CHECK(text_at(root, {"a", "b", "c"}) == "2");
    set(root, {"l", "1"}, text("3"), room);
    REQUIRE(get(root, {"l"}) != nullptr);
    CHECK(get(root, {"l"})->items.size() == 2);
    CHECK(text_at(root, {"l", "1"}) == "3");
}

TEST_CASE("set: refuses names that would change every object, and lists of absurd length") {
    Value root = object();
    std::size_t room = k_room;
    set(root, {"__proto__", "a"}, text("1"), room);
    set(root, {"constructor"}, text("1"), room);
    CHECK(root.names.empty());
    set(root, {"l", "4000000000"}, text("1"), room);
    REQUIRE(get(root, {"l"}) != nullptr);
    CHECK(get(root, {"l"})->items.empty());
    set(root, {"m", "9000"}, text("1"), room);
    set(root, {"n", "9000"}, text("1"), room);
    CHECK(get(root, {"m"})->items.size() == 9001);
    CHECK(get(root, {"n"})->items.empty());
}

TEST_CASE("unset_deep: takes empty objects above with it") {
    Value root = object();
    std::size_t room = k_room;
    set(root, {"a", "b", "c"}, text("1"), room);
    set(root, {"d", "e"}, text("2"), room);
    set(root, {"d", "f"}, text("3"), room);
    unset_deep(root, {"a", "b", "c"});
    unset_deep(root, {"d", "e"});
    CHECK(root.member("a") == nullptr);
    CHECK(text_at(root, {"d", "f"}) == "3");
    unset_deep(root, {"x", "y"});
    CHECK(root.names.size() == 1);
}

TEST_CASE("Value: members are found in small and large objects, also after removals") {
    for (const std::size_t count : {3U, 24U, 25U, 200U}) {
        Value root = object();
        for (std::size_t number = 0; number < count; ++number) {
            root.add_member(std::to_string(number)) = text("x");
        }
        root.remove_member("1");
        root.remove_member("none");
        root.add_member("new") = text("n");
        CHECK(root.names.size() == count);
        CHECK(root.member("1") == nullptr);
        REQUIRE(root.member("new") != nullptr);
        CHECK(root.member("new")->text == "n");
        for (std::size_t number = 2; number < count; ++number) {
            CHECK(root.member(std::to_string(number)) == &root.values[number - 1]);
        }
    }
}

TEST_CASE("is_truthy: as `if` has it") {
    Value value;
    CHECK_FALSE(value.is_truthy());
    CHECK_FALSE(text("").is_truthy());
    CHECK(text("false").is_truthy());
    CHECK(object().is_truthy());
    value.type = Value::Type::number;
    CHECK_FALSE(value.is_truthy());
    value.number = 0.5;
    CHECK(value.is_truthy());
}

TEST_CASE("is_url: nearly everything with a scheme") {
    constexpr std::array<std::string_view, 22> k_good{
        "https://auth.example.com",
        " https://auth.example.com\n",
        "https:/auth.example.com",
        "https:auth.example.com",
        "https:\\\\auth.example.com",
        "auth.example.com:9091",
        "localhost:9091/x",
        "app.immich:///oauth-callback",
        "javascript:void(0)",
        "mailto:me@example.com",
        "file:///etc/hosts",
        "https://a_b.example.com",
        "https://-a.example.com",
        "https://a..b",
        "https://auth.example.com:0",
        "https://auth.example.com:",
        "https://user:word@auth.example.com",
        "https://au\tth.example.com",
        "https://ünïcode.example",
        "https://%41uth.example.com",
        "https://1.2.3",
        "https://[2001:db8::1]",
    };
    constexpr std::array<std::string_view, 22> k_bad{
        "",
        " ",
        "auth.example.com",
        "/logout",
        "//auth.example.com",
        "https://",
        "https:///",
        "https:",
        "https ://auth.example.com",
        "1https://auth.example.com",
        "\"https://auth.example.com\"",
        "https://auth example.com",
        "https://au<th.example.com",
        "https://%zz.example.com",
        "https://%20.example.com",
        "https://1.2.3.256",
        "https://1.2.3.4.5",
        "https://auth.example.com:65536",
        "https://auth.example.com:x",
        "https://[2001:db8::1",
        "https://user@",
        "https://xn--a.example",
    };
    for (const auto text : k_good) {
        CAPTURE(text);
        CHECK(is_url(text));
    }
    for (const auto text : k_bad) {
        CAPTURE(text);
        CHECK_FALSE(is_url(text));
    }
}

TEST_CASE("trimmed: white space as JavaScript has it") {
    CHECK(trimmed("\xC2\xA0 x y\xE2\x80\xA8\xEF\xBB\xBF") == "x y");
    CHECK(trimmed(" \t\n").empty());
    CHECK(trimmed("").empty());
}

TEST_CASE("utf16_length: surrogates without a partner are one unit") {
    CHECK(utf16_length("a\xC3\xA4") == 2);
    CHECK(utf16_length("\xF0\x9F\x98\x80") == 2);
    CHECK(utf16_length("\xED\xA0\x80x") == 2);
    CHECK_FALSE(is_url("https://a\xED\xA0\x80.example.com"));
}

TEST_CASE("to_number: as Number() reads a text") {
    CHECK(to_number("") == 0);
    CHECK(to_number(" \n\xC2\xA0") == 0);
    CHECK(to_number(" 12.5\t") == 12.5);
    CHECK(to_number("-1e3") == -1000);
    CHECK(to_number("+.5") == 0.5);
    CHECK(to_number("5.") == 5);
    CHECK(to_number("010") == 10);
    CHECK(to_number("0x1F") == 31);
    CHECK(to_number("0O17") == 15);
    CHECK(to_number("0b101") == 5);
    CHECK(to_number("-Infinity") == -HUGE_VAL);
    CHECK(to_number("1e999") == HUGE_VAL);
    CHECK(to_number("1e-999") == 0);
    CHECK(to_number("0." + std::string(400, '0') + "1") == 0);
    CHECK(to_number("1" + std::string(400, '0')) == HUGE_VAL);
    for (const std::string_view text : {"x", "1x", "1 2", "1_000", "-0x1", "0x", "0xg", "0b2", "--1", "+-1", "inf",
                                        "infinity", "nan", "NaN", "1e", ".", "e5", "-"}) {
        CAPTURE(text);
        CHECK(std::isnan(to_number(text)));
    }
}

TEST_CASE("iso_time: YAML timestamps as toISOString() writes them") {
    CHECK(iso_time("2024-05-06") == "2024-05-06T00:00:00.000Z");
    CHECK(iso_time("2024-05-06t7:08:09.5 +2:30") == "2024-05-06T04:38:09.500Z");
    CHECK(iso_time("2024-02-30") == "2024-03-01T00:00:00.000Z");
}
