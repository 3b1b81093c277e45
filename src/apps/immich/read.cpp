#include "apps/immich/read.hpp"

#include "apps/immich/behaviour.hpp"
#include "apps/immich/check/check.hpp"
#include "apps/immich/immich.hpp"
#include "apps/immich/keys.hpp"
#include "apps/immich/settings.hpp"
#include "document/hole_text.hpp"
#include "rule/reading.hpp"

#include "util/assert.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

namespace oidcgen::apps::immich {

namespace {

using oidc::AuthMethod;
using oidc::Known;
using oidc::Located;
using Type = JsValue::Type;

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
        if (is_filled_in(section)) {
            result.known = Known::unknown;
            return result;
        }
        if (value == nullptr || (section == k_oauth && !is_read(key))) {
            return result;
        }
        result.known = !value->is_given ? Known::defaulted : is_filled(*value) ? Known::filled : Known::given;
        if (m_settings.is_unknown(key, *value) || !convert(*value, result.value)) {
            result.known = Known::unknown;
        }
        return result;
    }

    /// The same of a text of which what is around its placeholders is known, too.
    template <class T, class Convert>
    [[nodiscard]] Located<T> field_with_holes(std::string_view section, std::string_view key, Convert convert) const {
        auto result = field<T>(section, key, convert);
        if (const auto* const value = m_settings.find(section, key); result.is_unknown() && value != nullptr) {
            convert(*value, result.value);
        }
        return result;
    }
    [[nodiscard]] oidc::Text text_with_holes(std::string_view section, std::string_view key) const {
        return field_with_holes<std::string>(section, key, [](const JsValue& value, std::string& result) {
            result = value.text;
            return value.is(Type::text);
        });
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
        if (!is_filled_in(k_oauth) && (m_settings.find(k_oauth, key) == nullptr || !is_read(key))) {
            return {{std::string(otherwise)}, m_settings.place(k_oauth, key), Known::defaulted};
        }
        return field<oidc::SigningAlgorithm>(k_oauth, key, [](const JsValue& value, oidc::SigningAlgorithm& result) {
            result.name = value.text;
            return value.is(Type::text);
        });
    }

  private:
    /// False for a setting of another version, which has no effect.
    [[nodiscard]] bool is_read(std::string_view key) const {
        return std::ranges::any_of(
            keys(), [&](const oidc::Key& row) { return row.path == key && row.versions.holds(m_settings.version); });
    }

    /// True for a placeholder in place of a whole section.
    [[nodiscard]] bool is_filled_in(std::string_view section) const {
        const JsValue* members = m_settings.values.member(section);
        return members != nullptr && m_settings.is_unknown(section, *members);
    }

