#include "app/larder/larder.hpp"

#include "app/larder/keys.hpp"
#include "app/larder/login.hpp"
#include "app/larder/read.hpp"
#include "app/larder/rules.hpp"
#include "app/larder/site.hpp"
#include "app/larder/write.hpp"

#include <array>

namespace oidcgen::toy::larder {

namespace {

constexpr std::array k_unknown_rules{&k_setting_unknown};

const oidc::ApplicationSystem k_application{
    .behaviour = behaviour,
    .inspect = inspect,
    .secret_setting = "passphrase",
    .secret_placeholder = "${LARDER_PASSPHRASE}",
    .wish = wish,
    .check_site = check_site,
    .describe = describe,
    .write = write,
    .ways = ways(),
    .metadata_path = metadata_path,
    .redirect = redirect,
    .token_redirect = token_redirect,
    .arrival = arrival,
    .id_token_alg = id_token_alg,
};

} // namespace

constexpr std::array k_marks{k_root};

const oidc::System k_system{
    .name = "larder",
    .title = "Larder",
    .wing = oidc::Wing::application,
    .about = "print Larder's settings of the login",
    .goes_to = "the folder of Larder",
    .ending = "json",
    .releases = releases(),
    .keys = keys(),
    .oldest_written = {1, 0, 0},
    .rules = rules(),
    .unknown_rules = k_unknown_rules,
    .fields = site_fields(),
    .reading = reading,
    .telling_word = k_root,
    .marks = k_marks,
    .recognises = recognises,
    .application = &k_application,
};

} // namespace oidcgen::toy::larder
