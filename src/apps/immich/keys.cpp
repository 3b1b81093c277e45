#include "apps/immich/keys.hpp"

#include <string_view>

namespace oidcgen::apps::immich {

namespace {

using oidc::Key;
using oidc::ReleaseLine;
using oidc::ValueType;
using util::VersionRange;
using namespace std::string_view_literals;

/// Tags of https://github.com/immich-app/immich/tags
constexpr std::array k_releases{
    ReleaseLine{1, 90, 2},  ReleaseLine{1, 91, 4},  ReleaseLine{1, 92, 1},  ReleaseLine{1, 93, 3},
    ReleaseLine{1, 94, 1},  ReleaseLine{1, 95, 1},  ReleaseLine{1, 96, 0},  ReleaseLine{1, 97, 0},
    ReleaseLine{1, 98, 2},  ReleaseLine{1, 99, 0},  ReleaseLine{1, 100, 0}, ReleaseLine{1, 101, 0},
    ReleaseLine{1, 102, 3}, ReleaseLine{1, 103, 1}, ReleaseLine{1, 104, 0}, ReleaseLine{1, 105, 1},
    ReleaseLine{1, 106, 4}, ReleaseLine{1, 107, 2}, ReleaseLine{1, 108, 0}, ReleaseLine{1, 109, 2},
    ReleaseLine{1, 110, 0}, ReleaseLine{1, 111, 0}, ReleaseLine{1, 112, 1}, ReleaseLine{1, 113, 1},
    ReleaseLine{1, 114, 0}, ReleaseLine{1, 115, 0}, ReleaseLine{1, 116, 2}, ReleaseLine{1, 117, 0},
    ReleaseLine{1, 118, 2}, ReleaseLine{1, 119, 1}, ReleaseLine{1, 120, 2}, ReleaseLine{1, 121, 0},
    ReleaseLine{1, 122, 3}, ReleaseLine{1, 123, 0}, ReleaseLine{1, 124, 2}, ReleaseLine{1, 125, 7},
    ReleaseLine{1, 126, 1}, ReleaseLine{1, 127, 0}, ReleaseLine{1, 128, 0}, ReleaseLine{1, 129, 0},
    ReleaseLine{1, 130, 3}, ReleaseLine{1, 131, 3}, ReleaseLine{1, 132, 3}, ReleaseLine{1, 133, 1},
    ReleaseLine{1, 134, 0}, ReleaseLine{1, 135, 3}, ReleaseLine{1, 136, 0}, ReleaseLine{1, 137, 3},
    ReleaseLine{1, 138, 1}, ReleaseLine{1, 139, 4}, ReleaseLine{1, 140, 1}, ReleaseLine{1, 141, 1},
    ReleaseLine{1, 142, 1}, ReleaseLine{1, 143, 1}, ReleaseLine{1, 144, 1}, ReleaseLine{2, 0, 1},
    ReleaseLine{2, 1, 0},   ReleaseLine{2, 2, 3},   ReleaseLine{2, 3, 1},   ReleaseLine{2, 4, 1},
    ReleaseLine{2, 5, 6},   ReleaseLine{2, 6, 3},   ReleaseLine{2, 7, 5},   ReleaseLine{3, 0, 3, 5},
    ReleaseLine{3, 1, 0},   ReleaseLine{3, 2, 2},
};

constexpr std::array k_auth_methods{"client_secret_post"sv, "client_secret_basic"sv};

constexpr VersionRange k_always{};
constexpr VersionRange k_since_1_95{{1, 95, 0}};
constexpr VersionRange k_since_1_98{{1, 98, 0}};
constexpr VersionRange k_until_1_135{{1, 98, 0}, {1, 135, 0}};
constexpr VersionRange k_since_1_135{{1, 135, 0}};
constexpr VersionRange k_since_1_109{{1, 109, 0}};
constexpr VersionRange k_since_1_133{{1, 133, 0}};
constexpr VersionRange k_since_1_136{{1, 136, 0}};
constexpr VersionRange k_since_3_0{{3, 0, 0, 0}};
constexpr VersionRange k_since_3_2{{3, 2, 0}};

/// server/src/config.ts and server/src/dtos/system-config.dto.ts of each release (from 3.2.0 dtos/config.dto.ts).
constexpr std::array k_keys{
    Key{.path = "accountManagementUrl", .type = ValueType::url, .default_value = "\"\"", .versions = k_since_3_2},
    Key{.path = "allowInsecureRequests", .type = ValueType::boolean, .default_value = "false", .versions = k_since_3_0},
    Key{.path = "autoLaunch", .type = ValueType::boolean, .default_value = "false", .versions = k_always},
    Key{.path = "autoRegister", .type = ValueType::boolean, .default_value = "true", .versions = k_always},
    Key{.path = "buttonText", .default_value = "\"Login with OAuth\"", .versions = k_always},
    Key{.path = "clientId", .default_value = "\"\"", .versions = k_always},
    Key{.path = "clientSecret", .default_value = "\"\"", .versions = k_always},
    Key{.path = "defaultStorageQuota", .type = ValueType::number, .default_value = "0", .versions = k_until_1_135},
    Key{.path = "defaultStorageQuota", .type = ValueType::number, .default_value = "null", .versions = k_since_1_135},
    Key{.path = "enabled", .type = ValueType::boolean, .default_value = "false", .versions = k_always},
    Key{.path = "endSessionEndpoint", .type = ValueType::url, .default_value = "\"\"", .versions = k_since_3_0},
    Key{.path = "issuerUrl", .type = ValueType::url, .default_value = "\"\"", .versions = k_always},
    Key{.path = "mobileOverrideEnabled", .type = ValueType::boolean, .default_value = "false", .versions = k_always},
    Key{.path = "mobileRedirectUri", .type = ValueType::url, .default_value = "\"\"", .versions = k_always},
    Key{.path = "profileSigningAlgorithm", .default_value = "\"none\"", .versions = k_since_1_109},
    Key{.path = "prompt", .default_value = "\"\"", .versions = k_since_3_0},
    Key{.path = "roleClaim", .default_value = "\"immich_role\"", .versions = k_since_1_136},
    Key{.path = "scope", .default_value = "\"openid email profile\"", .versions = k_always},
    Key{.path = "signingAlgorithm", .default_value = "\"RS256\"", .versions = k_since_1_95},
    Key{.path = "storageLabelClaim", .default_value = "\"preferred_username\"", .versions = k_always},
    Key{.path = "storageQuotaClaim", .default_value = "\"immich_quota\"", .versions = k_since_1_98},
    Key{.path = "timeout", .type = ValueType::integer, .default_value = "30000", .versions = k_since_1_133},
    Key{.path = "tokenEndpointAuthMethod",
        .default_value = "\"client_secret_post\"",
        .allowed = k_auth_methods,
        .versions = k_since_1_133},
};

} // namespace

std::span<const ReleaseLine> releases() { return k_releases; }

std::span<const Key> keys() { return k_keys; }

} // namespace oidcgen::apps::immich
