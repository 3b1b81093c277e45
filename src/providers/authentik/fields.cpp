#include "document/placeholder.hpp"
#include "lang/python/pattern.hpp"
#include "lang/python/syntax.hpp"
#include "providers/authentik/import.hpp"
#include "providers/authentik/rules.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

// What the serializers of Django REST framework make of the values of an entry.

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_provider_sources{"https://docs.goauthentik.io/add-secure-apps/providers/oauth2/"sv};
constexpr std::array k_model_sources{"https://docs.goauthentik.io/customize/blueprints/v1/models/"sv,
                                     "https://goauthentik.io/blueprints/schema.json"sv};
constexpr std::array k_redirect_sources{"https://docs.goauthentik.io/security/cves/CVE-2024-52289/"sv};
constexpr std::array k_expression_sources{
    "https://docs.goauthentik.io/add-secure-apps/providers/property-mappings/expression/"sv};

} // namespace

const rule::Rule k_field_missing{
    .code = "OG1210",
    .name = "blueprint-field-missing",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "an entry does not have a field that its model requires",
    .why =
        "A new object needs these fields. Without one of them nothing of the file is applied. From 2024.10 on, every "
        "provider needs an invalidation_flow.",
    .bad = "attrs:\n  authorization_flow: !Find [authentik_flows.flow, [slug, "
           "default-provider-authorization-implicit-consent]]",
    .good = "attrs:\n  authorization_flow: !Find [authentik_flows.flow, [slug, "
            "default-provider-authorization-implicit-consent]]\n  invalidation_flow: !Find [authentik_flows.flow, "
            "[slug, default-provider-invalidation-flow]]",
    .sources = k_model_sources,
};

const rule::Rule k_field_invalid{
    .code = "OG1211",
    .name = "blueprint-field-invalid",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a field has a value that it does not take",
    .why = "Words of a choice are compared letter by letter, null and empty text are taken by few fields, lists and "
           "text are told apart. With one such value nothing of the file is applied.",
    .bad = "issuer_mode: per-provider",
    .good = "issuer_mode: per_provider",
    .sources = k_model_sources,
};

const rule::Rule k_redirect_uris_form{
    .code = "OG1212",
    .name = "redirect-uris-in-old-form",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "the redirect URIs are written in the form of another release",
    .why = "Up to 2024.8.4 and in 2024.10.0 to 2024.10.2 they are one text with a pattern on each line. Newer releases "
           "take a list, each item with its url and its matching_mode.",
    .bad = "redirect_uris: https://photos.example.com/auth/login",
    .good = "redirect_uris:\n  - matching_mode: strict\n    url: https://photos.example.com/auth/login",
    .sources = k_redirect_sources,
};

const rule::Rule k_redirect_pattern_invalid{
    .code = "OG1213",
    .name = "redirect-pattern-invalid",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a redirect URI with the matching mode regex is not a regular expression",
    .why = "The expression is compiled when the provider is saved, and refused when that fails.",
    .bad = "- matching_mode: regex\n  url: '*'",
    .good = "- matching_mode: strict\n  url: https://photos.example.com/auth/login",
    .sources = k_redirect_sources,
};

const rule::Rule k_expression_invalid{
    .code = "OG1214",
    .name = "expression-invalid",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "an expression is not Python",
    .why = "Expressions of scope mappings and policies are compiled when they are saved.",
    .bad = "expression: 'return {\"immich_role\": \"user\"'",
    .good = "expression: 'return {\"immich_role\": \"user\"}'",
    .sources = k_expression_sources,
};

const rule::Rule k_field_ignored{
    .code = "OG1215",
    .name = "blueprint-field-ignored",
    .consequence = rule::Consequence::risk,
    .also = {rule::Consequence::advice},
    .summary = "the model does not have a field of that name, so it does nothing",
    .why = "A field that the model does not have is passed over without a word: a misspelt signing_key means that "
           "tokens are signed with HS256.",
    .bad = "attrs:\n  signing_keys: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed "
           "Certificate]]",
    .good = "attrs:\n  signing_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed "
            "Certificate]]",
    .ignore = "when the file is for several releases, and a field is for some of them",
    .sources = k_provider_sources,
};

