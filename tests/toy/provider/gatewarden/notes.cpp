#include "provider/gatewarden/notes.hpp"

#include <array>
#include <string_view>

namespace oidcgen::toy::gatewarden {

namespace {

using oidc::RuleNote;
using namespace std::string_view_literals;

constexpr std::array k_manual{"https://gatewarden.example/manual#returns_to"sv};

constexpr std::array k_notes{
    RuleNote{
        .rule = "redirect-uri-unregistered",
        .text = "An entry is a pattern, in which * stands for any text.",
        .bad = "returns_to:\n  - https://recipes.example.com",
        .good = "returns_to:\n  - https://recipes.example.com/*",
        .sources = k_manual,
    },
    RuleNote{
        .rule = "issuer-path-wrong",
        .text = "Each client has an issuer of its own, the address followed by /clients/ and the id of the client.",
    },
};

} // namespace

std::span<const RuleNote> notes() { return k_notes; }

} // namespace oidcgen::toy::gatewarden
