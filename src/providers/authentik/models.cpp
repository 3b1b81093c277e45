#include "providers/authentik/models.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using util::Version;
using util::VersionRange;

constexpr VersionRange k_from_2024_10{{2024, 10, 0}};
constexpr VersionRange k_from_2024_12{{2024, 12, 0}};
constexpr VersionRange k_from_2025_10{{2025, 10, 0}};
constexpr VersionRange k_from_2025_12{{2025, 12, 0}};
constexpr VersionRange k_from_2026_5{{2026, 5, 0}};

constexpr std::array k_flows{k_flow};
constexpr std::array k_certificates{k_certificate};
constexpr std::array k_groups{k_group};
constexpr std::array k_users{k_user};
constexpr std::array k_client_types{"confidential"sv, "public"sv};
constexpr std::array k_sub_modes{"hashed_user_id"sv, "user_id"sv,    "user_uuid"sv,
                                 "user_username"sv,  "user_email"sv, "user_upn"sv};
constexpr std::array k_issuer_modes{"global"sv, "per_provider"sv};
constexpr std::array k_logout_methods{"backchannel"sv, "frontchannel"sv};
constexpr std::array k_engine_modes{"all"sv, "any"sv};
constexpr std::array k_grant_types{"authorization_code"sv,
                                   "implicit"sv,
                                   "hybrid"sv,
                                   "refresh_token"sv,
                                   "client_credentials"sv,
                                   "password"sv,
                                   "urn:ietf:params:oauth:grant-type:device_code"sv};
/// The first candidate of 2026.8 refuses it, the interface of 2026.8.3 lists it.
constexpr std::array k_grant_types_2026_8{"urn:ietf:params:oauth:grant-type:token-exchange"sv};
constexpr std::array k_designations{"authentication"sv, "authorization"sv, "invalidation"sv,       "enrollment"sv,
                                    "unenrollment"sv,   "recovery"sv,      "stage_configuration"sv};
constexpr std::array k_layouts{"stacked"sv,
                               "content_left"sv,
                               "content_right"sv,
                               "sidebar_left"sv,
                               "sidebar_right"sv,
                               "sidebar_left_frame_background"sv,
                               "sidebar_right_frame_background"sv};
constexpr std::array k_denied_actions{"message_continue"sv, "message"sv, "continue"sv};
constexpr std::array k_flow_authentications{"none"sv,
                                            "require_authenticated"sv,
                                            "require_unauthenticated"sv,
                                            "require_superuser"sv,
                                            "require_redirect"sv,
                                            "require_outpost"sv,
                                            "require_token"sv};

constexpr auto k_required = Need::required;
constexpr auto k_null = Null::taken;
constexpr auto k_blank = Blank::taken;

