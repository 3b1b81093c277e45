#include "apps/immich/site.hpp"

#include "apps/immich/behaviour.hpp"
#include "apps/immich/immich.hpp"
#include "apps/immich/login.hpp"
#include "oidc/system.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::apps::immich {

namespace {

using oidc::given;
using oidc::SiteField;
using oidc::SiteFields;
using oidc::SiteView;
using util::Version;
using namespace std::string_view_literals;

constexpr std::array k_mobiles{"direct"sv, "override"sv};
constexpr std::array k_auth_methods{"client_secret_post"sv, "client_secret_basic"sv};
constexpr std::array k_booleans{"true"sv, "false"sv};

const Version& version_of(const SiteView& site) { return site.application_target.used; }

std::string button_text(const SiteView& site) {
    return site.provider->is_generic ? std::string("Login with OAuth")
                                     : fmt::format("Login with {}", site.provider->title);
}

/// The app comes back through an address of the server where the provider takes no other.
std::string usual_mobile(const SiteView& site) {
    return std::string(site.provider->provider->takes_app_schemes ? k_mobiles.front() : k_mobiles.back());
}

oidc::ProviderBehaviour behaviour_of_provider(const SiteView& site) {
    return site.provider->provider->behaviour(site.provider_target.used);
}

/// What the guides recommend for the release, but for a provider that does not read what the header has.
oidc::AuthMethod advised_auth_method(const SiteView& site) {
    const bool reads_header = behaviour_of_provider(site).basic_coding != oidc::BasicCoding::none ||
                              !site.provider->provider->makes_credentials ||
                              !behaviour(version_of(site)).login.auth_method_is_setting;
    return reads_header ? recipe(version_of(site)).auth_method : oidc::AuthMethod::client_secret_post;
}

std::string advised_method(const SiteView& site) { return std::string(to_string(advised_auth_method(site))); }

/// Not everybody who can sign in at such a provider is to have an account.
std::string usual_registration(const SiteView& site) {
    return std::string(behaviour_of_provider(site).lets_anybody_in ? k_booleans.back() : k_booleans.front());
}

std::string usual_label(const SiteView& site) {
    return behaviour_of_provider(site).sends_usernames ? "preferred_username" : "email";
}

constexpr SiteField k_mobile{
    "mobile", "HOW", "how the app comes back after a login", "direct", k_mobiles, oidc::FieldKind::text, usual_mobile};
constexpr SiteField k_auth_method{"auth_method", "METHOD",       "how Immich authenticates at the token endpoint",
                                  "by version",  k_auth_methods, oidc::FieldKind::text,
                                  advised_method};
constexpr SiteField k_button_text{
    "button_text", "TEXT", "text of the login button", "Login with PROVIDER", {}, oidc::FieldKind::text, button_text};
constexpr SiteField k_auto_register{
    "auto_register",       "BOOLEAN",         "make an account at the first login", "true", k_booleans,
    oidc::FieldKind::text, usual_registration};
constexpr SiteField k_auto_launch{"auto_launch", "BOOLEAN", "go on from the login page to the provider by itself",
                                  "false", k_booleans};
constexpr SiteField k_storage_label_claim{
    "storage_label_claim", "CLAIM",    "claim for the storage label", "preferred_username", {},
    oidc::FieldKind::text, usual_label};
constexpr SiteField k_quota_claim{"quota_claim", "CLAIM", "claim with the quota in GiB, which the provider sends"};
constexpr SiteField k_role_claim{"role_claim", "CLAIM",
                                 "claim with the role (admin or user), which the provider sends"};

constexpr std::array k_fields{k_mobile,      k_auth_method,         k_button_text, k_auto_register,
                              k_auto_launch, k_storage_label_claim, k_quota_claim, k_role_claim};

/// What the fields say, defaults filled in.
struct Choices {
    bool is_override = false; ///< the app comes back through an address of the server, which forwards to the app
    oidc::AuthMethod auth_method = oidc::AuthMethod::client_secret_basic;
    std::string button_text;
    bool auto_register = true;
    bool auto_launch = false;
    std::string storage_label_claim;
    std::optional<std::string> quota_claim;
    std::optional<std::string> role_claim;
};

std::optional<std::string> claim_in(const SiteField& field, const SiteFields& fields) {
    const auto* const claim = fields.find(field.name);
    return claim == nullptr ? std::nullopt : std::optional(claim->text);
}

Choices choices(const SiteView& site, const SiteFields& fields) {
    Choices result;
    result.is_override = fields.one_of(k_mobile, usual_mobile(site)) == "override";
    const auto advised = advised_auth_method(site);
    result.auth_method = oidc::parse_auth_method(fields.one_of(k_auth_method, to_string(advised))).value_or(advised);
    result.button_text = fields.text(k_button_text.name, button_text(site));
    result.auto_register = fields.one_of(k_auto_register, usual_registration(site)) == "true";
    result.auto_launch = fields.one_of(k_auto_launch, k_auto_launch.otherwise) == "true";
    result.storage_label_claim = fields.text(k_storage_label_claim.name, usual_label(site));
    result.quota_claim = claim_in(k_quota_claim, fields);
    result.role_claim = claim_in(k_role_claim, fields);
    return result;
}

Choices choices(const SiteView& site) { return choices(site, SiteFields(site.values)); }

/// The advice, and the first release after the target that has what the target lacks.
util::Words or_newer(const SiteView& site, util::Words advice, const std::function<bool(const Version&)>& has,
                     std::string_view rest = {}) {
    const auto release = oidc::first_release(k_system, has, version_of(site));
    return release ? util::words("{}, or use Immich {} or newer{}", advice, to_string(*release), util::own(rest))
                   : std::move(advice);
}

void check_mobile(const SiteView& site, const Choices& choices, const SiteFields& fields) {
    const auto* const value = fields.find_even_empty(k_mobile.name);
    if (!choices.is_override || value == nullptr) {
        return;
    }
    const auto& version = version_of(site);
    const auto behaviour = immich::behaviour(version);
    if (!behaviour.honours_mobile_override) {
        const auto honours = [](const Version& it) { return immich::behaviour(it).honours_mobile_override; };
        const auto release = oidc::first_release(k_system, honours, version);
        fields.problem(*value, k_mobile.name, util::words("has no effect in Immich {}", to_string(version)),
                       release ? util::words("use `direct`, or Immich {} or newer", to_string(*release))
                               : util::Words("use `direct`"));
    }
    const bool one_word = site.address.host.find_first_of(".:") == std::string::npos;
    if (behaviour.override_needs_dotted_host && one_word && !site.address.host.empty()) {
        fields.problem(*value, k_mobile.name,
                       util::words("does not work at {}, because Immich {} does not accept a host without a dot there",
                                   to_string(site.address), to_string(version)),
                       "use `direct`, or an address with a domain");
    }
}

void check_auth_method(const SiteView& site, const Choices& choices, const SiteFields& fields) {
    const auto& version = version_of(site);
    const auto methods = immich::behaviour(version).login.auth_methods;
    const auto* const value = fields.find_even_empty(k_auth_method.name);
    if (value == nullptr || std::ranges::find(methods, choices.auth_method) != methods.end()) {
        return;
    }
    fields.problem(
        *value, k_auth_method.name, util::words("is not what Immich {} uses", to_string(version)),
        or_newer(
            site, util::words("it always authenticates with {}: leave auth_method out", to_string(methods.front())),
            [](const Version& it) { return immich::behaviour(it).login.auth_method_is_setting; },
            ", which has a choice"));
}

/// A claim that this release does not read.
void check_read(const SiteView& site, const SiteField& field, const SiteFields& fields,
                const std::function<bool(const Version&)>& reads) {
    const auto* const value = fields.find(field.name);
    if (value != nullptr && !reads(version_of(site))) {
        fields.problem(*value, field.name, util::words("is not read by Immich {}", to_string(version_of(site))),
                       or_newer(site, "leave it out", reads));
    }
}

bool reads_quota(const Version& version) { return behaviour(version).has_quota; }

bool reads_role(const Version& version) { return behaviour(version).has_role; }

std::string override_address(const SiteView& site) { return forwarder_at(to_string(site.address)); }

} // namespace

