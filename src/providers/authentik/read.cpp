#include "providers/authentik/read.hpp"

#include "lang/python/pattern.hpp"
#include "lang/python/syntax.hpp"
#include "oidc/secrets.hpp"
#include "providers/authentik/authentik.hpp"
#include "providers/authentik/check.hpp"
#include "providers/authentik/claims.hpp"
#include "providers/authentik/import.hpp"
#include "providers/authentik/rules.hpp"
#include "providers/authentik/tags.hpp"
#include "rule/reading.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using document::Cursor;
using oidc::Known;
using oidc::Located;
using oidc::Registration;
using oidc::Text;

Known known_of(const Value& value) {
    return value.is_unknown() ? Known::unknown : value.is_filled ? Known::filled : Known::given;
}

/// How the text of a private key shows its kind: the beginning of its structure in base64.
struct KeyForm {
    std::string_view part;
    std::string_view algorithm; ///< that it signs with; empty: with none that is supported
};
constexpr std::string_view k_some_curve = "ES";
constexpr std::array k_key_forms{
    KeyForm{"BEGIN RSA PRIVATE KEY", "RS256"},
    KeyForm{"ADANBgkqhkiG9w0BAQEF", "RS256"},
    KeyForm{"MHcCAQEE", "ES256"},
    KeyForm{"MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEH", "ES256"},
    KeyForm{"MIGkAgEBBD", "ES384"},
    KeyForm{"MIG2AgEAMBAGByqGSM49AgEGBSuBBAAi", "ES384"},
    KeyForm{"MIHcAgEBBE", "ES512"},
    KeyForm{"MIHuAgEAMBAGByqGSM49AgEGBSuBBAAj", "ES512"},
    KeyForm{"BEGIN EC PRIVATE KEY", k_some_curve},
    KeyForm{"MC4CAQAwBQYDK2Vw", {}}, // Ed25519
    KeyForm{"MEcCAQAwBQYDK2Vx", {}}, // Ed448
};

/// Null when it is not known.
const KeyForm* form_of_key(const Value& data) {
    const auto* const found = std::ranges::find_if(k_key_forms, [&](const KeyForm& it) {
        return data.is(Kind::text) && !data.has_hole && data.text.find(it.part) != std::string_view::npos;
    });
    return found == k_key_forms.end() ? nullptr : found;
}

class Reader {
  public:
    Reader(const Import& import, const oidc::InspectOptions& options, oidc::Provider& provider)
        : m_import(import)
        , m_options(options)
        , m_provider(provider)
        , m_names_application(names_application(*provider.place.document)) {}

    void read() {
        for (const auto& object : m_import.objects()) {
            if (object.is_deleted) {
                continue;
            }
            if (object.model == k_provider) {
                m_provider.registrations.push_back(client(object));
            } else if (object.model == k_mapping && !m_import.is_used(object)) {
                add_unused(object);
            }
        }
    }

  private:
    [[nodiscard]] static Text text(const Object& object, std::string_view name, std::string_view otherwise = {}) {
        const auto* const value = object.find(name);
        if (value == nullptr || value->is(Kind::null)) {
            return {std::string(otherwise), object.place_of(name), Known::defaulted};
        }
        return {std::string(util::trimmed(text_of(*value))), value->at.place(), known_of(*value)};
    }

    [[nodiscard]] static Located<bool> truth(const Object& object, std::string_view name, bool otherwise) {
        const auto* const value = object.find(name);
        if (value == nullptr || value->is(Kind::null)) {
            return {otherwise, object.place_of(name), Known::defaulted};
        }
        return {is_truth(*value, otherwise), value->at.place(), known_of(*value)};
    }

    /// True for a variable that does not exist.
    [[nodiscard]] static bool raises(const lang::python::ReturnedItem& item) {
        // https://docs.goauthentik.io/add-secure-apps/providers/property-mappings/expression/
        constexpr std::array k_variables{"user"sv,  "request"sv, "http_request"sv, "provider"sv, "token"sv,
                                         "scope"sv, "context"sv, "client_ip"sv,    "geoip"sv,    "asn"sv};
        return item.outcome == lang::python::Outcome::name &&
               std::ranges::find(k_variables, item.value) == k_variables.end();
    }

