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

/// One field of a description, and whether it is the same in two of them.
template <class Description>
struct Field {
    std::string_view name;
    bool (*is_same)(const Description&, const Description&);
};

template <auto member, class Description>
bool same_member(const Description& left, const Description& right) {
    return same(left.*member, right.*member);
}

template <auto member>
constexpr auto in_registration = same_member<member, Registration>;
template <auto member>
constexpr auto in_party = same_member<member, RelyingParty>;

constexpr std::array k_registration{
    Field<Registration>{"client_id", in_registration<&Registration::client_id>},
    Field<Registration>{"client_name", in_registration<&Registration::client_name>},
    Field<Registration>{"client_secret", in_registration<&Registration::client_secret>},
    Field<Registration>{"public", in_registration<&Registration::is_public>},
    Field<Registration>{"redirect_uris", in_registration<&Registration::redirect_uris>},
    Field<Registration>{"scopes", in_registration<&Registration::scopes>},
    Field<Registration>{"response_types", in_registration<&Registration::response_types>},
    Field<Registration>{"grant_types", in_registration<&Registration::grant_types>},
    Field<Registration>{"token_endpoint_auth_method", in_registration<&Registration::token_endpoint_auth_method>},
    Field<Registration>{"require_pkce", in_registration<&Registration::require_pkce>},
    Field<Registration>{"pkce_challenge_method", in_registration<&Registration::code_challenge_method>},
    Field<Registration>{"id_token_signed_response_alg", in_registration<&Registration::id_token_signed_response_alg>},
    Field<Registration>{"userinfo_signed_response_alg", in_registration<&Registration::userinfo_signed_response_alg>},
    Field<Registration>{"authorization_policy", in_registration<&Registration::authorization_policy>},
    Field<Registration>{"claims_policy", in_registration<&Registration::claims_policy>},
};

constexpr std::array k_party{
    Field<RelyingParty>{"enabled", in_party<&RelyingParty::enabled>},
    Field<RelyingParty>{"issuerUrl", in_party<&RelyingParty::issuer_url>},
    Field<RelyingParty>{"clientId", in_party<&RelyingParty::client_id>},
    Field<RelyingParty>{"clientSecret", in_party<&RelyingParty::client_secret>},
    Field<RelyingParty>{"scope", in_party<&RelyingParty::scope>},
    Field<RelyingParty>{"tokenEndpointAuthMethod", in_party<&RelyingParty::token_endpoint_auth_method>},
    Field<RelyingParty>{"signingAlgorithm", in_party<&RelyingParty::id_token_signed_response_alg>},
    Field<RelyingParty>{"profileSigningAlgorithm", in_party<&RelyingParty::userinfo_signed_response_alg>},
    Field<RelyingParty>{"mobileOverrideEnabled", in_party<&RelyingParty::mobile_override>},
    Field<RelyingParty>{"mobileRedirectUri", in_party<&RelyingParty::mobile_redirect_uri>},
    Field<RelyingParty>{"buttonText", in_party<&RelyingParty::button_text>},
    Field<RelyingParty>{"autoRegister", in_party<&RelyingParty::auto_register>},
    Field<RelyingParty>{"autoLaunch", in_party<&RelyingParty::auto_launch>},
    Field<RelyingParty>{"storageLabelClaim", in_party<&RelyingParty::storage_label_claim>},
    Field<RelyingParty>{"storageQuotaClaim", in_party<&RelyingParty::storage_quota_claim>},
    Field<RelyingParty>{"roleClaim", in_party<&RelyingParty::role_claim>},
};

template <class Description, std::size_t size>
std::string_view first(const std::array<Field<Description>, size>& fields, const Description& wanted,
                       const Description& read) {
    const auto found = std::ranges::find_if(fields, [&](const auto& field) { return !field.is_same(wanted, read); });
    return found == fields.end() ? std::string_view() : found->name;
}

} // namespace

std::string_view first_difference(const Registration& wanted, const Registration& read) {
    return first(k_registration, wanted, read);
}

std::string_view first_difference(const RelyingParty& wanted, const RelyingParty& read) {
    return first(k_party, wanted, read);
}

} // namespace oidcgen::oidc