std::span<const SiteField> site_fields() { return k_fields; }

void check_site(const SiteView& site, const SiteFields& fields) {
    const auto chosen = choices(site, fields);
    const auto* const button_text = fields.find_even_empty(k_button_text.name);
    if (button_text != nullptr &&
        (util::invalid_utf8(button_text->text) || button_text->text.find('\0') != std::string::npos)) {
        fields.problem(*button_text, k_button_text.name, "is not valid UTF-8 text");
    }
    check_mobile(site, chosen, fields);
    check_auth_method(site, chosen, fields);
    check_read(site, k_quota_claim, fields, reads_quota);
    check_read(site, k_role_claim, fields, reads_role);
}

oidc::ClientWish wish(const SiteView& site) {
    const auto chosen = choices(site);
    oidc::ClientWish result;
    const auto add = [&](const util::Origin& origin) {
        std::ranges::move(redirect_uris_at(to_string(origin)), std::back_inserter(result.redirect_uris));
    };
    add(site.address);
    std::ranges::for_each(site.other_addresses, add);
    result.redirect_uris.push_back(chosen.is_override ? override_address(site)
                                                      : std::string(behaviour(version_of(site)).mobile_redirect_uri));
    result.scopes = {"openid", "profile", "email"};
    result.claims.push_back({chosen.storage_label_claim, k_storage_label_claim.name, "immich_storage_label"});
    if (chosen.quota_claim && reads_quota(version_of(site))) {
        result.claims.push_back({*chosen.quota_claim, k_quota_claim.name, "immich_quota"});
    }
    if (chosen.role_claim && reads_role(version_of(site))) {
        result.claims.push_back({*chosen.role_claim, k_role_claim.name, "immich_role"});
    }
    result.auth_method = chosen.auth_method;
    result.uses_pkce = recipe(version_of(site)).require_pkce;
    return result;
}

