#include "apps/immich/behaviour.hpp"
#include "apps/immich/booleans.hpp"
#include "apps/immich/check/check.hpp"
#include "apps/immich/role.hpp"
#include "lang/js/text.hpp"
#include "lang/js/url.hpp"
#include "util/text.hpp"
#include "util/url.hpp"
#include "util/words.hpp"

#include <fmt/format.h>

#include <array>

namespace oidcgen::apps::immich {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_quota_sources{"https://github.com/immich-app/immich/pull/18526"sv,
                                     "https://github.com/immich-app/immich/issues/18504"sv};
constexpr std::array k_timeout_sources{
    "https://github.com/panva/openid-client/blob/main/docs/interfaces/DiscoveryRequestOptions.md"sv,
    "https://github.com/immich-app/immich/blob/main/server/src/repositories/oauth.repository.ts"sv};
constexpr std::array k_override_sources{"https://docs.immich.app/administration/oauth#mobile-redirect-uri"sv};
constexpr std::array k_domain_sources{"https://github.com/immich-app/immich/blob/main/server/src/utils/config.ts"sv,
                                      "https://url.spec.whatwg.org/#dom-url-origin"sv};
constexpr std::array k_login_sources{"https://docs.immich.app/administration/server-commands"sv,
                                     "https://docs.immich.app/administration/system-settings"sv};

} // namespace

const rule::Rule k_default_quota_zero{
    .code = "OG2115",
    .name = "default-quota-zero",
    .consequence = rule::Consequence::feature_lost,
    .summary = "new users get a quota of zero bytes and cannot upload",
    .why = "Until 1.134 a default quota of 0 meant no limit. From 1.135 on null means no limit, and with 0 every "
           "upload of users that a login without a quota claim created is refused with \"Quota has been exceeded!\".",
    .bad = "{\"oauth\": {\"defaultStorageQuota\": 0}}",
    .good = "{\"oauth\": {\"defaultStorageQuota\": null}}",
    .ignore = "when new users are not meant to upload",
    .sources = k_quota_sources,
};

const rule::Rule k_timeout_in_seconds{
    .code = "OG2116",
    .name = "timeout-in-seconds",
    .consequence = rule::Consequence::advice,
    .summary = "the timeout counts seconds, not milliseconds",
    .why = "The admin page says milliseconds, but Immich hands the number to a library that counts seconds. So the "
           "default, 30000, is more than eight hours, not 30 seconds. This matters only when the provider does not "
           "answer: the login then waits for all that time.",
    .bad = "{\"oauth\": {\"timeout\": 10000}}",
    .good = "{\"oauth\": {\"timeout\": 10}}",
    .ignore = "while the provider answers: a long timeout does no harm then",
    .sources = k_timeout_sources,
};

const rule::Rule k_mobile_override_without_address{
    .code = "OG2117",
    .name = "mobile-override-without-address",
    .consequence = rule::Consequence::risk,
    .summary = "the mobile override is on and has no address, so it has no effect",
    .why = "Immich replaces the app's redirect URI only when the override is on and its address is not empty. From 3.0 "
           "it starts with an empty one.",
    .bad = "{\"oauth\": {\"mobileOverrideEnabled\": true, \"mobileRedirectUri\": \"\"}}",
    .good = "{\"oauth\": {\"mobileOverrideEnabled\": false, \"mobileRedirectUri\": \"\"}}",
    .ignore = {},
    .sources = k_override_sources,
};

const rule::Rule k_mobile_override_to_app{
    .code = "OG2120",
    .name = "mobile-override-to-app",
    .consequence = rule::Consequence::advice,
    .summary = "the mobile override leads to the app itself, so it is not needed",
    .why = "The override is for providers that accept only http and https addresses: they return to the server, which "
           "forwards to the app. A provider that accepts the app's own scheme can return to the app without it.",
    .bad = "{\"oauth\": {\"mobileOverrideEnabled\": true, \"mobileRedirectUri\": \"app.immich:///oauth-callback\"}}",
    .good = "{\"oauth\": {\"mobileOverrideEnabled\": false, \"mobileRedirectUri\": \"\"}}",
    .ignore = "while the provider has no other address of the app",
    .sources = k_override_sources,
};

