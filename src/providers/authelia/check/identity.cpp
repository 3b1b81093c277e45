#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_id_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_id"sv};
constexpr std::array k_policy_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#authorization_policy"sv};
constexpr std::array k_lifespan_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#lifespan"sv};
constexpr std::array k_pkce_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#pkce_challenge_method"sv};
constexpr std::array k_consent_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#consent_mode"sv};

constexpr std::size_t k_longest_id = 100;
constexpr std::array k_pkce_methods{"plain"sv, "S256"sv};

bool is_unreserved(std::string_view text) {
    return std::ranges::all_of(text, [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
               "._~-"sv.find(byte) != std::string_view::npos;
    });
}

void check_id(Inspection& inspection, const Client& client) {
    const auto id = client.client_id.value;
    if (client.client_id.is_unknown() || id.empty()) {
        return;
    }
    if (id.size() > k_longest_id) {
        inspection.add(k_client_id_invalid,
                       util::words("the client id has {} bytes, but at most {} are allowed", id.size(), k_longest_id),
                       client.client_id.at.place(), "write a shorter one, here and in the application");
    } else if (!is_unreserved(id)) {
        inspection.add(
            k_client_id_invalid,
            util::words("client id {} has characters other than letters, digits and - . _ ~", util::outside(id)),
            client.client_id.at.place(), "write another one, here and in the application");
    }
}

void check_policy(Inspection& inspection, const Client& client, const Flows& flows) {
    const auto& policy = client.authorization_policy;
    if (policy.is_unknown() || policy.value.empty()) {
        return;
    }
    if (flows.has_client_credentials) {
        if (policy.value != "one_factor") {
            inspection.add(k_client_credentials_policy,
                           util::words("{} cannot apply to a client with client_credentials, because nobody logs in",
                                       util::outside(policy.value)),
                           policy.at.place(), "write one_factor, or remove the setting");
        }
        return;
    }
    const auto& names = inspection.names.policies;
    if (!inspection.is_snippet && !holds(names, policy.value)) {
        inspection.add_unknown(k_authorization_policy_undefined, policy.value, "an authorization policy", names,
                               policy.at.place());
    }
}

void check_lifespan(Inspection& inspection, const Client& client) {
    const auto& lifespan = client.lifespan;
    const auto& names = inspection.names.lifespans;
    if (lifespan.is_unknown() || lifespan.value.empty() || inspection.is_snippet || holds(names, lifespan.value)) {
        return;
    }
    if (names.empty()) {
        inspection.add(k_lifespan_undefined,
                       util::words("{} should be the name of a lifespan, but none is defined under lifespans.custom",
                                   util::outside(lifespan.value)),
                       lifespan.at.place(), "define it there, or remove the setting");
    } else {
        inspection.add_unknown(k_lifespan_undefined, lifespan.value, "a custom lifespan", names, lifespan.at.place());
    }
}

void check_value(Inspection& inspection, const rule::Rule& rule, const TextSetting& setting, std::string_view what,
                 std::span<const std::string_view> allowed) {
    if (!setting.is_unknown() && !setting.value.empty() && !holds(allowed, setting.value)) {
        inspection.add_unknown(rule, setting.value, what, allowed, setting.at.place());
    }
}

} // namespace

const rule::Rule k_client_id_missing{
    .code = "OG1144",
    .name = "client-id-missing",
    .consequence = Consequence::provider_refuses,
    .summary = "a client has no id",
    .why = "The application sends its client id with every request, so a client without one could never be found.",
    .bad = "clients:\n  - client_name: Immich",
    .good = "clients:\n  - client_id: immich\n    client_name: Immich",
    .ignore = {},
    .sources = k_id_sources,
};

const rule::Rule k_client_id_invalid{
    .code = "OG1145",
    .name = "client-id-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "a client id is too long or has characters that are not allowed",
    .why = "A client id has at most 100 letters, digits and - . _ ~, which need no escape in addresses and headers.",
    .bad = "client_id: my photos",
    .good = "client_id: my-photos",
    .ignore = {},
    .sources = k_id_sources,
};

const rule::Rule k_client_id_repeated{
    .code = "OG1146",
    .name = "client-id-repeated",
    .consequence = Consequence::provider_refuses,
    .summary = "two clients have the same id",
    .why = "A request could belong to either of them. Upper and lower case make different ids.",
    .bad = "clients:\n  - client_id: immich\n  - client_id: immich",
    .good = "clients:\n  - client_id: immich\n  - client_id: immich-test",
    .ignore = {},
    .sources = k_id_sources,
};

