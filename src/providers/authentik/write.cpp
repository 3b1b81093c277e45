#include "providers/authentik/write.hpp"

#include "document/value.hpp"
#include "providers/authentik/authentik.hpp"
#include "providers/authentik/claims.hpp"
#include "providers/authentik/models.hpp"
#include "providers/authentik/release.hpp"
#include "providers/authentik/tags.hpp"
#include "util/ascii.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using document::Value;
using oidc::Registration;

Value text(std::string_view value) { return {std::string(value)}; }

Value tagged(Value value, std::string_view tag) {
    value.tag = tag;
    return value;
}

/// `!Find [model, [field, value]]`
Value found(std::string_view model, std::string_view field, std::string_view value) {
    return tagged({Value::List{text(model), {Value::List{text(field), text(value)}}}}, "!Find");
}

Value key_of(std::string_view id) { return tagged(text(id), "!KeyOf"); }

/// `IMMICH_CLIENT_SECRET`
std::string variable_of(const Registration& client) {
    std::string result;
    for (const char byte : client.client_id.value) {
        result += util::is_alphanumeric(byte) ? byte : '_';
    }
    std::ranges::transform(result, result.begin(),
                           [](char byte) { return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte; });
    return result + "_CLIENT_SECRET";
}

std::string file_of(const Registration& client) {
    std::string result = "/run/secrets/";
    for (const char byte : client.client_id.value) {
        result += util::is_alphanumeric(byte) || byte == '-' || byte == '.' ? byte : '_';
    }
    return result + "_client_secret";
}

bool is_shipped(std::string_view scope) {
    return std::ranges::any_of(shipped(),
                               [&](const Shipped& it) { return it.model == k_mapping && it.scope == scope; });
}

std::string managed_name(std::string_view scope) {
    return fmt::format("goauthentik.io/providers/oauth2/scope-{}", scope);
}

/// Python that takes the claims from attributes of the person or of the groups, and leaves out what is not there.
std::string expression_of(const std::vector<std::string>& claims) {
    std::string result = "attributes = request.user.group_attributes()\n";
    std::string parts;
    for (std::size_t number = 0; number < claims.size(); ++number) {
        result += fmt::format("value_{0} = attributes.get(\"{1}\")\n", number, claims[number]);
        parts += fmt::format("{0}({{}} if value_{1} is None else {{\"{2}\": value_{1}}})", number == 0 ? "" : " | ",
                             number, claims[number]);
    }
    return result + "return (" + parts + ")\n";
}

class Writer {
  public:
    Writer(const oidc::Provider& provider, const Registration& client, const util::Version& version,
           std::string_view style)
        : m_provider(provider)
        , m_client(client)
        , m_version(version)
        , m_style(style)
        , m_behaves(release(version)) {}

    [[nodiscard]] std::string written() const {
        Value::List entries;
        const auto own = own_scope();
        if (!own.empty()) {
            entries.push_back(mapping(own));
        }
        entries.push_back(provider(own));
        entries.push_back(application());
        return document::to_yaml({Value::Members{
            {"version", {std::int64_t{1}}},
            {"metadata", {Value::Members{{"name", text(fmt::format("{}: OpenID Connect client", name()))}}}},
            {"entries", {std::move(entries)}},
        }});
    }

  private:
    [[nodiscard]] const std::string& name() const { return m_client.client_name.value; }
    [[nodiscard]] const std::string& slug() const { return m_client.application.value; }
    [[nodiscard]] std::string provider_id() const { return slug() + "-provider"; }
    [[nodiscard]] std::string mapping_id() const { return slug() + "-claims"; }

    /// The scope that no shipped mapping has; empty: there is none.
    [[nodiscard]] std::string own_scope() const {
        const auto& scopes = m_client.scopes.value;
        const auto found_one = std::ranges::find_if(scopes, [](const oidc::Text& it) { return !is_shipped(it.value); });
        return found_one == scopes.end() ? std::string() : found_one->value;
    }