namespace {

bool is_number(const Value& value) { return value.is(Kind::integer) || value.is(Kind::real); }

/// What CharField makes text of.
bool becomes_text(const Value& value) { return value.is(Kind::text) || is_number(value); }

bool is_uuid(std::string_view text) {
    if (text.starts_with("urn:")) {
        text.remove_prefix(4);
    }
    if (text.starts_with("uuid:")) {
        text.remove_prefix(5);
    }
    std::size_t digits = 0;
    for (const char byte : text) {
        const bool is_hex = util::is_digit(byte) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
        if (!is_hex && byte != '-' && byte != '{' && byte != '}') {
            return false;
        }
        digits += is_hex ? 1 : 0;
    }
    return digits == 32;
}

/// `hours=1;minutes=2`, authentik/lib/utils/time.py.
bool is_duration(std::string_view text) {
    constexpr std::array k_units{"microseconds"sv, "milliseconds"sv, "seconds"sv, "minutes"sv,
                                 "hours"sv,        "days"sv,         "weeks"sv};
    if (text.find('=') == std::string_view::npos) {
        return false;
    }
    for (const auto part : util::split(text, ';')) {
        const auto sign = part.find('=');
        if (sign == std::string_view::npos) {
            return false;
        }
        const auto unit = util::lowered(util::trimmed(part.substr(0, sign)));
        auto number = util::trimmed(part.substr(sign + 1));
        if (number.starts_with('-') || number.starts_with('+')) {
            number.remove_prefix(1);
        }
        const bool is_one = std::ranges::find(k_units, unit) != k_units.end() && !number.empty() &&
                            std::ranges::all_of(number, [](char byte) { return util::is_digit(byte) || byte == '.'; });
        if (!is_one) {
            return false;
        }
    }
    return true;
}

/// An http or https address with a host, as Django's URLValidator takes it.
bool is_address(std::string_view text) {
    const auto url = util::split_url(text);
    const auto scheme = url ? util::lowered(url->scheme) : std::string();
    const bool is_web = scheme == "http" || scheme == "https";
    return is_web && !url->host().empty() && text.find_first_of(" \t\r\n") == std::string_view::npos;
}

bool is_slug(std::string_view text) {
    return std::ranges::all_of(text,
                               [](char byte) { return util::is_alphanumeric(byte) || byte == '-' || byte == '_'; });
}

constexpr std::array k_reserved_slugs{"authorize"sv, "token"sv, "device"sv, "userinfo"sv, "introspect"sv, "revoke"sv};

bool is_boolean_word(const Value& value) {
    constexpr std::array k_words{"t"sv, "y"sv, "yes"sv, "true"sv,  "on"sv,  "1"sv,
                                 "f"sv, "n"sv, "no"sv,  "false"sv, "off"sv, "0"sv};
    if (value.is(Kind::boolean)) {
        return true;
    }
    if (is_number(value)) {
        return value.number == 0 || value.number == 1;
    }
    return value.is(Kind::text) && std::ranges::find(k_words, util::lowered(value.text)) != k_words.end();
}

/// What a person should write for a field that is missing.
util::Words how_to_add_field(const Field& field) {
    struct Row {
        std::string_view name;
        std::string_view value;
    };
    constexpr std::array k_rows{
        Row{"authorization_flow",
            "!Find [authentik_flows.flow, [slug, default-provider-authorization-implicit-consent]]"},
        Row{"invalidation_flow", "!Find [authentik_flows.flow, [slug, default-provider-invalidation-flow]]"},
        Row{"redirect_uris", "a list of items, each with matching_mode: strict and its url"},
        Row{"order", "0"},
    };
    const auto* const row = std::ranges::find(k_rows, field.name, &Row::name);
    return row == k_rows.end() ? util::words("add {}", util::own(field.name))
                               : util::words("add {}: {}", util::own(field.name), util::own(row->value));
}

} // namespace

void Import::invalid(const Value& value, util::Words message, util::Words help) {
    add(k_field_invalid, std::move(message), value.at.place(), std::move(help));
}

