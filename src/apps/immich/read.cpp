#include "apps/immich/read.hpp"

#include "apps/immich/behaviour.hpp"
#include "apps/immich/settings.hpp"

#include "util/assert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace oidcgen::apps::immich {

namespace {

using oidc::AuthMethod;
using oidc::Known;
using oidc::Located;
using Type = JsValue::Type;

constexpr std::string_view k_password_login = "passwordLogin";
constexpr std::string_view k_server = "server";

/// Takes fields of a relying party out of the settings.
class Fields {
  public:
    explicit Fields(const Settings& settings)
        : m_settings(settings) {}

    /// The field with its place; the value if it is of the type that `convert` takes, else unknown.
    template <class T, class Convert>
    [[nodiscard]] Located<T> field(std::string_view section, std::string_view key, Convert convert) const {
        Located<T> result;
        result.place = m_settings.place(section, key);
        const JsValue* value = m_settings.find(section, key);
        if (value == nullptr) {
            return result;
        }
        result.known = value->is_given ? Known::given : Known::defaulted;
        if (m_settings.is_unknown(key, *value) || !convert(*value, result.value)) {
            result.known = Known::unknown;
        }
        return result;
    }

    [[nodiscard]] oidc::Text text(std::string_view key) const { return text(k_oauth, key); }
    [[nodiscard]] oidc::Text text(std::string_view section, std::string_view key) const {
        return field<std::string>(section, key, [](const JsValue& value, std::string& result) {
            result = value.text;
            return value.is(Type::text);
        });
    }
    [[nodiscard]] Located<std::string_view> view(std::string_view key) const {
        return field<std::string_view>(k_oauth, key, [](const JsValue& value, std::string_view& result) {
            result = value.text;
            return value.is(Type::text);
        });
    }
    [[nodiscard]] Located<bool> flag(std::string_view key) const { return flag(k_oauth, key); }
    [[nodiscard]] Located<bool> flag(std::string_view section, std::string_view key) const {
        return field<bool>(section, key, [](const JsValue& value, bool& result) {
            result = value.is_truthy();
            return true;
        });
    }
    [[nodiscard]] Located<oidc::SigningAlgorithm> algorithm(std::string_view key, std::string_view otherwise) const {
        if (m_settings.find(k_oauth, key) == nullptr) {
            return {{std::string(otherwise)}, m_settings.place(k_oauth, key), Known::defaulted};
        }
        return field<oidc::SigningAlgorithm>(k_oauth, key, [](const JsValue& value, oidc::SigningAlgorithm& result) {
            result.name = value.text;
            return value.is(Type::text);
        });
    }

  private:
    const Settings& m_settings;
};

Located<AuthMethod> auth_method(const Fields& fields, const oidc::RelyingParty& party) {
    const auto& behaviour = party.behaviour;
    const auto& secret = party.client_secret;
    if (behaviour.empty_secret_is_public && !secret.is_unknown() && secret.value.empty()) {
        return {AuthMethod::none, secret.place, secret.known};
    }
    auto result = fields.field<AuthMethod>(k_oauth, "tokenEndpointAuthMethod", [](const JsValue& value, auto& method) {
        const auto parsed = oidc::parse_auth_method(value.text);
        method = parsed.value_or(AuthMethod::none);
        return value.is(Type::text) && parsed.has_value();
    });
    if (!behaviour.auth_method_is_setting) {
        result = {behaviour.auth_methods.front(), result.place, Known::defaulted};
    }
    return result;
}

/// Immich keeps scheme, host and port of it.
void reduce_to_origin(oidc::Text& address) {
    const std::size_t host = address.value.find("://");
    if (host != std::string::npos) {
        address.value.resize(std::min(address.value.find_first_of("/?#", host + 3), address.value.size()));
    }
}

/// What reads a configuration file, by version.
struct Reader {
    util::VersionRange versions;
    document::Dialect dialect;
    document::Js_yaml js_yaml;
};

/// https://github.com/immich-app/immich/pull/7894, and server/package-lock.json of each release
constexpr std::array k_readers{
    Reader{{{}, {1, 99, 0}}, document::Dialect::json, document::Js_yaml::v4_1},
    Reader{{{1, 99, 0}, {3, 0, 0, 0}}, document::Dialect::js_yaml, document::Js_yaml::v4_1},
    Reader{{{3, 0, 0, 0}}, document::Dialect::js_yaml, document::Js_yaml::v4_2},
};

} // namespace