    [[nodiscard]] Value mapping(const std::string& scope) const {
        std::vector<std::string> claims;
        const auto* const rules = oidc::policy_of(m_provider, m_client);
        for (const auto& claim : rules->own_claims) {
            if (claim.scope == scope) {
                claims.push_back(claim.name.value);
            }
        }
        return {Value::Members{
            {"model", text(k_mapping)},
            {"id", text(mapping_id())},
            {"identifiers", {Value::Members{{"name", text(fmt::format("{}: claims", name()))}}}},
            {"attrs", {Value::Members{{"scope_name", text(scope)}, {"expression", text(expression_of(claims))}}}},
        }};
    }

    [[nodiscard]] Value redirect_uris() const {
        if (!m_behaves.takes_list_of_redirect_uris) {
            std::string lines;
            for (const auto& uri : m_client.redirect_uris.value) {
                lines += (lines.empty() ? "" : "\n") + uri.value.text;
            }
            return text(lines);
        }
        Value::List result;
        for (const auto& uri : m_client.redirect_uris.value) {
            result.push_back({Value::Members{{"matching_mode", text("strict")}, {"url", text(uri.value.text)}}});
        }
        return {std::move(result)};
    }

    [[nodiscard]] Value secret() const {
        if (m_style == k_styles[0]) {
            return tagged(text(variable_of(m_client)), k_variable_tag);
        }
        return m_style == k_styles[1] ? tagged(text(file_of(m_client)), "!File") : text(m_client.client_secret.value);
    }

    [[nodiscard]] Value provider(const std::string& own) const {
        Value::List mappings;
        for (const auto& scope : m_client.scopes.value) {
            mappings.push_back(scope.value == own ? key_of(mapping_id())
                                                  : found(k_mapping, "managed", managed_name(scope.value)));
        }
        Value::Members attrs{
            {"authorization_flow", found(k_flow, "slug", "default-provider-authorization-implicit-consent")}};
        const auto* const model = find_model(k_provider);
        const auto add = [&](std::string_view field, Value value) {
            if (find_field(*model, field, m_version) != nullptr) {
                attrs.emplace_back(field, std::move(value));
            }
        };
        add("invalidation_flow", found(k_flow, "slug", "default-provider-invalidation-flow"));
        add("client_type", text("confidential"));
        add("grant_types", {Value::List{text("authorization_code")}});
        add("client_id", text(m_client.client_id.value));
        add("client_secret", secret());
        add("redirect_uris", redirect_uris());
        add("signing_key", found(k_certificate, "name", "authentik Self-signed Certificate"));
        add("property_mappings", {std::move(mappings)});
        add("sub_mode", text("hashed_user_id"));
        add("include_claims_in_id_token", {true});
        add("issuer_mode", text("per_provider"));
        return {Value::Members{
            {"model", text(k_provider)},
            {"id", text(provider_id())},
            {"identifiers", {Value::Members{{"name", text(name())}}}},
            {"attrs", {std::move(attrs)}},
        }};
    }

    [[nodiscard]] Value application() const {
        return {Value::Members{
            {"model", text(k_application)},
            {"identifiers", {Value::Members{{"slug", text(slug())}}}},
            {"attrs", {Value::Members{{"name", text(name())}, {"provider", key_of(provider_id())}}}},
        }};
    }

    const oidc::Provider& m_provider;
    const Registration& m_client;
    const util::Version& m_version;
    std::string_view m_style;
    Release m_behaves;
};

} // namespace

util::Expected<oidc::Output> write(const oidc::Provider& provider, const oidc::Target& target, std::string_view style) {
    const auto& client = provider.registrations.front();
    const auto known = tags(target.used);
    if (style == k_styles[1] && std::ranges::find(known, "!File") == known.end()) {
        return util::failure("secrets from files need authentik 2025.8 or newer; use --style env");
    }
    if (style == k_styles[2] && client.client_secret.is_unknown()) {
        return util::failure("no secret was found for the client; `oidcgen init` makes one, or give --secret-file");
    }
    oidc::Output result{.text = Writer(provider, client, target.used, style).written()};
    if (style == k_styles[0]) {
        result.note = fmt::format("set the variable {} to the secret in the environment of authentik's worker",
                                  variable_of(client));
    } else if (style == k_styles[1]) {
        result.note = fmt::format("put the secret into the file {} of authentik's worker", file_of(client));
    }
    return result;
}

} // namespace oidcgen::providers::authentik