void Import::check_fields(const Object& object, const Value& fields, Partial partial) {
    const auto& model = *object.table;
    for (const auto& field : model.fields) {
        if (!field.versions.holds(m_options.version)) {
            continue;
        }
        const auto* const value = fields.find(field.name);
        if (value != nullptr) {
            check_field(object, field, *value);
        } else if (field.need == Need::required && partial == Partial::no) {
            m_findings.add(rule::finding(k_field_missing, util::words("{} is missing", util::own(field.name)),
                                         object.place_of(field.name), how_to_add_field(field)));
        }
    }
    const bool is_told =
        model.name == k_provider || model.name == k_application || model.name == k_mapping || model.name == k_binding;
    for (const auto& child : is_told ? object.attributes.children() : std::vector<document::Cursor>{}) {
        const auto name = child.key();
        if (find_field(model, name, m_options.version) != nullptr || name == "pk") {
            continue;
        }
        std::vector<std::string_view> names;
        bool is_of_other_release = false;
        for (const auto& field : model.fields) {
            is_of_other_release = is_of_other_release || field.name == name;
            if (field.versions.holds(m_options.version)) {
                names.push_back(field.name);
            }
        }
        auto finding = rule::finding(
            k_field_ignored,
            is_of_other_release
                ? util::words("this release does not have the field {}, so it does nothing", util::own(name))
                : util::words("there is no field {}, so it does nothing", util::outside(name)),
            child.key_place(), "remove it");
        if (is_of_other_release || m_options.newer_than_known) {
            rule::set_consequence(finding, rule::Consequence::advice);
        } else {
            finding.suggestion = util::did_you_mean(name, names);
            if (const auto meant = util::nearest(name, names); meant && fields.find(*meant) == nullptr) {
                finding.meant = object.place_of(*meant);
                finding.help = util::words("rename it to {}", util::own(*meant));
            }
        }
        m_findings.add(std::move(finding));
    }
}

void Import::check_field(const Object& object, const Field& field, const Value& value) {
    if (field.type == FieldType::anything || value.is(Kind::unknown)) {
        return;
    }
    if (value.is(Kind::null)) {
        if (field.null == Null::refused) {
            const bool is_found = value.at.tag() == "!Find";
            invalid(value,
                    is_found ? util::Words("!Find finds nothing, so it is null, which is refused here")
                             : util::words("{} must not be null", util::own(field.name)),
                    field.need == Need::required ? how_to_add_field(field)
                                                 : util::Words("remove it, or write a value"));
        }
        return;
    }
    switch (field.type) {
    case FieldType::text:
        if (field.name == "redirect_uris" && (value.is(Kind::list) || value.is(Kind::map))) {
            add(k_redirect_uris_form, "this release takes the redirect URIs as one text, with one pattern on each line",
                value.at.place(), "write them as one text, or use 2024.12 or newer");
            return;
        }
        check_text(field, value);
        break;
    case FieldType::slug:
    case FieldType::word:
    case FieldType::duration:
    case FieldType::address:
        check_text(field, value);
        break;
    case FieldType::expression:
        check_text(field, value);
        check_expression(value);
        break;
    case FieldType::choice:
        check_choice(field, value);
        break;
    case FieldType::choices:
        if (!value.is(Kind::list)) {
            invalid(value,
                    util::words("{} must be a list, not {}", util::own(field.name), util::own(noun_of(value.kind))),
                    "put it into brackets");
            return;
        }
        if (value.items.empty()) {
            invalid(value, "this list must not be empty", "write [authorization_code]");
        }
        for (const auto& item : value.items) {
            check_choice(field, item);
        }
        break;
    case FieldType::boolean:
        if (!value.has_hole && !is_boolean_word(value)) {
            invalid(value, util::words("{} must be true or false", util::own(field.name)), "write true or false");
        }
        break;
    case FieldType::integer: {
        const bool is_whole =
            value.is(Kind::integer) || value.is(Kind::real) ||
            (value.is(Kind::text) && !value.text.empty() && std::ranges::all_of(value.text, util::is_digit));
        if (!value.has_hole && !is_whole) {
            invalid(value, util::words("{} must be a whole number", util::own(field.name)), "write a number");
        }
        break;
    }
    case FieldType::reference:
        check_reference(field, value);
        break;
    case FieldType::references:
        if (!value.is(Kind::list)) {
            invalid(value,
                    util::words("{} must be a list, not {}", util::own(field.name), util::own(noun_of(value.kind))),
                    "put it into brackets");
            return;
        }
        for (const auto& item : value.items) {
            if (item.is(Kind::null)) {
                invalid(item,
                        item.at.tag() == "!Find"
                            ? util::Words("!Find finds nothing, so it is null, which is refused here")
                            : util::Words("an item must not be null"),
                        "write the name of an object that exists, or remove the item");
            } else {
                check_reference(field, item);
            }
        }
        break;
    case FieldType::redirect_uris:
        check_redirect_uris(value);
        break;
    case FieldType::anything:
        break;
    }
    static_cast<void>(object);
}

