#include "provider/gatewarden/write.hpp"

#include "document/value.hpp"
#include "provider/gatewarden/keys.hpp"
#include "provider/gatewarden/read.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::toy::gatewarden {

namespace {

using document::Value;

Value text(std::string_view value) { return {std::string(value)}; }

Value client(const oidc::Registration& registration) {
    const auto& secret = registration.client_secret;
    Value::List uris;
    for (const auto& uri : registration.redirect_uris.value) {
        uris.push_back(text(uri.value.text));
    }
    Value::List scopes;
    for (const auto& scope : registration.scopes.value) {
        scopes.push_back(text(scope.value));
    }
    auto passphrase = text(secret.value);
    passphrase.tag = secret.is_unknown() ? k_from_env : std::string_view();
    return {Value::Members{{"id", text(registration.client_id.value)},
                           {"title", text(registration.client_name.value)},
                           {"passphrase", std::move(passphrase)},
                           {"returns_to", {std::move(uris)}},
                           {"grants", {std::move(scopes)}},
                           {"proof", text(proof_of(registration.token_endpoint_auth_method.value))}}};
}

std::string as_file(const oidc::Provider& provider) {
    Value::List clients;
    for (const auto& registration : provider.registrations) {
        clients.push_back(client(registration));
    }
    Value::Members settings{{"address", text(provider.issuers.front().value)}, {"clients", {std::move(clients)}}};
    return document::to_yaml({Value::Members{{std::string(k_root), {std::move(settings)}}}});
}

std::string as_steps(const oidc::Provider& provider) {
    std::string result;
    for (const auto& registration : provider.registrations) {
        const auto& secret = registration.client_secret;
        result +=
            fmt::format("[ ] Clients, New: {} ({})\n", registration.client_id.value, registration.client_name.value);
        result += secret.is_unknown() ? fmt::format("[ ] Passphrase from variable: {}\n", secret.value)
                                      : fmt::format("[ ] Passphrase: {}\n", secret.value);
        for (const auto& uri : registration.redirect_uris.value) {
            result += fmt::format("[ ] Returns to: {}\n", uri.value.text);
        }
        for (const auto& scope : registration.scopes.value) {
            result += fmt::format("[ ] Grant: {}\n", scope.value);
        }
        result += fmt::format("[ ] Proof: {}\n", proof_of(registration.token_endpoint_auth_method.value));
    }
    return result;
}

} // namespace

util::Expected<oidc::Output> write(const oidc::Provider& provider, const oidc::Target& /*target*/,
                                   std::string_view style) {
    if (style == k_styles.back()) {
        return oidc::Output{.text = as_steps(provider),
                            .kind = oidc::OutputKind::checklist,
                            .note = "enter these in the pages of Gatewarden"};
    }
    return oidc::Output{.text = as_file(provider)};
}

} // namespace oidcgen::toy::gatewarden
