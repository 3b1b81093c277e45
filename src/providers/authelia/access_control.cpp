#include "providers/authelia/access_control.hpp"

#include "document/hole_text.hpp"
#include "document/placeholder.hpp"
#include "providers/authelia/layout.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <vector>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using oidc::Known;
using oidc::ProxyAnswer;
using oidc::ProxyRule;
using oidc::Text;
using namespace std::string_view_literals;

constexpr auto k_section = "access_control"sv;

bool is_filled_in(const Cursor& at, oidc::Placeholders placeholders) {
    return placeholders == oidc::Placeholders::recognised &&
           (!at.is_scalar() || document::is_placeholder(at.text(), document::PlaceholderUse::secret_or_address));
}

/// A text or a list of texts. What is neither is unknown.
std::vector<Text> texts_at(const Cursor& at, oidc::Placeholders placeholders) {
    std::vector<Text> result;
    const auto add = [&](const Cursor& item) {
        result.push_back({std::string(item.is_scalar() ? item.text() : std::string_view()), item.place(),
                          is_filled_in(item, placeholders) ? Known::unknown : Known::given});
    };
    if (at.is_sequence()) {
        std::ranges::for_each(at.children(), add);
    } else if (at && !at.is_null()) {
        add(at);
    }
    return result;
}

bool is_set(const Cursor& at) {
    return at && !at.is_null() && !((at.is_sequence() || at.is_mapping()) && at.children().empty());
}

ProxyRule rule_at(const Cursor& at, oidc::Placeholders placeholders) {
    ProxyRule rule;
    rule.hosts = texts_at(find_folded(at, "domain"), placeholders);
    rule.host_forms = texts_at(find_folded(at, "domain_regex"), placeholders);
    rule.path_forms = texts_at(find_folded(at, "resources"), placeholders);
    const auto named = find_folded(at, rule.hosts.empty() ? "domain_regex" : "domain");
    rule.place = named ? named.place() : at.place();
    const auto methods = texts_at(find_folded(at, "methods"), placeholders);
    rule.skips_get = !methods.empty() && std::ranges::none_of(methods, [](const Text& method) {
        return method.is_unknown() || method.value == "GET";
    });
    rule.is_narrow = !methods.empty() || is_set(find_folded(at, "networks")) || is_set(find_folded(at, "query"));
    const auto policy = find_folded(at, "policy");
    constexpr std::size_t k_most_patterns = 100; // comparing more takes too long
    const bool is_long = rule.hosts.size() + rule.host_forms.size() + rule.path_forms.size() > k_most_patterns;
    rule.decision.known = !policy || is_long || is_filled_in(policy, placeholders) ? Known::unknown : Known::given;
    if (policy && policy.is_scalar()) {
        rule.decision.value = policy.text();
    }
    return rule;
}

/// Whether a rule applies, as far as that is known.
enum class Match : std::uint8_t { no, maybe, yes };

/// The beginning of a regular expression that stands for itself.
struct Beginning {
    std::string text;
    std::string_view rest;
    bool is_anchored = false;
};

Beginning beginning_of(std::string_view form) {
    constexpr auto k_special = ".*+?()[]{}|$^"sv;
    constexpr auto k_optional = "*?{"sv;
    Beginning result;
    result.is_anchored = form.starts_with('^');
    form.remove_prefix(result.is_anchored ? 1 : 0);
    while (!form.empty() && k_special.find(form.front()) == std::string_view::npos) {
        const bool is_escaped = form.front() == '\\';
        // Letters behind a backslash are classes.
        if (is_escaped && (form.size() == 1 || std::isalnum(static_cast<unsigned char>(form[1])) != 0)) {
            break;
        }
        const std::size_t size = is_escaped ? 2 : 1;
        if (form.size() > size && k_optional.find(form[size]) != std::string_view::npos) {
            break;
        }
        result.text += form[size - 1];
        form.remove_prefix(size);
    }
    result.rest = form;
    return result;
}

