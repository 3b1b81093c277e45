#include "lint/rules.hpp"

#include "lint/merge.hpp"
#include "lint/predict.hpp"
#include "lint/strict.hpp"
#include "oidc/login/rules.hpp"
#include "oidc/secrets.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>

namespace oidcgen::lint {

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

} // namespace oidcgen::lint