    /// The claims of a mapping that the file defines.
    static void add_claims(const Object& mapping, oidc::ClaimRules& rules) {
        const auto scope = text(mapping, "scope_name");
        const auto* const expression = mapping.find("expression");
        const bool is_readable = expression != nullptr && expression->is(Kind::text) && !expression->has_hole;
        const auto returned = is_readable ? lang::python::returned_by(expression->text) : lang::python::Returned{};
        const auto place = mapping.place_of("expression");
        if (returned.is_known && std::ranges::any_of(returned.items, raises)) {
            return; // the login goes on without its claims
        }
        for (const auto& item : returned.items) {
            oidc::OwnClaim claim;
            claim.name = {item.name, place, Known::given};
            claim.scope = scope.value;
            claim.expression = {constant_text(item), place, Known::given};
            rules.own_claims.push_back(std::move(claim));
        }
        if (!returned.is_known) {
            oidc::OwnClaim claim; // whatever it is
            claim.name = {{}, place, Known::unknown};
            claim.scope = scope.value;
            rules.own_claims.push_back(std::move(claim));
        }
    }

    void add_unused(const Object& mapping) {
        oidc::ClaimRules rules;
        rules.name = text(mapping, "name");
        add_claims(mapping, rules);
        m_provider.claim_rules.push_back(std::move(rules));
    }

    void read_mappings(const Object& object, Registration& client) {
        const auto* const all = object.find("property_mappings");
        oidc::ClaimRules rules;
        rules.name = {rules_name(m_provider.registrations.size() + 1), object.place_of("property_mappings"),
                      Known::given};
        client.claim_rules_name = rules.name;
        client.scopes.place = object.place_of("property_mappings");
        client.scopes.known = all == nullptr ? Known::defaulted : known_of(*all);
        std::set<std::pair<const void*, const void*>> taken;
        for (const auto& item : all == nullptr ? std::vector<Value>{} : all->items) {
            if (item.is(Kind::object) && !taken.emplace(item.made, item.shipped).second) {
                continue; // the same once more
            }
            const auto place = item.at.place();
            if (item.is(Kind::object) && item.shipped != nullptr && item.shipped->model == k_mapping) {
                client.scopes.value.push_back({std::string(item.shipped->scope), place, Known::given});
                add_shipped_claims(item.shipped->scope, place, rules);
            } else if (item.is(Kind::object) && item.made != nullptr && item.made->model == k_mapping) {
                auto scope = text(*item.made, "scope_name");
                scope.place = place;
                client.scopes.value.push_back(std::move(scope));
                add_claims(*item.made, rules);
            } else if (!item.is(Kind::object)) {
                client.scopes.value.push_back({{}, place, Known::unknown});
            }
        }
        const auto in_id_token = truth(object, "include_claims_in_id_token", true);
        rules.id_token.known = in_id_token.known;
        rules.id_token.place = in_id_token.place;
        for (const auto& claim : rules.own_claims) {
            if (in_id_token.value) {
                rules.id_token.value.push_back(claim.name);
            }
        }
        m_provider.claim_rules.push_back(std::move(rules));
    }

