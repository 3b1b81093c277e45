#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_scope_claims{"https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims"sv};
constexpr std::array k_registration_off_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability"sv};
constexpr std::array k_other_claims{"https://openid.net/specs/openid-connect-core-1_0.html#AdditionalClaims"sv};
constexpr std::array k_logout_return_refused_sources{"https://openid.net/specs/openid-connect-rpinitiated-1_0.html"sv};

} // namespace

const rule::Rule k_email_not_sent{
    .code = "OG3037",
    .name = "email-not-sent",
    .consequence = rule::Consequence::login_fails,
    .summary = "no mail address arrives, without which the application makes no account",
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
    .why = "The application makes no accounts, so it only lets in people who already have one that it can match with "
           "the claims of the provider.",
    .ignore = "when accounts are made by hand",
    .sources = k_registration_off_sources,
};

const rule::Rule k_name_not_sent{
    .code = "OG3039",
    .name = "name-not-sent",
    .consequence = rule::Consequence::feature_lost,
    .summary = "no name arrives for new accounts",
    .why = "The name comes with the scope profile, at the userinfo address or in the ID token. An application that "
           "takes its claims from one of them needs the name there.",
    .bad = "scope: openid email",
    .good = "scope: openid email profile",
    .sources = k_scope_claims,
};

const rule::Rule k_storage_label_not_sent{
    .code = "OG3040",
    .name = "storage-label-not-sent",
    .consequence = rule::Consequence::feature_lost,
    .summary = "the claim for the storage label does not arrive as text",
    .why = "The provider has to send the claim as text. A standard claim comes with its scope; any other has to be set "
           "up, and comes with a scope that the application asks for.",
    .ignore = "when folders may be named by the account's id",
    .sources = k_scope_claims,
};

const rule::Rule k_quota_without_effect{
    .code = "OG3041",
    .name = "quota-without-effect",
    .consequence = rule::Consequence::feature_lost,
    .summary = "a claim for the quota is set up and has no effect",
    .why = "The provider must define the claim and send it with a scope that the client has and the application asks "
           "for. The application must read it under that name and understand its value.",
    .sources = k_other_claims,
};

const rule::Rule k_role_without_effect{
    .code = "OG3042",
    .name = "role-without-effect",
    .consequence = rule::Consequence::feature_lost,
    .summary = "a claim for the role is set up and has no effect",
    .why = "The provider must define the claim and send it with a scope that the client has and the application asks "
           "for. The application must read it under that name and know the role.",
    .sources = k_other_claims,
};