/// authentik/providers/oauth2/api/providers.py, authentik/core/api/providers.py
constexpr std::array k_provider_fields{
    Field{.name = "name", .need = k_required},
    Field{.name = "authentication_flow", .type = FieldType::reference, .null = k_null, .refers_to = k_flows},
    Field{.name = "authorization_flow", .type = FieldType::reference, .need = k_required, .refers_to = k_flows},
    Field{.name = "invalidation_flow",
          .type = FieldType::reference,
          .need = k_required,
          .refers_to = k_flows,
          .versions = k_from_2024_10},
    Field{.name = "property_mappings", .type = FieldType::references},
    Field{.name = "client_type", .type = FieldType::choice, .choices = k_client_types},
    Field{.name = "grant_types",
          .type = FieldType::choices,
          .choices = k_grant_types,
          .versions = {{2026, 5, 0}, {2026, 8, 0}}},
    Field{.name = "grant_types",
          .type = FieldType::choices,
          .choices = k_grant_types,
          .perhaps = k_grant_types_2026_8,
          .versions = {{2026, 8, 0}}},
    Field{.name = "client_id", .longest = 255},
    Field{.name = "client_secret", .blank = k_blank, .longest = 255},
    Field{.name = "access_code_validity", .type = FieldType::duration},
    Field{.name = "access_token_validity", .type = FieldType::duration},
    Field{.name = "refresh_token_validity", .type = FieldType::duration},
    Field{.name = "refresh_token_threshold", .type = FieldType::duration, .versions = k_from_2025_10},
    Field{.name = "include_claims_in_id_token", .type = FieldType::boolean},
    Field{.name = "signing_key", .type = FieldType::reference, .null = k_null, .refers_to = k_certificates},
    Field{.name = "encryption_key",
          .type = FieldType::reference,
          .null = k_null,
          .refers_to = k_certificates,
          .versions = k_from_2024_10},
    Field{.name = "redirect_uris", .type = FieldType::text, .blank = k_blank, .versions = {{}, {2024, 8, 5}}},
    Field{.name = "redirect_uris",
          .type = FieldType::redirect_uris,
          .need = k_required,
          .versions = {{2024, 8, 5}, {2024, 10, 0}}},
    Field{
        .name = "redirect_uris", .type = FieldType::text, .blank = k_blank, .versions = {{2024, 10, 0}, {2024, 10, 3}}},
    Field{.name = "redirect_uris", .type = FieldType::redirect_uris, .need = k_required, .versions = {{2024, 10, 3}}},
    Field{.name = "backchannel_logout_uri",
          .type = FieldType::address,
          .blank = k_blank,
          .versions = {{2025, 8, 0}, {2025, 10, 0}}},
    Field{.name = "logout_uri", .type = FieldType::address, .blank = k_blank, .versions = k_from_2025_10},
    Field{.name = "logout_method", .type = FieldType::choice, .choices = k_logout_methods, .versions = k_from_2025_10},
    Field{.name = "sub_mode", .type = FieldType::choice, .choices = k_sub_modes},
    Field{.name = "issuer_mode", .type = FieldType::choice, .choices = k_issuer_modes},
    Field{.name = "jwks_sources", .type = FieldType::references, .versions = {{}, {2024, 12, 0}}},
    Field{.name = "jwt_federation_sources", .type = FieldType::references, .versions = k_from_2024_12},
    Field{.name = "jwt_federation_providers", .type = FieldType::references, .versions = k_from_2024_12},
};
constexpr std::array k_provider_identifiers{"_redirect_uris"sv,    "accesstoken"sv,
                                            "agentconnector"sv,    "application"sv,
                                            "authorizationcode"sv, "backchannel_application"sv,
                                            "devicetoken"sv,       "id"sv,
                                            "is_backchannel"sv,    "oauth2provider"sv,
                                            "outpost"sv,           "provider_ptr"sv,
                                            "proxyprovider"sv,     "refreshtoken"sv};
constexpr std::array k_provider_unique{"name"sv, "client_id"sv};

/// authentik/core/api/applications.py
constexpr std::array k_application_fields{
    Field{.name = "name", .need = k_required},
    Field{.name = "slug", .type = FieldType::slug, .need = k_required, .longest = 50, .versions = {{}, {2025, 8, 0}}},
    Field{.name = "slug", .type = FieldType::slug, .need = k_required, .versions = {{2025, 8, 0}}},
    Field{.name = "provider", .type = FieldType::reference, .null = k_null},
    Field{.name = "backchannel_providers", .type = FieldType::references},
    Field{.name = "open_in_new_tab", .type = FieldType::boolean},
    Field{.name = "meta_launch_url", .type = FieldType::address, .blank = k_blank},
    Field{.name = "meta_icon", .type = FieldType::text, .blank = k_blank, .versions = k_from_2025_12},
    Field{.name = "meta_description", .blank = k_blank},
    Field{.name = "meta_publisher", .blank = k_blank},
    Field{.name = "meta_hide", .type = FieldType::boolean, .versions = k_from_2026_5},
    Field{.name = "policy_engine_mode", .type = FieldType::choice, .choices = k_engine_modes},
    Field{.name = "group", .blank = k_blank},
    Field{.name = "icon", .type = FieldType::anything},
};
constexpr std::array k_application_identifiers{"meta_icon"sv, "pbm_uuid"sv, "policies"sv, "bindings"sv,
                                               "policybindingmodel_ptr"sv};
constexpr std::array k_application_unique{"slug"sv, "provider"sv};

/// authentik/providers/oauth2/api/scopes.py, authentik/core/api/property_mappings.py
constexpr std::array k_mapping_fields{
    Field{.name = "managed", .null = k_null},
    Field{.name = "name", .need = k_required},
    Field{.name = "expression", .type = FieldType::expression, .need = k_required},
    Field{.name = "scope_name", .type = FieldType::word, .need = k_required},
    Field{.name = "description", .blank = k_blank},
};
constexpr std::array k_mapping_identifiers{"pm_uuid"sv, "propertymapping_ptr"sv, "provider"sv, "source"sv};
constexpr std::array k_mapping_unique{"name"sv, "managed"sv};

