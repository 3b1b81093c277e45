#include "provider/gatewarden/keys.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::toy::gatewarden {

namespace {

using oidc::Key;
using oidc::ValueType;
using namespace std::string_view_literals;

constexpr std::array k_proofs{"header"sv, "form"sv};

constexpr std::array k_keys{
    Key{.path = "gatewarden.address", .type = ValueType::url},
    Key{.path = "gatewarden.clients", .type = ValueType::object_list},
    Key{.path = "gatewarden.clients[].id"},
    Key{.path = "gatewarden.clients[].title"},
    Key{.path = "gatewarden.clients[].passphrase"},
    Key{.path = "gatewarden.clients[].returns_to", .type = ValueType::text_list},
    Key{.path = "gatewarden.clients[].grants", .type = ValueType::text_list, .default_value = R"(["openid"])"},
    Key{.path = "gatewarden.clients[].proof", .default_value = R"("header")", .allowed = k_proofs},
};

} // namespace

std::span<const Key> keys() { return k_keys; }

bool is_known(std::string_view path) { return std::ranges::find(k_keys, path, &Key::path) != k_keys.end(); }

} // namespace oidcgen::toy::gatewarden
