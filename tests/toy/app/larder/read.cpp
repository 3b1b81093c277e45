#include "app/larder/read.hpp"

#include "app/larder/keys.hpp"
#include "app/larder/larder.hpp"
#include "app/larder/login.hpp"
#include "app/larder/rules.hpp"
#include "document/placeholder.hpp"
#include "rule/reading.hpp"
#include "util/text.hpp"

#include <string>

#include <fmt/format.h>

namespace oidcgen::toy::larder {

const rule::Rule k_setting_unknown{
    .code = "TG2001",
    .name = "larder-setting-unknown",
    .consequence = rule::Consequence::app_warns,
    .summary = "Larder has no setting of that name",
    .why = "Larder passes over settings that it does not know.",
    .bad = R"("sign_in": {"provider": "https://id.example.com"})",
    .good = R"("sign_in": {"issuer": "https://id.example.com"})",
};

namespace {

using document::Cursor;
using oidc::Known;
using oidc::Located;

/// What stands there as a text; a view into the document.
Located<std::string_view> view(const Cursor& owner, std::string_view key, std::string_view otherwise,
                               const oidc::InspectOptions& options) {
    const auto at = owner.find(key);
    if (!at || !is_known(key, options.version)) {
        return {otherwise, owner.missing(key), Known::defaulted};
    }
    const bool is_filled_in = options.placeholders == oidc::Placeholders::recognised &&
                              document::is_placeholder(at.text(), document::PlaceholderUse::secret_or_address);
    return {at.text(), at.place(), is_filled_in ? Known::unknown : Known::given};
}

oidc::Text text(const Cursor& owner, std::string_view key, std::string_view otherwise,
                const oidc::InspectOptions& options) {
    const auto read = view(owner, key, otherwise, options);
    return {std::string(read.value), read.place, read.known};
}

} // namespace

oidc::Reading reading(const util::Version& /*version*/, oidc::Use /*use*/) { return {document::Dialect::json, {}}; }

bool recognises(const document::Document& document) { return static_cast<bool>(document.root().find(k_root)); }

oidc::RelyingParty inspect(const document::Document& document, const oidc::InspectOptions& options,
                           rule::Findings& findings) {
    rule::add_reading_faults(document, rule::Consequence::app_refuses, rule::Templates::literal, findings);
    const auto root = document.root().find(k_root);
    for (const auto& setting : root.children()) {
        if (!is_known(setting.key(), options.version)) {
            findings.add(rule::finding(k_setting_unknown,
                                       util::words("there is no setting {}", util::outside(setting.key())),
                                       setting.key_place(), "remove it"));
        }
    }
    oidc::RelyingParty result;
    result.system = &k_system;
    result.version = options.version;
    result.behaviour = behaviour(options.version);
    result.place = root.place();
    result.enabled.value = true;
    result.issuer_url = text(root, "issuer", {}, options);
    result.client_id = text(root, "client", {}, options);
    result.client_secret = view(root, "passphrase", {}, options);
    result.scope = text(root, "scopes", "openid email", options);
    result.button_text = text(root, "greeting", "Sign in", options);
    result.token_endpoint_auth_method.value = result.behaviour.auth_methods.front();
    result.id_token_signed_response_alg.value = {"RS256"};
    result.userinfo_signed_response_alg.value = {"none"};
    result.auto_register.value = true;
    return result;
}

} // namespace oidcgen::toy::larder