/// authentik/policies/api/bindings.py
constexpr std::array k_binding_fields{
    Field{.name = "policy", .type = FieldType::reference, .null = k_null},
    Field{.name = "group", .type = FieldType::reference, .null = k_null, .refers_to = k_groups},
    Field{.name = "user", .type = FieldType::reference, .null = k_null, .refers_to = k_users},
    Field{.name = "target", .type = FieldType::reference, .need = k_required},
    Field{.name = "negate", .type = FieldType::boolean},
    Field{.name = "enabled", .type = FieldType::boolean},
    Field{.name = "order", .type = FieldType::integer, .need = k_required},
    Field{.name = "timeout", .type = FieldType::integer},
    Field{.name = "failure_result", .type = FieldType::boolean},
};
constexpr std::array k_binding_identifiers{"policy_binding_uuid"sv};

/// authentik/flows/api/flows.py
constexpr std::array k_flow_fields{
    Field{.name = "name", .need = k_required},
    Field{.name = "slug", .type = FieldType::slug, .need = k_required},
    Field{.name = "title", .need = k_required},
    Field{.name = "designation", .type = FieldType::choice, .need = k_required, .choices = k_designations},
    Field{.name = "background", .type = FieldType::anything},
    Field{.name = "policy_engine_mode", .type = FieldType::choice, .choices = k_engine_modes},
    Field{.name = "compatibility_mode", .type = FieldType::boolean},
    Field{.name = "layout", .type = FieldType::choice, .choices = k_layouts},
    Field{.name = "denied_action", .type = FieldType::choice, .choices = k_denied_actions},
    Field{.name = "authentication", .type = FieldType::choice, .choices = k_flow_authentications},
};
constexpr std::array k_flow_identifiers{"flow_uuid"sv, "pbm_uuid"sv, "policybindingmodel_ptr"sv, "stages"sv,
                                        "policies"sv};
constexpr std::array k_flow_unique{"slug"sv};

/// authentik/policies/expression/api.py
constexpr std::array k_policy_fields{
    Field{.name = "name", .need = k_required},
    Field{.name = "execution_logging", .type = FieldType::boolean},
    Field{.name = "expression", .type = FieldType::expression, .need = k_required},
};
constexpr std::array k_policy_identifiers{"policy_uuid"sv, "policy_ptr"sv};
constexpr std::array k_policy_unique{"name"sv};

/// authentik/core/api/groups.py
constexpr std::array k_group_fields{
    Field{.name = "name", .need = k_required},
    Field{.name = "is_superuser", .type = FieldType::boolean},
    Field{.name = "parent", .type = FieldType::anything, .versions = {{}, {2025, 12, 0}}},
    Field{.name = "parents", .type = FieldType::anything, .versions = k_from_2025_12},
    Field{.name = "users", .type = FieldType::anything},
    Field{.name = "attributes", .type = FieldType::anything},
    Field{.name = "roles", .type = FieldType::anything},
};
constexpr std::array k_group_identifiers{"group_uuid"sv, "num_pk"sv};
constexpr std::array k_group_unique{"name"sv};

/// authentik/crypto/api.py
constexpr std::array k_certificate_fields{
    Field{.name = "name", .need = k_required},
    Field{.name = "certificate_data", .need = k_required},
    Field{.name = "key_data", .blank = k_blank},
};
constexpr std::array k_certificate_identifiers{"kp_uuid"sv, "managed"sv};
constexpr std::array k_certificate_unique{"name"sv};

constexpr std::array k_models{
    Model{k_provider, k_provider_fields, k_provider_identifiers, true, k_provider_unique},
    Model{k_application, k_application_fields, k_application_identifiers, false, k_application_unique},
    Model{k_mapping, k_mapping_fields, k_mapping_identifiers, false, k_mapping_unique},
    Model{k_binding, k_binding_fields, k_binding_identifiers, false, {}},
    Model{k_flow, k_flow_fields, k_flow_identifiers, false, k_flow_unique},
    Model{k_policy, k_policy_fields, k_policy_identifiers, false, k_policy_unique},
    Model{k_group, k_group_fields, k_group_identifiers, false, k_group_unique},
    Model{k_certificate, k_certificate_fields, k_certificate_identifiers, false, k_certificate_unique},
};