oidc::Reading reading(const util::Version& version, oidc::Use use) {
    oidc::Reading result;
    const auto* const reader =
        std::ranges::find_if(k_readers, [&](const Reader& it) { return it.versions.holds(version); });
    OIDCGEN_ASSERT(reader != k_readers.end());
    result.dialect = use == oidc::Use::import ? document::Dialect::json : reader->dialect;
    result.limits.js_yaml = reader->js_yaml;
    return result;
}

bool recognises(document::Document& document) {
    oidc::InspectOptions options;
    const Settings settings = read_settings(document, options);
    return settings.form == Form::bare_section || settings.written.member(k_oauth) != nullptr ||
           settings.written.member(k_password_login) != nullptr;
}

oidc::RelyingParty inspect(document::Document& document, const oidc::InspectOptions& options,
                           rule::Findings& findings) {
    const Settings settings = read_settings(document, options);
    const Fields fields(settings);
    oidc::RelyingParty party;
    party.behaviour = behaviour(options.version);
    party.version = fmt::format("Immich {}", util::to_string(options.version));
    party.place = settings.section_place(k_oauth);

    party.enabled = fields.flag("enabled");
    party.issuer_url = fields.text("issuerUrl");
    party.client_id = fields.text("clientId");
    party.client_secret = fields.view("clientSecret");
    party.scope = fields.text("scope");
    party.token_endpoint_auth_method = auth_method(fields, party);
    party.id_token_signed_response_alg = fields.algorithm("signingAlgorithm", "RS256");
    party.userinfo_signed_response_alg = fields.algorithm("profileSigningAlgorithm", "none");
    party.mobile_override = fields.flag("mobileOverrideEnabled");
    party.mobile_redirect_uri = fields.field<oidc::RedirectUri>(k_oauth, "mobileRedirectUri",
                                                                [](const JsValue& value, oidc::RedirectUri& result) {
                                                                    result.text = value.text;
                                                                    return value.is(Type::text);
                                                                });
    party.allow_insecure_requests = fields.flag("allowInsecureRequests");
    party.prompt = fields.text("prompt");
    party.end_session_endpoint = fields.text("endSessionEndpoint");
    party.timeout = fields.field<std::int64_t>(k_oauth, "timeout", [](const JsValue& value, std::int64_t& result) {
        constexpr double k_most = 9e15;
        const bool fits = value.is(Type::number) && std::abs(value.number) < k_most;
        result = fits ? static_cast<std::int64_t>(value.number) : 0;
        return fits;
    });
    party.button_text = fields.text("buttonText");
    party.auto_register = fields.flag("autoRegister");
    party.auto_launch = fields.flag("autoLaunch");
    party.storage_label_claim = fields.text("storageLabelClaim");
    party.storage_quota_claim = fields.text("storageQuotaClaim");
    party.role_claim = fields.text("roleClaim");
    party.default_storage_quota = fields.field<std::optional<double>>(
        k_oauth, "defaultStorageQuota", [](const JsValue& value, std::optional<double>& result) {
            result = value.is(Type::number) ? std::optional(value.number) : std::nullopt;
            return value.is(Type::number) || value.is(Type::null);
        });
    party.password_login = fields.flag(k_password_login, "enabled");
    party.external_address = fields.text(k_server, "externalDomain");
    reduce_to_origin(party.external_address);
    static_cast<void>(findings);
    return party;
}

} // namespace oidcgen::apps::immich
