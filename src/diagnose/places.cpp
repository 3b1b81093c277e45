#include "diagnose/causes.hpp"
#include "diagnose/diagnose.hpp"
#include "lint/rules.hpp"
#include "oidc/login/login.hpp"
#include "systems.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::diagnose {

namespace {

using report::ShownBy;
using util::Words;

/// A sentence of a table, with the value in it where the line told one.
Words said(std::string_view plain, std::string_view with_value, const std::string& value) {
    return value.empty() || with_value.empty() ? util::own(plain) : util::filled(with_value, {util::outside(value)});
}

void name_rule(report::Story& story, const rule::Rule& rule) {
    story.code = rule.code;
    story.name = rule.name;
}

report::Story told(const Reason& reason) {
    const auto& message = reason.first.front().message;
    const auto& row = *message.row;
    report::Story result;
    const auto* const rule = row.rules.front().empty() ? nullptr : lint::find_rule(row.rules.front());
    const auto* cause = find_cause(row.cause);
    if (cause == nullptr && rule == nullptr) {
        cause = find_cause(k_unknown_cause);
    }
    if (cause != nullptr) {
        result.code = cause->code;
        result.name = cause->name;
        result.message = util::own(cause->what);
        result.help = said(cause->help, cause->advice, message.value);
        for (const auto other : cause->else_it) {
            if (!other.empty()) {
                result.else_it.push_back(util::own(other));
            }
        }
    } else {
        name_rule(result, *rule);
        result.message = util::own(rule->summary);
    }
    result.is_known = result.name != k_unknown_cause;
    if (!row.what.empty()) {
        result.message = util::own(row.what);
    }
    if (!row.help.empty()) {
        result.help = said(row.help, row.advice, message.value);
    }
    result.stage = message.stage;
    result.client = reason.client;
    result.times = reason.times;
    result.last_line = reason.last_line;
    for (const auto& line : reason.first) {
        const auto* const system = line.message.system;
        result.lines.push_back(
            {line.line, line.message.row->text, system == nullptr ? std::string_view() : system->title});
        if (!result.stage) {
            result.stage = line.message.stage;
        }
    }
    const auto& first = reason.first.front();
    if (first.time) {
        result.first_time = to_text(*first.time);
    }
    if (reason.last_time) {
        result.last_time = to_text(*reason.last_time);
    }
    return result;
}

/// The client that a reason is about, if the files have it; else empty.
std::string_view client_in(const report::Report& files, const Reason& reason) {
    const bool is_known =
        std::ranges::any_of(files.logins, [&](const report::Login& it) { return it.client == reason.client; });
    return is_known ? std::string_view(reason.client) : std::string_view();
}

bool is_of_client(const rule::Finding& finding, std::string_view client) {
    return client.empty() || finding.client.empty() || finding.client == client;
}

bool stops_logins(const rule::Finding& finding) {
    const auto consequence = static_cast<rule::Consequence>(finding.consequence);
    return consequence == rule::Consequence::login_fails || consequence == rule::Consequence::provider_refuses ||
           consequence == rule::Consequence::app_refuses;
}

/// The logins that may be this one.
std::vector<const report::Login*> logins_of(const Reason& reason, const report::Report& files) {
    const auto client = client_in(files, reason);
    std::vector<const report::Login*> result;
    for (const auto& login : files.logins) {
        if (client.empty() || login.client == client) {
            result.push_back(&login);
        }
    }
    return result;
}

/// Why lint says that such a login fails at that stage.
std::vector<std::string> because(oidc::Stage stage, const Reason& reason, const report::Report& files) {
    std::vector<std::string> result;
    for (const auto* const login : logins_of(reason, files)) {
        if (login->stage == stage) {
            result.insert(result.end(), login->because.begin(), login->because.end());
        }
    }
    return result;
}

/// The stage at which lint says that such a login fails because of the rule; nothing when none does.
std::optional<oidc::Stage> stage_of(std::string_view rule, const Reason& reason, const report::Report& files) {
    for (const auto* const login : logins_of(reason, files)) {
        if (std::ranges::find(login->because, rule) != login->because.end()) {
            return login->stage;
        }
    }
    return std::nullopt;
}

/// Findings of one rule. Of those the ones about the value that the log tells, where any is.
std::vector<const rule::Finding*> findings_of(std::string_view rule, const Reason& reason,
                                              const report::Report& files) {
    std::vector<const rule::Finding*> result;
    const auto client = client_in(files, reason);
    const auto add = [&](std::string_view wanted) {
        for (const auto& finding : files.findings) {
            if (finding.rule->name == rule && is_of_client(finding, wanted)) {
                result.push_back(&finding);
            }
        }
    };
    add(client);
    // The id that an application sends may be another one than that of the client that it means.
    if (result.empty() && stage_of(rule, reason, files)) {
        add({});
    }
    const auto& value = reason.first.front().message.value;
    const auto tells = [&](const rule::Finding* it) {
        return it->message.text().find(value) != std::string::npos || it->help.text().find(value) != std::string::npos;
    };
    if (!value.empty() && std::ranges::any_of(result, tells)) {
        std::erase_if(result, [&](const rule::Finding* it) { return !tells(it); });
    }
    if (std::ranges::any_of(result, [](const rule::Finding* it) { return stops_logins(*it); })) {
        std::erase_if(result, [](const rule::Finding* it) { return !stops_logins(*it); });
    }
    return result;
}

/// The rules that the log points at: those of all its lines, first those that stop a login at that stage.
std::vector<std::string_view> pointed_at(const Reason& reason, const std::vector<std::string>& stops) {
    std::vector<std::string_view> result;
    for (const auto& line : reason.first) {
        for (const auto rule : line.message.row->rules) {
            if (!rule.empty() && std::ranges::find(result, rule) == result.end()) {
                result.push_back(rule);
            }
        }
    }
    std::stable_partition(result.begin(), result.end(),
                          [&](std::string_view it) { return std::ranges::find(stops, it) != stops.end(); });
    return result;
}

/// What it can be when the files do not have it, the likeliest first. What has a cause outside of them tells that
/// already.
void add_elsewhere(report::Story& story, const Reason& reason, const report::Report& files) {
    const auto& message = reason.first.front().message;
    std::vector<Words> result;
    const auto release =
        message.system == nullptr ? files.targets.end() : files.targets.find(std::string(message.system->name));
    const bool is_of_files = message.row->cause.empty() && !message.row->rules.front().empty();
    if (release != files.targets.end()) {
        const auto target = oidc::resolve_version(*message.system, release->second);
        const bool is_written = !target || message.row->versions.holds(target->used);
        if (is_of_files || !is_written) {
            result.push_back(
                util::words("another release of {0} is running than {1}, {2}; --{3}-version says which one",
                            util::own(message.system->title), release->second,
                            is_written ? "for which the files were checked" : "which does not log this",
                            util::own(message.system->name)));
        }
    }
    if (is_of_files) {
        result.emplace_back("other files than these are loaded, or the programs were not restarted after a change");
        result.emplace_back("a variable of the environment, a setting in the database or a proxy in between changes "
                            "what the files say");
    }
    story.else_it.insert(story.else_it.begin(), result.begin(), result.end());
}

void find_place(report::Story& story, const Reason& reason, const report::Report& files) {
    const auto stops = story.stage ? because(*story.stage, reason, files) : std::vector<std::string>();
    for (const auto rule : pointed_at(reason, stops)) {
        if (auto found = findings_of(rule, reason, files); !found.empty()) {
            name_rule(story, *found.front()->rule);
            story.message = util::own(found.front()->rule->summary);
            story.is_known = true;
            story.shown_by = ShownBy::rule;
            if (const auto stage = stage_of(rule, reason, files)) {
                story.stage = stage;
            }
            story.findings = std::move(found);
            story.else_it.clear();
            return;
        }
    }
    for (const auto& rule : stops) {
        for (const auto* const finding : findings_of(rule, reason, files)) {
            if (std::ranges::find(story.findings, finding) == story.findings.end()) {
                story.findings.push_back(finding);
            }
        }
    }
    story.shown_by = story.findings.empty() ? ShownBy::nothing : ShownBy::stage;
    add_elsewhere(story, reason, files);
}

} // namespace

report::Diagnosis diagnosis(const Log& log, const report::Report* files) {
    report::Diagnosis result;
    result.lines = log.lines;
    result.cut = log.cut;
    result.more = log.more;
    result.files = files;
    for (const auto& reason : log.reasons) {
        result.stories.push_back(told(reason));
        if (files != nullptr) {
            find_place(result.stories.back(), reason, *files);
        }
    }
    return result;
}

} // namespace oidcgen::diagnose
