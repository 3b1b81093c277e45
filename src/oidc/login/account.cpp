#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_scope_claims{"https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims"sv};
constexpr std::array k_registration_off_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability"sv};
constexpr std::array k_logout_return_refused_sources{"https://openid.net/specs/openid-connect-rpinitiated-1_0.html"sv};
constexpr std::array k_session_sources{"https://openid.net/specs/openid-connect-backchannel-1_0.html#BCSupport"sv};

} // namespace

const rule::Rule k_email_not_sent{
    .code = "OG3037",
    .name = "email-not-sent",
    .consequence = rule::Consequence::login_fails,
    .summary = "the mail address does not arrive, and the application needs it to make an account",
    .why = "The application finds and makes accounts by the mail address, which comes with the scope email.",
    .bad = "scope: openid profile",
    .good = "scope: openid email profile",
    .sources = k_scope_claims,
};

const rule::Rule k_registration_off{
    .code = "OG3038",
    .name = "registration-off",
    .consequence = rule::Consequence::advice,
    .summary = "people without an account cannot log in",
    .why = "The application does not make accounts, so it only lets in people who already have one that it can match "
           "with the claims of the provider.",
    .ignore = "when accounts are made by hand",
    .sources = k_registration_off_sources,
};

const rule::Rule k_logout_return_refused{
    .code = "OG3044",
    .name = "logout-return-refused",
    .consequence = rule::Consequence::feature_lost,
    .summary = "after a logout the provider does not lead back to the application",
    .why = "After a logout a provider leads only to addresses that it trusts, so that nobody can use it to send people "
           "elsewhere.",
    .sources = k_logout_return_refused_sources,
};

const rule::Rule k_session_id_not_sent{
    .code = "OG3045",
    .name = "session-id-not-sent",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application cannot link accounts with a provider that does not send a session id",
    .why = "A provider may put the claim `sid` into the ID token, which names the session there. This version of the "
           "application needs it to link an account, and fails with an internal error without it.",
    .bad = "# a release that needs the claim `sid`, with a provider that does not send it",
    .good = "# a release that does not need it",
    .ignore = "when nobody links an existing account",
    .sources = k_session_sources,
};

const rule::Rule k_open_registration{
    .code = "OG3051",
    .name = "open-registration",
    .consequence = rule::Consequence::risk,
    .summary = "everybody who can open the login page can make an account",
    .why =
        "The application makes an account for each person whom the provider lets in, and everybody can get an account "
        "at such a provider. Unless its own settings let in members of an organisation alone, strangers get in too.",
    .ignore = "when the provider lets in members of your organisation alone, or when everybody is welcome",
    .sources = k_registration_off_sources,
};

namespace {

/// What the provider does not send, and how it would.
util::Words how_to_send(const Attempt& attempt, std::string_view claim) {
    return Claims{attempt.provider, *attempt.registration, attempt.scopes, claims_carrier(attempt), attempt.party.scope}
        .how_to_send(claim);
}

void check_logout(Attempt& attempt) {
    const auto& setting = attempt.party.end_session_endpoint;
    const auto& provider_url = attempt.circumstances.provider_url;
    const auto& system = attempt.provider_system();
    if (!attempt.way.can_log_out || setting.is_unknown() || setting.value.empty() || provider_url.empty() ||
        system.logout == nullptr) {
        return;
    }
    const auto back = system.logout(setting.value, provider_url, attempt.circumstances.address);
    if (!back.is_refused) {
        return;
    }
    attempt.lose(
        {{"logout"},
         rule::finding(k_logout_return_refused,
                       util::words("{} does not lead back to {} after a logout", attempt.provider_title(),
                                   util::outside(back.host)),
                       setting.place, util::words("set {} to {}", setting_name(setting.place, "it"), back.proposal))});
}

Step link_account(Attempt& attempt) {
    if (attempt.party.behaviour.linking_needs_session_id && !attempt.provider.behaviour.sends_session_id) {
        const auto update = update_advice(
            attempt.party, +[](const ClientBehaviour& it) { return !it.linking_needs_session_id; });
        return attempt.fail(
            Stage::account,
            rule::finding(k_session_id_not_sent,
                          util::words("{} cannot link accounts with {}, which does not send a session id",
                                      attempt.app_release(), attempt.provider_title()),
                          attempt.party.place, update));
    }
    attempt.trace(Stage::account, "the account that is logged in is linked to the person at the provider");
    return Step::goes_on;
}

} // namespace

// Once fixed: the mail address arrives, and the application makes an account for it.

Step enter_account(Attempt& attempt) {
    if (!attempt.way.makes_account) {
        return link_account(attempt);
    }
    if (!attempt.scopes_known) {
        return Step::goes_on;
    }
    const auto& party = attempt.party;
    if (party.behaviour.needs_email && !attempt.delivery("email", claims_carrier(attempt)).arrives) {
        auto help = attempt.asks_for("email") ? how_to_send(attempt, "email") : attempt.ask_for("email");
        attempt.fail(Stage::account,
                     rule::finding(k_email_not_sent,
                                   util::words("the mail address does not arrive, and {} needs it to make an account",
                                               attempt.app()),
                                   party.scope.place, std::move(help)));
    }
    if (!party.auto_register.value && !party.auto_register.is_unknown()) {
        attempt.fail(Stage::account,
                     rule::finding(k_registration_off,
                                   util::words("people whose mail address does not have an account in {} yet "
                                               "cannot log in; everybody else can",
                                               attempt.app()),
                                   party.auto_register.place,
                                   attempt.provider.behaviour.lets_anybody_in
                                       ? util::Words("create the accounts first")
                                       : util::words("set {} to true, or create the accounts first",
                                                     setting_name(party.auto_register.place, "it"))),
                     "people without an account");
    }
    if (attempt.provider.behaviour.lets_anybody_in && party.auto_register.value && !party.auto_register.is_unknown()) {
        const auto& place = party.auto_register.place;
        attempt.advise(rule::finding(
            k_open_registration,
            util::words("everybody with an account at {} can make an account in {}, unless {} lets in members of your "
                        "organisation alone",
                        attempt.provider_title(), attempt.app(), attempt.provider_title()),
            place, util::words("set {} to false, and make the accounts first", setting_name(place, "it"))));
    }
    const Claims claims{attempt.provider, *attempt.registration, attempt.scopes, claims_carrier(attempt), party.scope};
    for (const auto& feature : attempt.app_system().features) {
        if (auto loss = feature.loss(claims, party)) {
            attempt.lose(std::move(*loss));
        }
    }
    check_logout(attempt);
    attempt.trace(Stage::account,
                  util::words("{} finds the account of that mail address, or makes one", attempt.app()));
    return Step::goes_on;
}

} // namespace oidcgen::oidc
