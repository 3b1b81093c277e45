#include "oidc/system.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

const CustomClaim* about(const ClaimsPolicy& policy, std::string_view purpose, std::string_view used) {
    const auto found = std::ranges::find_if(policy.custom_claims, [&](const CustomClaim& claim) {
        return claim.name.value != used && util::lowered(claim.name.value).find(purpose) != std::string::npos;
    });
    return found == policy.custom_claims.end() ? nullptr : &*found;
}

} // namespace

const ClaimsPolicy* policy_of(const Provider& provider, const Registration& registration) {
    const auto& name = registration.claims_policy.value;
    const auto found = std::ranges::find_if(provider.claims_policies,
                                            [&](const ClaimsPolicy& policy) { return policy.name.value == name; });
    return name.empty() || found == provider.claims_policies.end() ? nullptr : &*found;
}

Delivery Claims::of(std::string_view claim) const {
    return provider.system->provider->deliver(provider, registration, scopes, claim, carrier);
}

std::string Claims::how_to_send(std::string_view claim) const {
    const auto needed = scope_of_claim(claim);
    if (needed && !needed->empty() && std::ranges::find(scopes, *needed) == scopes.end()) {
        return fmt::format("add {} to the application's scope", *needed);
    }
    return provider.system->provider->how_to_send(claim, carrier);
}

Claims::Meant Claims::meant_for(std::string_view purpose, std::string_view used) const {
    if (const auto* const policy = policy_of(provider, registration)) {
        return {about(*policy, purpose, used), false};
    }
    return {};
}

} // namespace oidcgen::oidc
