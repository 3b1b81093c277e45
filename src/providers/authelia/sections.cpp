#include "providers/authelia/sections.hpp"

#include "providers/authelia/known_keys.hpp"
#include "providers/authelia/path_pattern.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace oidcgen::providers::authelia {

namespace {

using util::VersionRange;
using namespace std::string_view_literals;

/// The section that `identity_providers.oidc` stands in, which has nothing else.
constexpr std::string_view k_outer_section = k_section.substr(0, k_section.find('.'));

struct KnownName {
    std::string_view path; ///< as in oidc::Key
    VersionRange versions{};
};

constexpr VersionRange k_4_38_18{{4, 38, 18}};
constexpr VersionRange k_4_39{{4, 39, 0}};
constexpr VersionRange k_4_39_16{{4, 39, 16}};
constexpr VersionRange k_4_39_17{{4, 39, 17}};
constexpr VersionRange k_until_4_39{{}, {4, 39, 0}};
constexpr VersionRange k_until_4_39_16{{}, {4, 39, 16}};

/// https://github.com/authelia/authelia/blob/master/internal/configuration/schema/keys.go, in its order.
constexpr auto k_names = std::to_array<KnownName>({
    KnownName{"access_control.default_policy"},
    KnownName{"access_control.networks"},
    KnownName{"access_control.networks[].name"},
    KnownName{"access_control.networks[].networks"},
    KnownName{"access_control.rules"},
    KnownName{"access_control.rules[].domain"},
    KnownName{"access_control.rules[].domain_regex"},
    KnownName{"access_control.rules[].methods"},
    KnownName{"access_control.rules[].networks"},
    KnownName{"access_control.rules[].policy"},
    KnownName{"access_control.rules[].query"},
    KnownName{"access_control.rules[].query[][].key"},
    KnownName{"access_control.rules[].query[][].operator"},
    KnownName{"access_control.rules[].query[][].value"},
    KnownName{"access_control.rules[].resources"},
    KnownName{"access_control.rules[].subject"},
    KnownName{"authentication_backend.file.extra_attributes", k_4_39},
    KnownName{"authentication_backend.file.extra_attributes.*", k_4_39},
    KnownName{"authentication_backend.file.extra_attributes.*.multi_valued", k_4_39},
    KnownName{"authentication_backend.file.extra_attributes.*.value_type", k_4_39},
    KnownName{"authentication_backend.file.password.algorithm"},
    KnownName{"authentication_backend.file.password.argon2.iterations"},
    KnownName{"authentication_backend.file.password.argon2.key_length"},
    KnownName{"authentication_backend.file.password.argon2.memory"},
    KnownName{"authentication_backend.file.password.argon2.parallelism"},
    KnownName{"authentication_backend.file.password.argon2.salt_length"},
    KnownName{"authentication_backend.file.password.argon2.variant"},
    KnownName{"authentication_backend.file.password.bcrypt.cost"},
    KnownName{"authentication_backend.file.password.bcrypt.variant"},
    KnownName{"authentication_backend.file.password.iterations"},
    KnownName{"authentication_backend.file.password.key_length"},
    KnownName{"authentication_backend.file.password.memory"},
    KnownName{"authentication_backend.file.password.parallelism"},
    KnownName{"authentication_backend.file.password.pbkdf2.iterations"},
    KnownName{"authentication_backend.file.password.pbkdf2.salt_length"},
    KnownName{"authentication_backend.file.password.pbkdf2.variant"},
    KnownName{"authentication_backend.file.password.salt_length"},
    KnownName{"authentication_backend.file.password.scrypt.block_size"},
    KnownName{"authentication_backend.file.password.scrypt.iterations"},
    KnownName{"authentication_backend.file.password.scrypt.key_length"},
    KnownName{"authentication_backend.file.password.scrypt.parallelism"},
    KnownName{"authentication_backend.file.password.scrypt.salt_length"},
    KnownName{"authentication_backend.file.password.scrypt.variant", k_4_39},
    KnownName{"authentication_backend.file.password.sha2crypt.iterations"},
    KnownName{"authentication_backend.file.password.sha2crypt.salt_length"},
    KnownName{"authentication_backend.file.password.sha2crypt.variant"},
    KnownName{"authentication_backend.file.path"},
    KnownName{"authentication_backend.file.search.case_insensitive"},
    KnownName{"authentication_backend.file.search.email"},
    KnownName{"authentication_backend.file.watch"},
    KnownName{"authentication_backend.ldap.additional_groups_dn"},
    KnownName{"authentication_backend.ldap.additional_users_dn"},
    KnownName{"authentication_backend.ldap.address"},
    KnownName{"authentication_backend.ldap.attributes.birthdate", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.country", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.display_name"},
    KnownName{"authentication_backend.ldap.attributes.distinguished_name"},
    KnownName{"authentication_backend.ldap.attributes.extra", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.extra.*", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.extra.*.multi_valued", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.extra.*.name", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.extra.*.value_type", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.family_name", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.gender", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.given_name", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.group_name"},
    KnownName{"authentication_backend.ldap.attributes.locale", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.locality", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.mail"},
    KnownName{"authentication_backend.ldap.attributes.member_of"},
    KnownName{"authentication_backend.ldap.attributes.middle_name", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.nickname", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.phone_extension", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.phone_number", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.picture", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.postal_code", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.profile", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.region", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.street_address", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.username"},
    KnownName{"authentication_backend.ldap.attributes.website", k_4_39},
    KnownName{"authentication_backend.ldap.attributes.zoneinfo", k_4_39},
    KnownName{"authentication_backend.ldap.base_dn"},
    KnownName{"authentication_backend.ldap.group_search_mode"},
    KnownName{"authentication_backend.ldap.groups_filter"},
    KnownName{"authentication_backend.ldap.implementation"},
    KnownName{"authentication_backend.ldap.password"},
    KnownName{"authentication_backend.ldap.permit_feature_detection_failure", k_until_4_39_16},
    KnownName{"authentication_backend.ldap.permit_referrals"},
    KnownName{"authentication_backend.ldap.permit_unauthenticated_bind"},
    KnownName{"authentication_backend.ldap.pooling.count", k_4_39},
    KnownName{"authentication_backend.ldap.pooling.enable", k_4_39},
    KnownName{"authentication_backend.ldap.pooling.retries", k_4_39},
    KnownName{"authentication_backend.ldap.pooling.timeout", k_4_39},
    KnownName{"authentication_backend.ldap.start_tls"},
    KnownName{"authentication_backend.ldap.timeout"},
    KnownName{"authentication_backend.ldap.tls.certificate_chain"},
    KnownName{"authentication_backend.ldap.tls.maximum_version"},
    KnownName{"authentication_backend.ldap.tls.minimum_version"},
    KnownName{"authentication_backend.ldap.tls.private_key"},
    KnownName{"authentication_backend.ldap.tls.server_name"},
    KnownName{"authentication_backend.ldap.tls.skip_verify"},
    KnownName{"authentication_backend.ldap.user"},
    KnownName{"authentication_backend.ldap.users_filter"},
    KnownName{"authentication_backend.password_change.disable", k_4_39},
    KnownName{"authentication_backend.password_reset.custom_url"},
    KnownName{"authentication_backend.password_reset.disable"},
    KnownName{"authentication_backend.refresh_interval"},
    KnownName{"certificates_directory"},
    KnownName{"default_2fa_method"},
    KnownName{"default_redirection_url"},
    KnownName{"definitions.network", k_4_39},
    KnownName{"definitions.network.*", k_4_39},
    KnownName{"definitions.user_attributes", k_4_39},
    KnownName{"definitions.user_attributes.*", k_4_39},
    KnownName{"definitions.user_attributes.*.expression", k_4_39},
    KnownName{"duo_api.disable"},
    KnownName{"duo_api.enable_self_enrollment"},
    KnownName{"duo_api.hostname"},
    KnownName{"duo_api.integration_key"},
    KnownName{"duo_api.secret_key"},
    KnownName{"identity_validation.elevated_session.characters"},
    KnownName{"identity_validation.elevated_session.code_lifespan"},
    KnownName{"identity_validation.elevated_session.elevation_lifespan"},
    KnownName{"identity_validation.elevated_session.require_second_factor"},
    KnownName{"identity_validation.elevated_session.skip_second_factor"},
    KnownName{"identity_validation.reset_password.jwt_algorithm"},
    KnownName{"identity_validation.reset_password.jwt_lifespan"},
    KnownName{"identity_validation.reset_password.jwt_secret"},
    KnownName{"log.file_path"},
    KnownName{"log.format"},
    KnownName{"log.keep_stdout"},
    KnownName{"log.level"},
    KnownName{"notifier.disable_startup_check"},
    KnownName{"notifier.filesystem.filename"},
    KnownName{"notifier.smtp.address"},
    KnownName{"notifier.smtp.disable_html_emails"},
    KnownName{"notifier.smtp.disable_require_tls"},
    KnownName{"notifier.smtp.disable_starttls"},
    KnownName{"notifier.smtp.identifier"},
    KnownName{"notifier.smtp.password"},
    KnownName{"notifier.smtp.sender"},
    KnownName{"notifier.smtp.startup_check_address"},
    KnownName{"notifier.smtp.subject"},
    KnownName{"notifier.smtp.timeout"},
    KnownName{"notifier.smtp.tls.certificate_chain"},
    KnownName{"notifier.smtp.tls.maximum_version"},
    KnownName{"notifier.smtp.tls.minimum_version"},
    KnownName{"notifier.smtp.tls.private_key"},
    KnownName{"notifier.smtp.tls.server_name"},
    KnownName{"notifier.smtp.tls.skip_verify"},
    KnownName{"notifier.smtp.username"},
    KnownName{"notifier.template_path"},
    KnownName{"ntp.address"},
    KnownName{"ntp.disable_failure"},
    KnownName{"ntp.disable_startup_check"},
    KnownName{"ntp.max_desync"},
    KnownName{"ntp.version"},
    KnownName{"password_policy.standard.enabled"},
    KnownName{"password_policy.standard.max_length"},
    KnownName{"password_policy.standard.min_length"},
    KnownName{"password_policy.standard.require_lowercase"},
    KnownName{"password_policy.standard.require_number"},
    KnownName{"password_policy.standard.require_special"},
    KnownName{"password_policy.standard.require_uppercase"},
    KnownName{"password_policy.zxcvbn.enabled"},
    KnownName{"password_policy.zxcvbn.min_score"},
    KnownName{"privacy_policy.enabled"},
    KnownName{"privacy_policy.policy_url"},
    KnownName{"privacy_policy.require_user_acceptance"},
    KnownName{"regulation.ban_time"},
    KnownName{"regulation.find_time"},
    KnownName{"regulation.max_retries"},
    KnownName{"regulation.modes", k_4_39},
    KnownName{"server.address"},
    KnownName{"server.asset_path"},
    KnownName{"server.buffers.read"},
    KnownName{"server.buffers.write"},
    KnownName{"server.disable_healthcheck"},
    KnownName{"server.endpoints.authz"},
    KnownName{"server.endpoints.authz.*", k_4_39},
    KnownName{"server.endpoints.authz.*.authn_strategies"},
    KnownName{"server.endpoints.authz.*.authn_strategies[].name"},
    KnownName{"server.endpoints.authz.*.authn_strategies[].scheme_basic_cache_lifespan", k_4_39},
    KnownName{"server.endpoints.authz.*.authn_strategies[].schemes"},
    KnownName{"server.endpoints.authz.*.implementation"},
    KnownName{"server.endpoints.enable_expvars"},
    KnownName{"server.endpoints.enable_pprof"},
    KnownName{"server.endpoints.rate_limits.openid_connect_introspection.buckets", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_introspection.buckets[].period", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_introspection.buckets[].requests", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_introspection.enable", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_pushed_authorization_request.buckets", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_pushed_authorization_request.buckets[].period", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_pushed_authorization_request.buckets[].requests", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_pushed_authorization_request.enable", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_revocation.buckets", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_revocation.buckets[].period", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_revocation.buckets[].requests", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_revocation.enable", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_token.buckets", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_token.buckets[].period", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_token.buckets[].requests", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_token.enable", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_userinfo.buckets", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_userinfo.buckets[].period", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_userinfo.buckets[].requests", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.openid_connect_userinfo.enable", k_4_39_17},
    KnownName{"server.endpoints.rate_limits.reset_password_finish.buckets", k_4_39},
    KnownName{"server.endpoints.rate_limits.reset_password_finish.buckets[].period", k_4_39},
    KnownName{"server.endpoints.rate_limits.reset_password_finish.buckets[].requests", k_4_39},
    KnownName{"server.endpoints.rate_limits.reset_password_finish.enable", k_4_39},
    KnownName{"server.endpoints.rate_limits.reset_password_start.buckets", k_4_39},
    KnownName{"server.endpoints.rate_limits.reset_password_start.buckets[].period", k_4_39},
    KnownName{"server.endpoints.rate_limits.reset_password_start.buckets[].requests", k_4_39},
    KnownName{"server.endpoints.rate_limits.reset_password_start.enable", k_4_39},
    KnownName{"server.endpoints.rate_limits.second_factor_duo.buckets", k_4_39},
    KnownName{"server.endpoints.rate_limits.second_factor_duo.buckets[].period", k_4_39},
    KnownName{"server.endpoints.rate_limits.second_factor_duo.buckets[].requests", k_4_39},
    KnownName{"server.endpoints.rate_limits.second_factor_duo.enable", k_4_39},
    KnownName{"server.endpoints.rate_limits.second_factor_totp.buckets", k_4_39},
    KnownName{"server.endpoints.rate_limits.second_factor_totp.buckets[].period", k_4_39},
    KnownName{"server.endpoints.rate_limits.second_factor_totp.buckets[].requests", k_4_39},
    KnownName{"server.endpoints.rate_limits.second_factor_totp.enable", k_4_39},
    KnownName{"server.endpoints.rate_limits.session_elevation_finish.buckets", k_4_39},
    KnownName{"server.endpoints.rate_limits.session_elevation_finish.buckets[].period", k_4_39},
    KnownName{"server.endpoints.rate_limits.session_elevation_finish.buckets[].requests", k_4_39},
    KnownName{"server.endpoints.rate_limits.session_elevation_finish.enable", k_4_39},
    KnownName{"server.endpoints.rate_limits.session_elevation_start.buckets", k_4_39},
    KnownName{"server.endpoints.rate_limits.session_elevation_start.buckets[].period", k_4_39},
    KnownName{"server.endpoints.rate_limits.session_elevation_start.buckets[].requests", k_4_39},
    KnownName{"server.endpoints.rate_limits.session_elevation_start.enable", k_4_39},
    KnownName{"server.headers.csp_template"},
    KnownName{"server.timeouts.idle"},
    KnownName{"server.timeouts.read"},
    KnownName{"server.timeouts.write"},
    KnownName{"server.tls.certificate"},
    KnownName{"server.tls.client_certificates"},
    KnownName{"server.tls.key"},
    KnownName{"session"},
    KnownName{"session.cookies"},
    KnownName{"session.cookies[].authelia_url"},
    KnownName{"session.cookies[].default_redirection_url"},
    KnownName{"session.cookies[].domain"},
    KnownName{"session.cookies[].expiration"},
    KnownName{"session.cookies[].inactivity"},
    KnownName{"session.cookies[].name"},
    KnownName{"session.cookies[].remember_me"},
    KnownName{"session.cookies[].same_site"},
    KnownName{"session.domain"},
    KnownName{"session.expiration"},
    KnownName{"session.inactivity"},
    KnownName{"session.name"},
    KnownName{"session.redis.database_index"},
    KnownName{"session.redis.high_availability.nodes"},
    KnownName{"session.redis.high_availability.nodes[].host"},
    KnownName{"session.redis.high_availability.nodes[].port"},
    KnownName{"session.redis.high_availability.route_by_latency"},
    KnownName{"session.redis.high_availability.route_randomly"},
    KnownName{"session.redis.high_availability.sentinel_name"},
    KnownName{"session.redis.high_availability.sentinel_password"},
    KnownName{"session.redis.high_availability.sentinel_username"},
    KnownName{"session.redis.host"},
    KnownName{"session.redis.max_retries", k_4_38_18},
    KnownName{"session.redis.maximum_active_connections"},
    KnownName{"session.redis.minimum_idle_connections"},
    KnownName{"session.redis.password"},
    KnownName{"session.redis.port"},
    KnownName{"session.redis.timeout", k_4_38_18},
    KnownName{"session.redis.tls.certificate_chain"},
    KnownName{"session.redis.tls.maximum_version"},
    KnownName{"session.redis.tls.minimum_version"},
    KnownName{"session.redis.tls.private_key"},
    KnownName{"session.redis.tls.server_name"},
    KnownName{"session.redis.tls.skip_verify"},
    KnownName{"session.redis.username"},
    KnownName{"session.remember_me"},
    KnownName{"session.same_site"},
    KnownName{"session.secret"},
    KnownName{"storage.encryption_key"},
    KnownName{"storage.local.path"},
    KnownName{"storage.mysql.address"},
    KnownName{"storage.mysql.database"},
    KnownName{"storage.mysql.password"},
    KnownName{"storage.mysql.timeout"},
    KnownName{"storage.mysql.tls.certificate_chain"},
    KnownName{"storage.mysql.tls.maximum_version"},
    KnownName{"storage.mysql.tls.minimum_version"},
    KnownName{"storage.mysql.tls.private_key"},
    KnownName{"storage.mysql.tls.server_name"},
    KnownName{"storage.mysql.tls.skip_verify"},
    KnownName{"storage.mysql.username"},
    KnownName{"storage.postgres.address"},
    KnownName{"storage.postgres.database"},
    KnownName{"storage.postgres.password"},
    KnownName{"storage.postgres.schema"},
    KnownName{"storage.postgres.servers", k_4_39},
    KnownName{"storage.postgres.servers[].address", k_4_39},
    KnownName{"storage.postgres.servers[].tls", k_4_39},
    KnownName{"storage.postgres.servers[].tls.certificate_chain", k_4_39},
    KnownName{"storage.postgres.servers[].tls.maximum_version", k_4_39},
    KnownName{"storage.postgres.servers[].tls.minimum_version", k_4_39},
    KnownName{"storage.postgres.servers[].tls.private_key", k_4_39},
    KnownName{"storage.postgres.servers[].tls.server_name", k_4_39},
    KnownName{"storage.postgres.servers[].tls.skip_verify", k_4_39},
    KnownName{"storage.postgres.ssl.certificate"},
    KnownName{"storage.postgres.ssl.key"},
    KnownName{"storage.postgres.ssl.mode"},
    KnownName{"storage.postgres.ssl.root_certificate"},
    KnownName{"storage.postgres.timeout"},
    KnownName{"storage.postgres.tls.certificate_chain"},
    KnownName{"storage.postgres.tls.maximum_version"},
    KnownName{"storage.postgres.tls.minimum_version"},
    KnownName{"storage.postgres.tls.private_key"},
    KnownName{"storage.postgres.tls.server_name"},
    KnownName{"storage.postgres.tls.skip_verify"},
    KnownName{"storage.postgres.username"},
    KnownName{"telemetry.metrics.address"},
    KnownName{"telemetry.metrics.buffers.read"},
    KnownName{"telemetry.metrics.buffers.write"},
    KnownName{"telemetry.metrics.enabled"},
    KnownName{"telemetry.metrics.timeouts.idle"},
    KnownName{"telemetry.metrics.timeouts.read"},
    KnownName{"telemetry.metrics.timeouts.write"},
    KnownName{"theme"},
    KnownName{"totp.algorithm"},
    KnownName{"totp.allowed_algorithms"},
    KnownName{"totp.allowed_digits"},
    KnownName{"totp.allowed_periods"},
    KnownName{"totp.digits"},
    KnownName{"totp.disable"},
    KnownName{"totp.disable_reuse_security_policy"},
    KnownName{"totp.issuer"},
    KnownName{"totp.period"},
    KnownName{"totp.secret_size"},
    KnownName{"totp.skew"},
    KnownName{"webauthn.attestation_conveyance_preference"},
    KnownName{"webauthn.disable"},
    KnownName{"webauthn.display_name"},
    KnownName{"webauthn.enable_passkey_login", k_4_39},
    KnownName{"webauthn.experimental_enable_passkey_upgrade", k_4_39},
    KnownName{"webauthn.experimental_enable_passkey_uv_two_factors", k_4_39},
    KnownName{"webauthn.filtering.permitted_aaguids", k_4_39},
    KnownName{"webauthn.filtering.prohibit_backup_eligibility", k_4_39},
    KnownName{"webauthn.filtering.prohibited_aaguids", k_4_39},
    KnownName{"webauthn.metadata.cache_policy", k_4_39},
    KnownName{"webauthn.metadata.enabled", k_4_39},
    KnownName{"webauthn.metadata.validate_entry", k_4_39},
    KnownName{"webauthn.metadata.validate_entry_permit_zero_aaguid", k_4_39},
    KnownName{"webauthn.metadata.validate_status", k_4_39},
    KnownName{"webauthn.metadata.validate_status_permitted", k_4_39},
    KnownName{"webauthn.metadata.validate_status_prohibited", k_4_39},
    KnownName{"webauthn.metadata.validate_trust_anchor", k_4_39},
    KnownName{"webauthn.selection_criteria.attachment", k_4_39},
    KnownName{"webauthn.selection_criteria.discoverability", k_4_39},
    KnownName{"webauthn.selection_criteria.user_verification", k_4_39},
    KnownName{"webauthn.timeout"},
    KnownName{"webauthn.user_verification", k_until_4_39},
});
static_assert(std::ranges::is_sorted(k_names, std::ranges::less_equal{}, &KnownName::path));

/// https://github.com/authelia/authelia/blob/master/internal/configuration/deprecation.go, in its order.
constexpr std::array k_former_names{
    FormerName{"logs_level", FormerUse::renamed, "log.level", "4.7"},
    FormerName{"logs_file", FormerUse::renamed, "log.file_path", "4.7"},
    FormerName{"authentication_backend.ldap.skip_verify", FormerUse::renamed,
               "authentication_backend.ldap.tls.skip_verify", "4.25"},
    FormerName{"authentication_backend.ldap.minimum_tls_version", FormerUse::renamed,
               "authentication_backend.ldap.tls.minimum_version", "4.25"},
    FormerName{"notifier.smtp.disable_verify_cert", FormerUse::renamed, "notifier.smtp.tls.skip_verify", "4.25"},
    FormerName{"notifier.smtp.trusted_cert", FormerUse::refused, "certificates_directory", "4.25"},
    FormerName{"host", FormerUse::merged, "server.address", "4.38", "tcp://:9091"},
    FormerName{"port", FormerUse::merged, "server.address", "4.38", "tcp://:9091"},
    FormerName{"tls_key", FormerUse::renamed, "server.tls.key", "4.30"},
    FormerName{"tls_cert", FormerUse::renamed, "server.tls.certificate", "4.30"},
    FormerName{"log_level", FormerUse::renamed, "log.level", "4.30"},
    FormerName{"log_file_path", FormerUse::renamed, "log.file_path", "4.30"},
    FormerName{"log_format", FormerUse::renamed, "log.format", "4.30"},
    FormerName{"storage.postgres.sslmode", FormerUse::renamed, "storage.postgres.ssl.mode", "4.36"},
    FormerName{"authentication_backend.disable_reset_password", FormerUse::renamed,
               "authentication_backend.password_reset.disable", "4.36"},
    FormerName{"server.read_buffer_size", FormerUse::renamed, "server.buffers.read", "4.36"},
    FormerName{"server.write_buffer_size", FormerUse::renamed, "server.buffers.write", "4.36"},
    FormerName{"session.remember_me_duration", FormerUse::renamed, "session.remember_me", "4.38"},
    FormerName{"server.enable_pprof", FormerUse::renamed, "server.endpoints.enable_pprof", "4.38"},
    FormerName{"server.enable_expvars", FormerUse::renamed, "server.endpoints.enable_expvars", "4.38"},
    FormerName{"authentication_backend.ldap.url", FormerUse::renamed, "authentication_backend.ldap.address", "4.38"},
    FormerName{"authentication_backend.ldap.username_attribute", FormerUse::renamed,
               "authentication_backend.ldap.attributes.username", "4.38"},
    FormerName{"authentication_backend.ldap.mail_attribute", FormerUse::renamed,
               "authentication_backend.ldap.attributes.mail", "4.38"},
    FormerName{"authentication_backend.ldap.display_name_attribute", FormerUse::renamed,
               "authentication_backend.ldap.attributes.display_name", "4.38"},
    FormerName{"authentication_backend.ldap.group_name_attribute", FormerUse::renamed,
               "authentication_backend.ldap.attributes.group_name", "4.38"},
    FormerName{"jwt_secret", FormerUse::renamed, "identity_validation.reset_password.jwt_secret", "4.38"},
    FormerName{"webauthn.user_verification",
               FormerUse::renamed,
               "webauthn.selection_criteria.user_verification",
               "4.39",
               {},
               k_4_39},
    FormerName{"authentication_backend.ldap.permit_feature_detection_failure",
               FormerUse::ignored,
               {},
               "4.39.16",
               {},
               k_4_39_16},
    FormerName{"notifier.smtp.host", FormerUse::merged, "notifier.smtp.address", "4.38",
               "submission://smtp.example.com:587"},
    FormerName{"notifier.smtp.port", FormerUse::merged, "notifier.smtp.address", "4.38",
               "submission://smtp.example.com:587"},
    FormerName{"storage.postgres.host", FormerUse::merged, "storage.postgres.address", "4.38", "tcp://postgres:5432"},
    FormerName{"storage.postgres.port", FormerUse::merged, "storage.postgres.address", "4.38", "tcp://postgres:5432"},
    FormerName{"storage.mysql.host", FormerUse::merged, "storage.mysql.address", "4.38", "tcp://mysql:3306"},
    FormerName{"storage.mysql.port", FormerUse::merged, "storage.mysql.address", "4.38", "tcp://mysql:3306"},
    FormerName{"server.host", FormerUse::merged, "server.address", "4.38", "tcp://:9091"},
    FormerName{"server.port", FormerUse::merged, "server.address", "4.38", "tcp://:9091"},
    FormerName{"server.path", FormerUse::merged, "server.address", "4.38", "tcp://:9091/authelia"},
};

constexpr bool is_pattern(const KnownName& row) { return row.path.find('*') != std::string_view::npos; }

/// The rows in which a name is chosen by the user.
constexpr auto k_patterns = [] {
    std::array<KnownName, static_cast<std::size_t>(std::ranges::count_if(k_names, is_pattern))> result;
    std::ranges::copy_if(k_names, result.begin(), is_pattern);
    return result;
}();

/// The rows whose path begins so.
std::span<const KnownName> rows_below(std::string_view prefix) {
    const auto cut = [&](const KnownName& row) { return row.path.substr(0, prefix.size()); };
    const auto* const begin = std::ranges::lower_bound(k_names, prefix, std::ranges::less{}, cut);
    const auto* const end = std::ranges::upper_bound(k_names, prefix, std::ranges::less{}, cut);
    return {begin, end};
}

/// The path up to the end of the name that begins at `start`, with the `[]` behind it.
std::string_view until_end_of_name(std::string_view path, std::size_t start) {
    return path.substr(0, path.find('.', start));
}

bool stand_in(std::span<const KnownName> rows, const util::Version& version) {
    return std::ranges::any_of(rows, [&](const KnownName& row) { return row.versions.holds(version); });
}

/// The rows of settings with exactly that name, or below it.
std::span<const KnownName> rows_of(const std::string& path) {
    const auto* const exact =
        std::ranges::lower_bound(k_names, std::string_view(path), std::ranges::less{}, &KnownName::path);
    const bool is_there = exact != k_names.end() && exact->path == path;
    return is_there ? std::span<const KnownName>(exact, 1) : rows_below(path + ".");
}

/// The names that a release has behind the prefix, each once.
std::vector<std::string_view> names_behind(std::string_view prefix, const util::Version& version) {
    std::vector<std::string_view> result;
    for (const auto& row : rows_below(prefix)) {
        const auto rest = row.path.substr(prefix.size());
        const auto name = rest.substr(0, rest.find_first_of(".["));
        if (row.versions.holds(version) && name != "*" && (result.empty() || result.back() != name)) {
            result.push_back(name);
        }
    }
    if (prefix.empty()) {
        result.push_back(k_outer_section);
        std::ranges::sort(result);
    }
    return result;
}

/// The one setting of that name, wherever it stands; nothing when there are none or several.
std::string_view only_setting(std::string_view name, const util::Version& version) {
    std::string_view result;
    for (const auto& row : k_names) {
        if (row.versions.holds(version) && last_name(row.path) == name) {
            if (!result.empty()) {
                return {};
            }
            result = row.path;
        }
    }
    return result;
}

/// Whether Authelia reads a setting from a file that an environment variable names
/// (https://www.authelia.com/configuration/methods/secrets/).
bool is_secret(const KnownName& row) {
    constexpr std::array k_endings{"key"sv, "secret"sv, "password"sv, "token"sv, "certificate_chain"sv};
    return row.path.find("[]") == std::string_view::npos &&
           std::ranges::any_of(k_endings, [&](std::string_view ending) { return row.path.ends_with(ending); });
}

} // namespace

bool is_setting_elsewhere(std::string_view path, const util::Version& version, const Release& release) {
    const auto* const row = std::ranges::lower_bound(k_names, path, std::ranges::less{}, &KnownName::path);
    if (row != k_names.end() && row->path == path) {
        return row->versions.holds(version);
    }
    return std::ranges::any_of(k_patterns, [&](const KnownName& pattern) {
        return path.starts_with(pattern.path.substr(0, pattern.path.find('*'))) && pattern.versions.holds(version) &&
               matches(path, pattern.path, release);
    });
}

const FormerName* former_name(std::string_view path, const util::Version& version) {
    const auto* const row = std::ranges::find(k_former_names, path, &FormerName::path);
    return row != k_former_names.end() && row->versions.holds(version) ? &*row : nullptr;
}

Unknown explain_unknown(std::string_view path, const util::Version& version) {
    Unknown result;
    if (path == k_outer_section) {
        result.neighbours.push_back(k_section.substr(path.size() + 1));
        result.is_section = true;
        return result;
    }
    std::string known; // the names so far as the table has them, each with its dot
    for (std::size_t start = 0; start < path.size();) {
        const auto name = until_end_of_name(path, start).substr(start);
        auto rows = rows_of(known + std::string(name));
        if (rows.empty() && !rows_below(known + "*.").empty()) {
            known += "*.";
        } else if (stand_in(rows, version)) {
            known.append(name).append(".");
        } else {
            result.name = name;
            result.neighbours = names_behind(known, version);
            if (!rows.empty() && version < rows.front().versions.since) {
                result.since = rows.front().versions.since;
            } else if (start + name.size() == path.size()) {
                result.elsewhere = only_setting(name, version);
            }
            return result;
        }
        start += name.size() + 1;
    }
    result.neighbours = names_behind(known, version);
    result.is_section = !result.neighbours.empty();
    result.has_secrets = std::ranges::any_of(rows_below(known), is_secret);
    return result;
}

} // namespace oidcgen::providers::authelia
