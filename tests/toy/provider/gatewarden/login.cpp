#include "provider/gatewarden/login.hpp"

#include "oidc/terms.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace oidcgen::toy::gatewarden {

namespace {

using oidc::Provider;
using oidc::Registration;

constexpr std::string_view k_clients = "/clients/";
constexpr std::string_view k_metadata = "/.well-known/openid-configuration";

/// Whether the text is of that pattern, in which `*` stands for any text.
bool fits(std::string_view pattern, std::string_view text) {
    const auto star = pattern.find('*');
    const auto front = pattern.substr(0, star);
    if (star == std::string_view::npos || !text.starts_with(front)) {
        return text == pattern;
    }
    const auto rest = pattern.substr(star + 1);
    for (auto at = front.size(); at <= text.size(); ++at) {
        if (fits(rest, text.substr(at))) {
            return true;
        }
    }
    return false;
}

} // namespace

oidc::ProviderBehaviour behaviour(const util::Version& /*version*/) { return {}; }

std::optional<oidc::Metadata> metadata(const Provider& provider, const Registration* /*client*/, std::string_view base,
                                       std::string_view path) {
    if (!path.starts_with(k_clients) || !path.ends_with(k_metadata)) {
        return std::nullopt;
    }
    const auto id = path.substr(k_clients.size(), path.size() - k_clients.size() - k_metadata.size());
    const bool is_client = std::ranges::any_of(provider.registrations, [&](const Registration& it) {
        return it.client_id.is_unknown() || it.client_id.value == id;
    });
    return is_client ? std::optional(oidc::Metadata{.issuer = fmt::format("{}{}{}", base, k_clients, id)})
                     : std::nullopt;
}

std::string issuer(const Provider& /*provider*/, const Registration* client, std::string_view base) {
    return fmt::format("{}{}{}", base, k_clients, client == nullptr ? "ID" : client->client_id.value);
}

bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent) {
    return fits(registered.text, sent);
}

bool returns_to(const Provider& /*provider*/, const Registration& /*client*/, std::string_view /*uri*/) { return true; }

oidc::Admission admission(const Provider& /*provider*/, const Registration& /*client*/) { return {}; }

oidc::Delivery deliver(const Provider& /*provider*/, const Registration& /*client*/,
                       const std::vector<std::string>& scopes, std::string_view claim, oidc::Carrier /*carrier*/) {
    const auto scope = oidc::scope_of_claim(claim);
    return {.arrives = scope && (scope->empty() || std::ranges::find(scopes, *scope) != scopes.end())};
}

util::Words how_to_send(std::string_view claim, oidc::Carrier /*carrier*/) {
    return util::words("grant the client the scope of {}, and let the application ask for it", claim);
}

} // namespace oidcgen::toy::gatewarden
