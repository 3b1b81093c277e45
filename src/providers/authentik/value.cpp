#include "providers/authentik/value.hpp"

#include <algorithm>

namespace oidcgen::providers::authentik {

bool is_true(const Value& value) {
    switch (value.kind) {
    case Kind::boolean:
        return value.boolean;
    case Kind::integer:
    case Kind::real:
        return value.number != 0;
    case Kind::text:
        return !value.text.empty();
    case Kind::list:
        return !value.items.empty();
    case Kind::map:
        return !value.members.empty();
    case Kind::unknown:
    case Kind::null:
        return false;
    case Kind::date:
    case Kind::object:
        break;
    }
    return true;
}

std::string_view text_of(const Value& value) {
    switch (value.kind) {
    case Kind::null:
        return "None";
    case Kind::boolean:
        return value.boolean ? "True" : "False";
    default:
        return value.text;
    }
}

bool is_equal(const Value& left, const Value& right) {
    const auto is_number = [](const Value& it) { return it.is(Kind::integer) || it.is(Kind::real); };
    if (left.is_unknown() || right.is_unknown()) {
        return false;
    }
    if (is_number(left) && is_number(right)) {
        return left.number == right.number;
    }
    if (left.kind != right.kind) {
        return false;
    }
    switch (left.kind) {
    case Kind::null:
        return true;
    case Kind::boolean:
        return left.boolean == right.boolean;
    case Kind::text:
    case Kind::date:
        return left.text == right.text;
    case Kind::object:
        return left.made == right.made && left.shipped == right.shipped;
    case Kind::list:
        return std::ranges::equal(left.items, right.items, is_equal);
    case Kind::map:
        return left.members.size() == right.members.size() &&
               std::ranges::all_of(left.members, [&](const auto& member) {
                   const auto* const other = right.find(member.first);
                   return other != nullptr && is_equal(member.second, *other);
               });
    default:
        return false;
    }
}

std::string_view noun_of(Kind kind) {
    switch (kind) {
    case Kind::null:
        return "nothing";
    case Kind::boolean:
        return "true or false";
    case Kind::integer:
    case Kind::real:
        return "a number";
    case Kind::date:
        return "a date";
    case Kind::text:
        return "text";
    case Kind::list:
        return "a list";
    case Kind::map:
        return "a mapping";
    case Kind::object:
        return "the key of an object";
    case Kind::unknown:
        break;
    }
    return "unknown";
}

} // namespace oidcgen::providers::authentik
