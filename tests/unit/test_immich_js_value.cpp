#include "apps/immich/js_value.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace oidcgen::apps::immich;

namespace {

JsValue text(std::string_view content) {
    JsValue result;
    result.type = JsValue::Type::text;
    result.text = content;
    return result;
}

JsValue object() {
    JsValue result;
    result.type = JsValue::Type::object;
    return result;
}

std::string_view text_at(const JsValue& root, const Path& path) {
    const JsValue* value = get(root, path);
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
    JsValue root = object();
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
    JsValue root = object();
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
    JsValue root = object();
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

TEST_CASE("JsValue: members are found in small and large objects, also after removals") {
    for (const std::size_t count : {3U, 24U, 25U, 200U}) {
        JsValue root = object();
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
    JsValue value;
    CHECK_FALSE(value.is_truthy());
    CHECK_FALSE(text("").is_truthy());
    CHECK(text("false").is_truthy());
    CHECK(object().is_truthy());
    value.type = JsValue::Type::number;
    CHECK_FALSE(value.is_truthy());
    value.number = 0.5;
    CHECK(value.is_truthy());
}