    void read_redirect_uris(const Object& object, Registration& client) const {
        const auto* const all = object.find("redirect_uris");
        auto& uris = client.redirect_uris;
        uris.place = object.place_of("redirect_uris");
        uris.known = all == nullptr ? Known::defaulted : known_of(*all);
        if (all == nullptr) {
            return;
        }
        if (all->is(Kind::text)) {
            for (const auto line : util::split(all->text, '\n')) {
                for (const auto entry : util::split(line, ' ')) {
                    if (const auto trimmed = util::trimmed(entry); !trimmed.empty()) {
                        uris.value.push_back(pattern(trimmed == "*" ? ".*" : trimmed, *all));
                    }
                }
            }
            return;
        }
        for (const auto& item : all->items) {
            const auto* const url = item.find("url");
            const auto* const mode = item.find("matching_mode");
            const auto* const type = item.find("redirect_uri_type");
            const bool is_for_logout = m_import.release().tells_redirect_uri_types && type != nullptr &&
                                       type->is(Kind::text) && type->text == "logout";
            if (is_for_logout) {
                continue;
            }
            if (url == nullptr || url->is(Kind::unknown) || (mode != nullptr && mode->is_unknown())) {
                uris.value.push_back({{}, url != nullptr ? url->at.place() : uris.place, Known::unknown});
                continue;
            }
            const auto trimmed = util::trimmed(text_of(*url));
            if (mode != nullptr && mode->text == "regex") {
                uris.value.push_back(pattern(trimmed, *url));
            } else {
                uris.value.push_back({{std::string(trimmed)}, url->at.place(), known_of(*url)});
            }
        }
    }

    /// An entry that is a pattern. One that fits itself alone but for its dots is taken for an address.
    [[nodiscard]] static Located<oidc::RedirectUri> pattern(std::string_view text, const Value& value) {
        constexpr std::string_view k_special = "\\*+?()[]{}|^$";
        Located<oidc::RedirectUri> result{{std::string(text)}, value.at.place(), known_of(value)};
        result.value.is_pattern = text.find_first_of(k_special) != std::string_view::npos;
        if (result.value.is_pattern && lang::python::check_pattern(text) == lang::python::PatternFault::unjudged) {
            result.known = Known::unknown;
        }
        return result;
    }

    void read_keys(const Object& object, Registration& client) const {
        const auto* const key = object.find("signing_key");
        auto& algorithm = client.id_token_signed_response_alg;
        algorithm.place = object.place_of("signing_key");
        algorithm.known = key == nullptr ? Known::defaulted : Known::given;
        if (key == nullptr || key->is(Kind::null)) {
            algorithm.value = {"HS256"};
        } else if (key->is(Kind::object) && key->shipped != nullptr) {
            algorithm.value = {"RS256"};
        } else {
            algorithm.value = {"RS256"};
            algorithm.known = Known::unknown;
            if (key->is(Kind::object) && key->made != nullptr) {
                read_made_key(*key, client);
            }
        }
        const auto* const encryption = object.find("encryption_key");
        auto& encrypted = client.id_token_encrypted_response_alg;
        encrypted.place = object.place_of("encryption_key");
        const bool has_any = encryption != nullptr && !encryption->is(Kind::null) &&
                             find_field(*object.table, "encryption_key", m_options.version) != nullptr;
        if (has_any) {
            encrypted.value = "RSA-OAEP-256";
            encrypted.known =
                encryption->is(Kind::object) && encryption->shipped != nullptr ? Known::given : Known::unknown;
            const auto* const data = encryption->is(Kind::object) && encryption->made != nullptr
                                         ? encryption->made->find("key_data")
                                         : nullptr;
            const auto* const form = data == nullptr ? nullptr : form_of_key(*data);
            if (form != nullptr && form->algorithm.starts_with("ES")) {
                client.token_fault = not_rsa(encrypted.place);
                encrypted = {};
            }
        }
    }

    /// A key that an entry of the file makes.
    void read_made_key(const Value& key, Registration& client) const {
        const auto* const data = key.made->find("key_data");
        if (data == nullptr || data->is(Kind::null) || (data->is(Kind::text) && util::trimmed(data->text).empty())) {
            client.metadata_fault = without_private_key(key.at.place(), key.made->place_of("key_data"));
        } else if (const auto* const form = form_of_key(*data); form != nullptr && form->algorithm.empty()) {
            client.metadata_fault = of_other_kind(key.at.place(), data->at.place());
        } else if (form != nullptr) {
            const bool is_es256 = !m_import.release().knows_ec_curves && form->algorithm.starts_with("ES");
            const bool is_known = is_es256 || form->algorithm != k_some_curve;
            if (is_known) {
                client.id_token_signed_response_alg.value = {std::string(is_es256 ? "ES256"sv : form->algorithm)};
                client.id_token_signed_response_alg.known = known_of(*data);
            }
        }
    }

