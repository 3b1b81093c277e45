#include "providers/authelia/layout.hpp"

#include "lang/go/values.hpp"
#include "providers/authelia/known_keys.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using namespace std::string_view_literals;

/// Names that only stand in a client of this provider, under their present or their former name.
constexpr std::array k_client_marks{
    "client_id"sv,     "redirect_uris"sv, "authorization_policy"sv, "token_endpoint_auth_method"sv,
    "client_secret"sv, "consent_mode"sv};

/// Names that only stand in the section of this provider.
constexpr std::array k_section_marks{"clients"sv,
                                     "jwks"sv,
                                     "hmac_secret"sv,
                                     "issuer_private_key"sv,
                                     "enforce_pkce"sv,
                                     "claims_policies"sv,
                                     "authorization_policies"sv};

/// Sections that show a configuration of Authelia even without ours.
constexpr std::array k_configuration_marks{"access_control"sv,      "authentication_backend"sv, "notifier"sv,
                                           "identity_validation"sv, "password_policy"sv,        "storage"sv};

bool has_any(const Cursor& mapping, std::span<const std::string_view> names, std::size_t least = 1) {
    if (!mapping.is_mapping()) {
        return false;
    }
    return static_cast<std::size_t>(std::ranges::count_if(
               names, [&](std::string_view name) { return static_cast<bool>(mapping.find(name)); })) >= least;
}

bool is_client(const Cursor& at) {
    // A former client has `id` and `secret` instead; the rest it shares with present ones.
    return has_any(at, k_client_marks, 2) || (has_any(at, k_client_marks) && at.find("id"));
}

bool is_client_list(const Cursor& at) {
    if (!at.is_sequence()) {
        return false;
    }
    const auto items = at.children();
    return std::ranges::any_of(items, is_client);
}

Extract extract_of(const Cursor& root) {
    if (is_client_list(root)) {
        return Extract::clients;
    }
    if (!root.is_mapping()) {
        return Extract::nothing;
    }
    if (find_folded(root, "identity_providers")) {
        return Extract::configuration;
    }
    if (const auto section = root.find("oidc"); section.is_mapping() && has_any(section, k_section_marks)) {
        return Extract::section;
    }
    if (is_client_list(root.find("clients")) || is_client(root.find("clients")) || has_any(root, k_section_marks, 2)) {
        return Extract::settings;
    }
    if (is_client(root)) {
        return Extract::client;
    }
    return has_any(root, k_configuration_marks, 2) || root.find("access_control").find("default_policy")
               ? Extract::configuration
               : Extract::nothing;
}

} // namespace

Cursor find_folded(const Cursor& mapping, std::string_view name) {
    if (!mapping.is_mapping()) {
        return {};
    }
    if (auto exact = mapping.find(name)) {
        return exact;
    }
    for (const auto& member : mapping.children()) {
        if (lang::go::equal_fold(member.key(), name)) {
            return member;
        }
    }
    return {};
}

Layout layout_of(const document::Document& document, oidc::Placeholders placeholders) {
    Layout layout;
    layout.root = document.root();
    layout.extract = placeholders == oidc::Placeholders::literal ? Extract::configuration : extract_of(layout.root);
    switch (layout.extract) {
    case Extract::configuration: {
        layout.section = find_folded(find_folded(layout.root, "identity_providers"), "oidc");
        const std::string prefix = std::string(k_section) + ".";
        for (const auto& member : layout.root.children()) {
            if (layout.root.is_mapping() && member.key().starts_with(prefix)) {
                layout.dotted.emplace_back(member.key().substr(prefix.size()), member);
            }
        }
        break;
    }
    case Extract::section:
        layout.section = layout.root.find("oidc");
        break;
    case Extract::settings:
        layout.section = layout.root;
        break;
    case Extract::clients:
    case Extract::client:
        layout.clients = layout.root;
        break;
    case Extract::nothing:
        break;
    }
    return layout;
}

} // namespace oidcgen::providers::authelia
