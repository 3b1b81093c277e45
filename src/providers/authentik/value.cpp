#include "providers/authentik/value.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace oidcgen::providers::authentik {

void put_members(Members& members, Members more) {
    std::map<std::string_view, std::size_t> numbers;
    for (std::size_t number = 0; number < members.size(); ++number) {
        numbers.emplace(members[number].first, number);
    }
    for (auto& member : more) {
        const auto [known, is_new] = numbers.emplace(member.first, members.size());
        if (is_new) {
            members.push_back(std::move(member));
        } else {
            members[known->second].second = std::move(member.second);
        }
    }
}

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

bool is_truth(const Value& value, bool otherwise) {
    if (value.is(Kind::null) || value.is_unknown()) {
        return otherwise;
    }
    using namespace std::string_view_literals;
    constexpr std::array k_false{"f"sv, "n"sv, "no"sv, "false"sv, "off"sv, "0"sv};
    return value.is(Kind::text) ? std::ranges::find(k_false, util::lowered(value.text)) == k_false.end()
                                : is_true(value);
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