    void read_application(const Object& object, Registration& client) {
        const auto* const application = m_import.application_of(object);
        const bool is_open = m_import.is_open() || m_import.has_open_application();
        if (application != nullptr) {
            client.application = text(*application, "slug");
            read_bindings(*application, client);
        } else if (is_open || (!m_import.makes_application() && !m_names_application)) {
            client.application = {{}, client.place, Known::unknown};
        } else {
            client.application = {{}, client.place, Known::given};
            client.metadata_fault = without_application(client.place);
        }
        const auto mode = text(object, "issuer_mode", "per_provider");
        client.has_own_issuer = {mode.value != "global", mode.place, mode.known};
    }

    /// True when an entry is about an application, also one that is skipped.
    [[nodiscard]] static bool names_application(const document::Document& document) {
        const auto entries = document.root().find("entries").children();
        return std::ranges::any_of(entries, [](const Cursor& it) { return it.find("model").text() == k_application; });
    }

    void read_bindings(const Object& application, Registration& client) {
        oidc::AccessPolicy access;
        access.name = {application.find("slug") != nullptr ? std::string(text_of(*application.find("slug")))
                                                           : std::string(),
                       application.entry.place(), Known::given};
        access.otherwise = {oidc::Access::deny, application.entry.place(), Known::given};
        std::size_t passes = 0;
        std::size_t denies = 0;
        for (const auto* const binding : m_import.bindings_of(application)) {
            oidc::AccessPolicy::Rule rule;
            rule.place = binding->entry.place();
            rule.access = oidc::Access::one_factor;
            const auto negates = truth(*binding, "negate", false).value;
            const auto* const policy = binding->find("policy");
            if (policy == nullptr || policy->is(Kind::null)) {
                rule.names_subjects = !negates;
                ++passes;
            } else {
                const bool is_denied = denies_everybody(*policy) || (negates && lets_everybody_in(*policy));
                rule.access = is_denied ? oidc::Access::deny : oidc::Access::one_factor;
                ++(is_denied ? denies : passes);
            }
            access.rules.push_back(rule);
        }
        if (access.rules.empty()) {
            return;
        }
        const auto mode = text(application, "policy_engine_mode", "any");
        if (mode.value == "all" && denies > 0) {
            std::erase_if(access.rules,
                          [](const oidc::AccessPolicy::Rule& it) { return it.access != oidc::Access::deny; });
        } else if (mode.value != "all" && passes > 0) {
            std::erase_if(access.rules,
                          [](const oidc::AccessPolicy::Rule& it) { return it.access == oidc::Access::deny; });
        }
        client.access_policy = access.name;
        m_provider.access_policies.push_back(std::move(access));
    }

    [[nodiscard]] static bool always_returns(const Value& policy, std::string_view word) {
        const auto* const expression =
            policy.is(Kind::object) && policy.made != nullptr && policy.made->model == k_policy
                ? policy.made->find("expression")
                : nullptr;
        return expression != nullptr && util::trimmed(expression->text) == fmt::format("return {}", word);
    }
    [[nodiscard]] static bool denies_everybody(const Value& policy) { return always_returns(policy, "False"); }
    [[nodiscard]] static bool lets_everybody_in(const Value& policy) { return always_returns(policy, "True"); }

    void read_secret(const Object& object, Registration& client) const {
        const auto type = text(object, "client_type", "confidential");
        client.is_public = {type.value == "public", type.place, type.known};
        const auto* const secret = object.find("client_secret");
        client.client_secret = {{}, object.place_of("client_secret"), Known::defaulted};
        if (secret != nullptr && !secret->is(Kind::null)) {
            client.client_secret.value = util::trimmed(text_of(*secret));
            client.client_secret.known = known_of(*secret);
        }
        const auto& kept = client.client_secret;
        const bool is_ascii =
            std::ranges::all_of(kept.value, [](char byte) { return (static_cast<unsigned char>(byte) & 0x80U) == 0; });
        if (m_import.release().fails_with_non_ascii_secret && !client.is_public.value && !kept.is_unknown() &&
            !is_ascii) {
            client.token_fault = not_ascii(kept.place);
        }
    }

