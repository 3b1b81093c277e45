#include "document/placeholder.hpp"
#include "lang/cel/cel.hpp"
#include "lang/go/values.hpp"
#include "providers/authelia/attributes.hpp"
#include "providers/authelia/inspection.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using document::ScalarType;
using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_sources{"https://www.authelia.com/configuration/definitions/user-attributes/"sv,
                               "https://www.authelia.com/reference/guides/attributes/"sv,
                               "https://github.com/google/cel-spec/blob/master/doc/langdef.md"sv};

/// The expression as Authelia compiles it; nothing when it is filled in later, or the decoder has its own word on it.
std::optional<std::string> expression_at(const Inspection& inspection, const Cursor& at) {
    if (!at.is_scalar() || at.is_null()) {
        return std::nullopt;
    }
    const auto scalar = at.scalar();
    if (scalar.type == ScalarType::timestamp) {
        return std::nullopt;
    }
    if (!inspection.is_literal && document::is_placeholder(at.text(), document::PlaceholderUse::identifier)) {
        return std::nullopt;
    }
    return lang::go::to_text(scalar);
}

/// Where in the expression the fault is, counted in characters from 1; nothing when its name says it.
std::string position(std::string_view expression, const lang::cel::Fault& fault) {
    if (fault.is_name || fault.at >= expression.size()) {
        return {};
    }
    const auto before = expression.substr(0, fault.at);
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return fmt::format(" (character {})", std::ranges::count_if(before, begins) + 1);
}

} // namespace

void check_expressions(Inspection& inspection) {
    if (!inspection.release.compiles_expressions || inspection.is_cut) {
        return;
    }
    const auto environment = Attributes(inspection.root, inspection.is_literal).environment();
    for (const auto& attribute : inspection.root.find("definitions").find("user_attributes").children()) {
        const auto at = attribute.find("expression");
        const auto expression = expression_at(inspection, at);
        const auto fault = expression ? lang::cel::compile_fault(*expression, environment) : std::nullopt;
        if (!fault) {
            continue;
        }
        auto found = rule::finding(
            k_expression_unusable,
            util::words("the expression of attribute {} does not compile: {}{}", util::outside(attribute.key()),
                        fault->message, position(*expression, *fault)),
            at.place(),
            fault->is_name ? "put text in quotes inside the expression, or name an attribute of the user backend" : "");
        if (!inspection.start_fault) {
            inspection.start_fault = found;
        }
        inspection.add_finding(std::move(found));
    }
}

const rule::Rule k_expression_unusable{
    .code = "OG1190",
    .name = "expression-unusable",
    .consequence = Consequence::login_fails,
    .summary = "the expression of a user attribute does not compile",
    .why = "Authelia compiles the expressions in definitions.user_attributes when it starts, and stops when one of "
           "them is not valid Common Expression Language; `config validate` does not check them. An expression can use "
           "attributes of the user backend, but not attributes that another expression defines.",
    .bad = "definitions:\n  user_attributes:\n    immich_role: {expression: 'admin'}",
    .good = "definitions:\n  user_attributes:\n    immich_role: {expression: \"'admin'\"}",
    .ignore = {},
    .sources = k_sources,
};

} // namespace oidcgen::providers::authelia