const rule::Rule k_authorization_policy_undefined{
    .code = "OG1147",
    .name = "authorization-policy-undefined",
    .consequence = Consequence::provider_refuses,
    .summary = "a client names an authorization policy that is not defined",
    .why = "A client uses one_factor, two_factor or a policy defined under authorization_policies. bypass and deny, "
           "which access control has, are not allowed here.",
    .bad = "authorization_policy: bypass",
    .good = "authorization_policy: two_factor",
    .ignore = "when the policy is defined in another file of the same configuration",
    .sources = k_policy_sources,
};

const rule::Rule k_client_credentials_policy{
    .code = "OG1148",
    .name = "client-credentials-policy",
    .consequence = Consequence::provider_refuses,
    .summary = "a client with the grant client_credentials has another policy than one_factor",
    .why = "With client_credentials the application logs in by itself, so there is nobody to ask for a second factor.",
    .bad = "grant_types: [client_credentials]\nauthorization_policy: two_factor",
    .good = "grant_types: [client_credentials]\nauthorization_policy: one_factor",
    .ignore = {},
    .sources = k_policy_sources,
};

const rule::Rule k_lifespan_undefined{
    .code = "OG1149",
    .name = "lifespan-undefined",
    .consequence = Consequence::provider_refuses,
    .summary = "a client names a lifespan that is not defined",
    .why = "lifespan is the name of an entry under lifespans.custom, not a duration.",
    .bad = "lifespan: 1 hour",
    .good = "lifespan: long # defined as lifespans.custom.long",
    .ignore = "when the lifespan is defined in another file of the same configuration",
    .sources = k_lifespan_sources,
};

const rule::Rule k_pkce_method_unknown{
    .code = "OG1150",
    .name = "pkce-method-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a client's PKCE method does not exist",
    .why = "The method is plain or S256, with a capital S.",
    .bad = "pkce_challenge_method: s256",
    .good = "pkce_challenge_method: S256",
    .ignore = {},
    .sources = k_pkce_sources,
};

const rule::Rule k_consent_mode_unknown{
    .code = "OG1151",
    .name = "consent-mode-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a client's consent mode does not exist",
    .why = "People are asked for consent every time (explicit), never (implicit), or once for a while "
           "(pre-configured). auto means pre-configured when a duration is set, and explicit otherwise.",
    .bad = "consent_mode: none",
    .good = "consent_mode: implicit",
    .ignore = {},
    .sources = k_consent_sources,
};

void check_identity(Inspection& inspection, const Client& client, const Flows& flows) {
    check_id(inspection, client);
    check_policy(inspection, client, flows);
    check_lifespan(inspection, client);
    check_value(inspection, k_pkce_method_unknown, client.pkce_challenge_method, "a PKCE method", k_pkce_methods);
    check_value(inspection, k_audience_mode_unknown, client.requested_audience_mode, "an audience mode",
                inspection.keys.allowed("clients[].requested_audience_mode"));
    check_value(inspection, k_consent_mode_unknown, client.consent_mode, "a consent mode",
                inspection.keys.allowed("clients[].consent_mode"));
}

void ClientIds::add(const Client& client) {
    const auto& id = client.client_id;
    if (id.is_unknown()) {
        return;
    }
    if (id.value.empty()) {
        m_missing.push_back({client.at, id.at});
        return;
    }
    if (id.value.size() > k_longest_id || !is_unreserved(id.value)) {
        return;
    }
    const auto [first, is_new] = m_first.emplace(id.value, id.at);
    if (!is_new) {
        m_repeated.push_back({id.value, id.at, first->second});
    }
}

void ClientIds::report(Inspection& inspection) const {
    inspection.client = {};
    for (const auto& missing : m_missing) {
        auto place = missing.id ? missing.id.place() : missing.client.missing("client_id");
        if (!missing.id && m_missing.size() > 1) {
            // One message of Authelia names them all by their position, so each client is the place.
            place.path = missing.client.path();
        }
        inspection.add(k_client_id_missing, "this client has no client_id", place, "add client_id");
    }
    for (const auto& repeated : m_repeated) {
        auto found =
            rule::finding(k_client_id_repeated,
                          util::words("client id {} already belongs to another client", util::outside(repeated.id)),
                          repeated.at.place(), "give each client its own id");
        found.client = repeated.id;
        found.notes.push_back({"the first client with this id", repeated.first.place()});
        inspection.add_finding(std::move(found));
    }
}

} // namespace oidcgen::providers::authelia
