#include "app/larder/write.hpp"

#include "app/larder/keys.hpp"
#include "document/value.hpp"

#include <string>
#include <utility>

namespace oidcgen::toy::larder {

util::Expected<oidc::Output> write(const oidc::RelyingParty& party, const oidc::Target& /*target*/,
                                   std::string_view /*format*/) {
    using document::Value;
    Value::Members settings{{"issuer", {party.issuer_url.value}},
                            {"client", {party.client_id.value}},
                            {"passphrase", {std::string(party.client_secret.value)}},
                            {"scopes", {party.scope.value}}};
    if (party.button_text.is_given()) {
        settings.emplace_back("greeting", Value{party.button_text.value});
    }
    return oidc::Output{.text = document::to_json({Value::Members{{std::string(k_root), {std::move(settings)}}}})};
}

} // namespace oidcgen::toy::larder
