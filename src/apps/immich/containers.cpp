#include "apps/immich/containers.hpp"

#include "apps/immich/rules.hpp"

#include <array>

namespace oidcgen::apps::immich {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_images{"immich-app/immich-server"sv, "altran1502/immich-server"sv, "imagegenius/immich"sv};
constexpr std::array k_unread{"OAUTH_"sv, "IMMICH_OAUTH_"sv};
constexpr std::array k_sources{"https://docs.immich.app/install/environment-variables"sv,
                               "https://docs.immich.app/install/config-file"sv};

} // namespace

const rule::Rule k_variable_not_read{
    .code = "OG2121",
    .name = "variable-not-read",
    .consequence = rule::Consequence::feature_lost,
    .summary = "environment variables for OAuth, which no release of Immich reads",
    .why = "Immich takes its OAuth settings from the administration page, or from the file that IMMICH_CONFIG_FILE "
           "names. It has no environment variables for them, so what these say never happens, and OAuth stays off.",
    .bad = "environment:\n  OAUTH_ENABLED: 'true'",
    .good = "environment:\n  IMMICH_CONFIG_FILE: /config/immich.json",
    .ignore = "while another program in the same container reads them",
    .sources = k_sources,
};

const oidc::Containers& containers() {
    static const oidc::Containers k_containers{.images = k_images,
                                               .release_variable = "IMMICH_VERSION",
                                               .files_variable = "IMMICH_CONFIG_FILE",
                                               .unread_variables = k_unread,
                                               .unread_rule = &k_variable_not_read};
    return k_containers;
}

} // namespace oidcgen::apps::immich
