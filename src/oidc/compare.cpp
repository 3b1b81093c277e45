#include "oidc/compare.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::oidc {

namespace {

template <class T>
bool same(const Located<T>& wanted, const Located<T>& read) {
    return !wanted.is_given() || read.is_unknown() || wanted.value == read.value;
}

template <class T>
bool same(const Located<std::vector<Located<T>>>& wanted, const Located<std::vector<Located<T>>>& read) {
    return !wanted.is_given() || read.is_unknown() ||
           std::ranges::equal(wanted.value, read.value,
                              [](const auto& left, const auto& right) { return same(left, right); });
}

/// One field of a description, and where two of them differ in it.
template <class Description>
struct Field {
    std::string_view name;
    bool (*is_same)(const Description&, const Description&);
    const document::Place& (*place)(const Description&);
};

template <auto member, class Description>
bool same_member(const Description& left, const Description& right) {
    return same(left.*member, right.*member);
}

template <auto member, class Description>
const document::Place& place_of(const Description& description) {
    return (description.*member).place;
}

template <auto member>
constexpr Field<Registration> in_client(std::string_view name) {
    return {name, same_member<member, Registration>, place_of<member, Registration>};
}

template <auto member>
constexpr Field<RelyingParty> in_party(std::string_view name) {
    return {name, same_member<member, RelyingParty>, place_of<member, RelyingParty>};
}

constexpr std::array k_registration{
    in_client<&Registration::client_id>("client_id"),
    in_client<&Registration::client_name>("client_name"),
    in_client<&Registration::client_secret>("client_secret"),
    in_client<&Registration::is_public>("public"),
    in_client<&Registration::redirect_uris>("redirect_uris"),
    in_client<&Registration::scopes>("scopes"),
    in_client<&Registration::response_types>("response_types"),
    in_client<&Registration::grant_types>("grant_types"),
    in_client<&Registration::token_endpoint_auth_method>("token_endpoint_auth_method"),
    in_client<&Registration::code_challenge_required>("code_challenge_required"),
    in_client<&Registration::code_challenge_method>("code_challenge_method"),
    in_client<&Registration::require_pushed_authorization_requests>("require_pushed_authorization_requests"),
    in_client<&Registration::id_token_signed_response_alg>("id_token_signed_response_alg"),
    in_client<&Registration::userinfo_signed_response_alg>("userinfo_signed_response_alg"),
    in_client<&Registration::access_token_signing_alg>("access_token_signing_alg"),
    in_client<&Registration::id_token_encrypted_response_alg>("id_token_encrypted_response_alg"),
    in_client<&Registration::userinfo_encrypted_response_alg>("userinfo_encrypted_response_alg"),
    in_client<&Registration::access_token_encryption_alg>("access_token_encryption_alg"),
    in_client<&Registration::id_token_signing_key_id>("id_token_signing_key_id"),
    in_client<&Registration::userinfo_signing_key_id>("userinfo_signing_key_id"),
    in_client<&Registration::consent>("consent"),
    in_client<&Registration::consent_kept_for>("time for which consent is kept"),
    in_client<&Registration::access_policy>("authorization policy"),
    in_client<&Registration::claim_rules_name>("claims policy"),
};

constexpr std::array k_party{
    in_party<&RelyingParty::enabled>("enabled"),
    in_party<&RelyingParty::issuer_url>("issuer"),
    in_party<&RelyingParty::client_id>("client_id"),
    in_party<&RelyingParty::client_secret>("client_secret"),
    in_party<&RelyingParty::scope>("scope"),
    in_party<&RelyingParty::token_endpoint_auth_method>("token_endpoint_auth_method"),
    in_party<&RelyingParty::id_token_signed_response_alg>("id_token_signed_response_alg"),
    in_party<&RelyingParty::userinfo_signed_response_alg>("userinfo_signed_response_alg"),
    in_party<&RelyingParty::mobile_override>("redirect of the app"),
    in_party<&RelyingParty::mobile_redirect_uri>("redirect URI of the app"),
    in_party<&RelyingParty::allow_insecure_requests>("insecure requests"),
    in_party<&RelyingParty::prompt>("prompt"),
    in_party<&RelyingParty::end_session_endpoint>("end_session_endpoint"),
    in_party<&RelyingParty::timeout>("timeout"),
    in_party<&RelyingParty::button_text>("text of the button"),
    in_party<&RelyingParty::auto_register>("registration at the first login"),
    in_party<&RelyingParty::auto_launch>("launch of the login"),
    in_party<&RelyingParty::storage_label_claim>("claim of the storage label"),
    in_party<&RelyingParty::storage_quota_claim>("claim of the quota"),
    in_party<&RelyingParty::role_claim>("claim of the role"),
    in_party<&RelyingParty::default_storage_quota>("default quota"),
};

template <class Description, std::size_t size>
std::optional<Difference> first(const std::array<Field<Description>, size>& fields, const Description& wanted,
                                const Description& read) {
    const auto found = std::ranges::find_if(fields, [&](const auto& field) { return !field.is_same(wanted, read); });
    return found == fields.end() ? std::nullopt : std::optional(Difference{found->name, found->place(read)});
}

bool same_claim(const OwnClaim& wanted, const OwnClaim& read) {
    return same(wanted.name, read.name) && same(wanted.attribute, read.attribute) &&
           same(wanted.expression, read.expression);
}

bool same_policy(const ClaimRules& wanted, const ClaimRules& read) {
    return same(wanted.name, read.name) && same(wanted.id_token, read.id_token) &&
           std::ranges::equal(wanted.own_claims, read.own_claims, same_claim);
}

bool same_scope(const CustomScope& wanted, const CustomScope& read) {
    return same(wanted.name, read.name) && same(wanted.claims, read.claims);
}

} // namespace

std::optional<Difference> first_difference(const Registration& wanted, const Registration& read) {
    return first(k_registration, wanted, read);
}

std::optional<Difference> first_difference(const RelyingParty& wanted, const RelyingParty& read) {
    return first(k_party, wanted, read);
}

std::optional<Difference> first_client_difference(const Provider& wanted, const Provider& read) {
    if (wanted.registrations.size() != read.registrations.size()) {
        return Difference{"number of clients", read.place};
    }
    for (std::size_t at = 0; at < wanted.registrations.size(); ++at) {
        if (auto difference = first_difference(wanted.registrations[at], read.registrations[at])) {
            return difference;
        }
    }
    return std::nullopt;
}

std::optional<Difference> first_difference(const Provider& wanted, const Provider& read) {
    if (!std::ranges::equal(wanted.claim_rules, read.claim_rules, same_policy)) {
        return Difference{"claims policies", read.place};
    }
    if (!std::ranges::equal(wanted.scopes, read.scopes, same_scope)) {
        return Difference{"scopes of the provider", read.place};
    }
    return first_client_difference(wanted, read);
}

} // namespace oidcgen::oidc