/// Compares with a regular expression that begins with plain text, which most of them do.
Match match_form(std::string_view form, std::string_view text) {
    constexpr std::array k_anything{".*"sv, ".*$"sv, "(.*)"sv, "(.*)$"sv, ".*?"sv};
    constexpr std::array k_anything_below{"([/?].*)?$"sv, "(/.*)?$"sv, "([/?].*)?"sv, "(/.*)?"sv, "(?:/.*)?$"sv};
    if (form.find('|') != std::string_view::npos) {
        return Match::maybe;
    }
    const auto parts = beginning_of(form);
    const auto& beginning = parts.text;
    const auto rest = parts.rest;
    const auto is_one_of = [&](const auto& forms) { return std::ranges::find(forms, rest) != forms.end(); };
    if (!parts.is_anchored) {
        const bool is_plain = rest.empty() || (beginning.empty() && is_one_of(k_anything));
        return !is_plain ? Match::maybe : text.find(beginning) == std::string_view::npos ? Match::no : Match::yes;
    }
    if (!text.starts_with(beginning)) {
        return Match::no;
    }
    if (rest.empty() || is_one_of(k_anything)) {
        return Match::yes;
    }
    const auto behind = text.substr(beginning.size());
    if (rest == "$") {
        return behind.empty() ? Match::yes : Match::no;
    }
    return is_one_of(k_anything_below) && (behind.empty() || behind.front() == '/') ? Match::yes : Match::maybe;
}

/// What stands for the first label of a name; empty when it is a name alone.
std::string_view wildcard_of(std::string_view name) {
    constexpr std::array k_wildcards{"*."sv, "{user}."sv, "{group}."sv};
    const auto* const found =
        std::ranges::find_if(k_wildcards, [&](std::string_view it) { return name.starts_with(it); });
    return found == k_wildcards.end() ? std::string_view() : *found;
}

/// Compares with a name, in which `*` or the name of a person or group may stand for the first label.
Match match_host(const Text& pattern, std::string_view host, bool has_holes) {
    const bool is_known = !pattern.is_unknown() && !has_holes;
    const auto text = is_known ? util::lowered(pattern.value) : pattern.value;
    const auto wildcard = wildcard_of(text);
    const auto name = std::string_view(text).substr(wildcard.empty() ? 0 : wildcard.size() - 1); // with its dot
    if (is_known) {
        const bool fits = wildcard.empty() ? host == name : host.size() > name.size() && host.ends_with(name);
        return fits ? Match::yes : Match::no;
    }
    const auto is_host = [&](std::string_view part) {
        return document::compare(document::hole_text(part, true), document::hole_text(host, has_holes)).likeness;
    };
    if (wildcard.empty()) {
        switch (is_host(pattern.value)) {
        case document::Likeness::same:
            return Match::yes;
        case document::Likeness::different:
            return Match::no;
        case document::Likeness::open:
            break;
        }
        return Match::maybe;
    }
    return host.ends_with(name) ? Match::yes : Match::maybe;
}

/// How a rule meets a host.
struct HostMatch {
    Match match = Match::no;
    bool is_named = false; ///< without a wildcard
};

HostMatch match_hosts(const ProxyRule& rule, std::string_view host, bool has_holes) {
    HostMatch result;
    const auto add = [&](Match match, bool is_named) {
        result.match = std::max(result.match, match);
        result.is_named = result.is_named || (match == Match::yes && is_named);
    };
    for (const auto& pattern : rule.hosts) {
        add(match_host(pattern, host, has_holes), wildcard_of(pattern.value).empty());
    }
    for (const auto& form : rule.host_forms) {
        add(form.is_unknown() || has_holes ? Match::maybe : match_form(form.value, host), true);
    }
    return rule.hosts.empty() && rule.host_forms.empty() ? HostMatch{Match::maybe, false} : result;
}

Match match_paths(const ProxyRule& rule, std::string_view path) {
    auto result = rule.path_forms.empty() ? Match::yes : Match::no;
    for (const auto& form : rule.path_forms) {
        result = std::max(result, form.is_unknown() ? Match::maybe : match_form(form.value, path));
    }
    return result;
}

/// What becomes of one request.
struct Decision {
    ProxyAnswer::Verdict verdict = ProxyAnswer::Verdict::passes;
    const document::Place* place = nullptr; ///< stopped: what decides so
    bool names_host = false;
};

