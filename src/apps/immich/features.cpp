#include "apps/immich/behaviour.hpp"
#include "apps/immich/immich.hpp"
#include "apps/immich/login.hpp"
#include "apps/immich/role.hpp"
#include "apps/immich/rules.hpp"
#include "oidc/terms.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace oidcgen::apps::immich {

namespace {

using oidc::Claims;
using oidc::Constant;
using oidc::Delivery;
using oidc::Loss;
using oidc::OwnClaim;
using oidc::RelyingParty;
using namespace std::string_view_literals;

constexpr std::array k_scope_claims{"https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims"sv};
constexpr std::array k_other_claims{"https://openid.net/specs/openid-connect-core-1_0.html#AdditionalClaims"sv};

} // namespace

const rule::Rule k_name_not_sent{
    .code = "OG3039",
    .name = "name-not-sent",
    .consequence = rule::Consequence::feature_lost,
    .summary = "no name arrives for new accounts",
    .why = "The name comes with the scope profile, from the userinfo address or in the ID token. If the application "
           "takes its claims from only one of them, the name must be there.",
    .bad = "scope: openid email",
    .good = "scope: openid email profile",
    .sources = k_scope_claims,
};

const rule::Rule k_storage_label_not_sent{
    .code = "OG3040",
    .name = "storage-label-not-sent",
    .consequence = rule::Consequence::feature_lost,
    .summary = "the claim for the storage label does not arrive as text",
    .why = "The provider must send the claim as text. A standard claim comes with its scope; any other must be set up, "
           "and comes with a scope that the application asks for.",
    .ignore = "when folders may be named by the account's id",
    .sources = k_scope_claims,
};

const rule::Rule k_quota_without_effect{
    .code = "OG3041",
    .name = "quota-without-effect",
    .consequence = rule::Consequence::feature_lost,
    .summary = "a claim for the quota is set up but has no effect",
    .why = "The provider must define the claim and send it with a scope that the client has and the application asks "
           "for. The application must read it under that name and understand its value.",
    .sources = k_other_claims,
};

const rule::Rule k_role_without_effect{
    .code = "OG3042",
    .name = "role-without-effect",
    .consequence = rule::Consequence::feature_lost,
    .summary = "a claim for the role is set up but has no effect",
    .why = "The provider must define the claim and send it with a scope that the client has and the application asks "
           "for. The application must read it under that name and know the role.",
    .sources = k_other_claims,
};

const rule::Rule k_quota_claim_zero{
    .code = "OG3043",
    .name = "quota-claim-zero",
    .consequence = rule::Consequence::feature_lost,
    .summary = "the claim for the quota is zero, so nothing can be uploaded",
    .why = "To the application, 0 is a quota of zero bytes. It does not mean unlimited.",
    .sources = k_other_claims,
};

