#include "providers/google/notes.hpp"

#include <array>
#include <string_view>

namespace oidcgen::providers::google {

namespace {

using namespace std::string_view_literals;
using oidc::RuleNote;

constexpr std::array k_mismatch{"https://developers.google.com/identity/protocols/oauth2/web-server"sv};
constexpr std::array k_basic{"https://github.com/panva/oauth4webapi/issues/165"sv};
constexpr std::array k_audience{"https://support.google.com/cloud/answer/15549945"sv};

/// Ordered by the codes of the rules.
constexpr auto k_notes = std::to_array<RuleNote>({
    {
        .rule = "redirect-uri-unregistered",
        .text =
            "Google answers with Error 400: redirect_uri_mismatch. A change in the console takes five minutes to a few "
            "hours to have an effect, and the downloaded file is what it was at that time.",
        .bad = R"("redirect_uris": ["https://photos.example.com/"])",
        .good = R"("redirect_uris": ["https://photos.example.com/auth/login"])",
        .sources = k_mismatch,
    },
    {
        .rule = "credentials-not-decoded",
        .text =
            "Every client id of Google has a dash and dots in it, which libraries escape in the header and Google is "
            "reported not to resolve. client_secret_post works.",
        .bad = "tokenEndpointAuthMethod: client_secret_basic",
        .good = "tokenEndpointAuthMethod: client_secret_post",
        .sources = k_basic,
    },
    {
        .rule = "open-registration",
        .text =
            "The audience External lets in everybody with a Google account, in testing too, as long as only openid, "
            "email and profile are asked for. The audience Internal lets in members of the organisation alone.",
        .bad = "autoRegister: true",
        .good = "autoRegister: false",
        .sources = k_audience,
    },
});

} // namespace

std::span<const RuleNote> notes() { return k_notes; }

} // namespace oidcgen::providers::google