Decision decide(const oidc::Provider& provider, std::string_view host, bool has_holes, std::string_view path) {
    using Verdict = ProxyAnswer::Verdict;
    constexpr std::array k_demands{"one_factor"sv, "two_factor"sv, "deny"sv};
    const auto demands = [&](const Text& decision) {
        return std::ranges::find(k_demands, decision.value) != k_demands.end();
    };
    for (const auto& rule : provider.proxy_rules) {
        const auto met = match_hosts(rule, host, has_holes);
        const auto applies = std::min(met.match, match_paths(rule, path));
        if (applies == Match::no || rule.skips_get) {
            continue;
        }
        if (rule.decision.is_unknown() || (applies == Match::maybe && !demands(rule.decision))) {
            return {rule.decision.value == "bypass" ? Verdict::passes : Verdict::unknown};
        }
        if (!demands(rule.decision)) {
            return {};
        }
        if (std::ranges::any_of(rule.hosts, &Text::is_unknown) && applies == Match::maybe) {
            return {Verdict::unknown};
        }
        if (applies == Match::yes && !rule.is_narrow) {
            return {Verdict::stopped, &rule.place, met.is_named};
        }
    }
    // With `deny`, nobody could open the application, so the proxy does not ask.
    const auto& otherwise = provider.proxy_default;
    const bool is_stopped = !otherwise.is_unknown() && demands(otherwise) && otherwise.value != "deny";
    return is_stopped ? Decision{Verdict::stopped, &otherwise.place, false} : Decision{};
}

/// A regular expression for a path and what is below it.
std::string form_of(std::string_view path) {
    std::string result = "^";
    for (const char it : path) {
        result += it == '.' ? "\\." : std::string(1, it);
    }
    return result + "([/?].*)?$";
}

} // namespace

void read_access_control(oidc::Provider& provider, const document::Document& document,
                         oidc::Placeholders placeholders) {
    const auto root = document.root();
    const auto section = root ? find_folded(root, k_section) : Cursor();
    if (!section.is_mapping()) {
        return;
    }
    const auto rules = find_folded(section, "rules");
    bool is_open = document.fatal() != nullptr || (rules && !rules.is_null() && !rules.is_sequence());
    if (rules.is_sequence()) {
        for (const auto& item : rules.children()) {
            is_open = is_open || !item.is_mapping();
            provider.proxy_rules.push_back(rule_at(item, placeholders));
        }
    }
    const auto policy = find_folded(section, "default_policy");
    provider.proxy_default = {policy.is_scalar() ? std::string(policy.text()) : "deny",
                              policy ? policy.place() : section.place(),
                              is_open || (policy && is_filled_in(policy, placeholders)) ? Known::unknown
                              : policy                                                  ? Known::given
                                                                                        : Known::defaulted};
}

ProxyAnswer proxy_answer(const oidc::Provider& provider, std::string_view host, std::span<const oidc::OpenPath> paths) {
    ProxyAnswer result;
    const bool has_holes = !document::hole_text(host, true).holes.empty();
    const auto compared = has_holes ? std::string(host) : util::lowered(host); // names of placeholders keep their case
    std::vector<std::string> forms;
    for (const auto& path : paths) {
        const auto decision = decide(provider, compared, has_holes, path.request);
        if (decision.verdict == ProxyAnswer::Verdict::unknown) {
            return {.verdict = ProxyAnswer::Verdict::unknown};
        }
        if (decision.verdict != ProxyAnswer::Verdict::stopped) {
            continue;
        }
        if (result.paths.empty()) {
            result.verdict = decision.verdict;
            result.place = *decision.place;
            result.names_host = decision.names_host;
        }
        if (result.place.span == decision.place->span) {
            result.paths.push_back(path.path);
            forms.push_back(fmt::format("'{}'", form_of(path.path)));
        }
    }
    if (!result.paths.empty()) {
        result.help = util::words("add a rule for {} before all others, with policy bypass and resources [{}]; nothing "
                                  "to do if the proxy does not ask Authelia about it",
                                  host, util::joined(forms, ", "));
    }
    return result;
}

} // namespace oidcgen::providers::authelia