/// https://goauthentik.io/blueprints/schema.json, of all releases.
constexpr std::array k_names{
    "authentik_blueprints.blueprintinstance"sv,
    "authentik_blueprints.metaapplyblueprint"sv,
    "authentik_brands.brand"sv,
    "authentik_core.application"sv,
    "authentik_core.applicationentitlement"sv,
    "authentik_core.group"sv,
    "authentik_core.token"sv,
    "authentik_core.user"sv,
    "authentik_crypto.certificatekeypair"sv,
    "authentik_endpoints.deviceaccessgroup"sv,
    "authentik_endpoints.deviceuserbinding"sv,
    "authentik_endpoints.endpointstage"sv,
    "authentik_endpoints_connectors_agent.agentconnector"sv,
    "authentik_endpoints_connectors_agent.agentdeviceuserbinding"sv,
    "authentik_endpoints_connectors_agent.enrollmenttoken"sv,
    "authentik_endpoints_connectors_fleet.fleetconnector"sv,
    "authentik_endpoints_connectors_google_chrome.googlechromeconnector"sv,
    "authentik_enterprise.license"sv,
    "authentik_events.event"sv,
    "authentik_events.notification"sv,
    "authentik_events.notificationrule"sv,
    "authentik_events.notificationtransport"sv,
    "authentik_events.notificationwebhookmapping"sv,
    "authentik_flows.flow"sv,
    "authentik_flows.flowstagebinding"sv,
    "authentik_lifecycle.lifecycleiteration"sv,
    "authentik_lifecycle.lifecyclerule"sv,
    "authentik_lifecycle.review"sv,
    "authentik_outposts.dockerserviceconnection"sv,
    "authentik_outposts.kubernetesserviceconnection"sv,
    "authentik_outposts.outpost"sv,
    "authentik_policies.policybinding"sv,
    "authentik_policies_dummy.dummypolicy"sv,
    "authentik_policies_event_matcher.eventmatcherpolicy"sv,
    "authentik_policies_expiry.passwordexpirypolicy"sv,
    "authentik_policies_expression.expressionpolicy"sv,
    "authentik_policies_geoip.geoippolicy"sv,
    "authentik_policies_password.passwordpolicy"sv,
    "authentik_policies_reputation.reputationpolicy"sv,
    "authentik_policies_unique_password.uniquepasswordpolicy"sv,
    "authentik_providers_google_workspace.googleworkspaceprovider"sv,
    "authentik_providers_google_workspace.googleworkspaceprovidermapping"sv,
    "authentik_providers_ldap.ldapprovider"sv,
    "authentik_providers_microsoft_entra.microsoftentraprovider"sv,
    "authentik_providers_microsoft_entra.microsoftentraprovidermapping"sv,
    "authentik_providers_oauth2.oauth2provider"sv,
    "authentik_providers_oauth2.scopemapping"sv,
    "authentik_providers_proxy.proxyprovider"sv,
    "authentik_providers_rac.endpoint"sv,
    "authentik_providers_rac.racpropertymapping"sv,
    "authentik_providers_rac.racprovider"sv,
    "authentik_providers_radius.radiusprovider"sv,
    "authentik_providers_radius.radiusproviderpropertymapping"sv,
    "authentik_providers_saml.samlpropertymapping"sv,
    "authentik_providers_saml.samlprovider"sv,
    "authentik_providers_scim.scimmapping"sv,
    "authentik_providers_scim.scimprovider"sv,
    "authentik_providers_ssf.ssfprovider"sv,
    "authentik_providers_ws_federation.wsfederationprovider"sv,
    "authentik_rbac.initialpermissions"sv,
    "authentik_rbac.role"sv,
    "authentik_reports.dataexport"sv,
    "authentik_sources_kerberos.groupkerberossourceconnection"sv,
    "authentik_sources_kerberos.kerberossource"sv,
    "authentik_sources_kerberos.kerberossourcepropertymapping"sv,
    "authentik_sources_kerberos.userkerberossourceconnection"sv,
    "authentik_sources_ldap.groupldapsourceconnection"sv,
    "authentik_sources_ldap.ldapsource"sv,
    "authentik_sources_ldap.ldapsourcepropertymapping"sv,
    "authentik_sources_ldap.userldapsourceconnection"sv,
    "authentik_sources_oauth.groupoauthsourceconnection"sv,
    "authentik_sources_oauth.oauthsource"sv,
    "authentik_sources_oauth.oauthsourcepropertymapping"sv,
    "authentik_sources_oauth.useroauthsourceconnection"sv,
    "authentik_sources_plex.groupplexsourceconnection"sv,
    "authentik_sources_plex.plexsource"sv,
    "authentik_sources_plex.plexsourcepropertymapping"sv,
    "authentik_sources_plex.userplexsourceconnection"sv,
    "authentik_sources_saml.groupsamlsourceconnection"sv,
    "authentik_sources_saml.samlsource"sv,
    "authentik_sources_saml.samlsourcepropertymapping"sv,
    "authentik_sources_saml.usersamlsourceconnection"sv,
    "authentik_sources_scim.scimsource"sv,
    "authentik_sources_scim.scimsourcepropertymapping"sv,
    "authentik_sources_telegram.grouptelegramsourceconnection"sv,
    "authentik_sources_telegram.telegramsource"sv,
    "authentik_sources_telegram.telegramsourcepropertymapping"sv,
    "authentik_sources_telegram.usertelegramsourceconnection"sv,
    "authentik_stages_account_lockdown.accountlockdownstage"sv,
    "authentik_stages_authenticator_duo.authenticatorduostage"sv,
    "authentik_stages_authenticator_duo.duodevice"sv,
    "authentik_stages_authenticator_email.authenticatoremailstage"sv,
    "authentik_stages_authenticator_email.emaildevice"sv,
    "authentik_stages_authenticator_endpoint_gdtc.authenticatorendpointgdtcstage"sv,
    "authentik_stages_authenticator_sms.authenticatorsmsstage"sv,
    "authentik_stages_authenticator_sms.smsdevice"sv,
    "authentik_stages_authenticator_static.authenticatorstaticstage"sv,
    "authentik_stages_authenticator_static.staticdevice"sv,
    "authentik_stages_authenticator_totp.authenticatortotpstage"sv,
    "authentik_stages_authenticator_totp.totpdevice"sv,
    "authentik_stages_authenticator_validate.authenticatorvalidatestage"sv,
    "authentik_stages_authenticator_webauthn.authenticatorwebauthnstage"sv,
    "authentik_stages_authenticator_webauthn.webauthndevice"sv,
    "authentik_stages_captcha.captchastage"sv,
    "authentik_stages_consent.consentstage"sv,
    "authentik_stages_consent.userconsent"sv,
    "authentik_stages_deny.denystage"sv,
    "authentik_stages_dummy.dummystage"sv,
    "authentik_stages_email.emailstage"sv,
    "authentik_stages_identification.identificationstage"sv,
    "authentik_stages_invitation.invitation"sv,
    "authentik_stages_invitation.invitationstage"sv,
    "authentik_stages_mtls.mutualtlsstage"sv,
    "authentik_stages_password.passwordstage"sv,
    "authentik_stages_prompt.prompt"sv,
    "authentik_stages_prompt.promptstage"sv,
    "authentik_stages_redirect.redirectstage"sv,
    "authentik_stages_source.sourcestage"sv,
    "authentik_stages_user_delete.userdeletestage"sv,
    "authentik_stages_user_login.userloginstage"sv,
    "authentik_stages_user_logout.userlogoutstage"sv,
    "authentik_stages_user_write.userwritestage"sv,
    "authentik_tasks_schedules.schedule"sv,
    "authentik_tenants.domain"sv,
};

