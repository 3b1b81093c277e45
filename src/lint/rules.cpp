#include "lint/rules.hpp"

#include "lint/merge.hpp"
#include "lint/predict.hpp"
#include "lint/strict.hpp"
#include "lint/suppress.hpp"
#include "oidc/login/rules.hpp"
#include "oidc/secrets.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <utility>

namespace oidcgen::lint {

namespace {

constexpr std::string_view k_beginning = "og"; ///< of every code, in small letters

} // namespace

std::vector<const rule::Rule*> all_rules() {
    std::vector<const rule::Rule*> result;
    const auto add = [&](std::span<const rule::Rule* const> rules) {
        result.insert(result.end(), rules.begin(), rules.end());
    };
    for (const auto* const system : systems()) {
        add(system->rules);
    }
    add(oidc::login_rules());
    add(oidc::secret_rules());
    add(prediction_rules());
    add(strict_rules());
    add(merge_rules());
    add(suppression_rules());
    // Rules about reading are in the table of every system that reads.
    std::ranges::sort(result, {}, &rule::Rule::code);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

const rule::Rule* find_rule(std::string_view text) {
    const auto wanted = util::lowered(text);
    for (const auto* const rule : all_rules()) {
        if (wanted == rule->name || wanted == util::lowered(rule->code)) {
            return rule;
        }
    }
    return nullptr;
}

util::Expected<NamedRules> named_rules(std::string_view text) {
    if (const auto* const rule = find_rule(text)) {
        const bool is_code = util::lowered(text) == util::lowered(rule->code);
        return NamedRules{std::string(is_code ? rule->code : rule->name), {rule}};
    }
    const auto wanted = util::lowered(text);
    NamedRules result;
    std::vector<std::string_view> known;
    for (const auto* const rule : all_rules()) {
        if (wanted.starts_with(k_beginning) && util::lowered(rule->code).starts_with(wanted)) {
            result.text = rule->code.substr(0, text.size());
            result.rules.push_back(rule);
        }
        known.push_back(rule->name);
        known.push_back(rule->code);
    }
    if (result.rules.empty()) {
        auto meant = util::did_you_mean(text, known);
        return util::failure(
            util::words("rule {} does not exist{}", util::outside(text),
                        meant.empty() ? util::Words("; `oidcgen explain all` lists all rules") : std::move(meant)));
    }
    return result;
}

} // namespace oidcgen::lint
