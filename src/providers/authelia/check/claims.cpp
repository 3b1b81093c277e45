#include "providers/authelia/attributes.hpp"
#include "providers/authelia/inspection.hpp"
#include "providers/authelia/layout.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_policy_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#claims_policies"sv,
    "https://www.authelia.com/integration/openid-connect/openid-connect-1.0-claims/"sv};
constexpr std::array k_scope_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#scopes"sv,
    "https://www.authelia.com/integration/openid-connect/openid-connect-1.0-claims/#custom-claims"sv};
constexpr std::array k_attribute_sources{"https://www.authelia.com/reference/guides/attributes/"sv};

class ClaimsCheck {
  public:
    explicit ClaimsCheck(Inspection& inspection)
        : m_inspection(inspection)
        , m_attributes(inspection.root, inspection.is_literal) {}

    void policy(const ClaimsPolicySettings& policy);
    void scope(const ScopeSettings& scope);

  private:
    void custom_claim(const CustomClaimSettings& claim, std::string_view name);
    void listed(const ListSetting& list, std::span<const std::string_view> reserved,
                const std::unordered_map<std::string_view, const CustomClaimSettings*>& own, bool is_open);

    Inspection& m_inspection;
    Attributes m_attributes;
};

std::string_view name_of(const CustomClaimSettings& claim) {
    return claim.name.value.empty() ? claim.key : claim.name.value;
}

void ClaimsCheck::custom_claim(const CustomClaimSettings& claim, std::string_view name) {
    if (holds(m_inspection.release.reserved_claims, name)) {
        m_inspection.add(
            k_claim_reserved,
            util::words("the claim {} is reserved: Authelia itself puts it into tokens", util::outside(name)),
            claim.at.key_place(), "choose another name");
    }
    if (claim.attribute.is_unknown()) {
        return;
    }
    const auto attribute = claim.attribute.value.empty() ? claim.key : claim.attribute.value;
    const auto place = claim.attribute.at ? claim.attribute.at.place() : claim.at.key_place();
    if (m_attributes.find(attribute) == Attribute::unknown &&
        m_inspection.findings.takes(k_claim_attribute_unknown, place)) {
        const auto names = m_attributes.names();
        m_inspection.add(
            k_claim_attribute_unknown,
            util::words("users have no attribute {}{}", util::outside(attribute), util::did_you_mean(attribute, names)),
            place, "define it under definitions.user_attributes, or name an attribute that exists");
    }
}

void ClaimsCheck::listed(const ListSetting& list, std::span<const std::string_view> reserved,
                         const std::unordered_map<std::string_view, const CustomClaimSettings*>& own, bool is_open) {
    for (const auto& claim : list.value) {
        if (claim.is_unknown) {
            continue;
        }
        if (holds(reserved, claim.text)) {
            m_inspection.add(
                k_claim_reserved,
                util::words("the claim {} is reserved: Authelia itself puts it into tokens", util::outside(claim.text)),
                claim.at.place(), "remove it");
        } else if (!own.contains(claim.text) && !is_open && !holds(m_inspection.release.standard_claims, claim.text)) {
            m_inspection.add(k_claim_unknown,
                             util::words("the claim {} is neither standard nor defined in this policy{}",
                                         util::outside(claim.text),
                                         util::did_you_mean(claim.text, m_inspection.release.standard_claims)),
                             claim.at.place(), "define it under custom_claims of this policy");
        }
    }
}

void ClaimsCheck::policy(const ClaimsPolicySettings& policy) {
    std::unordered_map<std::string_view, const CustomClaimSettings*> own;
    bool is_open = false;
    for (const auto& claim : policy.custom_claims) {
        if (claim.name.is_unknown()) {
            is_open = true;
            continue;
        }
        const auto name = name_of(claim);
        custom_claim(claim, name);
        const auto [first, is_new] = own.emplace(name, &claim);
        if (!is_new) {
            auto found =
                rule::finding(k_claim_twice, util::words("two entries define the claim {}", util::outside(name)),
                              claim.at.key_place(), "remove one of the two");
            found.notes.push_back({"the other entry", first->second->at.key_place()});
            m_inspection.add_finding(std::move(found));
        }
        m_inspection.names.custom_claims.insert(name);
    }
    listed(policy.id_token, m_inspection.release.reserved_id_token_claims, own, is_open);
    const auto modes = m_inspection.keys.allowed("claims_policies.*.id_token_audience_mode");
    const auto& mode = policy.id_token_audience_mode;
    if (!mode.is_unknown() && !mode.value.empty() && !holds(modes, mode.value)) {
        m_inspection.add_unknown(k_audience_mode_unknown, mode.value, "an audience mode", modes, mode.at.place());
    }
    listed(policy.access_token, m_inspection.release.reserved_claims, own, is_open);
}

