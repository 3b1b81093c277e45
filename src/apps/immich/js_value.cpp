#include "apps/immich/js_value.hpp"

#include "util/assert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace oidcgen::apps::immich {

namespace {

using document::Cursor;
using document::NodeKind;
using document::Scalar;
using document::ScalarType;
using Type = JsValue::Type;

/// Objects with more members than this look them up by name.
constexpr std::size_t k_few_members = 24;
/// A list index beyond this is not followed: nobody means it, and a list of that length would have to be made.
constexpr std::size_t k_most_items = 10'000;

constexpr std::size_t k_nowhere = std::string_view::npos;

JsValue from_scalar(const Cursor& cursor) {
    JsValue result;
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
        // An array of bytes, which lodash takes for an object with numbers as keys.
        result.type = Type::object;
        if (!scalar.text.empty()) {
            JsValue& byte = result.add_member("0");
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

std::optional<std::size_t> list_index(std::string_view text) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool is_index = error == std::errc() && end == text.data() + text.size() && !text.empty() &&
                          (text.size() == 1 || text.front() != '0');
    return is_index ? std::optional(index) : std::nullopt;
}

/// lodash refuses to set these, so that nobody changes what all objects inherit.
bool is_refused(std::string_view name) { return name == "__proto__" || name == "constructor" || name == "prototype"; }

const JsValue* step_into(const JsValue& value, std::string_view name) {
    if (value.is(Type::object)) {
        return value.member(name);
    }
    if (value.is(Type::list)) {
        const auto index = list_index(name);
        return index && *index < value.items.size() ? &value.items[*index] : nullptr;
    }
    return nullptr;
}

JsValue* step_into(JsValue& value, std::string_view name) {
    return const_cast<JsValue*>(step_into(std::as_const(value), name));
}

/// The member or item of that name, made if need be; null where a list has no place for it.
JsValue* step_or_make(JsValue& value, std::string_view name) {
    if (value.is(Type::object)) {
        return &value.add_member(name);
    }
    const auto index = list_index(name);
    if (!index || *index >= k_most_items) {
        return nullptr;
    }
    if (value.items.size() <= *index) {
        value.items.resize(*index + 1);
    }
    return &value.items[*index];
}

void unset(JsValue& root, const Path& path) {
    JsValue* parent = &root;
    for (std::size_t step = 0; step + 1 < path.size() && parent != nullptr; ++step) {
        parent = step_into(*parent, path[step]);
    }
    if (parent == nullptr) {
        return;
    }
    if (parent->is(Type::object)) {
        parent->remove_member(path.back());
    } else if (JsValue* item = step_into(*parent, path.back())) {
        *item = {};
    }
}

/// lodash's isEmpty.
bool is_empty(const JsValue* value) {
    if (value == nullptr) {
        return true;
    }
    switch (value->type) {
    case Type::text:
        return value->text.empty();
    case Type::list:
        return value->items.empty();
    case Type::object:
        return value->names.empty();
    case Type::unknown:
        return false;
    default:
        return true;
    }
}

void add_leaves(const JsValue& value, Path& steps, std::vector<Leaf>& result) {
    const auto visit = [&](std::string name, const JsValue& member) {
        steps.push_back(std::move(name));
        if (member.is(Type::object)) {
            add_leaves(member, steps, result);
        } else if (!member.is(Type::undefined)) {
            result.push_back({steps, &member});
        }
        steps.pop_back();
    };
    for (std::size_t index = 0; index < value.items.size(); ++index) {
        visit(std::to_string(index), value.items[index]);
    }
    for (std::size_t index = 0; index < value.names.size(); ++index) {
        visit(value.names[index], value.values[index]);
    }
}

/// `["a"]`, `['a']` or `[-1.5]` at the front of a text: the name in it, and how long it is.
struct Bracketed {
    std::string name;
    std::size_t length = 0;
};

std::optional<Bracketed> bracketed(std::string_view text) {
    if (text.size() < 3 || text.front() != '[') {
        return std::nullopt;
    }
    const char quote = text[1];
    if (quote == '"' || quote == '\'') {
        Bracketed result;
        for (std::size_t at = 2; at + 1 < text.size(); ++at) {
            if (text[at] == quote) {
                if (text[at + 1] != ']') {
                    return std::nullopt;
                }
                result.length = at + 2;
                return result;
            }
            at += text[at] == '\\' && at + 2 < text.size() ? 1 : 0;
            result.name += text[at];
        }
        return std::nullopt;
    }
    std::size_t at = 1;
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            ++at;
        }
        return at > start;
    };
    at += text[at] == '-' ? 1 : 0;
    if (!digits()) {
        return std::nullopt;
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!digits()) {
            return std::nullopt;
        }
    }
    if (at >= text.size() || text[at] != ']') {
        return std::nullopt;
    }
    return Bracketed{std::string(text.substr(1, at - 1)), at + 1};
}

