#include "providers/authelia/check/filters.hpp"
#include "providers/authelia/check/key_rules.hpp"
#include "providers/authelia/check/secret.hpp"
#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Place;
using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_method_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#token_endpoint_auth_method"sv,
    "https://www.rfc-editor.org/rfc/rfc7591#section-2"sv};
constexpr std::array k_algorithm_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#token_endpoint_auth_signing_alg"sv};
constexpr std::array k_secret_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_secret"sv,
    "https://www.authelia.com/integration/openid-connect/frequently-asked-questions/#client-secret"sv};

bool is_plaintext(const Client& client) { return client.client_secret.value.kind == SecretKind::plaintext; }

bool has_value(const Client& client) {
    const auto kind = client.client_secret.value.kind;
    return kind == SecretKind::digest || kind == SecretKind::plaintext || kind == SecretKind::empty;
}

/// How a client authenticates at all endpoints of the version, and what its secret must be for that.
class Authentication {
  public:
    Authentication(Inspection& inspection, const Client& client, const Flows& flows)
        : m_inspection(inspection)
        , m_client(client)
        , m_is_implicit(is_whole(*flows.response_types) && !flows.response_types->value.empty() &&
                        std::ranges::all_of(flows.response_types->value,
                                            [](const Item& type) { return holds(k_implicit_types, type.text); }))
        , m_are_types_known(is_whole(*flows.response_types)) {}

    void check(Endpoint endpoint);
    void finish();

  private:
    [[nodiscard]] bool check_method(std::string_view method, Place place);
    void check_secret_algorithm(const EndpointSettings& settings);
    void check_own_key(Endpoint endpoint, const EndpointSettings& settings);
    void check_secret(std::string_view method, std::string_view setting);
    void report_missing_secret();
    [[nodiscard]] Place secret_place() const { return place_of(m_client.client_secret, m_client.at, "client_secret"); }
    [[nodiscard]] bool is_public() const { return m_client.is_public.value; }

    Inspection& m_inspection;
    const Client& m_client;
    bool m_is_implicit = false;
    bool m_are_types_known = true;
    bool m_has_public_secret = false;
    bool m_needs_plaintext = false;
    bool m_uses_secret = false;
    bool m_is_unused_reported = false;
    bool m_is_hash_reported = false;
    bool m_is_keyless_reported = false;
    std::vector<std::string> m_asking; ///< settings because of which the client needs a secret
};

/// False when nothing more can be said of the endpoint.
bool Authentication::check_method(std::string_view method, Place place) {
    const auto methods = m_inspection.keys.allowed("clients[].token_endpoint_auth_method");
    if (!holds(methods, method)) {
        m_inspection.add_unknown(k_auth_method_unknown, method, "an authentication method", methods, place);
        return false;
    }
    if (method == "none" && !is_public() && !m_is_implicit && m_are_types_known) {
        m_inspection.add(
            k_auth_method_none,
            "a confidential client must authenticate, unless all its response types belong to the implicit "
            "flow",
            place, "write client_secret_basic or client_secret_post, whichever the application uses");
    } else if (method != "none" && is_public()) {
        m_inspection.add(k_auth_method_of_public_client,
                         util::words("a public client cannot authenticate with {}", method), place,
                         "remove the setting, or set `public: false`");
    }
    return true;
}

void Authentication::check_secret_algorithm(const EndpointSettings& settings) {
    const auto& algorithm = settings.signing_alg;
    if (!algorithm.is_unknown() && !algorithm.value.empty() && !holds(k_symmetric_algorithms, algorithm.value)) {
        m_inspection.add_unknown(k_auth_algorithm_unknown, algorithm.value, "an algorithm for client_secret_jwt",
                                 k_symmetric_algorithms, algorithm.at.place());
    }
}

