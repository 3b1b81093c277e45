#include "providers/authelia/attributes.hpp"

#include "lang/go/values.hpp"
#include "providers/authelia/lists.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using lang::cel::Kind;
using lang::cel::Type;
using namespace std::string_view_literals;

/// Attributes that every user can have.
constexpr std::array k_attributes{
    "username"sv,       "groups"sv,      "display_name"sv, "email"sv,       "emails"sv,       "given_name"sv,
    "middle_name"sv,    "family_name"sv, "nickname"sv,     "profile"sv,     "picture"sv,      "website"sv,
    "gender"sv,         "birthdate"sv,   "zoneinfo"sv,     "locale"sv,      "phone_number"sv, "phone_extension"sv,
    "street_address"sv, "locality"sv,    "region"sv,       "postal_code"sv, "country"sv};

/// Those of them that a directory always provides.
constexpr std::size_t k_directory_attributes = 5;

/// Those that are not text, and those that only expressions can name
/// (https://www.authelia.com/reference/guides/attributes/,
/// https://github.com/authelia/authelia/blob/master/internal/expression/util.go).
std::vector<lang::cel::Variable> other_variables() {
    const Type text{Kind::text};
    const Type texts{Kind::list, {text}};
    return {{"groups", texts},
            {"emails", texts},
            {"emails_extra", texts},
            {"email_verified", {Kind::boolean}},
            {"phone_number_verified", {Kind::boolean}},
            {"phone_number_rfc3966", text},
            {"address", {Kind::map, {text, text}}},
            {"updated_at", {Kind::integer}},
            {"openid_authreq_claim_value", {}},
            {"openid_authreq_claim_values", {Kind::list, {Type{}}}}};
}

/// What an extra attribute of the user backend is.
Type type_of(const Cursor& attribute) {
    const auto word = attribute.find("value_type").text();
    Type result;
    if (word == "string") {
        result.kind = Kind::text;
    } else if (word == "integer") {
        result.kind = Kind::integer;
    } else if (word == "boolean") {
        result.kind = Kind::boolean;
    }
    const auto several = attribute.find("multi_valued");
    if (!several || several.is_null()) {
        return result;
    }
    const auto is_list = several.is_scalar() ? lang::go::to_bool(several.scalar()) : std::nullopt;
    if (!is_list) {
        return {};
    }
    return *is_list ? Type{Kind::list, {std::move(result)}} : result;
}

/// Whether a value is not of the kind that belongs there, so that it may become anything.
bool is_filled_in(const Cursor& mapping) { return mapping && !mapping.is_mapping() && !mapping.is_null(); }

} // namespace

void Attributes::add_extra(const Cursor& mapping) {
    m_is_open = m_is_open || is_filled_in(mapping);
    for (const auto& member : mapping.children()) {
        const auto type = type_of(member);
        m_extra.push_back({member.key(), type});
        if (const auto name = member.find("name").text(); !name.empty()) {
            m_extra.push_back({name, type});
        }
    }
}

Attributes::Attributes(const Cursor& root, bool is_whole) {
    for (const auto& member : root.find("definitions").find("user_attributes").children()) {
        define(member.key());
    }
    const auto backend = root.find("authentication_backend");
    m_is_whole = is_whole || static_cast<bool>(backend);
    const auto file = backend.find("file");
    for (const auto& member : file.find("extra_attributes").children()) {
        define(member.key());
    }
    add_extra(file.find("extra_attributes"));
    const auto directory = backend.find("ldap");
    m_is_open = m_is_open || is_filled_in(backend) || is_filled_in(file) || is_filled_in(directory);
    if (!directory.is_mapping()) {
        return;
    }
    m_has_directory = true;
    const auto implementation = directory.find("implementation").text();
    m_has_implementation = !implementation.empty() && implementation != "custom";
    const auto attributes = directory.find("attributes");
    m_is_open = m_is_open || is_filled_in(attributes);
    for (const auto name : k_attributes) {
        if (!attributes.find(name).text().empty()) {
            m_directory.push_back(name);
        }
    }
    for (const auto& member : attributes.find("extra").children()) {
        const auto name = member.find("name").text();
        define(name.empty() ? member.key() : name);
    }
    add_extra(attributes.find("extra"));
}

void Attributes::define(std::string_view name) {
    m_defined.push_back(name);
    m_defined_names.insert(name);
}

Attribute Attributes::find(std::string_view name) const {
    const bool is_built_in = holds(k_attributes, name);
    if (m_defined_names.contains(name)) {
        return Attribute::known;
    }
    if (m_has_directory && is_built_in) {
        const auto at = std::ranges::find(k_attributes, name) - k_attributes.begin();
        const bool is_there = static_cast<std::size_t>(at) < k_directory_attributes || holds(m_directory, name);
        return is_there ? Attribute::known : m_has_implementation ? Attribute::cannot_tell : Attribute::unknown;
    }
    if (is_built_in) {
        return Attribute::known;
    }
    return m_is_whole ? Attribute::unknown : Attribute::cannot_tell;
}

std::vector<std::string_view> Attributes::names() const {
    std::vector<std::string_view> result;
    std::ranges::copy_if(k_attributes, std::back_inserter(result),
                         [&](std::string_view name) { return find(name) == Attribute::known; });
    result.insert(result.end(), m_defined.begin(), m_defined.end());
    return result;
}

lang::cel::Environment Attributes::environment() const {
    lang::cel::Environment result{.variables = other_variables(), .is_open = !m_is_whole || m_is_open};
    for (const auto name : k_attributes) {
        const bool is_text =
            std::ranges::find(result.variables, name, &lang::cel::Variable::name) == result.variables.end();
        if (is_text && find(name) != Attribute::unknown) {
            result.variables.push_back({name, {Kind::text}});
        }
    }
    result.variables.insert(result.variables.end(), m_extra.begin(), m_extra.end());
    return result;
}

} // namespace oidcgen::providers::authelia