void Import::check_text(const Field& field, const Value& value) {
    if (!becomes_text(value)) {
        if (!value.is_unknown()) {
            invalid(value,
                    util::words("{} must be text, not {}", util::own(field.name), util::own(noun_of(value.kind))),
                    "put it into quotes");
        }
        return;
    }
    if (value.has_hole) {
        return;
    }
    const auto text = util::trimmed(value.text);
    if (text.empty()) {
        if (field.blank == Blank::refused) {
            invalid(value, util::words("{} must not be empty", util::own(field.name)), "write a value");
        }
        return;
    }
    const auto characters = static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
    if (field.longest != 0 && characters > field.longest) {
        invalid(value,
                util::words("{} has {} characters, and at most {} are allowed", util::own(field.name), characters,
                            field.longest),
                "write a shorter one");
    }
    if (field.type == FieldType::duration && !is_duration(text)) {
        invalid(value, util::words("{} is not a time like hours=1;minutes=30", util::outside(text)),
                "write minutes=1, for example");
    } else if (field.type == FieldType::word && text.find(' ') != std::string_view::npos) {
        invalid(value, util::words("{} must not have blanks", util::own(field.name)), "write one word");
    } else if (field.type == FieldType::address && !is_address(text)) {
        // An address to open may have any scheme, and parts that are filled in for each person.
        if (field.name != "meta_launch_url" || text.find("://") == std::string_view::npos) {
            invalid(value, util::words("{} must be an http or https address", util::own(field.name)),
                    "write an address that begins with https://");
        }
    } else if (field.type == FieldType::slug) {
        if (!is_slug(text)) {
            invalid(value, "a slug consists of letters, digits, hyphens and underscores", "choose another slug");
        } else if (m_release.reserves_slugs && field.name == "slug" &&
                   std::ranges::find(k_reserved_slugs, text) != k_reserved_slugs.end()) {
            invalid(value, util::words("the slug {} is reserved", util::outside(text)), "choose another slug");
        }
    }
}

void Import::check_choice(const Field& field, const Value& value) {
    if (value.is_unknown()) {
        return;
    }
    const auto text = text_of(value);
    const bool is_scalar = !value.is(Kind::list) && !value.is(Kind::map) && !value.is(Kind::object);
    if (is_scalar && std::ranges::find(field.choices, text) != field.choices.end()) {
        return;
    }
    if (m_options.newer_than_known && is_scalar && !text.empty()) {
        return;
    }
    if (is_scalar && std::ranges::find(field.perhaps, text) != field.perhaps.end()) {
        static_cast<void>(unknown(value.at, rule::Doubt::settings));
        return;
    }
    rule::Finding finding = rule::finding(
        k_field_invalid,
        value.is(Kind::null) ? util::words("{} must not be null", util::own(field.name))
                             : util::words("{} does not take {}", util::own(field.name), util::outside(text)),
        value.at.place(),
        util::words("use {}", util::own(util::alternatives(
                                  std::vector<std::string_view>(field.choices.begin(), field.choices.end())))));
    finding.suggestion = util::did_you_mean(text, field.choices);
    m_findings.add(std::move(finding));
}