/// Models that others derive from, or that only the product itself makes objects of.
constexpr std::array k_refused{
    "authentik_core.propertymapping"sv, "authentik_core.provider"sv,
    "authentik_core.source"sv,          "authentik_flows.stage"sv,
    "authentik_policies.policy"sv,      "authentik_policies.policybindingmodel"sv,
    "authentik_core.session"sv,         "authentik_core.authenticatedsession"sv,
};

constexpr Shipped flow(std::string_view slug, VersionRange versions = {}) {
    return {k_flow, "slug", slug, {}, versions};
}

/// blueprints/default, blueprints/system and authentik/crypto/apps.py.
constexpr std::array k_shipped{
    flow("default-authentication-flow"),
    flow("default-invalidation-flow"),
    flow("default-provider-authorization-explicit-consent"),
    flow("default-provider-authorization-implicit-consent"),
    flow("default-provider-invalidation-flow", k_from_2024_10),
    flow("default-source-authentication"),
    flow("default-source-enrollment"),
    flow("default-source-pre-authentication"),
    flow("default-user-settings-flow"),
    flow("default-password-change"),
    flow("default-authenticator-static-setup"),
    flow("default-authenticator-totp-setup"),
    flow("default-authenticator-webauthn-setup"),
    flow("initial-setup"),
    Shipped{k_mapping, "managed", "goauthentik.io/providers/oauth2/scope-openid", "openid"},
    Shipped{k_mapping, "managed", "goauthentik.io/providers/oauth2/scope-email", "email"},
    Shipped{k_mapping, "managed", "goauthentik.io/providers/oauth2/scope-profile", "profile"},
    Shipped{k_mapping, "managed", "goauthentik.io/providers/oauth2/scope-entitlements", "entitlements", k_from_2024_12},
    Shipped{k_mapping, "managed", "goauthentik.io/providers/oauth2/scope-offline_access", "offline_access"},
    Shipped{k_mapping, "managed", "goauthentik.io/providers/oauth2/scope-authentik_api", "goauthentik.io/api"},
    Shipped{k_mapping, "managed", "goauthentik.io/providers/proxy/scope-proxy", "ak_proxy"},
    Shipped{k_mapping, "name", "authentik default OAuth Mapping: OpenID 'openid'", "openid"},
    Shipped{k_mapping, "name", "authentik default OAuth Mapping: OpenID 'email'", "email"},
    Shipped{k_mapping, "name", "authentik default OAuth Mapping: OpenID 'profile'", "profile"},
    Shipped{k_mapping, "name", "authentik default OAuth Mapping: OpenID 'offline_access'", "offline_access"},
    Shipped{k_mapping, "scope_name", "openid", "openid"},
    Shipped{k_mapping, "scope_name", "email", "email"},
    Shipped{k_mapping, "scope_name", "profile", "profile"},
    Shipped{k_mapping, "scope_name", "entitlements", "entitlements", k_from_2024_12},
    Shipped{k_mapping, "scope_name", "offline_access", "offline_access"},
    Shipped{k_certificate, "name", "authentik Self-signed Certificate"},
    Shipped{k_certificate, "name", "authentik Internal JWT Certificate"},
    Shipped{k_certificate, "managed", "goauthentik.io/crypto/jwt-managed"},
    Shipped{k_group, "name", "authentik Admins"},
    Shipped{k_user, "username", "akadmin"},
};

} // namespace

