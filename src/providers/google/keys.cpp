#include "providers/google/keys.hpp"

#include <array>

namespace oidcgen::providers::google {

namespace {

using oidc::Key;
using enum oidc::ValueType;

constexpr auto k_keys = std::to_array<Key>({
    {"web", object},
    {"web.client_id", text},
    {"web.client_secret", text},
    {"web.project_id", text},
    {"web.auth_uri", url},
    {"web.token_uri", url},
    {"web.auth_provider_x509_cert_url", url},
    {"web.redirect_uris", url_list},
    {"web.javascript_origins", url_list},
    {"installed", object},
    {"type", text},
});

} // namespace

std::span<const oidc::Key> keys() { return k_keys; }

} // namespace oidcgen::providers::google
