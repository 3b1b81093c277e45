#include "provider/gatewarden/read.hpp"

#include "oidc/secrets.hpp"
#include "provider/gatewarden/gatewarden.hpp"
#include "provider/gatewarden/keys.hpp"
#include "provider/gatewarden/login.hpp"
#include "provider/gatewarden/rules.hpp"
#include "rule/reading.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::toy::gatewarden {

const rule::Rule k_setting_unknown{
    .code = "TG1001",
    .name = "gatewarden-setting-unknown",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "Gatewarden has no setting of that name",
    .why = "Gatewarden does not start with settings that it does not know.",
    .bad = "clients:\n  - name: larder",
    .good = "clients:\n  - id: larder",
};

const rule::Rule k_any_host{
    .code = "TG1002",
    .name = "gatewarden-any-host",
    .consequence = rule::Consequence::risk,
    .summary = "the pattern fits addresses of any host",
    .why = "Whoever can send a person to the login gets the code, if the pattern leaves the host open.",
    .bad = "returns_to: ['https://*']",
    .good = "returns_to: ['https://recipes.example.com/*']",
};

namespace {

using document::Cursor;
using oidc::AuthMethod;
using oidc::Known;
using oidc::Located;
using namespace std::string_view_literals;

constexpr std::array k_tags{k_from_env};

class Reader {
  public:
    explicit Reader(rule::Findings& findings)
        : m_findings(findings) {}

    /// What stands there as a text; a view into the document.
    Located<std::string_view> view(const Cursor& at) {
        if (at.is_filled()) {
            return {at.text(), at.place(), Known::filled};
        }
        if (at.tag() == k_from_env) {
            m_findings.doubt(at.place(), rule::Doubt::placeholder);
            return {at.text(), at.place(), Known::unknown};
        }
        return {at.text(), at.place(), Known::given};
    }

    Located<std::string_view> view(const Cursor& owner, std::string_view key) {
        const auto at = owner.find(key);
        return at ? view(at) : Located<std::string_view>{{}, owner.missing(key), Known::defaulted};
    }

    oidc::Text text(const Cursor& owner, std::string_view key) {
        const auto read = view(owner, key);
        return {std::string(read.value), read.place, read.known};
    }

    /// Settings that are in no table, there and below.
    void check_names(const Cursor& at, const std::string& path) {
        for (const auto& child : at.children()) {
            const auto name = at.is_sequence() ? path + "[]" : fmt::format("{}.{}", path, child.key());
            if (at.is_mapping() && !is_known(name)) {
                m_findings.add(rule::finding(k_setting_unknown,
                                             util::words("there is no setting {}", util::outside(child.key())),
                                             child.key_place(), "remove it"));
            } else if (!child.is_scalar()) {
                check_names(child, name);
            }
        }
    }

    oidc::Registration client(const Cursor& at) {
        oidc::Registration result;
        result.place = at.place();
        result.client_id = text(at, "id");
        result.client_name = text(at, "title");
        result.client_secret = view(at, "passphrase");
        result.is_public = {false, at.place(), Known::defaulted};
        const auto uris = at.find("returns_to");
        result.redirect_uris.place = uris ? uris.place() : at.missing("returns_to");
        result.redirect_uris.known = uris ? Known::given : Known::defaulted;
        for (const auto& item : uris.children()) {
            const auto uri = view(item);
            result.redirect_uris.value.push_back({{std::string(uri.value)}, uri.place, uri.known});
            check_pattern(uri);
        }
        const auto grants = at.find("grants");
        result.scopes = oidc::given_texts({"openid"});
        result.scopes.place = grants ? grants.place() : at.missing("grants");
        result.scopes.known = grants ? Known::given : Known::defaulted;
        if (grants) {
            result.scopes.value.clear();
        }
        for (const auto& item : grants.children()) {
            const auto scope = view(item);
            result.scopes.value.push_back({std::string(scope.value), scope.place, scope.known});
        }
        const auto proof = view(at, "proof");
        result.token_endpoint_auth_method = {proof.value == proof_of(AuthMethod::client_secret_post)
                                                 ? AuthMethod::client_secret_post
                                                 : AuthMethod::client_secret_basic,
                                             proof.place, proof.known};
        result.response_types.value = oidc::given_texts({"code"}).value;
        result.grant_types.value = oidc::given_texts({"authorization_code"}).value;
        result.id_token_signed_response_alg.value = {"RS256"};
        result.userinfo_signed_response_alg.value = {"none"};
        result.access_token_signing_alg.value = {"none"};
        return result;
    }

  private:
    void check_pattern(const Located<std::string_view>& uri) {
        const auto star = uri.value.find('*');
        if (!uri.is_unknown() && star < util::origin_part(uri.value).size()) {
            m_findings.add(rule::finding(k_any_host, "this pattern leaves the host open", uri.place,
                                         "write the whole host in front of the first *"));
        }
    }

    rule::Findings& m_findings;
};

} // namespace

std::string_view proof_of(AuthMethod method) { return method == AuthMethod::client_secret_post ? "form" : "header"; }

oidc::Reading reading(const util::Version& /*version*/, oidc::Use /*use*/) {
    oidc::Reading result{document::Dialect::js_yaml, {}};
    result.limits.tags = k_tags;
    result.limits.variable_tag = k_from_env;
    return result;
}

bool recognises(const document::Document& document) { return static_cast<bool>(document.root().find(k_root)); }

oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                       rule::Findings& findings) {
    rule::add_reading_faults(document, rule::Consequence::provider_refuses, rule::Templates::literal, findings);
    const auto root = document.root().find(k_root);
    Reader reader(findings);
    reader.check_names(root, std::string(k_root));
    oidc::Provider result;
    result.system = &k_system;
    result.version = options.version;
    result.behaviour = behaviour(options.version);
    result.place = root.place();
    result.shortest_state.value = -1;
    if (root.find("address")) {
        result.issuers.push_back(reader.text(root, "address"));
    }
    for (const auto& item : root.find("clients").children()) {
        result.registrations.push_back(reader.client(item));
    }
    return result;
}

void check_secret(const oidc::Registration& client, std::span<const std::string_view> names, rule::Findings& findings) {
    const auto& kept = client.client_secret;
    if (!kept.is_unknown() && !kept.value.empty()) {
        oidc::check_strength(kept.value, kept.place, client.client_id, names, findings);
    }
}

} // namespace oidcgen::toy::gatewarden
