#include "providers/google/read.hpp"

#include "document/holes.hpp"
#include "providers/google/check.hpp"
#include "providers/google/google.hpp"
#include "providers/google/rules.hpp"
#include "rule/reading.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace oidcgen::providers::google {

namespace {

using namespace std::string_view_literals;
using document::Cursor;
using document::PlaceholderUse;
using document::Value;
using oidc::Known;
using oidc::Registration;

constexpr std::array k_clients{"https://support.google.com/cloud/answer/15549257"sv};
constexpr std::array k_download{"https://googleapis.github.io/google-api-python-client/docs/client-secrets.html"sv};

constexpr std::string_view k_web = "web";
constexpr std::string_view k_installed = "installed";
constexpr std::string_view k_id_ending = ".apps.googleusercontent.com";

} // namespace

const rule::Rule k_client_type_wrong{
    .code = "OG1301",
    .name = "client-type-wrong",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client is not of the type Web application",
    .why = "Clients of the types for desktops, phones and television sets have no redirect URIs that a web application "
           "could use, and the type of a client cannot be changed. Its file has `installed` where that of a web "
           "application has `web`.",
    .bad = R"({"installed": {"client_id": "123456789012-abc.apps.googleusercontent.com"}})",
    .good = R"({"web": {"client_id": "123456789012-abc.apps.googleusercontent.com"}})",
    .sources = k_clients,
};

const rule::Rule k_not_a_client{
    .code = "OG1302",
    .name = "not-a-client",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "the file is the key of a service account, with which nobody signs in",
    .why = "A service account acts for a program. People sign in through an OAuth client of the type Web application, "
           "whose file is called client_secret_….json.",
    .bad = R"({"type": "service_account"})",
    .good = R"({"web": {"client_id": "123456789012-abc.apps.googleusercontent.com"}})",
    .sources = k_clients,
};

const rule::Rule k_client_id_form{
    .code = "OG1303",
    .name = "client-id-form",
    .consequence = rule::Consequence::login_fails,
    .explains = "client-id-unknown",
    .summary = "the client id is not one that Google makes",
    .why = "Every client id ends with .apps.googleusercontent.com and has no white space in it. With any other text "
           "Google shows an error page: the OAuth client was not found.",
    .bad = R"("client_id": "123456789012-abc")",
    .good = R"("client_id": "123456789012-abc.apps.googleusercontent.com")",
    .sources = k_download,
};

namespace {

bool is_text(const Cursor& at) { return at && at.is_scalar() && at.scalar().type == document::ScalarType::text; }

/// The mapping of the client, of whatever type; an empty cursor when there is none.
Cursor client_in(const document::Document& document) {
    const auto root = document.root();
    if (!root || !root.is_mapping()) {
        return {};
    }
    for (const auto name : {k_web, k_installed}) {
        constexpr std::array k_members{"auth_uri"sv, "token_uri"sv, "project_id"sv, "client_secret"sv,
                                       "redirect_uris"sv};
        auto at = root.find(name);
        const bool has_member =
            at && at.is_mapping() && at.find("client_id") &&
            std::ranges::any_of(k_members, [&](std::string_view it) { return static_cast<bool>(at.find(it)); });
        if (has_member) {
            return at;
        }
    }
    return {};
}

bool is_service_account(const document::Document& document) {
    const auto root = document.root();
    return root && root.is_mapping() && root.find("type").text() == "service_account" && root.find("client_email");
}

Known known_of(const Cursor& at, PlaceholderUse use, const oidc::InspectOptions& options) {
    const bool has_holes =
        options.placeholders == oidc::Placeholders::recognised && !document::holes(at.text(), use).empty();
    return has_holes ? Known::unknown : Known::given;
}

/// Why nobody can sign in with that client id; nothing when somebody can.
std::optional<rule::Finding> fault_of_id(const oidc::Text& id) {
    const bool has_blank = id.value.find_first_of(" \t\r\n") != std::string::npos;
    if (id.is_unknown() || (id.value.ends_with(k_id_ending) && !has_blank)) {
        return std::nullopt;
    }
    return rule::finding(k_client_id_form,
                         id.value.empty() ? util::Words("the client id is empty")
                         : has_blank      ? util::Words("the client id has white space in it")
                                          : util::words("the client id does not end with {}", k_id_ending),
                         id.place, "copy the client id from the console, or download the file again");
}

Registration client_of(const Cursor& at, const oidc::InspectOptions& options, rule::Findings& findings) {
    Registration client;
    client.place = at.place();
    const auto id = at.find("client_id");
    client.client_id = {std::string(id.text()), id.place(), known_of(id, PlaceholderUse::identifier, options)};
    client.client_name.place = at.missing("client_name");
    const auto secret = at.find("client_secret");
    client.client_secret.place = secret ? secret.place() : at.missing("client_secret");
    if (is_text(secret) && !secret.text().empty()) {
        client.client_secret.value = secret.text();
        client.client_secret.known = known_of(secret, PlaceholderUse::secret_or_address, options);
    } else {
        client.client_secret.known = Known::unknown; // a file that was downloaded later does not have it
    }
    const auto uris = at.find("redirect_uris");
    client.redirect_uris.place = uris ? uris.place() : at.missing("redirect_uris");
    client.redirect_uris.known = uris ? Known::given : Known::defaulted;
    for (const auto& item : uris.children()) {
        if (is_text(item)) {
            client.redirect_uris.value.push_back({oidc::RedirectUri{std::string(item.text())}, item.place(),
                                                  known_of(item, PlaceholderUse::secret_or_address, options)});
        }
    }
    check_redirect_uris(client, findings);
    const bool is_web = at.key() == k_web;
    if (!is_web) {
        client.authorization_fault = rule::finding(
            k_client_type_wrong, "this client is for programs that are installed, not for a web application",
            at.key_place(), "make a new client of the type Web application in the console");
    } else {
        client.authorization_fault = fault_of_id(client.client_id);
    }
    if (client.authorization_fault) {
        findings.add(*client.authorization_fault);
    }
    return client;
}

} // namespace

