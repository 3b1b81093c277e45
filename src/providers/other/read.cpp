#include "providers/other/read.hpp"

#include "document/addition.hpp"
#include "document/holes.hpp"
#include "providers/other/other.hpp"
#include "providers/other/rules.hpp"
#include "rule/reading.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace oidcgen::providers::other {

namespace {

using namespace std::string_view_literals;
using document::Cursor;
using oidc::Known;
using oidc::SavedMetadata;

constexpr std::array k_sources{"https://www.rfc-editor.org/rfc/rfc8414#section-2"sv,
                               "https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata"sv};

} // namespace

const rule::Rule k_metadata_member_missing{
    .code = "OG1401",
    .name = "metadata-member-missing",
    .consequence = rule::Consequence::login_fails,
    .summary = "the metadata lacks an address that every login needs",
    .why =
        "An application reads from the metadata where it sends people, where it exchanges the code, and where the keys "
        "are with which ID tokens are signed. Without one of them no login gets further.",
    .bad = R"({"issuer": "https://id.example.com", "jwks_uri": "https://id.example.com/keys"})",
    .good = R"({"issuer": "https://id.example.com", "authorization_endpoint": "https://id.example.com/authorize",
 "token_endpoint": "https://id.example.com/token", "jwks_uri": "https://id.example.com/keys"})",
    .sources = k_sources,
};

const rule::Rule k_metadata_issuer_unusable{
    .code = "OG1402",
    .name = "metadata-issuer-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer in the metadata is not an address that can be one",
    .why =
        "An issuer is an https address without query and fragment (OpenID Connect Discovery, section 3). Applications "
        "compare it with the address that they were given, and refuse any other.",
    .bad = R"("issuer": "id.example.com")",
    .good = R"("issuer": "https://id.example.com")",
    .sources = k_sources,
};

namespace {

/// The mapping that holds the metadata itself.
Cursor metadata_in(const document::Document& document) {
    const auto root = document.root();
    const auto inner = root ? root.find("openid_configuration") : Cursor{};
    return inner && inner.is_mapping() ? inner : root;
}

bool is_text(const Cursor& at) { return at && at.is_scalar() && at.scalar().type == document::ScalarType::text; }

Known known_of(const Cursor& at, const oidc::InspectOptions& options) {
    const bool has_holes = options.placeholders == oidc::Placeholders::recognised &&
                           !document::holes(at.text(), document::PlaceholderUse::secret_or_address).empty();
    return has_holes ? Known::unknown : Known::given;
}

oidc::Text text_of(const Cursor& metadata, std::string_view name, const oidc::InspectOptions& options) {
    const auto at = metadata.find(name);
    if (!is_text(at)) {
        return {{}, at ? at.place() : metadata.missing(name), Known::defaulted};
    }
    return {std::string(at.text()), at.place(), known_of(at, options)};
}

oidc::Texts list_of(const Cursor& metadata, std::string_view name, const oidc::InspectOptions& options) {
    const auto at = metadata.find(name);
    if (!at || !at.is_sequence()) {
        return {{}, metadata.missing(name), Known::defaulted};
    }
    oidc::Texts result{{}, at.place(), Known::given};
    for (const auto& item : at.children()) {
        if (is_text(item)) {
            result.value.push_back({std::string(item.text()), item.place(), known_of(item, options)});
        }
    }
    return result;
}

} // namespace

oidc::Reading reading(const util::Version& /*version*/, oidc::Use /*use*/) {
    return {.dialect = document::Dialect::json};
}

bool recognises(const document::Document& document) {
    const auto metadata = metadata_in(document);
    constexpr std::array k_addresses{"authorization_endpoint"sv, "token_endpoint"sv, "jwks_uri"sv};
    return metadata && metadata.is_mapping() && is_text(metadata.find("issuer")) &&
           std::ranges::any_of(k_addresses, [&](std::string_view name) { return is_text(metadata.find(name)); });
}

oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                       rule::Findings& findings) {
    rule::add_reading_faults(document, rule::Consequence::advice, rule::Templates::filled_in, findings);
    oidc::Provider result;
    result.system = &k_system;
    result.behaviour = k_system.provider->behaviour({});
    const auto metadata = metadata_in(document);
    if (!metadata || !metadata.is_mapping()) {
        return result;
    }
    SavedMetadata saved;
    saved.place = metadata.place();
    saved.issuer = text_of(metadata, "issuer", options);
    saved.authorization_endpoint = text_of(metadata, "authorization_endpoint", options);
    saved.token_endpoint = text_of(metadata, "token_endpoint", options);
    saved.jwks_uri = text_of(metadata, "jwks_uri", options);
    saved.has_userinfo_endpoint = static_cast<bool>(metadata.find("userinfo_endpoint"));
    saved.scopes_supported = list_of(metadata, "scopes_supported", options);
    saved.prompt_values_supported = list_of(metadata, "prompt_values_supported", options);
    saved.token_endpoint_auth_methods_supported = list_of(metadata, "token_endpoint_auth_methods_supported", options);
    saved.id_token_signing_alg_values_supported = list_of(metadata, "id_token_signing_alg_values_supported", options);
    saved.userinfo_signing_alg_values_supported = list_of(metadata, "userinfo_signing_alg_values_supported", options);
    saved.code_challenge_methods_supported = list_of(metadata, "code_challenge_methods_supported", options);
    result.place = saved.place;
    result.issuers.push_back(saved.issuer);
    result.saved_metadata = std::move(saved);
    return result;
}

std::optional<rule::Finding> fault_of(const SavedMetadata& metadata) {
    const auto& issuer = metadata.issuer;
    const auto url = util::parse_url(issuer.value);
    const bool is_address = url && url->origin && url->query.empty();
    // What a program printed that does not know where the provider is reached has only paths.
    const bool is_path = issuer.value.empty() || issuer.value.starts_with('/');
    if (issuer.is_given() && !is_address && !is_path) {
        return rule::finding(
            k_metadata_issuer_unusable,
            util::words("the issuer {} is not an http or https address without query", util::outside(issuer.value)),
            issuer.place, "save the metadata of the provider that people sign in at");
    }
    for (const auto* const it : {&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri}) {
        if (it->known == Known::defaulted) {
            return rule::finding(k_metadata_member_missing,
                                 util::words("the metadata lacks {}", oidc::setting_name(it->place, "an address")),
                                 document::named_at(it->place),
                                 "save the document at /.well-known/openid-configuration whole");
        }
    }
    return std::nullopt;
}

} // namespace oidcgen::providers::other