void Authentication::check_own_key(Endpoint endpoint, const EndpointSettings& settings) {
    const auto& algorithm = settings.signing_alg;
    const auto name = k_auth_signing_algs[static_cast<std::size_t>(endpoint)];
    if (algorithm.is_unknown()) {
        return;
    }
    auto place = place_of(algorithm, m_client.at, name);
    if (endpoint != Endpoint::token) {
        // Authelia speaks of the token endpoint whatever endpoint it is about.
        const auto& of_token = m_client.endpoint(Endpoint::token).signing_alg;
        place.path = of_token.at ? of_token.at.place().path : m_client.at.path();
    }
    const auto algorithms = m_inspection.keys.allowed("clients[].jwks[].algorithm");
    if (algorithm.value.empty()) {
        m_inspection.add(k_auth_algorithm_missing, util::words("private_key_jwt needs {}", name), place,
                         "set it to the algorithm that the application signs with");
    } else if (!holds(algorithms, algorithm.value)) {
        m_inspection.add_unknown(k_auth_algorithm_unknown, algorithm.value, "an algorithm for private_key_jwt",
                                 algorithms, algorithm.at.place());
    }
    const auto& address = m_client.jwks_uri;
    if (address.is_unknown() || address.value.is_set || m_client.jwks.is_unknown) {
        return;
    }
    if (m_client.jwks.entries.empty()) {
        if (std::exchange(m_is_keyless_reported, true)) {
            return;
        }
        m_inspection.add(k_private_key_jwt_without_keys, "private_key_jwt needs the client's public key",
                         m_client.jwks.at ? m_client.jwks.at.place() : m_client.at.missing("jwks"),
                         "add jwks or jwks_uri");
        return;
    }
    const auto registered = client_key_algorithms(m_client, m_inspection.release);
    if (!registered.empty() && are_client_keys_known(m_client) && !holds(registered, algorithm.value)) {
        m_inspection.add(k_auth_algorithm_without_key,
                         util::words("none of the client's keys is for the algorithm in {}; use {}", name,
                                     util::own(util::alternatives(registered))),
                         place);
    }
}

void Authentication::check_secret(std::string_view method, std::string_view setting) {
    const auto& secret = m_client.client_secret;
    const bool uses_secret = method.starts_with("client_secret_");
    m_uses_secret = m_uses_secret || uses_secret;
    if (secret.is_unknown()) {
        return;
    }
    if (uses_secret) {
        if (is_public()) {
            m_needs_plaintext = m_needs_plaintext ||
                                (method == "client_secret_jwt" && !m_inspection.release.warns_of_public_jwt_secret);
            return;
        }
        if (!has_value(m_client)) {
            m_asking.emplace_back(setting);
        } else if (method == "client_secret_jwt") {
            m_needs_plaintext = true;
            if (!is_plaintext(m_client) && !m_is_hash_reported) {
                m_is_hash_reported = true;
                m_inspection.add(
                    k_secret_not_plaintext,
                    util::words("{} is client_secret_jwt, which Authelia cannot check against a digest", setting),
                    secret_place(), "write the secret itself, in the form `$plaintext$…`");
            }
        }
        return;
    }
    if (secret.value.kind == SecretKind::none) {
        return;
    }
    if (is_public()) {
        m_has_public_secret = true;
    } else if (!m_is_unused_reported) {
        m_is_unused_reported = true;
        m_inspection.add(k_secret_unused,
                         util::words("{} is {}, so the client must not have a secret", setting, method), secret_place(),
                         "remove the secret, or choose a method that uses it");
    }
}

void Authentication::check(Endpoint endpoint) {
    const auto& settings = m_client.endpoint(endpoint);
    if (settings.method.is_unknown() || m_client.is_public.is_unknown()) {
        return;
    }
    const auto name = k_auth_methods[static_cast<std::size_t>(endpoint)];
    auto method = settings.method.value;
    if (method.empty()) {
        method = is_public() ? "none"sv : m_inspection.keys.default_of("clients[].token_endpoint_auth_method");
    } else if (!check_method(method, settings.method.at.place())) {
        return;
    }
    if (method == "client_secret_jwt") {
        check_secret_algorithm(settings);
    } else if (method == "private_key_jwt") {
        check_own_key(endpoint, settings);
    }
    check_secret(method, name);
}

void Authentication::report_missing_secret() {
    const auto& token_method = m_client.endpoint(Endpoint::token).method;
    const auto& written = m_client.client_secret.at;
    const bool is_asked_by_others_alone =
        std::ranges::find(m_asking, "token_endpoint_auth_method") == m_asking.end() && !token_method.value.empty();
    util::Words message = "a confidential client needs a secret";
    util::Words help = "add client_secret with the digest of a secret; `oidcgen hash --generate` makes both";
    if (is_asked_by_others_alone) {
        message = util::words("{} not set and defaults to client_secret_basic, for which the client needs a secret",
                              m_asking.size() == 1 ? util::words("{} is", m_asking.front())
                                                   : util::words("{} are", util::joined(m_asking, " and ")));
        help = util::words("set {} to {} too", m_asking.size() == 1 ? "it" : "them", token_method.value);
    } else if (written && written.is_mapping()) {
        message += ", and this is a mapping";
    }
    m_inspection.add(k_secret_missing, std::move(message), secret_place(), std::move(help));
}