oidc::Reading reading(const util::Version& /*version*/, oidc::Use /*use*/) {
    return {.dialect = document::Dialect::json};
}

bool recognises(const document::Document& document) {
    return static_cast<bool>(client_in(document)) || is_service_account(document);
}

oidc::Provider any_provider() {
    oidc::Provider result;
    result.system = &k_system;
    result.behaviour = k_system.provider->behaviour({});
    result.issuers.push_back(oidc::given(std::string(k_issuer)));
    result.takes_plain_code_challenge = oidc::given(true);
    result.shortest_state = oidc::given(std::int64_t{-1});
    return result;
}

oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                       rule::Findings& findings) {
    rule::add_reading_faults(document, rule::Consequence::provider_refuses, rule::Templates::filled_in, findings);
    auto result = any_provider();
    const auto client = client_in(document);
    const auto root = document.root();
    result.place = client ? client.place() : document::Place{&document, {}, document::k_root_path};
    if (client) {
        auto registration = client_of(client, options, findings);
        complete(registration);
        result.registrations.push_back(std::move(registration));
    } else if (is_service_account(document)) {
        findings.add(rule::finding(k_not_a_client, "this is the key of a service account, with which nobody signs in",
                                   root.find("type").place(),
                                   "make an OAuth client of the type Web application, and give its file"));
    }
    return result;
}

namespace {

template <class Texts>
Value list(const Texts& texts) {
    Value::List result;
    for (const auto& it : texts) {
        result.push_back({std::string(it)});
    }
    return {std::move(result)};
}

} // namespace

oidc::Published discovery(const document::Document& /*document*/, const oidc::InspectOptions& /*options*/) {
    // https://accounts.google.com/.well-known/openid-configuration
    const auto text = [](std::string_view it) { return Value{std::string(it)}; };
    Value::Members metadata{
        {"issuer", text(k_issuer)},
        {"authorization_endpoint", text("https://accounts.google.com/o/oauth2/v2/auth")},
        {"device_authorization_endpoint", text("https://oauth2.googleapis.com/device/code")},
        {"token_endpoint", text("https://oauth2.googleapis.com/token")},
        {"userinfo_endpoint", text("https://openidconnect.googleapis.com/v1/userinfo")},
        {"revocation_endpoint", text("https://oauth2.googleapis.com/revoke")},
        {"jwks_uri", text("https://www.googleapis.com/oauth2/v3/certs")},
        {"response_types_supported",
         list(std::array{"code"sv, "token"sv, "id_token"sv, "code token"sv, "code id_token"sv, "token id_token"sv,
                         "code token id_token"sv, "none"sv})},
        {"subject_types_supported", list(std::array{"public"sv})},
        {"id_token_signing_alg_values_supported", list(std::array{"RS256"sv})},
        {"scopes_supported", list(k_scopes)},
        {"token_endpoint_auth_methods_supported", list(std::array{"client_secret_post"sv, "client_secret_basic"sv})},
        {"claims_supported", list(std::array{"aud"sv, "email"sv, "email_verified"sv, "exp"sv, "family_name"sv,
                                             "given_name"sv, "iat"sv, "iss"sv, "name"sv, "picture"sv, "sub"sv})},
        {"code_challenge_methods_supported", list(std::array{"plain"sv, "S256"sv})},
        {"grant_types_supported",
         list(std::array{"authorization_code"sv, "refresh_token"sv, "urn:ietf:params:oauth:grant-type:device_code"sv,
                         "urn:ietf:params:oauth:grant-type:jwt-bearer"sv})}};
    return {.value = {
                Value::Members{{"openid_configuration", Value{std::move(metadata)}}, {"jwks", Value{Value::List{}}}}}};
}

} // namespace oidcgen::providers::google