    [[nodiscard]] bool is_filled(const JsValue& value) const {
        const auto* const filled = m_settings.document->filled_at(value.span);
        return filled != nullptr && filled->is_whole;
    }

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

/// What reads a configuration file, by version.
struct Reader {
    util::VersionRange versions;
    document::Dialect dialect;
    document::JsYaml js_yaml;
};

/// https://github.com/immich-app/immich/pull/7894, and server/package-lock.json of each release
constexpr std::array k_readers{
    Reader{{{}, {1, 99, 0}}, document::Dialect::json, document::JsYaml::v4_1},
    Reader{{{1, 99, 0}, {3, 0, 0, 0}}, document::Dialect::js_yaml, document::JsYaml::v4_1},
    Reader{{{3, 0, 0, 0}, {3, 1, 0}}, document::Dialect::js_yaml, document::JsYaml::v4_2},
    Reader{{{3, 1, 0}}, document::Dialect::js_yaml, document::JsYaml::v4_3},
};

constexpr std::string_view k_client_secret = "clientSecret";
constexpr std::string_view k_mask = "********";

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

bool recognises(const document::Document& document) {
    const document::Cursor root = document.root();
    if (!root.is_mapping()) {
        return false;
    }
    constexpr std::array<std::string_view, 4> k_sections{"oauth", "passwordLogin", "machineLearning",
                                                         "storageTemplate"};
    constexpr std::array<std::string_view, 4> k_bare{"issuerUrl", "clientId", "clientSecret", "autoLaunch"};
    std::size_t bare = 0;
    for (const auto& member : root.children()) {
        const std::string_view name = member.key();
        const std::string_view section = name.substr(0, name.find_first_of(".["));
        if (std::ranges::find(k_sections, section) != k_sections.end()) {
            return true;
        }
        bare += std::ranges::find(k_bare, name) != k_bare.end() ? 1 : 0;
    }
    return bare >= 2;
}

namespace {

/// True when the text is read at all; otherwise Immich says no more than that.
bool check_text(const document::Document& document, const oidc::InspectOptions& options, rule::Findings& findings) {
    bool is_read = true;
    const auto adapt = [&](rule::Finding& finding) {
        if (document.dialect() == document::Dialect::json && !finding.notes.empty()) {
            // JSON.parse keeps the last of two members of one name.
            rule::set_consequence(finding, rule::Consequence::risk);
            finding.message += "; only the last one counts";
        } else {
            finding.place.path = document::k_root_path; // Immich refuses the file as a whole
            is_read = is_read && finding.consequence != rule::Consequence::app_refuses;
        }
    };
    rule::add_reading_faults(document, rule::Consequence::app_refuses,
                             options.placeholders == oidc::Placeholders::literal ? rule::Templates::literal
                                                                                 : rule::Templates::filled_in,
                             findings, adapt);
    return is_read && document.fatal() == nullptr;
}

oidc::RelyingParty party_of(const Settings& settings) {
    const Fields fields(settings);
    oidc::RelyingParty party;
    party.system = &k_system;
    party.version = settings.version;
    party.behaviour = behaviour(settings.version).login;
    party.place = settings.section_place(k_oauth);

    party.enabled = fields.flag("enabled");
    party.issuer_url = fields.text_with_holes(k_oauth, "issuerUrl");
    party.client_id = fields.text_with_holes(k_oauth, "clientId");
    party.client_secret = fields.view("clientSecret");
    party.scope = fields.text("scope");
    party.token_endpoint_auth_method = auth_method(fields, party);
    party.id_token_signed_response_alg = fields.algorithm("signingAlgorithm", "RS256");
    party.userinfo_signed_response_alg = fields.algorithm("profileSigningAlgorithm", "none");
    party.mobile_override = fields.flag("mobileOverrideEnabled");
    party.mobile_redirect_uri = fields.field_with_holes<oidc::RedirectUri>(
        k_oauth, "mobileRedirectUri", [](const JsValue& value, oidc::RedirectUri& result) {
            result.text = value.text;
            return value.is(Type::text);
        });
    if (!party.mobile_redirect_uri.is_unknown() && party.mobile_redirect_uri.value.text.empty()) {
        party.mobile_override.value = false; // an override without address has no effect
    }
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
    party.external_address = fields.text_with_holes(k_server, "externalDomain");
    // Immich keeps scheme, host and port of it.
    const auto external = document::hole_text(party.external_address.value, party.external_address.is_unknown());
    party.external_address.value.resize(util::origin_part(document::without_holes(external)).size());
    return party;
}

} // namespace

oidc::RelyingParty inspect(const document::Document& document, const oidc::InspectOptions& options,
                           rule::Findings& findings) {
    const bool is_read = check_text(document, options, findings);
    const Settings settings = read_settings(document, options);
    if (is_read) {
        check_names(settings, findings);
        check_values(settings, findings);
        check_traps(settings, findings);
    }
    const Form form = is_bare_section(settings) ? Form::bare_section : Form::sections;
    const Settings meant = taken(form == Form::sections ? settings : read_settings(document, options, form));
    check_meaning(meant, findings);
    check_secret(meant, findings);
    return party_of(meant);
}

document::Value effective(const document::Document& document, const oidc::InspectOptions& options) {
    const Settings settings = taken(read_settings(document, options));
    document::Value::Members oauth;
    for (const auto& key : keys()) {
        if (key.versions.holds(options.version)) {
            const JsValue* value = settings.find(k_oauth, key.path);
            const bool is_secret = key.path == k_client_secret && value != nullptr && value->is_truthy();
            oauth.emplace_back(key.path, is_secret          ? document::Value{std::string(k_mask)}
                                         : value == nullptr ? document::Value{}
                                                            : js::to_value(*value));
        }
    }
    document::Value::Members root;
    root.emplace_back(k_oauth, document::Value{std::move(oauth)});
    return {std::move(root)};
}

} // namespace oidcgen::apps::immich
