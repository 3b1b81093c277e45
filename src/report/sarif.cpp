#include "report/fingerprint.hpp"
#include "report/formats.hpp"
#include "report/rule_help.hpp"
#include "util/project.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace oidcgen::report {

namespace {

using nlohmann::ordered_json;
using rule::Severity;

constexpr std::string_view k_format_version = "2.1.0"; // of SARIF
constexpr std::size_t k_longest_description = 1024;  // https://docs.github.com/en/code-security/reference/code-scanning
constexpr std::string_view k_security_rules = "OG4"; ///< codes that begin so

/// `RedirectUriUnregistered`.
std::string in_pascal_case(std::string_view name) {
    std::string result;
    for (const auto word : util::split(name, '-')) {
        if (!word.empty()) {
            result +=
                static_cast<char>(word.front() >= 'a' && word.front() <= 'z' ? word.front() - 'a' + 'A' : word.front());
            result += word.substr(1);
        }
    }
    return result;
}

/// With a full stop at its end, unless it ends with lines to copy.
std::string sentence(std::string_view text) {
    const bool is_ended = text.ends_with('.') || text.ends_with('?') || text.find('\n') != std::string_view::npos;
    return fmt::format("{}{}", text, is_ended ? "" : ".");
}

std::string description(std::string_view text) {
    return std::string(util::start_of(sentence(text), k_longest_description));
}

std::string_view problem_severity(Severity severity) {
    return severity == Severity::note ? "recommendation" : to_string(severity);
}

/// From 0 to 10, as services rank security problems; https://www.first.org/cvss/v3.1/specification-document
std::string_view security_severity(Severity severity) {
    return severity == Severity::error ? "8.0" : severity == Severity::warning ? "5.0" : "2.0";
}

ordered_json described(const rule::Rule& rule, std::span<const oidc::System* const> systems) {
    const auto severity = severity_of(rule.consequence);
    ordered_json result;
    result["id"] = rule.code;
    result["name"] = in_pascal_case(rule.name);
    result["shortDescription"]["text"] = description(rule.summary);
    result["fullDescription"]["text"] = description(rule.why);
    result["help"]["text"] = fmt::format("{}\n\n{}\n\nWhen to ignore: {}", sentence(rule.summary), rule.why,
                                         rule.ignore.empty() ? "never" : rule.ignore);
    result["help"]["markdown"] = markdown_of(rule, systems, 0);
    if (const auto sources = sources_of(rule, systems); !sources.empty()) {
        result["helpUri"] = sources.front();
    }
    result["defaultConfiguration"]["level"] = to_string(severity);
    auto& properties = result["properties"];
    properties["tags"] = {"authentication"};
    properties["precision"] = "high";
    properties["problem.severity"] = problem_severity(severity);
    if (rule.code.starts_with(k_security_rules)) {
        properties["tags"].push_back("security");
        properties["security-severity"] = security_severity(severity);
    }
    return result;
}

/// RFC 3986: a path of which nothing has a meaning but the slashes.
std::string uri_of(std::string_view path) {
    std::string result = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              std::string_view("-._~/").find(c) != std::string_view::npos;
        if (is_plain) {
            result += c;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return result;
}

ordered_json location(const ShownPlace& place, const Presented& report) {
    ordered_json result;
    auto& physical = result["physicalLocation"];
    physical["artifactLocation"]["uri"] = uri_of(report.relative(place.path));
    physical["region"] = {{"startLine", place.start.line},
                          {"startColumn", place.start.column},
                          {"endLine", place.end.line},
                          {"endColumn", place.end.column}};
    return result;
}

/// A text in which nothing is a link.
std::string without_links(std::string text) {
    for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at)) {
        text.insert(at + 1, " ");
    }
    return text;
}

/// The text of a link, in which brackets are escaped.
std::string in_link(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result;
}

ordered_json result_of(const ShownFinding& it, std::size_t rule_index, const std::string& fingerprint,
                       const Presented& report) {
    ordered_json result;
    result["ruleId"] = it.finding->rule->code;
    result["ruleIndex"] = rule_index;
    result["level"] = it.severity();
    auto text = without_links(sentence(it.message));
    result["message"]["text"] = nullptr; // first in the object
    result["locations"] = ordered_json::array();
    if (it.place) {
        result["locations"].push_back(location(*it.place, report));
    }
    auto related = ordered_json::array();
    for (const auto& note : it.notes) {
        if (!note.place) {
            text += " " + without_links(sentence(note.message));
            continue;
        }
        const auto number = related.size() + 1;
        text += fmt::format(" [{}]({}).", in_link(note.message), number);
        ordered_json entry{{"id", number}};
        entry.update(location(*note.place, report));
        entry["message"]["text"] = note.message;
        related.push_back(std::move(entry));
    }
    if (!it.help.empty()) {
        text += " To fix it: " + without_links(sentence(it.help));
    }
    result["message"]["text"] = std::move(text);
    if (!related.empty()) {
        result["relatedLocations"] = std::move(related);
    }
    result["partialFingerprints"]["oidcgen/v1"] = fingerprint;
    result["suppressions"] = ordered_json::array();
    if (it.is_suppressed()) {
        ordered_json suppression{{"kind", it.finding->suppressed->is_in_source ? "inSource" : "external"}};
        if (it.suppressed_at) {
            suppression["location"] = location(*it.suppressed_at, report);
        }
        if (!it.reason.empty()) {
            suppression["justification"] = it.reason;
        }
        result["suppressions"].push_back(std::move(suppression));
    }
    return result;
}

/// How the run ended.
ordered_json invocation(Presented& report) {
    const auto& failure = report.report().failure;
    ordered_json result{{"executionSuccessful", failure.empty()}, {"exitCode", report.wishes().exit_status}};
    if (!failure.empty()) {
        result["toolExecutionNotifications"].push_back(
            {{"level", "error"}, {"message", {{"text", report.redactors().shown(failure).text()}}}});
    }
    return result;
}

} // namespace

util::Shown to_sarif(Presented& report, const Style& /*style*/) {
    ordered_json document; // a key that is added moves the others, so no reference to one is kept
    document["version"] = k_format_version;
    document["$schema"] = fmt::format(
        "https://docs.oasis-open.org/sarif/sarif/v{0}/errata01/os/schemas/sarif-schema-{0}.json", k_format_version);
    ordered_json driver;
    driver["name"] = "oidcgen";
    driver["semanticVersion"] = util::k_version;
    driver["rules"] = ordered_json::array();
    std::map<std::string_view, const rule::Rule*> rules; // of this run, by code
    for (const auto& it : report.findings()) {
        rules.emplace(it.finding->rule->code, it.finding->rule);
    }
    std::map<std::string_view, std::size_t> indexes;
    for (const auto& [code, rule] : rules) {
        indexes.emplace(code, indexes.size());
        driver["rules"].push_back(described(*rule, report.report().systems));
    }
    auto results = ordered_json::array();
    const auto marks = fingerprints(report);
    for (const auto& it : report.findings()) {
        results.push_back(result_of(it, indexes.at(it.finding->rule->code), marks[results.size()], report));
    }
    ordered_json run;
    run["tool"]["driver"] = std::move(driver);
    run["automationDetails"]["id"] = "oidcgen/";
    run["invocations"].push_back(invocation(report));
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = std::move(results);
    document["runs"].push_back(std::move(run));
    return util::Shown::rendered(
        util::escaped_in_json(document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n"));
}

} // namespace oidcgen::report