    Registration client(const Object& object) {
        Registration result;
        result.place = object.entry.place();
        result.client_id = text(object, "client_id");
        if (result.client_id.known == Known::defaulted) {
            result.client_id.known = Known::unknown; // one is made up
        }
        result.client_name = text(object, "name");
        read_secret(object, result);
        read_redirect_uris(object, result);
        read_mappings(object, result);
        read_keys(object, result);
        read_application(object, result);
        result.response_types = oidc::given_texts({"code"});
        const auto* const grants = object.find("grant_types");
        if (m_import.release().knows_grant_types) {
            result.grant_types.place = object.place_of("grant_types");
            result.grant_types.known = grants == nullptr ? Known::defaulted : known_of(*grants);
            for (const auto& item : grants == nullptr ? std::vector<Value>{} : grants->items) {
                result.grant_types.value.push_back({std::string(text_of(item)), item.at.place(), known_of(item)});
            }
        } else {
            result.grant_types = oidc::given_texts({"authorization_code"});
        }
        result.token_endpoint_auth_method = oidc::given(oidc::AuthMethod::client_secret_post);
        result.userinfo_signed_response_alg = oidc::given(oidc::SigningAlgorithm{"none"});
        result.access_token_signing_alg = oidc::given(oidc::SigningAlgorithm{"none"});
        return result;
    }

    const Import& m_import;
    const oidc::InspectOptions& m_options;
    oidc::Provider& m_provider;
    bool m_names_application;
};

/// True for a model of the product.
bool is_model(std::string_view name) {
    return name.starts_with("authentik_") && name.find('.') != std::string_view::npos;
}

} // namespace

std::string constant_text(const lang::python::ReturnedItem& item) {
    using lang::python::Outcome;
    switch (item.outcome) {
    case Outcome::computed:
    case Outcome::name:
        return std::string(item.is_conditional ? k_perhaps : k_computed);
    case Outcome::none:
        return "none";
    case Outcome::boolean:
        return item.value == "True" ? "true" : "false";
    case Outcome::number:
        return "number " + item.value;
    case Outcome::text:
        return "text " + item.value;
    case Outcome::list:
        break;
    }
    return "list";
}

oidc::Reading reading(const util::Version& version, oidc::Use /*use*/) {
    oidc::Reading result{document::Dialect::py_yaml, {}};
    result.limits.tags = tags(version);
    result.limits.variable_tag = k_variable_tag;
    return result;
}

bool recognises(const document::Document& document) {
    const auto entries = document.root().find("entries");
    const auto is_entry = [](const Cursor& it) { return is_model(util::lowered(it.find("model").text())); };
    const auto holds_entry = [&](const Cursor& list) {
        const auto items = list.is_sequence() ? list.children() : std::vector<Cursor>{};
        return std::ranges::any_of(items, is_entry);
    };
    if (entries.is_sequence()) {
        return holds_entry(entries);
    }
    return entries.is_mapping() && std::ranges::any_of(entries.children(), holds_entry);
}

oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                       rule::Findings& findings) {
    const auto templates =
        options.placeholders == oidc::Placeholders::literal ? rule::Templates::literal : rule::Templates::filled_in;
    rule::add_reading_faults(document, rule::Consequence::provider_refuses, templates, findings);
    oidc::Provider result;
    result.system = &k_system;
    result.version = options.version;
    result.behaviour = release(options.version).login;
    result.place = {&document, {}, document::k_root_path};
    result.shortest_state.value = -1;
    Import import(document, options, findings);
    import.run();
    Reader(import, options, result).read();
    result.secrets = import.secrets();
    check_clients(import, result, findings);
    return result;
}

void check_secret(const Registration& client, std::span<const std::string_view> names, rule::Findings& findings) {
    const auto& kept = client.client_secret;
    if (!kept.is_unknown() && !kept.value.empty() && !client.is_public.value) {
        oidc::check_strength(kept.value, kept.place, client.client_id, names, findings);
    }
}

} // namespace oidcgen::providers::authentik
