#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#authorization_policies"sv};

constexpr std::array k_built_in{"one_factor"sv, "two_factor"sv};

void check_decision(Inspection& inspection, const TextSetting& decision) {
    const auto decisions = inspection.keys.allowed("authorization_policies.*.default_policy");
    if (!decision.is_unknown() && !decision.value.empty() && !holds(decisions, decision.value)) {
        inspection.add_unknown(k_policy_decision_unknown, decision.value, "a policy decision", decisions,
                               decision.at.place());
    }
}

void check_subjects(Inspection& inspection, const PolicyRule& rule) {
    if (!inspection.release.checks_policy_subjects) {
        return;
    }
    for (const auto& group : rule.subjects) {
        for (const auto& subject : group) {
            if (!subject.is_unknown && !subject.text.starts_with("user:") && !subject.text.starts_with("group:")) {
                inspection.add(k_policy_subject_invalid,
                               util::words("{} must begin with user: or group:", util::outside(subject.text)),
                               subject.at.place(), util::words("write user:{0} or group:{0}", subject.text));
            }
        }
    }
}

void check_rule(Inspection& inspection, const PolicyRule& rule) {
    check_decision(inspection, rule.policy);
    if (rule.is_subject_unknown || rule.is_networks_unknown) {
        check_subjects(inspection, rule);
        return;
    }
    const bool has_subjects =
        inspection.release.has_network_criteria || !inspection.release.checks_policy_subjects
            ? !rule.subjects.empty()
            : std::ranges::any_of(rule.subjects, [](const auto& group) { return !group.empty(); });
    if (!has_subjects && rule.networks == 0) {
        inspection.add(k_policy_rule_without_criteria,
                       inspection.release.has_network_criteria ? "this rule has neither a subject nor a network"
                                                               : "this rule has no subject",
                       place_of(Setting<int>{0, rule.subject_at}, rule.at, "subject"),
                       "add `subject`, or remove the rule and set default_policy");
        return;
    }
    check_subjects(inspection, rule);
}

} // namespace

const rule::Rule k_policy_name_invalid{
    .code = "OG1133",
    .name = "policy-name-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "an authorization policy has no name, or one that Authelia uses itself",
    .why = "Clients refer to a policy by its name. The names one_factor, two_factor and deny are reserved.",
    .bad = "authorization_policies:\n  two_factor:\n    …",
    .good = "authorization_policies:\n  family:\n    …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_policy_decision_unknown{
    .code = "OG1134",
    .name = "policy-decision-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "an authorization policy has a decision that Authelia does not know",
    .why = "A policy asks for one factor, asks for two, or denies. bypass belongs to access control: nobody can bypass "
           "a login.",
    .bad = "default_policy: bypass",
    .good = "default_policy: deny",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_policy_without_rules{
    .code = "OG1135",
    .name = "policy-without-rules",
    .consequence = Consequence::provider_refuses,
    .summary = "an authorization policy has no rules",
    .why = "A policy that has only a default does what one_factor and two_factor already do, so Authelia wants at "
           "least one rule.",
    .bad = "authorization_policies:\n  family:\n    default_policy: deny",
    .good =
        "authorization_policies:\n  family:\n    default_policy: deny\n    rules:\n      - policy: two_factor\n        "
        "subject: group:family",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_policy_rule_without_criteria{
    .code = "OG1136",
    .name = "policy-rule-without-criteria",
    .consequence = Consequence::provider_refuses,
    .summary = "a rule of an authorization policy does not say whom it applies to",
    .why = "A rule needs a subject or, from Authelia 4.39 on, a network. Without one it would apply to everybody, "
           "which is what default_policy is for.",
    .bad = "rules:\n  - policy: two_factor",
    .good = "rules:\n  - policy: two_factor\n    subject: group:family",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_policy_subject_invalid{
    .code = "OG1137",
    .name = "policy-subject-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "a subject of an authorization policy is neither a user nor a group",
    .why = "A subject is user: or group: followed by a name. A name alone is refused.",
    .bad = "subject: family",
    .good = "subject: group:family",
    .ignore = {},
    .sources = k_sources,
};

void check_policies(Inspection& inspection) {
    auto& names = inspection.names.policies;
    const auto decisions = inspection.keys.allowed("authorization_policies.*.default_policy");
    names.assign(k_built_in.begin(), k_built_in.end());
    for (const auto& policy : inspection.provider.policies) {
        const bool is_blank = policy.name.empty();
        const bool is_reserved = holds(decisions, policy.name);
        if (is_blank || is_reserved) {
            inspection.add(k_policy_name_invalid,
                           is_blank ? util::Words("this policy has no name")
                                    : util::words("the name {} is reserved by Authelia", util::outside(policy.name)),
                           policy.at.key_place(), "choose another name");
        } else {
            names.push_back(policy.name);
        }
        check_decision(inspection, policy.default_policy);
        if (policy.rules.empty() && !policy.are_rules_unknown) {
            // No path leads to what is below an empty name.
            const auto place = policy.at.key().empty() ? policy.at.key_place()
                                                       : place_of(Setting<int>{0, policy.rules_at}, policy.at, "rules");
            inspection.add(k_policy_without_rules, "a policy needs at least one rule", place,
                           "add `rules`, or remove the policy and let clients use one_factor or two_factor");
        }
        for (const auto& rule : policy.rules) {
            check_rule(inspection, rule);
        }
    }
}

} // namespace oidcgen::providers::authelia