oidc::RelyingParty describe(const SiteView& site, const oidc::Provider& provider, std::string_view secret) {
    const auto chosen = choices(site);
    const auto& client = provider.registrations.front();
    std::vector<std::string> scopes;
    for (const auto& scope : client.scopes.value) {
        scopes.push_back(scope.value);
    }
    const bool names_metadata = recipe(version_of(site)).metadata_address_as_issuer;

    oidc::RelyingParty result;
    result.enabled = given(true);
    const auto issuer = oidc::issuer_of(provider, &client, provider.issuers.front().value);
    result.issuer_url =
        given(names_metadata ? std::string(util::without_final_slashes(issuer)) + "/.well-known/openid-configuration"
                             : issuer);
    result.client_id = given(client.client_id.value);
    result.client_secret = given(secret);
    result.scope = given(oidc::to_scope(scopes));
    result.token_endpoint_auth_method = given(client.token_endpoint_auth_method.value);
    result.id_token_signed_response_alg = given(client.id_token_signed_response_alg.value);
    result.userinfo_signed_response_alg = given(client.userinfo_signed_response_alg.value);
    result.mobile_override = given(chosen.is_override);
    result.mobile_redirect_uri = given(oidc::RedirectUri{chosen.is_override ? override_address(site) : std::string()});
    result.button_text = given(chosen.button_text);
    result.auto_register = given(chosen.auto_register);
    result.auto_launch = given(chosen.auto_launch);
    result.storage_label_claim = given(chosen.storage_label_claim);
    if (chosen.quota_claim) {
        result.storage_quota_claim = given(*chosen.quota_claim);
    }
    if (chosen.role_claim) {
        result.role_claim = given(*chosen.role_claim);
    }
    return result;
}

} // namespace oidcgen::apps::immich