const rule::Rule k_external_domain_lost{
    .code = "OG2118",
    .name = "external-domain-lost",
    .consequence = rule::Consequence::feature_lost,
    .summary = "the external domain has no http or https and becomes the text null",
    .why = "Immich keeps only the origin of the address. Without http:// or https:// the part before the colon is read "
           "as a scheme, and the origin of such an address is null. Share links then begin with null.",
    .bad = "{\"server\": {\"externalDomain\": \"photos.example.com:2283\"}}",
    .good = "{\"server\": {\"externalDomain\": \"https://photos.example.com:2283\"}}",
    .ignore = {},
    .sources = k_domain_sources,
};

const rule::Rule k_no_login_left{
    .code = "OG2119",
    .name = "no-login-left",
    .consequence = rule::Consequence::login_fails,
    .summary = "password login and OAuth are both off, so nobody can log in",
    .why = "The admin page asks before it locks everybody out; a configuration file does not.",
    .bad = "{\"oauth\": {\"enabled\": false}, \"passwordLogin\": {\"enabled\": false}}",
    .good = "{\"oauth\": {\"enabled\": false}, \"passwordLogin\": {\"enabled\": true}}",
    .ignore = {},
    .sources = k_login_sources,
};

namespace {

using Type = JsValue::Type;

constexpr std::string_view k_password_login = "passwordLogin";
constexpr std::string_view k_enabled = "enabled";

constexpr double k_default_timeout = 30'000;
constexpr double k_long_timeout = 1'000;     // nobody means to wait a quarter of an hour
constexpr double k_most_seconds = 2'147'483; // beyond it the timer overflows, which fails the login
constexpr double k_hour = 3'600;
constexpr double k_milliseconds = 1'000; // of a second

/// A long time, as people say it.
util::Words in_words(double seconds) {
    const double hours = seconds / k_hour;
    return hours < 1 ? util::words("{} minutes", util::own(fmt::format("{:.0f}", hours * 60)))
                     : util::words("{} hours", util::own(fmt::format("{:.1f}", hours)));
}

/// Before, an address without a scheme is refused, or kept as it is.
constexpr util::VersionRange k_loses_domain{{3, 0, 0, 0}};

/// A setting that is there and known.
const JsValue* known(const Settings& settings, std::string_view section, std::string_view key) {
    const JsValue* value = settings.find(section, key);
    return value == nullptr || settings.is_unknown(key, *value) ? nullptr : value;
}

bool is_false(const JsValue& value, const Settings& settings) {
    return !to_boolean(value, settings.version).value_or(value.is_truthy());
}

bool is_given_text(const JsValue* value) { return value != nullptr && value->is_given && value->is(Type::text); }

void check_quota(const Settings& settings, rule::Findings& findings) {
    const JsValue* quota = known(settings, k_oauth, "defaultStorageQuota");
    const bool is_zero = quota != nullptr && quota->is_given && quota->is(Type::number) && quota->number == 0;
    if (is_zero && !behaviour(settings.version).zero_quota_is_unlimited) {
        findings.add(rule::finding(
            k_default_quota_zero, "new users get a quota of zero bytes, so every upload is refused",
            settings.place(k_oauth, "defaultStorageQuota"), "set it to null for no limit (until 1.134, 0 meant that)"));
    }
}

void check_timeout(const Settings& settings, rule::Findings& findings) {
    const JsValue* timeout = known(settings, k_oauth, "timeout");
    if (timeout == nullptr || !timeout->is_given || !timeout->is(Type::number) || timeout->number < k_long_timeout ||
        timeout->number == k_default_timeout || timeout->number > k_most_seconds) {
        return;
    }
    const double seconds = timeout->number;
    const auto meant = seconds / k_milliseconds;
    findings.add(rule::finding(
        k_timeout_in_seconds,
        util::words("Immich counts the timeout in seconds: {} is {}, not {} seconds", seconds, in_words(seconds),
                    meant),
        settings.place(k_oauth, "timeout"),
        util::words("if {0} seconds were meant, write {0}; {1}, the default, is {2} and does no harm as long as the "
                    "provider answers",
                    meant, k_default_timeout, in_words(k_default_timeout))));
}

void check_override(const Settings& settings, rule::Findings& findings) {
    const JsValue* override_enabled = known(settings, k_oauth, "mobileOverrideEnabled");
    const JsValue* uri = known(settings, k_oauth, "mobileRedirectUri");
    if (override_enabled == nullptr || uri == nullptr || !uri->is(Type::text) || !uri->text.empty() ||
        is_false(*override_enabled, settings)) {
        return;
    }
    findings.add(rule::finding(k_mobile_override_without_address,
                               "the mobile override is on but has no address, so it has no effect",
                               settings.place(k_oauth, "mobileRedirectUri"),
                               "set it to the address where Immich is opened, followed by /api/oauth/mobile-redirect, "
                               "or switch the override off"));
}

/// Before, an address of the app's own scheme is refused.
constexpr util::VersionRange k_takes_any_scheme{{3, 0, 0, 0}};

void check_override_to_app(const Settings& settings, rule::Findings& findings) {
    const JsValue* override_enabled = known(settings, k_oauth, "mobileOverrideEnabled");
    const JsValue* uri = known(settings, k_oauth, "mobileRedirectUri");
    const std::string usual(behaviour(settings.version).mobile_redirect_uri);
    if (!k_takes_any_scheme.holds(settings.version) || override_enabled == nullptr || !is_given_text(uri) ||
        is_false(*override_enabled, settings) || util::scheme_of(js::trimmed(uri->text)) != util::scheme_of(usual)) {
        return;
    }
    findings.add(rule::finding(
        k_mobile_override_to_app,
        uri->text == usual ? util::Words("the mobile override is the address that the app has without it")
                           : util::words("the mobile override leads to the app itself, as {} does without it", usual),
        settings.place(k_oauth, "mobileRedirectUri"),
        util::words("set mobileOverrideEnabled to false, with {} in the client's redirect URIs; or, if the provider "
                    "refuses that, set this to the address where Immich is opened, followed by "
                    "/api/oauth/mobile-redirect",
                    usual)));
}

/// The only standard claim whose name people give for a role is a list.
void check_role(const Settings& settings, rule::Findings& findings) {
    const JsValue* claim = known(settings, k_oauth, "roleClaim");
    if (is_given_text(claim) && is_list_for_role(claim->text, behaviour(settings.version))) {
        findings.add(list_for_role(settings.version, settings.place(k_oauth, "roleClaim")));
    }
}

bool has_origin(std::string_view address) {
    constexpr std::array k_schemes{"http"sv, "https"sv, "ftp"sv, "ws"sv, "wss"sv};
    const std::string scheme = util::lowered(address.substr(0, address.find(':')));
    return std::find(k_schemes.begin(), k_schemes.end(), scheme) != k_schemes.end();
}

void check_external_domain(const Settings& settings, rule::Findings& findings) {
    const JsValue* domain = known(settings, "server", "externalDomain");
    if (!k_loses_domain.holds(settings.version) || !is_given_text(domain) || !js::is_url(domain->text) ||
        has_origin(js::trimmed(domain->text))) {
        return;
    }
    findings.add(rule::finding(k_external_domain_lost,
                               util::words("{} becomes the text null in share links", util::outside(domain->text)),
                               settings.place("server", "externalDomain"), "begin it with https://"));
}

void check_logins(const Settings& settings, rule::Findings& findings) {
    const JsValue* oauth = known(settings, k_oauth, k_enabled);
    const JsValue* password = known(settings, k_password_login, k_enabled);
    const auto is_off = [&](const JsValue* value) { return value != nullptr && is_false(*value, settings); };
    if (!is_off(oauth) || !is_off(password)) {
        return;
    }
    auto finding = rule::finding(k_no_login_left, "password login and OAuth are both off, so nobody can log in",
                                 settings.place(k_password_login, k_enabled),
                                 "set one of them to true; the admin page cannot change it while this file is in use");
    finding.notes.push_back({"OAuth is off here", settings.place(k_oauth, k_enabled)});
    findings.add(std::move(finding));
}

} // namespace

void check_meaning(const Settings& settings, rule::Findings& findings) {
    // Somebody who switched OAuth off need not hear what it would do.
    const JsValue* enabled = known(settings, k_oauth, k_enabled);
    if (enabled == nullptr || !enabled->is_given || !is_false(*enabled, settings)) {
        check_quota(settings, findings);
        check_role(settings, findings);
        check_override_to_app(settings, findings);
    }
    check_timeout(settings, findings);
    check_override(settings, findings);
    check_external_domain(settings, findings);
    check_logins(settings, findings);
}

} // namespace oidcgen::apps::immich
