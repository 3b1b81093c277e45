#include "apps/immich/js_value.hpp"

#include "util/assert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
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

/// The member or item of that name, made if need be; null where a list has no place for it.
JsValue* step_or_make(JsValue& value, std::string_view name, std::size_t& room) {
    if (value.is(Type::object)) {
        return &value.add_member(name);
    }
    const auto index = list_index(name);
    if (!index) {
        return nullptr;
    }
    if (value.items.size() <= *index) {
        const std::size_t wanted = *index - value.items.size(); // one short of all, so that it cannot overflow
        if (wanted >= room) {
            return nullptr;
        }
        room -= wanted + 1;
        value.items.resize(*index + 1);
    }
    return &value.items[*index];
}

void unset(JsValue& root, const Path& path) {
    JsValue* parent = &root;
    for (std::size_t step = 0; step + 1 < path.size() && parent != nullptr; ++step) {
        parent = parent->step(path[step]);
    }
    if (parent == nullptr) {
        return;
    }
    if (parent->is(Type::object)) {
        parent->remove_member(path.back());
    } else if (JsValue* item = parent->step(path.back())) {
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

void visit_leaves(const JsValue& value, Dates dates, Path& steps, const std::function<void(const Leaf&)>& visit) {
    const auto go_on = [&](std::string name, const JsValue& member) {
        steps.push_back(std::move(name));
        const bool is_no_value = member.is(Type::undefined) || (member.is(Type::date) && dates == Dates::empty_objects);
        if (member.is(Type::object)) {
            visit_leaves(member, dates, steps, visit);
        } else if (!is_no_value) {
            visit({steps, &member});
        }
        steps.pop_back();
    };
    for (std::size_t index = 0; index < value.items.size(); ++index) {
        go_on(std::to_string(index), value.items[index]);
    }
    for (std::size_t index = 0; index < value.names.size(); ++index) {
        go_on(value.names[index], value.values[index]);
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

/// Takes the digits at the front of a text.
int take_number(std::string_view& text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc() ? number : 0;
}

void skip(std::string_view& text, std::string_view bytes) {
    text.remove_prefix(std::min(text.find_first_not_of(bytes), text.size()));
}

/// The milliseconds of `.5` or `.123456`, cut after three digits.
int take_milliseconds(std::string_view& text) {
    if (!text.starts_with('.')) {
        return 0;
    }
    text.remove_prefix(1);
    const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
    text.remove_prefix(digits.size());
    int result = 0;
    for (std::size_t place = 0; place < 3; ++place) {
        result = result * 10 + (place < digits.size() ? digits[place] - '0' : 0);
    }
    return result;
}

/// A YAML timestamp (https://yaml.org/type/timestamp.html) as toISOString() writes it.
std::string iso_time(std::string_view text) {
    using namespace std::chrono;
    const int written_year = take_number(text);
    skip(text, "-");
    const auto written_month = static_cast<unsigned>(take_number(text));
    skip(text, "-");
    const days day{take_number(text) - 1};
    skip(text, "Tt \t");
    hours hour{take_number(text)};
    skip(text, ":");
    minutes minute{take_number(text)};
    skip(text, ":");
    const seconds second{take_number(text)};
    const milliseconds fraction{take_milliseconds(text)};
    skip(text, " \t");
    if (text.starts_with('+') || text.starts_with('-')) {
        const int sign = text.front() == '+' ? -1 : 1;
        text.remove_prefix(1);
        hour += hours{sign * take_number(text)};
        skip(text, ":");
        minute += minutes{sign * take_number(text)};
    }
    const auto time = sys_days(year{written_year} / month{written_month} / 1) + day + hour + minute + second + fraction;
    const auto midnight = floor<days>(time);
    const year_month_day date{midnight};
    const hh_mm_ss clock{time - midnight};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
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

JsValue* JsValue::member(std::string_view name) {
    const std::size_t at = position(name);
    return at == k_nowhere ? nullptr : &values[at];
}

const JsValue* JsValue::step(std::string_view name) const {
    if (is(Type::object)) {
        return member(name);
    }
    const auto index = is(Type::list) ? list_index(name) : std::nullopt;
    return index && *index < items.size() ? &items[*index] : nullptr;
}

JsValue* JsValue::step(std::string_view name) {
    if (is(Type::object)) {
        return member(name);
    }
    const auto index = is(Type::list) ? list_index(name) : std::nullopt;
    return index && *index < items.size() ? &items[*index] : nullptr;
}

JsValue& JsValue::add_member(std::string_view name) {
    OIDCGEN_ASSERT(type == Type::object);
    if (const std::size_t at = position(name); at != k_nowhere) {
        return values[at];
    }
    names.emplace_back(name);
    values.emplace_back();
    if (!m_positions.empty()) {
        m_positions.emplace(name, names.size() - 1);
    } else if (names.size() >= k_few_members) {
        for (std::size_t at = 0; at < names.size(); ++at) {
            m_positions.emplace(names[at], at);
        }
    }
    return values.back();
}

void JsValue::remove_member(std::string_view name) {
    const std::size_t at = position(name);
    if (at == k_nowhere) {
        return;
    }
    if (!m_positions.empty()) {
        m_positions.erase(m_positions.find(name));
        for (auto& [other, place] : m_positions) {
            place -= place > at ? 1 : 0;
        }
    }
    names.erase(names.begin() + static_cast<std::ptrdiff_t>(at));
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(at));
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

bool is_property_path(std::string_view name) {
    if (name.find('.') != k_nowhere) {
        return true;
    }
    for (std::size_t open = name.find('['); open != k_nowhere; open = name.find('[', open + 1)) {
        const std::size_t next = name.find_first_of("[]", open + 1);
        if (next != k_nowhere && name[next] == ']') {
            return true;
        }
    }
    return false;
}

std::string joined(const Path& steps) {
    std::string result;
    for (std::size_t step = 0; step < steps.size(); ++step) {
        result += step == 0 ? "" : ".";
        result += steps[step];
    }
    return result;
}

bool Leaf::is_plain() const {
    // A name at the top that is not taken apart stands for itself; the others are part of a path with dots.
    return steps.size() == 1 ? !is_property_path(steps.front())
                             : std::ranges::none_of(steps, [](const std::string& step) {
                                   return step.find_first_of(".[]") != std::string::npos;
                               });
}

Path Leaf::path() const { return is_plain() ? steps : property_path(joined(steps)); }

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

void for_each_leaf(const JsValue& value, Dates dates, const std::function<void(const Leaf&)>& visit) {
    if (value.is_collection()) {
        Path steps;
        visit_leaves(value, dates, steps, visit);
    }
}

void set(JsValue& root, const Path& path, const JsValue& value, std::size_t& room) {
    JsValue* at = &root;
    for (std::size_t step = 0; step < path.size(); ++step) {
        if (is_refused(path[step])) {
            return;
        }
        at = step_or_make(*at, path[step], room);
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
        at = at->step(path[step]);
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