namespace {

constexpr std::string_view k_default_quota_claim = "immich_quota";
constexpr std::string_view k_default_role_claim = "immich_role";

/// What a claim is set up with: its definition if it has one, or that of a claim which was meant for it.
struct SetUp {
    const OwnClaim* defined = nullptr;
    const oidc::ClaimRules* unused = nullptr; ///< what defines it, and the client does not use
};

SetUp set_up(const Claims& claims, const Delivery& sent, std::string_view purpose, std::string_view used,
             std::string_view usual) {
    if (sent.custom != nullptr) {
        return {sent.custom, nullptr};
    }
    const auto meant = claims.meant_for(purpose, used, usual);
    return {meant.claim, meant.unused};
}

/// True when someone set the claim up: Immich reads another name than its default, or the provider defines it.
bool is_set_up(const oidc::Text& setting, std::string_view usual, const SetUp& set_up) {
    return set_up.defined != nullptr || (setting.is_given() && !setting.value.empty() && setting.value != usual);
}

/// Where a person would look first for a claim that does not arrive.
document::Place claim_place(const oidc::Text& setting, const OwnClaim* custom) {
    if (setting.place && setting.is_given()) {
        return setting.place;
    }
    return custom != nullptr ? custom->name.place : setting.place;
}

/// The claim is defined where the client does not look for it.
rule::Finding unused_finding(const rule::Rule& rule, const Claims& claims, std::string_view feature,
                             const SetUp& defined) {
    const auto& used = claims.registration.claim_rules_name;
    const auto& name = defined.unused->name.value;
    auto finding = rule::finding(
        rule,
        util::words("the claim {} for the {} does not arrive, because the client does not use {}, which defines it",
                    util::outside(defined.defined->name.value), feature, util::outside(name)),
        used.place ? used.place : defined.defined->name.place,
        util::words("set {} of the client to {}", oidc::setting_name(used.place, "the claims policy"),
                    util::outside(name)));
    finding.notes.push_back({"the claim is defined here", defined.defined->name.place});
    return finding;
}

std::optional<Loss> name_loss(const Claims& claims, const RelyingParty& party) {
    constexpr std::array k_names{"name"sv, "given_name"sv, "family_name"sv};
    if (std::ranges::any_of(k_names, [&](std::string_view name) { return claims.of(name).arrives; })) {
        return std::nullopt;
    }
    return Loss{{"name"},
                rule::finding(k_name_not_sent, "no name arrives for a new account", party.scope.place,
                              claims.how_to_send("name"))};
}

std::optional<Loss> label_loss(const Claims& claims, const RelyingParty& party) {
    const auto& setting = party.storage_label_claim;
    if (setting.is_unknown() || setting.value.empty()) {
        return std::nullopt;
    }
    if (!setting.is_given() && !claims.provider.behaviour.sends_usernames) {
        return std::nullopt; // nobody wished for one
    }
    const auto sent = claims.of(setting.value);
    const bool is_text = sent.constant ? std::holds_alternative<std::string>(*sent.constant) : sent.is_text;
    if (sent.arrives && is_text) {
        return std::nullopt;
    }
    return Loss{{"storage-label"},
                rule::finding(k_storage_label_not_sent,
                              util::words("the claim {} {}", util::outside(setting.value),
                                          sent.arrives ? "is not text" : "does not arrive"),
                              claim_place(setting, sent.custom), claims.how_to_send(setting.value))};
}

/// The number in a text, as JavaScript's Number() has it; nothing when it is not a number.
std::optional<double> number_in(std::string_view text) {
    text = util::trimmed(text);
    if (text.empty()) {
        return 0;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// The quota that a constant means; nothing when it means none.
std::optional<double> quota_of(const Constant& value, const Behaviour& behaves) {
    std::optional<double> number;
    if (const auto* const plain = std::get_if<double>(&value)) {
        number = *plain;
    } else if (const auto* const text = std::get_if<std::string>(&value); text != nullptr && behaves.quota_takes_text) {
        number = number_in(*text);
    } else if (const auto* const truth = std::get_if<bool>(&value); truth != nullptr && behaves.quota_takes_text) {
        number = *truth ? 1 : 0;
    }
    return number && *number >= 0 ? number : std::nullopt;
}

/// The quota claim arrives with a value that is not a quota, or does not arrive.
rule::Finding quota_finding(const Claims& claims, const oidc::Text& setting, const Delivery& sent,
                            const SetUp& defined) {
    if (sent.arrives && sent.constant) {
        return rule::finding(k_quota_without_effect, "the quota claim is not a number that Immich accepts",
                             sent.custom->expression.place, "let the expression give a number of GiB, like 50");
    }
    if (defined.unused != nullptr) {
        return unused_finding(k_quota_without_effect, claims, "quota", defined);
    }
    return rule::finding(k_quota_without_effect,
                         util::words("the claim {} for the quota does not arrive", util::outside(setting.value)),
                         claim_place(setting, defined.defined), claims.how_to_send(setting.value));
}

std::optional<Loss> quota_loss(const Claims& claims, const RelyingParty& party) {
    const auto& setting = party.storage_quota_claim;
    if (setting.is_unknown()) {
        return std::nullopt;
    }
    const auto behaves = behaviour(party.version);
    const auto sent = claims.of(setting.value);
    const auto defined = set_up(claims, sent, "quota", setting.value, k_default_quota_claim);
    const auto quota = sent.constant ? quota_of(*sent.constant, behaves) : std::nullopt;
    if (sent.arrives && quota == 0.0 && !behaves.zero_quota_is_unlimited) {
        return Loss{{"uploads"},
                    rule::finding(k_quota_claim_zero, "the quota claim is 0, so nothing can be uploaded",
                                  sent.custom->expression.place, "for an unlimited quota, do not send the claim")};
    }
    if (behaves.has_quota && sent.arrives && (!sent.constant || quota)) {
        return std::nullopt;
    }
    Loss loss;
    if (is_set_up(setting, k_default_quota_claim, defined)) {
        loss.words.emplace_back("quota");
        loss.finding = quota_finding(claims, setting, sent, defined);
    }
    // The default quota holds where no claim has an effect.
    const auto& otherwise = party.default_storage_quota;
    if (behaves.has_quota && !behaves.zero_quota_is_unlimited && !otherwise.is_unknown() && otherwise.value == 0.0) {
        loss.words.emplace_back("uploads"); // a rule of the settings tells about it
    }
    return loss.words.empty() ? std::nullopt : std::optional(std::move(loss));
}

/// True for a role claim that says admin or user, as far as that is known.
bool is_role(const oidc::Text& setting, const Delivery& sent, const Behaviour& behaves) {
    if (sent.constant) {
        const auto* const text = std::get_if<std::string>(&*sent.constant);
        return (text != nullptr && (*text == "admin" || *text == "user")) ||
               (std::holds_alternative<oidc::ListConstant>(*sent.constant) && behaves.role_takes_list);
    }
    // A standard claim: no text of them says admin or user but a group's name, which is in a list.
    return (sent.custom != nullptr && (sent.is_text || behaves.role_takes_list)) ||
           (setting.value == "groups" && behaves.role_takes_list);
}

std::optional<Loss> role_loss(const Claims& claims, const RelyingParty& party) {
    const auto& setting = party.role_claim;
    if (setting.is_unknown()) {
        return std::nullopt;
    }
    const auto behaves = behaviour(party.version);
    const auto sent = claims.of(setting.value);
    const auto defined = set_up(claims, sent, "role", setting.value, k_default_role_claim);
    const bool usable = is_role(setting, sent, behaves);
    const bool has_effect = behaves.has_role && sent.arrives && usable;
    if (has_effect || !is_set_up(setting, k_default_role_claim, defined)) {
        return std::nullopt;
    }
    if (setting.is_given() && is_list_for_role(setting.value, behaves)) {
        return Loss{{"role"}, std::nullopt}; // a rule of the settings tells about it
    }
    if (behaves.has_role && defined.unused != nullptr) {
        return Loss{{"role"}, unused_finding(k_role_without_effect, claims, "role", defined)};
    }
    auto place = claim_place(setting, defined.defined);
    auto message = util::words("the claim {} for the role does not arrive", util::outside(setting.value));
    auto help = claims.how_to_send(setting.value);
    const bool unusable = sent.arrives && !usable;
    if (!behaves.has_role) {
        message = util::words("{} does not read a role", release_name(*party.system, party.version));
        const auto release = oidc::first_release(
            *party.system, [](const util::Version& version) { return behaviour(version).has_role; }, party.version);
        help = util::words("update Immich to {} or newer, or remove the claim", to_string(*release));
        place = defined.defined != nullptr ? defined.defined->name.place : place;
    } else if (unusable && sent.custom != nullptr && !sent.constant) {
        const auto& made_of = sent.custom->attribute.place ? sent.custom->attribute.place : sent.custom->name.place;
        return Loss{{"role"}, list_for_role(party.version, made_of)};
    } else if (unusable) {
        message = "the role claim is neither admin nor user";
        help = "let the claim be the text admin or the text user";
    }
    if (unusable && sent.custom != nullptr && sent.custom->expression.place) {
        place = sent.custom->expression.place;
    }
    return Loss{{"role"}, rule::finding(k_role_without_effect, std::move(message), place, std::move(help))};
}

constexpr std::array k_features{
    oidc::Feature{"name", name_loss},
    oidc::Feature{"storage-label", label_loss},
    oidc::Feature{"quota", quota_loss},
    oidc::Feature{"role", role_loss},
};

} // namespace

bool is_list_for_role(std::string_view claim, const Behaviour& behaves) {
    return claim == "groups" && behaves.has_role && !behaves.role_takes_list;
}

rule::Finding list_for_role(const util::Version& version, const document::Place& place) {
    const auto release = oidc::first_release(
        k_system, [](const util::Version& it) { return behaviour(it).role_takes_list; }, version);
    return rule::finding(k_role_without_effect,
                         "the role claim is a list of groups, and Immich reads a role only from a text", place,
                         util::words("use a claim that is the text admin or the text user, or update Immich to {} or "
                                     "newer, which also finds them in a list",
                                     to_string(*release)));
}

std::span<const oidc::Feature> features() { return k_features; }

} // namespace oidcgen::apps::immich
