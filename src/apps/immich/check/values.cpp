#include "apps/immich/booleans.hpp"
#include "apps/immich/check/check.hpp"
#include "apps/immich/check/value_tests.hpp"
#include "apps/immich/sections.hpp"
#include "lang/js/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace oidcgen::apps::immich {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_sources{
    "https://github.com/immich-app/immich/blob/v2.7.5/server/src/dtos/system-config.dto.ts"sv,
    "https://github.com/immich-app/immich/blob/v3.0.3/server/src/dtos/system-config.dto.ts"sv,
    "https://docs.immich.app/install/config-file"sv};
constexpr std::array k_url_sources{
    "https://github.com/immich-app/immich/blob/v2.7.5/server/src/dtos/system-config.dto.ts"sv,
    "https://github.com/immich-app/immich/pull/27848"sv,
    "https://github.com/validatorjs/validator.js/blob/master/src/lib/isURL.js"sv, "https://url.spec.whatwg.org/"sv};
constexpr std::array k_import_sources{"https://github.com/immich-app/immich/pull/8953"sv,
                                      "https://docs.immich.app/administration/system-settings"sv};

} // namespace

const rule::Rule k_section_unusable{
    .code = "OG2102",
    .name = "section-unusable",
    .consequence = rule::Consequence::app_refuses,
    .summary = "a section of the configuration is not an object",
    .why = "Immich puts every value of the file over its defaults and then checks the result. A section that is null, "
           "a text or a list replaces all defaults of that section, and the check fails. In YAML a section whose lines "
           "are all commented out is null.",
    .bad = "oauth:\n  # enabled: true",
    .good = "# oauth:\n#   enabled: true",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_setting_of_wrong_type{
    .code = "OG2103",
    .name = "setting-of-wrong-type",
    .consequence = rule::Consequence::app_refuses,
    .summary = "a setting has a value of the wrong type",
    .why = "Immich reads files with js-yaml: digits without quotes are a number, dates are dates, a key without a "
           "value is null, and yes, no, on and off are text. Immich does not convert them, and does not start.",
    .bad = "oauth:\n  clientId: 0123",
    .good = "oauth:\n  clientId: \"0123\"",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_setting_empty{
    .code = "OG2104",
    .name = "setting-empty",
    .consequence = rule::Consequence::app_refuses,
    .summary = "a setting that needs a value is empty",
    .why = "Until 2.7 Immich refuses to start with an empty client id or issuer while OAuth is on (until 1.132 with an "
           "empty secret too), and with an empty algorithm in any case.",
    .bad = "{\"oauth\": {\"enabled\": true, \"clientId\": \"\"}}",
    .good = "{\"oauth\": {\"enabled\": true, \"clientId\": \"immich\"}}",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_setting_not_a_choice{
    .code = "OG2105",
    .name = "setting-not-a-choice",
    .consequence = rule::Consequence::app_refuses,
    .also = {rule::Consequence::advice},
    .summary = "a setting has a value that is not one of its choices",
    .why = "Immich knows two ways to send the secret, spelled exactly like this. A client without a secret needs no "
           "third one: leave clientSecret empty.",
    .bad = "{\"oauth\": {\"tokenEndpointAuthMethod\": \"none\"}}",
    .good = "{\"oauth\": {\"tokenEndpointAuthMethod\": \"client_secret_post\"}}",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_setting_out_of_range{
    .code = "OG2106",
    .name = "setting-out-of-range",
    .consequence = rule::Consequence::app_refuses,
    .summary = "a number is too small, too large, or not a whole number",
    .why = "A timeout is a whole number of at least 1; a quota is a number of at least 0, and from 3.0 on a whole one. "
           "Unlimited is null from 1.135 on and 0 before, never -1.",
    .bad = "{\"oauth\": {\"defaultStorageQuota\": -1}}",
    .good = "{\"oauth\": {\"defaultStorageQuota\": null}}",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_setting_no_address{
    .code = "OG2107",
    .name = "setting-no-address",
    .consequence = rule::Consequence::app_refuses,
    .summary = "a setting that needs an address has another text",
    .why = "The accepted addresses changed: until 2.7 a mobile redirect URI needs a host with a dot (or an IP address) "
           "and no scheme other than http, https or ftp; from 3.0 on addresses need a scheme, and nearly every one is "
           "accepted.",
    .bad = "{\"oauth\": {\"issuerUrl\": \"auth.example.com\"}}",
    .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
    .ignore = {},
    .sources = k_url_sources,
};

const rule::Rule k_setting_missing{
    .code = "OG2108",
    .name = "setting-missing",
    .consequence = rule::Consequence::app_refuses,
    .summary = "an imported section lacks a setting",
    .why = "The admin page replaces whole sections with those of the imported file and fills nothing in, so every "
           "setting of the version must be present. As a configuration file, the same text may be partial.",
    .bad = "{\"oauth\": {\"enabled\": true, \"issuerUrl\": \"https://auth.example.com\"}}",
    .good = "the complete object that `oidcgen immich` writes for the version",
    .ignore = {},
    .sources = k_import_sources,
};

namespace {

using util::VersionRange;
using Type = JsValue::Type;

/// When Immich checks the value at all.
enum class When : std::uint8_t { always, oauth_on, override_on };

/// What a value may be besides.
struct Also {
    bool absent = false;
    bool null = false;
};
constexpr Also k_nothing_else{};
constexpr Also k_absent{true, false};
constexpr Also k_absent_or_null{true, true};
constexpr Also k_null{false, true};

/// One line of a validator.
struct Check {
    std::string_view section;
    std::string_view key;
    Test test;
    VersionRange versions{};
    When when = When::always;
    Also also = k_nothing_else;
};

constexpr VersionRange k_until_3_0{{}, {3, 0, 0, 0}};
constexpr VersionRange k_since_3_0{{3, 0, 0, 0}};

/// server/src/dtos/system-config.dto.ts: class-validator until 2.7.5, zod from 3.0.
constexpr std::array k_checks{
    Check{"oauth", "accountManagementUrl", Test::address, {{3, 2, 0}}, When::always, k_absent},
    Check{"oauth", "allowInsecureRequests", Test::boolean, k_since_3_0},
    Check{"oauth", "autoLaunch", Test::boolean},
    Check{"oauth", "autoRegister", Test::boolean},
    Check{"oauth", "buttonText", Test::text},
    Check{"oauth", "clientId", Test::filled_text, k_until_3_0, When::oauth_on},
    Check{"oauth", "clientId", Test::text, k_since_3_0},
    Check{"oauth", "clientSecret", Test::filled_text, {{}, {1, 133, 0}}, When::oauth_on},
    Check{"oauth", "clientSecret", Test::text, {{1, 133, 0}, {3, 0, 0, 0}}, When::oauth_on},
    Check{"oauth", "clientSecret", Test::text, k_since_3_0},
    Check{"oauth", "defaultStorageQuota", Test::quota, {{1, 98, 0}, {1, 135, 0}}},
    Check{"oauth", "defaultStorageQuota", Test::quota, {{1, 135, 0}, {3, 0, 0, 0}}, When::always, k_absent_or_null},
    Check{"oauth", "defaultStorageQuota", Test::whole_quota, k_since_3_0, When::always, k_null},
    Check{"oauth", "enabled", Test::boolean},
    Check{"oauth", "endSessionEndpoint", Test::address, k_since_3_0},
    Check{"oauth", "issuerUrl", Test::filled_text, k_until_3_0, When::oauth_on},
    Check{"oauth", "issuerUrl", Test::address, k_since_3_0},
    Check{"oauth", "mobileOverrideEnabled", Test::boolean},
    Check{"oauth", "mobileRedirectUri", Test::validator_address, k_until_3_0, When::override_on},
    Check{"oauth", "mobileRedirectUri", Test::text, k_since_3_0},
    Check{"oauth", "profileSigningAlgorithm", Test::filled_text, {{1, 109, 0}, {3, 0, 0, 0}}},
    Check{"oauth", "profileSigningAlgorithm", Test::text, k_since_3_0},
    Check{"oauth", "prompt", Test::text, k_since_3_0},
    Check{"oauth", "roleClaim", Test::text, {{1, 136, 0}}},
    Check{"oauth", "scope", Test::text},
    Check{"oauth", "signingAlgorithm", Test::filled_text, {{1, 95, 0}, {3, 0, 0, 0}}},
    Check{"oauth", "signingAlgorithm", Test::text, k_since_3_0},
    Check{"oauth", "storageLabelClaim", Test::text},
    Check{"oauth", "storageQuotaClaim", Test::text, {{1, 98, 0}}},
    Check{"oauth", "timeout", Test::any_positive_integer, {{1, 133, 0}, {3, 0, 0, 0}}, When::always, k_absent},
    Check{"oauth", "timeout", Test::positive_integer, k_since_3_0},
    Check{"oauth", "tokenEndpointAuthMethod", Test::auth_method, {{1, 133, 0}}},
    Check{"passwordLogin", "enabled", Test::boolean},
    Check{"server", "externalDomain", Test::text, {{1, 92, 0}, {1, 112, 0}}},
    Check{"server", "externalDomain", Test::validator_web_address, {{1, 112, 0}, {3, 0, 0, 0}}},
    Check{"server", "externalDomain", Test::address, k_since_3_0},
    Check{"server", "loginPageMessage", Test::text, {{1, 92, 0}}},
    Check{"server", "publicUsers", Test::boolean, {{1, 122, 0}}},
};

/// From 3.0 to 3.1 the section as a whole is checked once its settings are right; 3.2 lost that.
/// https://github.com/immich-app/immich/blob/v3.0.3/server/src/dtos/system-config.dto.ts
constexpr VersionRange k_section_check{{3, 0, 0, 0}, {3, 2, 0}};

/// class-validator looks into a list in place of an object, and checks each of its items.
constexpr VersionRange k_looks_into_lists = k_until_3_0;

/// `if (value)` after a text was made a boolean, as conditions of class-validator see it.
bool is_on(const JsValue& section, std::string_view key, const Settings& settings) {
    const JsValue* value = section.member(key);
    if (value == nullptr) {
        return false;
    }
    return to_boolean(*value, settings.version).value_or(value->is_truthy());
}

/// The same, but false for a placeholder: nothing is refused because of that.
bool is_known_to_be_on(const JsValue& section, std::string_view key, const Settings& settings) {
    const JsValue* value = section.member(key);
    return value != nullptr && !settings.is_unknown(key, *value) && is_on(section, key, settings);
}

bool applies(const Check& check, const JsValue& section, const Settings& settings) {
    switch (check.when) {
    case When::oauth_on:
        return is_known_to_be_on(section, "enabled", settings);
    case When::override_on:
        return is_known_to_be_on(section, "mobileOverrideEnabled", settings);
    case When::always:
        break;
    }
    return true;
}

/// A section, or an item of a list in its place.
struct Members {
    const JsValue* value = nullptr;
    std::string_view section;
    Path path;
};

document::Place place_in(const Settings& settings, const Members& members, std::string_view key) {
    Path path = members.path;
    path.emplace_back(key);
    const JsValue* value = members.value->member(key);
    const bool is_there = value != nullptr && value->is_given;
    if (is_there) {
        return {settings.document, value->span, settings.path(path)};
    }
    return {settings.document, members.value->key_span, settings.path(path), document::PlaceKind::missing};
}

/// Returns how many settings of the section are refused.
std::size_t check_members(const Settings& settings, const Members& members, rule::Findings& findings) {
    constexpr JsValue::Type k_absent_type = Type::undefined;
    std::size_t refused = 0;
    for (const Check& check : k_checks) {
        if (check.section != members.section || !check.versions.holds(settings.version) ||
            !applies(check, *members.value, settings)) {
            continue;
        }
        const JsValue* value = members.value->member(check.key);
        const bool is_absent = value == nullptr || value->is(k_absent_type);
        const document::Place place = place_in(settings, members, check.key);
        const auto name = setting_name(check.section, check.key);
        if (is_absent) {
            if (!check.also.absent) {
                ++refused;
                findings.add(rule::finding(k_setting_missing, util::words("{} is missing", name), place,
                                           "import the complete section; `oidcgen immich` writes one"));
            }
            continue;
        }
        if (settings.is_unknown(check.key, *value)) {
            findings.doubt(place, rule::Doubt::placeholder);
            continue;
        }
        if (check.also.null && value->is(Type::null)) {
            continue;
        }
        if (auto fault = fault_of(check.test, check.key, *value, settings)) {
            ++refused;
            findings.add(
                rule::finding(*fault->rule, util::words("{} {}", name, fault->what), place, std::move(fault->help)));
        }
    }
    return refused;
}

void check_override(const Settings& settings, const JsValue& oauth, rule::Findings& findings) {
    const JsValue* uri = oauth.member("mobileRedirectUri");
    if (!is_known_to_be_on(oauth, "mobileOverrideEnabled", settings) || uri == nullptr || !uri->is(Type::text) ||
        settings.is_unknown("mobileRedirectUri", *uri) || uri->text.empty() || js::is_url(uri->text)) {
        return;
    }
    // Immich names the section, not the setting.
    document::Place place = settings.place(k_oauth, "mobileRedirectUri");
    place.path = settings.path({std::string(k_oauth)});
    findings.add(
        rule::finding(k_setting_no_address,
                      util::words("oauth.mobileRedirectUri must be empty or an address with a scheme, and {} is "
                                  "neither",
                                  shown_address(uri->text)),
                      place, "set it to the address where Immich is opened, followed by /api/oauth/mobile-redirect"));
}

/// A list in place of a section, or in such a list: class-validator looks into lists however deep they are.
void check_list(const Settings& settings, const Members& list, rule::Findings& findings) {
    for (std::size_t index = 0; index < list.value->items.size(); ++index) {
        const JsValue& item = list.value->items[index];
        Members inner{&item, list.section, list.path};
        inner.path.push_back(std::to_string(index));
        if (item.is(Type::list)) {
            check_list(settings, inner, findings);
        } else if (item.is(Type::object)) {
            check_members(settings, inner, findings);
        } else if (!item.is(Type::undefined)) {
            findings.add(rule::finding(k_section_unusable,
                                       util::words("an item of the list in place of the section {} is {}", list.section,
                                                   util::own(item.kind())),
                                       {settings.document, item.span, settings.path(inner.path)}));
        }
    }
}

void check_no_object(const Settings& settings, const Members& section, rule::Findings& findings) {
    const std::size_t before = findings.count();
    if (section.value->is(Type::list) && k_looks_into_lists.holds(settings.version)) {
        check_list(settings, section, findings);
    }
    // The answer to an import names what is wrong with the items instead.
    if (settings.use == oidc::Use::import && findings.count() != before) {
        return;
    }
    findings.add(rule::finding(
        k_section_unusable,
        util::words("the section {} must be an object, not {}", section.section, util::own(section.value->kind())),
        settings.section_place(section.section),
        section.value->is(Type::null) ? "remove the line of the section too, or comment it out" : ""));
}

} // namespace

void check_values(const Settings& settings, rule::Findings& findings) {
    for (const auto& section : sections()) {
        const JsValue* value =
            section.versions.holds(settings.version) ? settings.values.member(section.name) : nullptr;
        if (value == nullptr) {
            continue;
        }
        if (settings.is_unknown(section.name, *value)) {
            findings.doubt(settings.section_place(section.name), rule::Doubt::placeholder);
            continue;
        }
        const Members members{value, section.name, {std::string(section.name)}};
        if (!value->is(Type::object)) {
            check_no_object(settings, members, findings);
            continue;
        }
        const std::size_t refused = check_members(settings, members, findings);
        if (section.name == k_oauth && refused == 0 && k_section_check.holds(settings.version)) {
            check_override(settings, *value, findings);
        }
    }
}

util::Words setting_name(std::string_view section, std::string_view key) {
    return util::own(fmt::format("{}.{}", section, key));
}

} // namespace oidcgen::apps::immich