void Authentication::finish() {
    const auto& secret = m_client.client_secret;
    const bool signs_with_secret = std::ranges::any_of(m_client.responses, [&](const ResponseSettings& response) {
        return m_inspection.release.has_symmetric_response_algs &&
               (response.signed_alg.is_unknown() ||
                (response.signed_key_id.value.empty() && holds(k_symmetric_algorithms, response.signed_alg.value)));
    });
    const auto& method = m_client.endpoint(Endpoint::token).method;
    const bool is_sent = m_inspection.release.reports_public_secret_apart ||
                         (!m_client.is_public.value && (method.value.empty() || method.value == "client_secret_basic" ||
                                                        method.value == "client_secret_post"));
    const bool is_known = !secret.is_unknown() && !method.is_unknown() && !m_client.is_public.is_unknown();
    const auto& filters = m_inspection.filters;
    if (filters && !is_public() && m_uses_secret && (secret.value.is_expanded || secret.value.is_action)) {
        auto found = secret.value.is_expanded ? digest_expanded(secret_place(), *filters)
                                              : action_as_secret(secret_place(), *filters);
        if (!m_asking.empty()) { // nothing is left of it
            rule::set_consequence(found, Consequence::provider_refuses);
        }
        found.client = m_inspection.client;
        m_inspection.add_finding(std::move(found));
        return;
    }
    const bool is_warned_of = is_known && is_plaintext(m_client) && is_sent && !m_needs_plaintext && !signs_with_secret;
    const auto mistake = !secret.is_unknown() && is_plaintext(m_client) && !secret.value.text.starts_with('$')
                             ? mistake_in_plaintext(secret.value.text)
                             : DigestMistake{};
    if (!mistake.message.empty()) {
        auto found = rule::finding(k_digest_as_plaintext,
                                   util::words("{}, so Authelia reads it as a plaintext secret that nothing matches",
                                               util::own(mistake.message)),
                                   secret_place(), util::own(mistake.remedy));
        if (is_warned_of) {
            rule::set_consequence(found, Consequence::provider_warns);
        }
        found.client = m_inspection.client;
        m_inspection.add_finding(std::move(found));
    } else if (is_warned_of) {
        const bool encrypts_with_secret = std::ranges::any_of(m_client.responses, [](const ResponseSettings& response) {
            return is_symmetric_encryption(response.encrypted_alg.value);
        });
        m_inspection.add(
            k_secret_plaintext, "the secret is in plain text", secret_place(),
            m_client.is_public.value ? "remove it"
            : encrypts_with_secret
                ? "encrypt with the client's public key instead of the secret, and write the digest of the secret here"
                : "write its digest instead, which `oidcgen hash` or `authelia crypto hash generate pbkdf2` makes");
    }
    if (!m_asking.empty()) {
        report_missing_secret();
    }
    if (m_has_public_secret) {
        m_inspection.add(k_secret_of_public_client, "a public client cannot have a secret", secret_place(),
                         "remove the secret, or set `public: false`");
    }
}

} // namespace

const rule::Rule k_auth_method_unknown{
    .code = "OG1178",
    .name = "auth-method-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a client has an authentication method that does not exist",
    .why = "The names of methods come from the registry of client metadata and are compared letter by letter.",
    .bad = "token_endpoint_auth_method: post",
    .good = "token_endpoint_auth_method: client_secret_post",
    .ignore = {},
    .sources = k_method_sources,
};

const rule::Rule k_auth_method_none{
    .code = "OG1179",
    .name = "auth-method-none",
    .consequence = Consequence::provider_refuses,
    .summary = "a confidential client has the authentication method none",
    .why = "none is for public clients, and for those that get their tokens from the authorization endpoint only.",
    .bad = "public: false\ntoken_endpoint_auth_method: none",
    .good = "public: false\ntoken_endpoint_auth_method: client_secret_basic",
    .ignore = {},
    .sources = k_method_sources,
};

const rule::Rule k_auth_method_of_public_client{
    .code = "OG1180",
    .name = "auth-method-of-public-client",
    .consequence = Consequence::provider_refuses,
    .summary = "a public client has an authentication method other than none",
    .why = "A public client cannot keep a secret or a key, so the only method it can have is none.",
    .bad = "public: true\ntoken_endpoint_auth_method: client_secret_post",
    .good = "public: true\ntoken_endpoint_auth_method: none",
    .ignore = {},
    .sources = k_method_sources,
};

const rule::Rule k_auth_algorithm_unknown{
    .code = "OG1181",
    .name = "auth-algorithm-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a client signs with an algorithm that does not fit its authentication method",
    .why = "client_secret_jwt signs with the secret (HS256, HS384, HS512), private_key_jwt with the client's own key.",
    .bad = "token_endpoint_auth_method: client_secret_jwt\ntoken_endpoint_auth_signing_alg: RS256",
    .good = "token_endpoint_auth_method: client_secret_jwt\ntoken_endpoint_auth_signing_alg: HS256",
    .ignore = {},
    .sources = k_algorithm_sources,
};

