#include "app/larder/keys.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::toy::larder {

namespace {

using oidc::Key;
using oidc::ValueType;

constexpr std::array k_releases{
    oidc::ReleaseLine{.major = 1, .minor = 0, .last_patch = 2},
    oidc::ReleaseLine{.major = 1, .minor = 1, .last_patch = 3},
};

constexpr util::VersionRange k_since_1_1{.since = {1, 1, 0}};

constexpr std::array k_keys{
    Key{.path = "issuer", .type = ValueType::url},
    Key{.path = "client"},
    Key{.path = "passphrase"},
    Key{.path = "scopes", .default_value = R"("openid email")"},
    Key{.path = "greeting", .default_value = R"("Sign in")", .versions = k_since_1_1},
};

} // namespace

std::span<const oidc::ReleaseLine> releases() { return k_releases; }

std::span<const Key> keys() { return k_keys; }

bool is_known(std::string_view name, const util::Version& version) {
    return std::ranges::any_of(k_keys, [&](const Key& key) { return key.path == name && key.versions.holds(version); });
}

} // namespace oidcgen::toy::larder
