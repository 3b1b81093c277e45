#include "lang/js/lodash.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace oidcgen::lang::js {

namespace {

using Type = Value::Type;

constexpr std::size_t k_nowhere = std::string_view::npos;

/// lodash refuses to set these, so that nobody changes what all objects inherit.
bool is_refused(std::string_view name) { return name == "__proto__" || name == "constructor" || name == "prototype"; }

/// The member or item of that name, made if need be; null where a list has no place for it.
Value* step_or_make(Value& value, std::string_view name, std::size_t& room) {
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

void unset(Value& root, const Path& path) {
    Value* parent = &root;
    for (std::size_t step = 0; step + 1 < path.size() && parent != nullptr; ++step) {
        parent = parent->step(path[step]);
    }
    if (parent == nullptr) {
        return;
    }
    if (parent->is(Type::object)) {
        parent->remove_member(path.back());
    } else if (Value* item = parent->step(path.back())) {
        *item = {};
    }
}

/// lodash's isEmpty.
bool is_empty(const Value* value) {
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

void visit_leaves(const Value& value, Dates dates, Path& steps, const std::function<void(const Leaf&)>& visit) {
    const auto go_on = [&](std::string name, const Value& member) {
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

} // namespace

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
    // A name at the top that is not split is itself; the others are part of a path with dots.
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

void for_each_leaf(const Value& value, Dates dates, const std::function<void(const Leaf&)>& visit) {
    if (value.is_collection()) {
        Path steps;
        visit_leaves(value, dates, steps, visit);
    }
}

void set(Value& root, const Path& path, const Value& value, std::size_t& room) {
    Value* at = &root;
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

const Value* get(const Value& root, const Path& path) {
    const Value* at = &root;
    for (std::size_t step = 0; step < path.size() && at != nullptr; ++step) {
        at = at->step(path[step]);
    }
    return at;
}

void unset_deep(Value& root, Path path) {
    while (!path.empty()) {
        unset(root, path);
        path.pop_back();
        if (!is_empty(path.empty() ? &root : get(root, path))) {
            return;
        }
    }
}

} // namespace oidcgen::lang::js