/// Where two separators meet, lodash sees an empty name between them.
bool begins_empty_name(std::string_view text) {
    const auto separator = [](std::string_view rest) -> std::size_t {
        return rest.starts_with('.') ? 1 : rest.starts_with("[]") ? 2 : 0;
    };
    const std::size_t first = separator(text);
    return first != 0 && (text.size() == first || separator(text.substr(first)) != 0);
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

/// A YAML date as toISOString() writes it. Without a time it is midnight in Greenwich.
std::string iso_time(std::string_view text) {
    return text.find(':') == k_nowhere ? fmt::format("{}T00:00:00.000Z", text) : std::string(text);
}

} // namespace

bool JsValue::is_truthy() const {
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

std::string_view JsValue::kind() const {
    constexpr std::array<std::string_view, 9> k_kinds{"nothing", "null",   "a boolean", "a number",     "text",
                                                      "a date",  "a list", "an object", "a placeholder"};
    return k_kinds[static_cast<std::size_t>(type)];
}

std::size_t JsValue::position(std::string_view name) const {
    if (m_positions.empty()) {
        const auto found = std::find(names.begin(), names.end(), name);
        return found == names.end() ? k_nowhere : static_cast<std::size_t>(found - names.begin());
    }
    const auto found = m_positions.find(name);
    return found == m_positions.end() ? k_nowhere : found->second;
}

const JsValue* JsValue::member(std::string_view name) const {
    const std::size_t at = position(name);
    return at == k_nowhere ? nullptr : &values[at];
}

JsValue* JsValue::member(std::string_view name) { return const_cast<JsValue*>(std::as_const(*this).member(name)); }

JsValue& JsValue::add_member(std::string_view name) {
    OIDCGEN_ASSERT(type == Type::object);
    if (const std::size_t at = position(name); at != k_nowhere) {
        return values[at];
    }
    names.emplace_back(name);
    values.emplace_back();
    if (names.size() == k_few_members) {
        for (std::size_t at = 0; at < names.size(); ++at) {
            m_positions.emplace(names[at], at);
        }
    } else if (names.size() > k_few_members) {
        m_positions.emplace(name, names.size() - 1);
    }
    return values.back();
}

void JsValue::remove_member(std::string_view name) {
    const std::size_t at = position(name);
    if (at == k_nowhere) {
        return;
    }
    names.erase(names.begin() + static_cast<std::ptrdiff_t>(at));
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(at));
    m_positions.clear();
    if (names.size() >= k_few_members) {
        for (std::size_t index = 0; index < names.size(); ++index) {
            m_positions.emplace(names[index], index);
        }
    }
}

JsValue to_js(const Cursor& cursor, TemplateActions actions) {
    JsValue result;
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
        for (const Cursor& member : cursor.children()) {
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

document::Value to_value(const JsValue& value) {
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
            members.emplace_back(value.names[at], to_value(value.values[at]));
        }
        return {std::move(members)};
    }
    default:
        return {};
    }
}

Path property_path(std::string_view text) {
    Path result;
    if (text.starts_with('.')) {
        result.emplace_back();
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const std::size_t plain = std::min(rest.find_first_of(".[]"), rest.size());
        if (plain > 0) {
            result.emplace_back(rest.substr(0, plain));
            at += plain;
        } else if (auto name = bracketed(rest)) {
            result.push_back(std::move(name->name));
            at += name->length;
        } else {
            if (begins_empty_name(rest)) {
                result.emplace_back();
            }
            ++at;
        }
    }
    return result;
}

std::vector<Leaf> leaves(const JsValue& value) {
    std::vector<Leaf> result;
    if (value.is_collection()) {
        Path steps;
        add_leaves(value, steps, result);
    }
    return result;
}

void set(JsValue& root, const Path& path, const JsValue& value) {
    JsValue* at = &root;
    for (std::size_t step = 0; step < path.size(); ++step) {
        if (is_refused(path[step])) {
            return;
        }
        at = step_or_make(*at, path[step]);
        if (at == nullptr) {
            return;
        }
        if (step + 1 < path.size() && !at->is_collection()) {
            *at = {};
            at->type = list_index(path[step + 1]) ? Type::list : Type::object;
        }
        if (value.is_given && !at->is_given) {
            at->is_given = true;
            at->span = value.span;
            at->key_span = value.key_span;
        }
    }
    *at = value;
}

const JsValue* get(const JsValue& root, const Path& path) {
    const JsValue* at = &root;
    for (std::size_t step = 0; step < path.size() && at != nullptr; ++step) {
        at = step_into(*at, path[step]);
    }
    return at;
}

void unset_deep(JsValue& root, Path path) {
    while (!path.empty()) {
        unset(root, path);
        path.pop_back();
        if (!is_empty(path.empty() ? &root : get(root, path))) {
            return;
        }
    }
}

} // namespace oidcgen::apps::immich