const Model* find_model(std::string_view name) {
    const auto* const found = std::ranges::find(k_models, name, &Model::name);
    return found == k_models.end() ? nullptr : found;
}

ModelName look_up_model(std::string_view name, const Version& /*version*/) {
    if (std::ranges::find(k_names, name) != k_names.end()) {
        return ModelName::known;
    }
    return std::ranges::find(k_refused, name) != k_refused.end() ? ModelName::refused : ModelName::unknown;
}

std::span<const std::string_view> model_names() { return k_names; }

const Field* find_field(const Model& model, std::string_view name, const Version& version) {
    const auto found = std::ranges::find_if(
        model.fields, [&](const Field& it) { return it.name == name && it.versions.holds(version); });
    return found == model.fields.end() ? nullptr : &*found;
}

bool is_identifier(const Model& model, std::string_view name) {
    name = name.substr(0, name.find("__"));
    const auto bare = name.ends_with("_id") ? name.substr(0, name.size() - 3) : name;
    const auto holds = [&](std::string_view it) {
        return it == "pk" || std::ranges::find(model.identifiers, it) != model.identifiers.end() ||
               std::ranges::find(model.fields, it, &Field::name) != model.fields.end();
    };
    return holds(name) || holds(bare);
}

const Shipped* find_shipped(std::string_view model, std::string_view key, std::string_view value,
                            const Version& version) {
    const auto* const found = std::ranges::find_if(k_shipped, [&](const Shipped& it) {
        return it.model == model && it.key == key && it.value == value && it.versions.holds(version);
    });
    return found == k_shipped.end() ? nullptr : found;
}

bool is_own_name(std::string_view model, std::string_view key, std::string_view value) {
    return (model == k_mapping || model == k_certificate) && key == "managed" && value.starts_with("goauthentik.io/");
}

std::span<const Shipped> shipped() { return k_shipped; }

} // namespace oidcgen::providers::authentik