void ClaimsCheck::scope(const ScopeSettings& scope) {
    constexpr std::string_view k_prefix = "authelia.";
    if (!holds(m_inspection.release.customisable_scopes, scope.name)) {
        if (holds(m_inspection.release.client_scopes, scope.name)) {
            m_inspection.add(
                k_scope_name_reserved,
                util::words("{} is a standard scope, which cannot be redefined", util::outside(scope.name)),
                scope.at.key_place(), "choose another name");
        } else if (scope.name.starts_with(k_prefix)) {
            m_inspection.add(k_scope_name_reserved, "names that begin with authelia. are reserved",
                             scope.at.key_place(), "choose another name");
        }
    }
    for (const auto& claim : scope.claims.value) {
        if (claim.is_unknown) {
            continue;
        }
        if (holds(m_inspection.release.reserved_claims, claim.text)) {
            m_inspection.add(
                k_claim_reserved,
                util::words("the claim {} is reserved: Authelia itself puts it into tokens", util::outside(claim.text)),
                claim.at.place(), "remove it");
        } else if (!m_inspection.names.custom_claims.contains(claim.text) &&
                   !holds(m_inspection.release.standard_claims, claim.text) && !m_inspection.is_snippet) {
            m_inspection.add(k_claim_unknown,
                             util::words("no claims policy defines the claim {}{}", util::outside(claim.text),
                                         util::did_you_mean(claim.text, m_inspection.release.standard_claims)),
                             claim.at.place(), "define it under custom_claims of a claims policy");
        }
    }
}

} // namespace

const rule::Rule k_claim_reserved{
    .code = "OG1138",
    .name = "claim-reserved",
    .consequence = Consequence::provider_refuses,
    .summary = "a claims policy or a scope names a claim that is reserved for the protocol",
    .why = "Claims such as sub, aud or iat have a fixed meaning in tokens and are set by Authelia alone.",
    .bad = "custom_claims:\n  sub: {attribute: username}",
    .good = "custom_claims:\n  login_name: {attribute: username}",
    .ignore = {},
    .sources = k_policy_sources,
};

const rule::Rule k_claim_unknown{
    .code = "OG1139",
    .name = "claim-unknown",
    .consequence = Consequence::provider_refuses,
    .summary = "a claims policy or a scope names a claim that is neither standard nor defined",
    .why = "Any claim that is not a standard one must be defined under custom_claims: for tokens in the same policy, "
           "for a scope in any policy.",
    .bad = "scopes:\n  immich: {claims: [immich_role]}",
    .good =
        "claims_policies:\n  immich:\n    custom_claims: {immich_role: {}}\nscopes:\n  immich: {claims: [immich_role]}",
    .ignore = {},
    .sources = k_policy_sources,
};

const rule::Rule k_claim_twice{
    .code = "OG1140",
    .name = "claim-twice",
    .consequence = Consequence::provider_refuses,
    .summary = "two entries of a claims policy define the same claim",
    .why =
        "An entry defines the claim of its own name unless `name` says otherwise, and a claim can have only one value.",
    .bad = "custom_claims:\n  role: {attribute: a}\n  other: {name: role, attribute: b}",
    .good = "custom_claims:\n  role: {attribute: a}",
    .ignore = {},
    .sources = k_policy_sources,
};

const rule::Rule k_claim_attribute_unknown{
    .code = "OG1141",
    .name = "claim-attribute-unknown",
    .consequence = Consequence::provider_refuses,
    .summary = "a custom claim is taken from an attribute that users do not have",
    .why = "Without `attribute`, Authelia looks for an attribute with the claim's own name. The attribute must be "
           "built in, come from the user backend, or be defined under definitions.user_attributes.",
    .bad = "custom_claims:\n  immich_role: {attribute: imich_role}",
    .good =
        "definitions:\n  user_attributes:\n    immich_role: {expression: '\"admin\" in groups ? \"admin\" : \"user\"'}",
    .ignore = "when the attribute is defined in another file of the same configuration",
    .sources = k_attribute_sources,
};

const rule::Rule k_audience_mode_unknown{
    .code = "OG1142",
    .name = "audience-mode-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "an audience mode that Authelia does not know",
    .why =
        "The mode of a claims policy is specification or experimental-merged, that of a client explicit or implicit.",
    .bad = "requested_audience_mode: auto",
    .good = "requested_audience_mode: explicit",
    .ignore = {},
    .sources = k_policy_sources,
};

const rule::Rule k_scope_name_reserved{
    .code = "OG1143",
    .name = "scope-name-reserved",
    .consequence = Consequence::provider_refuses,
    .summary = "a custom scope has the name of a standard scope or of one of Authelia's own",
    .why = "What a standard scope delivers is fixed, and names that begin with authelia. are reserved.",
    .bad = "scopes:\n  profile: {claims: [immich_role]}",
    .good = "scopes:\n  immich: {claims: [immich_role]}",
    .ignore = {},
    .sources = k_scope_sources,
};

void check_claims(Inspection& inspection) {
    auto& names = inspection.names;
    const auto& standard = inspection.release.client_scopes;
    names.known_scopes.assign(standard.begin(), standard.end());
    ClaimsCheck check(inspection);
    for (const auto& policy : inspection.provider.claims_policies) {
        names.claims_policies.emplace(policy.name, &policy);
        check.policy(policy);
    }
    for (const auto& scope : inspection.provider.scopes) {
        if (names.scopes.emplace(scope.name, &scope).second && !holds(standard, scope.name)) {
            names.known_scopes.push_back(scope.name);
        }
        check.scope(scope);
    }
}

} // namespace oidcgen::providers::authelia
