#include "lang/js/value.hpp"

#include "lang/js/date.hpp"
#include "util/assert.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <functional>

namespace oidcgen::lang::js {

namespace {

using document::Cursor;
using document::Scalar;
using document::ScalarType;
using Type = Value::Type;

/// Objects with more members than this look them up by name.
constexpr std::size_t k_few_members = 24;
constexpr std::size_t k_nowhere = std::string_view::npos;

Value from_scalar(const Cursor& cursor) {
    Value result;
    const Scalar scalar = cursor.scalar();
    result.text = scalar.text;
    switch (scalar.type) {
    case ScalarType::null:
        result.type = Type::null;
        break;
    case ScalarType::boolean:
        result.type = Type::boolean;
        result.boolean = scalar.boolean;
        break;
    case ScalarType::integer:
    case ScalarType::floating:
        result.type = Type::number;
        result.number = scalar.number;
        break;
    case ScalarType::text:
        result.type = Type::text;
        break;
    case ScalarType::timestamp:
        result.type = Type::date;
        break;
    case ScalarType::binary:
        // An array of bytes, which is an object with numbers as keys to lodash.
        result.type = Type::object;
        if (!scalar.text.empty()) {
            Value& byte = result.add_member("0");
            byte.type = Type::number;
            byte.is_given = true;
            byte.span = cursor.place().span;
            byte.key_span = byte.span;
        }
        break;
    }
    return result;
}

bool is_template_action(const Cursor& cursor) {
    return cursor.is_mapping() && cursor.style() == document::Style::flow &&
           cursor.document().source().text(cursor.place().span).starts_with("{{");
}

document::Value from_number(double number) {
    constexpr double k_exact = 9007199254740992; // 2^53
    if (!std::isfinite(number)) {
        return {};
    }
    if (std::floor(number) == number && std::abs(number) <= k_exact) {
        return {static_cast<std::int64_t>(number)};
    }
    return {number};
}

} // namespace

std::optional<std::size_t> list_index(std::string_view text) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool is_index = error == std::errc() && end == text.data() + text.size() && !text.empty() &&
                          (text.size() == 1 || text.front() != '0');
    return is_index ? std::optional(index) : std::nullopt;
}

bool Value::is_truthy() const {
    switch (type) {
    case Type::undefined:
    case Type::null:
        return false;
    case Type::boolean:
        return boolean;
    case Type::number:
        return number != 0 && !std::isnan(number);
    case Type::text:
        return !text.empty();
    default:
        return true;
    }
}

std::string_view Value::kind() const {
    constexpr std::array<std::string_view, 9> k_kinds{"nothing", "null",   "a boolean", "a number",     "text",
                                                      "a date",  "a list", "an object", "a placeholder"};
    return k_kinds[static_cast<std::size_t>(type)];
}

/// The slot of that name, or the free one where it would be.
std::size_t Value::slot(std::string_view name) const {
    const auto mask = m_slots.size() - 1;
    auto at = std::hash<std::string_view>()(name) & mask;
    while (m_slots[at] != 0 && names[m_slots[at] - 1] != name) {
        at = (at + 1) & mask;
    }
    return at;
}

/// Makes the table anew, with twice as many slots as there are members or more.
void Value::index() {
    m_slots.assign(std::bit_ceil(2 * names.size() + 2), 0);
    for (std::size_t at = 0; at < names.size(); ++at) {
        m_slots[slot(names[at])] = static_cast<std::uint32_t>(at + 1);
    }
}

std::size_t Value::position(std::string_view name) const {
    if (m_slots.empty()) {
        const auto found = std::find(names.begin(), names.end(), name);
        return found == names.end() ? k_nowhere : static_cast<std::size_t>(found - names.begin());
    }
    const auto found = m_slots[slot(name)];
    return found == 0 ? k_nowhere : found - 1;
}

const Value* Value::member(std::string_view name) const {
    const std::size_t at = position(name);
    return at == k_nowhere ? nullptr : &values[at];
}

Value* Value::member(std::string_view name) {
    const std::size_t at = position(name);
    return at == k_nowhere ? nullptr : &values[at];
}

const Value* Value::step(std::string_view name) const {
    if (is(Type::object)) {
        return member(name);
    }
    const auto index = is(Type::list) ? list_index(name) : std::nullopt;
    return index && *index < items.size() ? &items[*index] : nullptr;
}

Value* Value::step(std::string_view name) {
    if (is(Type::object)) {
        return member(name);
    }
    const auto index = is(Type::list) ? list_index(name) : std::nullopt;
    return index && *index < items.size() ? &items[*index] : nullptr;
}

Value& Value::add_member(std::string_view name) {
    OIDCGEN_ASSERT(type == Type::object);
    if (const std::size_t at = position(name); at != k_nowhere) {
        return values[at];
    }
    names.emplace_back(name);
    values.emplace_back();
    if (m_slots.empty() ? names.size() >= k_few_members : 2 * names.size() > m_slots.size()) {
        index();
    } else if (!m_slots.empty()) {
        m_slots[slot(name)] = static_cast<std::uint32_t>(names.size());
    }
    return values.back();
}

void Value::remove_member(std::string_view name) {
    const std::size_t at = position(name);
    if (at == k_nowhere) {
        return;
    }
    names.erase(names.begin() + static_cast<std::ptrdiff_t>(at));
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(at));
    if (!m_slots.empty()) {
        index();
    }
}

Value to_js(const Cursor& cursor, TemplateActions actions) {
    Value result;
    if (!cursor) {
        return result;
    }
    if (actions == TemplateActions::unknown && is_template_action(cursor)) {
        result.type = Type::unknown;
    } else if (cursor.is_sequence()) {
        result.type = Type::list;
        for (const Cursor& item : cursor.children()) {
            result.items.push_back(to_js(item, actions));
        }
    } else if (cursor.is_mapping()) {
        result.type = Type::object;
        const auto members = cursor.children();
        result.names.reserve(members.size());
        result.values.reserve(members.size());
        for (const Cursor& member : members) {
            result.add_member(member.key()) = to_js(member, actions);
        }
    } else if (cursor.is_scalar()) {
        result = from_scalar(cursor);
    }
    result.is_given = true;
    result.span = cursor.place().span;
    result.key_span = cursor.key_place().span;
    return result;
}

document::Value to_value(const Value& value) {
    switch (value.type) {
    case Type::boolean:
        return {value.boolean};
    case Type::number:
        return from_number(value.number);
    case Type::text:
        return {std::string(value.text)};
    case Type::date:
        return {iso_time(value.text)};
    case Type::unknown:
        return {std::string(value.text)};
    case Type::list: {
        document::Value::List items;
        for (const auto& item : value.items) {
            items.push_back(to_value(item));
        }
        return {std::move(items)};
    }
    case Type::object: {
        document::Value::Members members;
        for (std::size_t at = 0; at < value.names.size(); ++at) {
            if (!value.values[at].is(Type::undefined)) {
                members.emplace_back(value.names[at], to_value(value.values[at]));
            }
        }
        return {std::move(members)};
    }
    default:
        return {};
    }
}

} // namespace oidcgen::lang::js