const rule::Rule k_auth_algorithm_missing{
    .code = "OG1182",
    .name = "auth-algorithm-missing",
    .consequence = Consequence::provider_refuses,
    .summary = "a client with private_key_jwt has no algorithm to sign with",
    .why = "There is no default: for every endpoint with this method, Authelia must be told which algorithm the "
           "application signs with.",
    .bad = "token_endpoint_auth_method: private_key_jwt",
    .good = "token_endpoint_auth_method: private_key_jwt\ntoken_endpoint_auth_signing_alg: RS256",
    .ignore = {},
    .sources = k_algorithm_sources,
};

const rule::Rule k_auth_algorithm_without_key{
    .code = "OG1183",
    .name = "auth-algorithm-without-key",
    .consequence = Consequence::provider_refuses,
    .summary = "a client with private_key_jwt signs with an algorithm that none of its keys has",
    .why = "Authelia checks the signature with the client's keys, so one of them must be for that algorithm.",
    .bad = "token_endpoint_auth_signing_alg: ES256 # with an RSA key only",
    .good = "token_endpoint_auth_signing_alg: RS256",
    .ignore = {},
    .sources = k_algorithm_sources,
};

const rule::Rule k_private_key_jwt_without_keys{
    .code = "OG1184",
    .name = "private-key-jwt-without-keys",
    .consequence = Consequence::provider_refuses,
    .summary = "a client with private_key_jwt has no keys registered",
    .why = "Authelia checks the client's signature with its public key, from jwks or jwks_uri.",
    .bad = "token_endpoint_auth_method: private_key_jwt",
    .good = "token_endpoint_auth_method: private_key_jwt\njwks_uri: https://photos.example.com/jwks.json",
    .ignore = {},
    .sources = k_method_sources,
};

const rule::Rule k_secret_missing{
    .code = "OG1185",
    .name = "secret-missing",
    .consequence = Consequence::provider_refuses,
    .summary = "a confidential client has no secret",
    .why = "A client that is not public authenticates with a secret. From Authelia 4.39 on that holds for every "
           "endpoint: if only the token endpoint has another method, the others still need the secret.",
    .bad = "client_id: immich\npublic: false",
    .good = "client_id: immich\nclient_secret: $pbkdf2-sha512$310000$…",
    .ignore = {},
    .sources = k_secret_sources,
};

const rule::Rule k_secret_of_public_client{
    .code = "OG1186",
    .name = "secret-of-public-client",
    .consequence = Consequence::provider_refuses,
    .summary = "a public client has a secret",
    .why = "A public client cannot keep a secret. Either it is not public, or it must not have a secret.",
    .bad = "public: true\nclient_secret: $pbkdf2-sha512$310000$…",
    .good = "public: false\nclient_secret: $pbkdf2-sha512$310000$…",
    .ignore = {},
    .sources = k_secret_sources,
};

const rule::Rule k_secret_unused{
    .code = "OG1187",
    .name = "secret-unused",
    .consequence = Consequence::provider_refuses,
    .summary = "a client has a secret that its authentication method does not use",
    .why = "If any endpoint has the method none or private_key_jwt, Authelia does not accept a secret, because it "
           "would protect nothing there.",
    .bad = "token_endpoint_auth_method: none\nclient_secret: $pbkdf2-sha512$310000$…",
    .good = "token_endpoint_auth_method: client_secret_basic\nclient_secret: $pbkdf2-sha512$310000$…",
    .ignore = {},
    .sources = k_secret_sources,
};

const rule::Rule k_secret_not_plaintext{
    .code = "OG1188",
    .name = "secret-not-plaintext",
    .consequence = Consequence::provider_refuses,
    .summary = "only a digest of the client's secret is kept, and something needs the secret itself",
    .why = "client_secret_jwt, signatures with HS256 and the like, and encryption with the secret as the key need the "
           "secret itself. A digest is not enough.",
    .bad = "client_secret: $pbkdf2-sha512$310000$…\nid_token_signed_response_alg: HS256",
    .good = "client_secret: $pbkdf2-sha512$310000$…\nid_token_signed_response_alg: RS256",
    .ignore = {},
    .sources = k_secret_sources,
};

const rule::Rule k_secret_plaintext{
    .code = "OG1189",
    .name = "secret-plaintext",
    .consequence = Consequence::provider_warns,
    .summary = "a client's secret is in plain text although a digest would do",
    .why =
        "Whoever reads the file or a backup of it has the secret. Authelia warns, and a later release will refuse it.",
    .bad = "client_secret: correct-horse-battery-staple",
    .good = "client_secret: $pbkdf2-sha512$310000$…",
    .ignore = {},
    .sources = k_secret_sources,
};

void check_authentication(Inspection& inspection, const Client& client, const Flows& flows) {
    Authentication authentication(inspection, client, flows);
    for (std::size_t endpoint = 0; endpoint < inspection.release.endpoints; ++endpoint) {
        authentication.check(static_cast<Endpoint>(endpoint));
    }
    authentication.finish();
}

} // namespace oidcgen::providers::authelia