void Import::check_reference(const Field& field, const Value& value) {
    if (value.is_unknown()) {
        return;
    }
    const bool wants_number = field.name == "provider" || field.name == "backchannel_providers" ||
                              field.name == "user" || field.name == "jwt_federation_providers";
    if (value.is(Kind::object)) {
        const auto model = value.made != nullptr ? value.made->model : value.shipped->model;
        const auto* const table = find_model(model);
        const bool has_number = (table != nullptr && table->has_number) || model == k_user;
        const bool is_other =
            !field.refers_to.empty() && std::ranges::find(field.refers_to, model) == field.refers_to.end();
        if (is_other || (table != nullptr && has_number != wants_number && field.name != "target")) {
            invalid(value, util::words("{} cannot be an object of the model {}", util::own(field.name), model),
                    "write the id of an entry of the right model");
        }
        return;
    }
    const auto text = text_of(value);
    if (value.is(Kind::text) && wants_number && !text.empty() && std::ranges::all_of(text, util::is_digit)) {
        static_cast<void>(unknown(value.at, rule::Doubt::settings));
    } else if (value.is(Kind::text) && !wants_number && is_uuid(text)) {
        static_cast<void>(unknown(value.at, rule::Doubt::settings));
    } else if (is_number(value)) {
        static_cast<void>(unknown(value.at, rule::Doubt::settings));
    } else {
        invalid(value, util::words("{} needs the primary key of an object", util::own(field.name)),
                "find the object with !Find [model, [field, value]], or with !KeyOf when this file makes it");
    }
}

void Import::check_redirect_uris(const Value& value) {
    if (!value.is(Kind::list)) {
        add(k_redirect_uris_form, "the redirect URIs must be a list", value.at.place(),
            "write a list of items, each with matching_mode: strict and its url");
        return;
    }
    static constexpr std::array k_modes{"strict"sv, "regex"sv};
    static constexpr std::array k_types{"authorization"sv, "logout"sv};
    const Field mode_field{.name = "matching_mode", .type = FieldType::choice, .choices = k_modes};
    const Field type_field{.name = "redirect_uri_type", .type = FieldType::choice, .choices = k_types};
    const Field url_field{.name = "url"};
    for (const auto& item : value.items) {
        if (item.is(Kind::unknown)) {
            continue;
        }
        if (!item.is(Kind::map)) {
            add(k_redirect_uris_form, util::words("an item must be a mapping, not {}", util::own(noun_of(item.kind))),
                item.at.place(), "write matching_mode: strict, and the address behind url:");
            continue;
        }
        const auto* const mode = item.find("matching_mode");
        const auto* const url = item.find("url");
        const auto* const type = item.find("redirect_uri_type");
        const auto place_of = [&](std::string_view name) { return item.at ? item.at.missing(name) : value.at.place(); };
        if (mode == nullptr) {
            add(k_field_missing, "matching_mode is missing", place_of("matching_mode"), "add matching_mode: strict");
        } else {
            check_choice(mode_field, *mode);
        }
        if (url == nullptr) {
            add(k_field_missing, "url is missing", place_of("url"), "write the address behind url:");
        } else if (url->is(Kind::null)) {
            invalid(*url, "url must not be null", "write the address");
        } else {
            check_text(url_field, *url);
            const bool is_pattern = mode != nullptr && mode->is(Kind::text) && mode->text == "regex";
            if (is_pattern && url->is(Kind::text) && !url->has_hole &&
                lang::python::check_pattern(util::trimmed(url->text)) == lang::python::PatternFault::invalid) {
                add(k_redirect_pattern_invalid, util::words("{} is not a regular expression", util::outside(url->text)),
                    url->at.place(), "write the address itself with matching_mode: strict");
            }
        }
        if (type != nullptr && m_release.tells_redirect_uri_types) {
            check_choice(type_field, *type);
        }
    }
}

void Import::check_expression(const Value& value) {
    if (!value.is(Kind::text) || value.has_hole) {
        return;
    }
    if (const auto fault = lang::python::syntax_fault(value.text)) {
        add(k_expression_invalid, util::words("the expression is not Python: {}", util::own(*fault)), value.at.place(),
            "correct the expression");
    }
}

} // namespace oidcgen::providers::authentik