const rule::Rule k_quota_claim_zero{
    .code = "OG3043",
    .name = "quota-claim-zero",
    .consequence = rule::Consequence::feature_lost,
    .summary = "the claim for the quota is zero, so nothing can be uploaded",
    .why = "The application takes 0 as a quota of zero bytes, not as one without limit.",
    .sources = k_other_claims,
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

namespace {

/// What a CEL expression always yields; nothing when it depends on the person, or is not understood.
struct List {};
using Constant = std::variant<double, std::string, bool, List>;

std::optional<Constant> constant(std::string_view expression) {
    expression = util::trimmed(expression);
    if (expression == "true" || expression == "false") {
        return expression == "true";
    }
    const auto quote = expression.empty() ? '\0' : expression.front();
    if ((quote == '\'' || quote == '"') && expression.size() >= 2 &&
        expression.find(quote, 1) == expression.size() - 1 && expression.find('\\') == std::string_view::npos) {
        return std::string(expression.substr(1, expression.size() - 2));
    }
    if (expression.starts_with('[') && expression.ends_with(']') && expression.find('[', 1) == std::string_view::npos &&
        expression.find(']') == expression.size() - 1) {
        return List{};
    }
    double number = 0;
    const auto [end, error] = std::from_chars(expression.data(), expression.data() + expression.size(), number);
    if (error == std::errc() && end == expression.data() + expression.size()) {
        return number;
    }
    return std::nullopt;
}

/// How a claim reaches the application.
struct Delivery {
    bool arrives = false;
    const CustomClaim* custom = nullptr; ///< its definition, for a claim of the provider's own
};

bool holds(const Texts& texts, std::string_view word) {
    return std::ranges::any_of(texts.value, [&](const Text& text) { return text.value == word; });
}

/// The provider's own claim of that name, as far as the client's policy defines it.
const CustomClaim* custom_claim(const Attempt& attempt, std::string_view claim) {
    const auto* const policy = policy_of(attempt);
    if (policy == nullptr) {
        return nullptr;
    }
    const auto found =
        std::ranges::find_if(policy->custom_claims, [&](const CustomClaim& it) { return it.name.value == claim; });
    return found == policy->custom_claims.end() ? nullptr : &*found;
}

/// Whether one of the scopes that are asked for has the claim.
bool is_in_scope(const Attempt& attempt, std::string_view claim) {
    const auto& sent = attempt.provider.behaviour.standard_claims;
    if (const auto scope = scope_of_claim(claim)) {
        const bool is_sent = sent.empty() || std::ranges::find(sent, claim) != sent.end();
        return is_sent && (scope->empty() || attempt.asks_for(*scope));
    }
    return std::ranges::any_of(attempt.provider.scopes, [&](const CustomScope& scope) {
        return attempt.asks_for(scope.name.value) && holds(scope.claims, claim);
    });
}

Delivery delivery(const Attempt& attempt, std::string_view claim) {
    Delivery result;
    result.custom = custom_claim(attempt, claim);
    const bool is_defined = scope_of_claim(claim).has_value() || result.custom != nullptr;
    if (!is_defined) {
        return result;
    }
    if (!claims_come_from_id_token(attempt)) {
        result.arrives = is_in_scope(attempt, claim);
        return result;
    }
    const auto* const policy = policy_of(attempt);
    const bool by_policy = policy != nullptr && holds(policy->id_token, claim);
    const bool always = claim == "sub" || attempt.provider.behaviour.id_token_has_profile_claims;
    result.arrives = by_policy || (always && is_in_scope(attempt, claim));
    return result;
}

/// Standard claims that are no text.
bool is_text_claim(std::string_view claim) {
    constexpr std::array k_others{"email_verified"sv, "phone_number_verified"sv, "address"sv, "groups"sv,
                                  "updated_at"sv};
    return std::ranges::find(k_others, claim) == k_others.end();
}

std::optional<Constant> constant_of(const Delivery& delivery) {
    if (delivery.custom == nullptr || delivery.custom->expression.is_unknown() ||
        delivery.custom->expression.value.empty()) {
        return std::nullopt;
    }
    return constant(delivery.custom->expression.value);
}

/// The provider defines a claim for the client whose name speaks of that purpose, other than the ones in use.
const CustomClaim* meant_for(const Attempt& attempt, std::string_view purpose, std::string_view used) {
    const auto* const policy = policy_of(attempt);
    if (policy == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(policy->custom_claims, [&](const CustomClaim& claim) {
        return claim.name.value != used && util::lowered(claim.name.value).find(purpose) != std::string::npos;
    });
    return found == policy->custom_claims.end() ? nullptr : &*found;
}

/// Where a person would look first for a claim that does not arrive.
document::Place claim_place(const Text& setting, const CustomClaim* custom) {
    if (setting.place && setting.is_given()) {
        return setting.place;
    }
    return custom != nullptr ? custom->name.place : setting.place;
}

std::string how_to_send(const Attempt& attempt, std::string_view claim) {
    if (const auto scope = scope_of_claim(claim); scope && !attempt.asks_for(*scope) && !scope->empty()) {
        return fmt::format("add {} to the application's scope", *scope);
    }
    if (claims_come_from_id_token(attempt)) {
        return fmt::format("add {} to id_token of the client's claims policy, or take email out of it", claim);
    }
    return fmt::format(
        "let a claims policy of the client define {0}, a scope have it, and the application ask for that scope", claim);
}

void check_name(Attempt& attempt) {
    const bool arrives = delivery(attempt, "name").arrives || delivery(attempt, "given_name").arrives ||
                         delivery(attempt, "family_name").arrives;
    if (arrives) {
        return;
    }
    attempt.lose(Lost::name, rule::finding(k_name_not_sent, "no name arrives for a new account",
                                           attempt.party.scope.place, how_to_send(attempt, "name")));
}

void check_label(Attempt& attempt) {
    const auto& setting = attempt.party.storage_label_claim;
    if (setting.is_unknown() || setting.value.empty()) {
        return;
    }
    const auto sent = delivery(attempt, setting.value);
    const auto value = constant_of(sent);
    const bool is_text =
        value ? std::holds_alternative<std::string>(*value) : sent.custom != nullptr || is_text_claim(setting.value);
    if (sent.arrives && is_text) {
        return;
    }
    attempt.lose(Lost::storage_label,
                 rule::finding(k_storage_label_not_sent,
                               sent.arrives ? fmt::format("the claim {} is no text", util::quoted(setting.value))
                                            : fmt::format("the claim {} does not arrive", util::quoted(setting.value)),
                               claim_place(setting, sent.custom), how_to_send(attempt, setting.value)));
}

/// The number in a text, as JavaScript's Number() has it; nothing when it is none.
std::optional<double> number_in(std::string_view text) {
    text = util::trimmed(text);
    if (text.empty()) {
        return 0;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// The quota that a constant means to the application; nothing when it means none.
std::optional<double> quota_of(const Constant& value, const ClientBehaviour& behaviour) {
    std::optional<double> number;
    if (const auto* const plain = std::get_if<double>(&value)) {
        number = *plain;
    } else if (const auto* const text = std::get_if<std::string>(&value);
               text != nullptr && behaviour.quota_takes_text) {
        number = number_in(*text);
    } else if (const auto* const truth = std::get_if<bool>(&value); truth != nullptr && behaviour.quota_takes_text) {
        number = *truth ? 1 : 0;
    }
    return number && *number >= 0 ? number : std::nullopt;
}

constexpr std::string_view k_default_quota_claim = "immich_quota";
constexpr std::string_view k_default_role_claim = "immich_role";

/// True when someone set the claim up: the application reads another name than its default, or the provider defines it.
bool is_set_up(const Text& setting, std::string_view usual, const CustomClaim* defined) {
    return defined != nullptr || (setting.is_given() && !setting.value.empty() && setting.value != usual);
}

void check_quota(Attempt& attempt) {
    const auto& setting = attempt.party.storage_quota_claim;
    if (setting.is_unknown()) {
        return;
    }
    const auto& behaviour = attempt.party.behaviour;
    const auto sent = delivery(attempt, setting.value);
    const auto* const meant = meant_for(attempt, "quota", setting.value);
    const auto value = constant_of(sent);
    const auto quota = value ? quota_of(*value, behaviour) : std::nullopt;
    if (sent.arrives && quota == 0.0 && !behaviour.zero_quota_is_unlimited) {
        attempt.lose(Lost::uploads,
                     rule::finding(k_quota_claim_zero, "the quota claim is 0, with which nothing can be uploaded",
                                   sent.custom->expression.place, "send no quota claim for a quota without limit"));
        return;
    }
    const bool has_effect = behaviour.has_quota && sent.arrives && (!value || quota);
    if (!has_effect && is_set_up(setting, k_default_quota_claim, sent.custom != nullptr ? sent.custom : meant)) {
        const bool unusable = sent.arrives && value && !quota;
        attempt.lose(Lost::quota,
                     rule::finding(k_quota_without_effect,
                                   unusable ? std::string("the quota claim is no number that Immich takes")
                                            : fmt::format("the claim {} for the quota does not arrive",
                                                          util::quoted(setting.value)),
                                   unusable ? sent.custom->expression.place
                                            : claim_place(setting, sent.custom != nullptr ? sent.custom : meant),
                                   unusable ? std::string("let the expression yield a number of GiB, like 50")
                                            : how_to_send(attempt, setting.value)));
    }
    // The default quota holds where no claim has an effect.
    const auto& otherwise = attempt.party.default_storage_quota;
    if (!has_effect && behaviour.has_quota && !behaviour.zero_quota_is_unlimited && !otherwise.is_unknown() &&
        otherwise.value == 0.0) {
        attempt.result.lost.push_back(Lost::uploads); // the application's own rule tells about the setting
    }
}

void check_role(Attempt& attempt) {
    const auto& setting = attempt.party.role_claim;
    if (setting.is_unknown()) {
        return;
    }
    const auto& behaviour = attempt.party.behaviour;
    const auto sent = delivery(attempt, setting.value);
    const auto* const meant = meant_for(attempt, "role", setting.value);
    const auto value = constant_of(sent);
    bool usable = true;
    if (value) {
        const auto* const text = std::get_if<std::string>(&*value);
        usable = (text != nullptr && (*text == "admin" || *text == "user")) ||
                 (std::holds_alternative<List>(*value) && behaviour.role_takes_list);
    } else if (sent.custom == nullptr) {
        // A standard claim: no text of them says admin or user but a group's name, which is in a list.
        usable = setting.value == "groups" && behaviour.role_takes_list;
    }
    const bool has_effect = behaviour.has_role && sent.arrives && usable;
    const auto* const defined = sent.custom != nullptr ? sent.custom : meant;
    if (has_effect || !is_set_up(setting, k_default_role_claim, defined)) {
        return;
    }
    const bool unusable = sent.arrives && !usable;
    std::string message = fmt::format("the claim {} for the role does not arrive", util::quoted(setting.value));
    std::string help = how_to_send(attempt, setting.value);
    if (!behaviour.has_role) {
        message = fmt::format("{} reads no role", attempt.party.version);
        help = "update Immich to 1.136.0 or newer, or do without the claim";
    } else if (unusable) {
        message = "the role claim is not admin or user";
        help = "let the claim be the text admin or user";
    }
    auto place = claim_place(setting, defined);
    if (unusable && sent.custom != nullptr && sent.custom->expression.place) {
        place = sent.custom->expression.place;
    } else if (!behaviour.has_role && defined != nullptr) {
        place = defined->name.place;
    }
    attempt.lose(Lost::role, rule::finding(k_role_without_effect, std::move(message), place, std::move(help)));
}

/// The last two labels of a host; cookie domains have at least as many.
std::string_view parent_domain(std::string_view host) {
    const auto last = host.rfind('.');
    if (last == std::string_view::npos || last == 0) {
        return host;
    }
    const auto before = host.rfind('.', last - 1);
    return before == std::string_view::npos ? host : host.substr(before + 1);
}

std::string_view host_in(std::string_view url) {
    const auto scheme = url.find("://");
    const auto start = scheme == std::string_view::npos ? 0 : scheme + 3;
    const auto rest = url.substr(start);
    return rest.substr(0, rest.find_first_of(":/?#"));
}

std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned value = 0;
        if (text[at] == '%' && at + 2 < text.size() &&
            std::from_chars(text.data() + at + 1, text.data() + at + 3, value, 16).ptr == text.data() + at + 3) {
            result += static_cast<char>(value);
            at += 2;
        } else {
            result += text[at];
        }
    }
    return result;
}

void check_logout(Attempt& attempt) {
    const auto& setting = attempt.party.end_session_endpoint;
    const auto& provider_url = attempt.circumstances.provider_url;
    if (attempt.device() != Device::web || setting.is_unknown() || setting.value.empty() || provider_url.empty()) {
        return;
    }
    const std::string_view url = setting.value;
    const auto rd = url.find("rd=");
    if (!url.starts_with(provider_url + "/logout") || rd == std::string_view::npos) {
        return;
    }
    const auto target = decoded(url.substr(rd + 3, url.find('&', rd) - rd - 3));
    if (parent_domain(host_in(target)) == parent_domain(host_in(provider_url))) {
        return;
    }
    attempt.lose(Lost::logout, rule::finding(k_logout_return_refused,
                                             fmt::format("Authelia does not lead back to {} after a logout",
                                                         util::quoted(host_in(target))),
                                             setting.place,
                                             fmt::format("set endSessionEndpoint to {}/logout?rd={}/", provider_url,
                                                         attempt.circumstances.address)));
}

} // namespace

Step enter_account(Attempt& attempt) {
    if (attempt.device() == Device::link) {
        attempt.trace(Stage::account, "the account that is logged in is linked to the person at the provider");
        return Step::goes_on;
    }
    if (!attempt.scopes_known) {
        return Step::goes_on;
    }
    const auto& party = attempt.party;
    if (!delivery(attempt, "email").arrives) {
        return attempt.fail(Stage::account,
                            rule::finding(k_email_not_sent,
                                          "no mail address arrives, and Immich makes no account without one",
                                          party.scope.place, how_to_send(attempt, "email")));
    }
    if (!party.auto_register.value && !party.auto_register.is_unknown()) {
        return attempt.fail(
            Stage::account,
            rule::finding(k_registration_off, "people without an account of that mail address are turned away",
                          party.auto_register.place, "set autoRegister to true, or make the accounts by hand"));
    }
    for (const auto check : {check_name, check_label, check_quota, check_role, check_logout}) {
        check(attempt);
    }
    attempt.trace(Stage::account, "Immich finds the account of that mail address, or makes one");
    return Step::goes_on;
}

} // namespace oidcgen::oidc
