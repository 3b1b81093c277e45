#include "oidc/system.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

const OwnClaim* about(const ClaimRules& policy, std::string_view purpose, std::string_view used) {
    const auto found = std::ranges::find_if(policy.own_claims, [&](const OwnClaim& claim) {
        return claim.name.value != used && util::lowered(claim.name.value).find(purpose) != std::string::npos;
    });
    return found == policy.own_claims.end() ? nullptr : &*found;
}

} // namespace

const ClaimRules* policy_of(const Provider& provider, const Registration& registration) {
    const auto& name = registration.claim_rules_name.value;
    const auto found =
        std::ranges::find_if(provider.claim_rules, [&](const ClaimRules& policy) { return policy.name.value == name; });
    return name.empty() || found == provider.claim_rules.end() ? nullptr : &*found;
}

Delivery Claims::of(std::string_view claim) const {
    return provider.system->provider->deliver(provider, registration, scopes, claim, carrier);
}

util::Words Claims::how_to_send(std::string_view claim) const {
    const auto needed = scope_of_claim(claim);
    if (needed && !needed->empty() && std::ranges::find(scopes, *needed) == scopes.end()) {
        return util::words("add {} to the application's scope", *needed);
    }
    return provider.system->provider->how_to_send(claim, carrier);
}

Claims::Meant Claims::meant_for(std::string_view purpose, std::string_view used, std::string_view usual) const {
    const auto* const own = policy_of(provider, registration);
    if (own != nullptr) {
        if (const auto* const claim = about(*own, purpose, used)) {
            return {claim, nullptr};
        }
    }
    for (const auto& rules : provider.claim_rules) {
        const auto claim = std::ranges::find_if(
            rules.own_claims, [&](const OwnClaim& it) { return it.name.value == used || it.name.value == usual; });
        if (&rules != own && claim != rules.own_claims.end()) {
            return {&*claim, &rules};
        }
    }
    return {};
}

} // namespace oidcgen::oidc
