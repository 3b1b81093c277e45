#include "lang/cel/functions.hpp"
#include "lang/cel/syntax.hpp"
#include "lang/cel/types.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::lang::cel {

namespace {

using namespace std::string_view_literals;

bool holds(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

/// Which kinds an operator takes on both sides.
std::span<const Kind> kinds_of(std::string_view sign) {
    static constexpr std::array k_sum{Kind::integer, Kind::unsigned_integer, Kind::floating, Kind::text, Kind::bytes,
                                      Kind::list};
    static constexpr std::array k_numbers{Kind::integer, Kind::unsigned_integer, Kind::floating};
    static constexpr std::array k_whole{Kind::integer, Kind::unsigned_integer};
    static constexpr std::array k_ordered{Kind::integer, Kind::unsigned_integer, Kind::floating, Kind::text,
                                          Kind::bytes,   Kind::boolean};
    if (sign == "+") {
        return k_sum;
    }
    if (sign == "%") {
        return k_whole;
    }
    return sign.starts_with('<') || sign.starts_with('>') ? std::span<const Kind>(k_ordered) : k_numbers;
}

/// Finds the types of an expression as far as they are certain, and the first of them that cannot be
/// (https://github.com/google/cel-spec/blob/master/doc/langdef.md#gradual-type-checking).
class Checker {
  public:
    explicit Checker(const Environment& environment)
        : m_environment(environment) {}

    Type check(const Node& node);
    [[nodiscard]] std::optional<Fault> take_fault() { return std::move(m_fault); }

  private:
    void fail(std::size_t at, util::Words message, bool is_name = false);
    Type name(const Node& node);
    Type select(const Node& node);
    Type operation(const Node& node);
    Type logic(const Node& node);
    Type choice(const Node& node);
    Type arithmetic(const Node& node);
    Type search(const Node& node);
    Type index(const Node& node);
    Type call(const Node& node);
    Type member_call(const Node& node);
    std::optional<Type> macro(const Node& node);
    Type comprehension(const Node& node, const Type& range);
    Type has(const Node& node);
    void binding_call(const Node& node);
    void check_operands(const Node& node);
    Type apply(const Node& node, const std::vector<Type>& operands);
    Type collection(const Node& node);
    std::vector<Type> check_all(const Node& node);
    void no_operation(const Node& node, const Type& one, const Type& other);

    [[nodiscard]] const Type* find(std::string_view name) const;
    [[nodiscard]] bool may_be_known(std::string_view name) const;
    /// Whether a call is one of a library: its function has a name of several parts.
    [[nodiscard]] bool is_of_library(const Node& callee) const;

    const Environment& m_environment;
    std::vector<std::pair<std::string_view, Type>> m_locals;
    std::optional<Fault> m_fault;
};

void Checker::fail(std::size_t at, util::Words message, bool is_name) {
    if (!m_fault) {
        m_fault = Fault{at, std::move(message), is_name};
    }
}

Type Checker::check(const Node& node) {
    switch (node.form) {
    case Form::literal:
        return node.type;
    case Form::name:
        return name(node);
    case Form::select:
        return select(node);
    case Form::operation:
        return operation(node);
    case Form::call:
        return call(node);
    case Form::member_call:
        return member_call(node);
    case Form::list:
    case Form::map:
        return collection(node);
    case Form::message:
        break;
    }
    check_all(node);
    if (node.text != "google") { // of which come the few that everybody has
        fail(node.at, util::words("type {} does not exist", util::outside(node.text)));
    }
    return {};
}

std::vector<Type> Checker::check_all(const Node& node) {
    std::vector<Type> result;
    for (const auto& part : node.parts) {
        result.push_back(check(part));
    }
    return result;
}

const Type* Checker::find(std::string_view name) const {
    const auto local =
        std::find_if(m_locals.rbegin(), m_locals.rend(), [&](const auto& it) { return it.first == name; });
    if (local != m_locals.rend()) {
        return &local->second;
    }
    const auto& all = m_environment.variables;
    const auto found = std::ranges::find(all, name, &Variable::name);
    return found == all.end() ? nullptr : &found->type;
}

bool Checker::may_be_known(std::string_view name) const {
    const auto begins_with_it = [&](const Variable& it) { // variables may have dots in their names
        return it.name.size() > name.size() && it.name.starts_with(name) && it.name[name.size()] == '.';
    };
    return m_environment.is_open || holds(type_names(), name) ||
           std::ranges::any_of(m_environment.variables, begins_with_it);
}

Type Checker::name(const Node& node) {
    if (const auto* const type = find(node.text)) {
        return *type;
    }
    if (!may_be_known(node.text)) {
        std::vector<std::string_view> names;
        for (const auto& variable : m_environment.variables) {
            names.push_back(variable.name);
        }
        fail(node.at,
             util::words("variable {} does not exist{}", util::outside(node.text),
                         util::did_you_mean(node.text, names).text()),
             true);
    }
    return {};
}

Type Checker::select(const Node& node) {
    const auto operand = check(node.parts.front());
    if (operand.kind == Kind::unknown || node.has_optional) {
        return {};
    }
    if (operand.kind != Kind::map) {
        fail(node.at, util::words("{} has no field {}", described(operand), util::outside(node.text)));
        return {};
    }
    return operand.of[1];
}

Type Checker::operation(const Node& node) {
    const auto sign = node.text;
    if (sign == "!" || sign == "&&" || sign == "||") {
        return logic(node);
    }
    if (sign == "?:") {
        return choice(node);
    }
    if (sign == "in") {
        return search(node);
    }
    return sign == "[]" ? index(node) : arithmetic(node);
}

Type Checker::logic(const Node& node) {
    for (const auto& part : node.parts) {
        const auto type = check(part);
        if (!fits(type, {Kind::boolean})) {
            fail(part.at, util::words("{} takes bools, not {}", node.text, described(type)));
        }
    }
    return {Kind::boolean};
}

Type Checker::choice(const Node& node) {
    const auto types = check_all(node);
    if (!fits(types[0], {Kind::boolean})) {
        fail(node.at, util::words("the part before ? must be a bool, not {}", described(types[0])));
    }
    if (!fits(types[1], types[2])) {
        fail(node.at, util::words("both values of a choice must have the same type, not {} and {}", described(types[1]),
                                  described(types[2])));
    }
    return common(types[1], types[2]);
}

void Checker::no_operation(const Node& node, const Type& one, const Type& other) {
    fail(node.at, util::words("{} does not work with {} and {}", node.text, described(one), described(other)));
}

Type Checker::arithmetic(const Node& node) {
    const auto types = check_all(node);
    const auto& one = types.front();
    if (node.text == "negative") {
        if (one.kind != Kind::unknown && one.kind != Kind::integer && one.kind != Kind::floating) {
            fail(node.at, util::words("- does not work with {}", described(one)));
        }
        return one;
    }
    const auto& other = types.back();
    if (node.text == "==" || node.text == "!=") {
        if (!fits(one, other)) {
            no_operation(node, one, other);
        }
        return {Kind::boolean};
    }
    const auto kinds = kinds_of(node.text);
    const auto is_possible = [&](const Type& type) {
        return may_be_nameless(type) || std::ranges::find(kinds, type.kind) != kinds.end();
    };
    const bool is_order = kinds.back() == Kind::boolean;
    const bool is_mixed = is_order && is_number(one.kind) && is_number(other.kind);
    if (!is_possible(one) || !is_possible(other) || (!is_mixed && !fits(one, other))) {
        no_operation(node, one, other);
    }
    return is_order ? Type{Kind::boolean} : common(one, other);
}

Type Checker::search(const Node& node) {
    const auto types = check_all(node);
    const auto& in = types.back();
    if (in.kind == Kind::text) {
        fail(node.at, "\"in\" searches lists and maps, not a string; use contains() for that");
    } else if (in.kind != Kind::unknown && in.kind != Kind::list && in.kind != Kind::map) {
        fail(node.at, util::words("\"in\" searches lists and maps, not {}", described(in)));
    } else if (in.kind != Kind::unknown && !fits(types.front(), in.of.front())) {
        fail(node.at, util::words("{} is never in a {} of another type", described(types.front()),
                                  in.kind == Kind::map ? "map" : "list"));
    }
    return {Kind::boolean};
}

Type Checker::index(const Node& node) {
    const auto types = check_all(node);
    const auto& from = types.front();
    const auto& at = types.back();
    if (node.has_optional || may_be_nameless(from)) {
        return {};
    }
    if (from.kind != Kind::list && from.kind != Kind::map) {
        fail(node.at, util::words("{} has no items", described(from)));
        return {};
    }
    const auto wanted = from.kind == Kind::list ? Type{Kind::integer} : from.of.front();
    if (!fits(at, wanted)) {
        fail(node.at,
             util::words("{} takes {} in brackets, not {}", described(from), described(wanted), described(at)));
    }
    return from.of.back();
}

Type Checker::collection(const Node& node) {
    const bool is_map = node.form == Form::map;
    const std::size_t step = is_map ? 2 : 1;
    const auto types = check_all(node);
    Type result{is_map ? Kind::map : Kind::list, std::vector<Type>(step)};
    for (std::size_t part = 0; part < types.size() && !node.has_optional; ++part) {
        auto& type = result.of[part % step];
        type = part < step ? types[part] : common(type, types[part]);
    }
    return result;
}

bool Checker::is_of_library(const Node& callee) const {
    const auto* root = &callee;
    while (root->form == Form::select) {
        root = &root->parts.front();
    }
    return root->form == Form::name && find(root->text) == nullptr && holds(libraries(), root->text);
}

Type Checker::call(const Node& node) {
    if (node.text == "has" && node.parts.size() == 1) {
        return has(node);
    }
    return apply(node, check_all(node));
}

Type Checker::has(const Node& node) {
    const auto& field = node.parts.front();
    if (field.form != Form::select) {
        fail(node.at, "has() takes a field of something, as in has(a.b)");
    } else {
        check(field);
    }
    return {Kind::boolean};
}

Type Checker::member_call(const Node& node) {
    if (is_of_library(node.parts.front())) {
        node.text == "bind" ? binding_call(node) : check_operands(node);
        return {};
    }
    if (const auto result = macro(node)) {
        return *result;
    }
    return apply(node, check_all(node));
}

/// A call whose first operands may be names that it makes itself.
void Checker::binding_call(const Node& node) {
    const auto before = m_locals.size();
    for (std::size_t part = 1; part + 1 < node.parts.size(); ++part) {
        if (node.parts[part].form == Form::name) {
            m_locals.emplace_back(node.parts[part].text, Type{});
        }
    }
    check_operands(node);
    m_locals.resize(before);
}

/// Without what the call is made on.
void Checker::check_operands(const Node& node) {
    for (std::size_t part = 1; part < node.parts.size(); ++part) {
        check(node.parts[part]);
    }
}

std::optional<Type> Checker::macro(const Node& node) {
    constexpr std::array k_binding{"existsOne"sv, "optFlatMap"sv,    "optMap"sv,       "sortBy"sv,
                                   "all"sv,       "transformList"sv, "transformMap"sv, "transformMapEntry"sv,
                                   "exists"sv,    "exists_one"sv};
    constexpr std::array k_plain{"all"sv, "exists"sv, "exists_one"sv, "filter"sv, "map"sv};
    const auto operands = node.parts.size() - 1;
    const bool is_plain = holds(k_plain, node.text) && (operands == 2 || (operands == 3 && node.text == "map"));
    if (!is_plain && (!holds(k_binding, node.text) || operands < 2)) {
        return std::nullopt;
    }
    const auto range = check(node.parts.front());
    if (is_plain) {
        return comprehension(node, range);
    }
    binding_call(node);
    return Type{};
}

Type Checker::comprehension(const Node& node, const Type& range) {
    const auto& variable = node.parts[1];
    if (variable.form != Form::name) {
        fail(variable.at, util::words("the first argument of {}() must be a name", node.text));
        return {};
    }
    const bool has_items = range.kind == Kind::list || range.kind == Kind::map;
    if (!has_items && range.kind != Kind::unknown) {
        fail(node.at, util::words("{}() goes through lists and maps, not through {}", node.text, described(range)));
    }
    const auto item = has_items ? range.of.front() : Type{};
    m_locals.emplace_back(variable.text, item);
    const bool is_map = node.text == "map";
    for (std::size_t part = 2; part + (is_map ? 1 : 0) < node.parts.size(); ++part) {
        const auto type = check(node.parts[part]);
        if (!fits(type, {Kind::boolean})) {
            fail(node.parts[part].at, util::words("{}() takes a condition, not {}", node.text, described(type)));
        }
    }
    auto made = is_map ? check(node.parts.back()) : item;
    m_locals.pop_back();
    return is_map || node.text == "filter" ? list_of(std::move(made)) : Type{Kind::boolean};
}

/// A function by its operands.
Type Checker::apply(const Node& node, const std::vector<Type>& operands) {
    const bool is_member = node.form == Form::member_call;
    std::optional<Type> result;
    bool is_named = false;
    for (const auto& overload : overloads()) {
        if (overload.name != node.text) {
            continue;
        }
        is_named = true;
        const auto matches = [](const Type& type, char letter) {
            return letter == '?' ? may_be_nameless(type) : fits(type, type_of(letter));
        };
        if (overload.is_member == is_member &&
            std::equal(operands.begin(), operands.end(), overload.operands.begin(), overload.operands.end(), matches)) {
            const auto type = type_of(overload.result);
            result = result ? common(*result, type) : type;
        }
    }
    if (result) {
        return *result;
    }
    if (is_named) {
        std::string of;
        for (std::size_t at = is_member ? 1 : 0; at < operands.size(); ++at) {
            of += (of.empty() ? "" : ", ") + described(operands[at]);
        }
        fail(node.at, util::words("{}({}){} does not exist", node.text, of,
                                  is_member ? util::words(" of {}", described(operands.front())) : util::Words()));
    } else if (!holds(other_functions(), node.text)) {
        std::vector<std::string_view> names(other_functions().begin(), other_functions().end());
        for (const auto& overload : overloads()) {
            names.push_back(overload.name);
        }
        fail(node.at, util::words("function {} does not exist{}", util::outside(node.text),
                                  util::did_you_mean(node.text, names).text()));
    }
    return {};
}

} // namespace

std::optional<Fault> compile_fault(std::string_view expression, const Environment& environment) {
    const auto parsed = parse(expression);
    if (parsed.fault || !parsed.is_understood) {
        return parsed.fault;
    }
    Checker checker(environment);
    checker.check(parsed.root);
    return checker.take_fault();
}

} // namespace oidcgen::lang::cel
