#include "providers/google/write.hpp"

#include "oidc/wished_client.hpp"
#include "providers/google/check.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::providers::google {

namespace {

std::vector<std::string> redirect_uris(const oidc::Registration& client) {
    std::vector<std::string> result;
    for (const auto& uri : client.redirect_uris.value) {
        oidc::add_once(result, uri.value.text);
    }
    return result;
}

} // namespace

util::Expected<oidc::Output> write(const oidc::Provider& provider, const oidc::Target& /*target*/,
                                   std::string_view form) {
    const auto& client = provider.registrations.front();
    // The names of the console's pages, in the order in which it leads through them.
    const oidc::Checklist items{
        {"application_name", "Branding: app name", {client.client_name.value}, "people see it when they sign in"},
        {"audience",
         "Audience: user type",
         {"Internal, if everybody belongs to your organisation; else External"},
         "with External, everybody with a Google account can sign in"},
        {"scope", "Data access: scopes", {k_scopes.begin(), k_scopes.end()}, "none of them has to be verified"},
        {"application_type", "Clients: application type", {"Web application"}, "it cannot be changed later"},
        {"client_name", "Clients: name", {client.client_name.value}, ""},
        {"javascript_origins", "Clients: authorised JavaScript origins", {}, "leave it empty"},
        {"redirect_uris", "Clients: authorised redirect URIs", redirect_uris(client),
         "each exactly so: scheme, host, port, path, no slash added"},
    };
    oidc::Output result;
    result.kind = oidc::OutputKind::checklist;
    result.text =
        oidc::written(items, "What to enter in the console of Google, under Google Auth Platform", "Google", form);
    result.note =
        "Google shows the client secret once, when the client is made: keep it in a file that only you can read; "
        "the client id goes into the site file";
    const auto doubtful = std::ranges::find_if(client.redirect_uris.value, [](const auto& uri) {
        return judge_redirect_uri(uri.value.text).allowed == Allowed::probably_not;
    });
    if (doubtful != client.redirect_uris.value.end()) {
        result.note += fmt::format("; Google will probably refuse {}, because its host does not end in a public suffix",
                                   doubtful->value.text);
    }
    return result;
}

} // namespace oidcgen::providers::google
