#include "report/formats.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace oidcgen::report {

namespace {

constexpr const char* k_program = "oidcgen"; ///< the suite of what belongs to no file

/// A text as XML can hold it: U+FFFE and U+FFFF are no characters of it.
std::string in_xml(std::string_view text) {
    constexpr std::string_view k_replacement = "\xEF\xBF\xBD";
    std::string result;
    bool is_first = true;
    for (const auto line : util::split(text, '\n')) {
        if (!is_first) {
            result += '\n';
        }
        is_first = false;
        result += util::printable(line);
    }
    for (const std::string_view bad : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
        for (auto at = result.find(bad); at != std::string::npos; at = result.find(bad, at)) {
            result.replace(at, bad.size(), k_replacement);
        }
    }
    return result;
}

void set(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(in_xml(value).c_str());
}

void set(pugi::xml_node node, const char* name, std::size_t value) {
    node.append_attribute(name).set_value(static_cast<unsigned long long>(value));
}

struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
};

/// What is told of one file, or of none.
struct Suite {
    std::vector<const ShownFinding*> findings;
    std::set<std::string_view> passed; ///< rules without a finding
};

pugi::xml_node add_case(pugi::xml_node suite, std::string_view path, std::string_view name) {
    auto result = suite.append_child("testcase");
    set(result, "classname", path);
    set(result, "name", name);
    return result;
}

/// A name that no other case of the suite has.
std::string name_of(const ShownFinding& it, std::map<std::string, std::size_t>& names) {
    auto result = it.place
                      ? fmt::format("{} {}:{}", it.finding->rule->name, it.place->start.line, it.place->start.column)
                      : std::string(it.finding->rule->name);
    const auto count = ++names[result];
    return count == 1 ? result : fmt::format("{} #{}", result, count);
}

void add_finding(pugi::xml_node test, const ShownFinding& it, Presented& report, Counts& counts) {
    const auto severity = it.finding->severity();
    const auto text = in_xml(report.text_of(it));
    if (it.is_suppressed()) {
        auto skipped = test.append_child("skipped");
        set(skipped, "message", it.reason.empty() ? "suppressed without a reason" : it.reason);
        skipped.text().set(text.c_str());
        ++counts.skipped;
    } else if (severity == rule::Severity::note) {
        test.append_child("system-out").text().set(text.c_str());
    } else {
        auto failure = test.append_child("failure");
        set(failure, "message", it.message);
        set(failure, "type", it.severity());
        failure.text().set(text.c_str());
        ++counts.failures;
    }
}

/// Adds the cases, and the numbers of them as attributes in front.
Counts add_suite(pugi::xml_node suites, const std::string& path, const Suite& suite, Presented& report) {
    auto node = suites.append_child("testsuite");
    Counts counts{.tests = suite.findings.size() + suite.passed.size()};
    std::map<std::string, std::size_t> names;
    for (const auto* const it : suite.findings) {
        auto test = add_case(node, path, name_of(*it, names));
        if (it->place) {
            set(test, "file", path);
            set(test, "line", it->place->start.line);
        }
        set(test, "time", std::size_t{0});
        add_finding(test, *it, report, counts);
    }
    for (const auto name : suite.passed) {
        set(add_case(node, path, name), "time", std::size_t{0});
    }
    set(node, "name", path);
    set(node, "tests", counts.tests);
    set(node, "failures", counts.failures);
    set(node, "errors", counts.errors);
    set(node, "skipped", counts.skipped);
    set(node, "time", std::size_t{0});
    return counts;
}

/// The findings by file, and for each file the rules of its system that found nothing in it.
std::map<std::string, Suite> suites_of(Presented& report) {
    std::map<std::string, Suite> result;
    const auto& all = report.report();
    std::set<std::string_view> of_systems;
    for (const auto* const system : all.systems) {
        for (const auto* const rule : system->rules) {
            of_systems.insert(rule->name);
        }
        for (const auto& file : all.files) {
            if (file.kind == system->name) {
                auto& passed = result[report.relative(file.path)].passed;
                for (const auto* const rule : system->rules) {
                    passed.insert(rule->name);
                }
            }
        }
    }
    for (const auto* const rule : all.rules) {
        if (!of_systems.contains(rule->name)) {
            result[k_program].passed.insert(rule->name);
        }
    }
    for (const auto& it : report.findings()) {
        auto& suite = result[it.place ? report.relative(it.place->path) : k_program];
        suite.findings.push_back(&it);
        suite.passed.erase(it.finding->rule->name);
        result[k_program].passed.erase(it.finding->rule->name);
    }
    std::erase_if(result, [](const auto& it) { return it.second.findings.empty() && it.second.passed.empty(); });
    return result;
}

} // namespace

util::Shown to_junit(Presented& report, const Style& /*style*/) {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("UTF-8");
    auto suites = document.append_child("testsuites");
    Counts sum;
    const auto add = [&](const Counts& counts) {
        sum.tests += counts.tests;
        sum.failures += counts.failures;
        sum.errors += counts.errors;
    };
    if (const auto& failure = report.report().failure; !failure.empty()) {
        auto suite = suites.append_child("testsuite");
        set(suite, "name", k_program);
        for (const auto* const name : {"tests", "errors"}) {
            set(suite, name, std::size_t{1});
        }
        for (const auto* const name : {"failures", "skipped", "time"}) {
            set(suite, name, std::size_t{0});
        }
        auto test = add_case(suite, k_program, "run");
        set(test, "time", std::size_t{0});
        set(test.append_child("error"), "message", report.redactors().shown(failure).text());
        add({.tests = 1, .errors = 1});
    }
    for (const auto& [path, suite] : suites_of(report)) {
        add(add_suite(suites, path, suite, report));
    }
    set(suites, "name", k_program);
    set(suites, "tests", sum.tests);
    set(suites, "failures", sum.failures);
    set(suites, "errors", sum.errors);
    set(suites, "time", std::size_t{0});
    std::ostringstream text;
    document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
    return util::Shown::rendered(std::move(text).str());
}

} // namespace oidcgen::report
