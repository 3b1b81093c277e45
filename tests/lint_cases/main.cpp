// Runs the cases of the rules: files or folders `bad-…` and `good-…` below FOLDER/RULE.
//
// usage: lint_cases FOLDER PART/PARTS
//        lint_cases FOLDER RULE…
//
// Beside a bad case stands its whole report, as `oidcgen lint FLAGS FILES` prints it: FILE.report, or a file `report`
// in the folder of the case. A line of YAML that ends with `# expect: RULE` (or `RULE, RULE`) has a finding of each of
// them, and nothing else may be found in a case that says so, notes of other rules apart. JSON, and YAML that leaves no
// room for a comment, has its report alone. In a good case nothing is found but notes of other rules.
// FLAGS stand in the first line of a YAML file (`# lint: FLAGS`), in FILE.flags, or in a file `flags` of the folder.
// With OIDCGEN_UPDATE_CASES=1 the reports are written anew.

#include "cli/run.hpp"
#include "difference.hpp"
#include "lint/rules.hpp"

#include <algorithm>
#include <charconv>
#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace {

namespace fs = std::filesystem;
using oidcgen::test::difference;

/// What a file says of itself, or a report of a file: a rule at a line.
using Told = std::tuple<std::string, std::size_t, std::string>; ///< file, line from 1 (0: the whole file), rule

struct Case {
    fs::path path;
    std::string rule;
    std::vector<std::string> files{}; ///< names in the folder where the program runs
    std::vector<std::string> flags{};
    std::set<Told> expected{};

    [[nodiscard]] bool is_bad() const { return path.filename().string().starts_with("bad-"); }
    [[nodiscard]] bool is_folder() const { return fs::is_directory(path); }
    [[nodiscard]] fs::path folder() const { return is_folder() ? path : path.parent_path(); }
    /// Where a further file of the case is: `report` or `flags`.
    [[nodiscard]] fs::path beside(const std::string& what) const {
        return is_folder() ? path / what : fs::path(path.string() + "." + what);
    }
};

struct Finding {
    Told told;
    bool is_note = false;
};

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool holds_settings(const fs::path& path) {
    return path.extension() == ".yml" || path.extension() == ".yaml" || path.extension() == ".json";
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        result.push_back(std::move(line));
    }
    return result;
}

void add_words(std::string_view text, std::vector<std::string>& words) {
    std::istringstream stream{std::string(text)};
    for (std::string word; stream >> word;) {
        words.push_back(std::move(word));
    }
}

void read_comments(const std::string& name, const std::string& text, Case& it) {
    constexpr std::string_view k_flags = "# lint:";
    constexpr std::string_view k_expect = "# expect:";
    std::size_t number = 0;
    for (const auto& line : lines(text)) {
        ++number;
        if (number == 1 && line.starts_with(k_flags)) {
            add_words(line.substr(k_flags.size()), it.flags);
        }
        if (const auto at = line.find(k_expect); at != std::string::npos) {
            std::vector<std::string> rules;
            auto said = line.substr(at + k_expect.size());
            std::ranges::replace(said, ',', ' ');
            add_words(said, rules);
            for (auto& rule : rules) {
                it.expected.emplace(name, number, std::move(rule));
            }
        }
    }
}

Case read_case(const fs::path& path) {
    Case it{path, path.parent_path().filename()};
    if (it.is_folder()) {
        for (const auto& entry : fs::directory_iterator(path)) {
            if (holds_settings(entry.path())) {
                it.files.push_back(entry.path().filename());
            }
        }
        std::ranges::sort(it.files);
    } else {
        it.files.push_back(path.filename());
    }
    for (const auto& name : it.files) {
        if (fs::path(name).extension() != ".json") {
            read_comments(name, contents(it.folder() / name), it);
        }
    }
    add_words(contents(it.beside("flags")), it.flags);
    return it;
}

/// The findings of a report: their first lines are `FILE:LINE:COLUMN: LEVEL: … [RULE CODE]`, without a place
/// `LEVEL: … [RULE CODE]`.
std::vector<Finding> findings(const std::string& report) {
    std::vector<Finding> result;
    for (const auto& line : lines(report)) {
        const auto open = line.rfind('[');
        if (!line.ends_with(']') || line.starts_with(' ') || open == std::string::npos) {
            continue;
        }
        const auto inside = line.substr(open + 1, line.size() - open - 2);
        const auto code = inside.find(" OG");
        if (code == std::string::npos) {
            continue;
        }
        Finding it;
        std::string_view level = line;
        auto& [file, number, rule] = it.told;
        rule = inside.substr(0, code);
        if (!level.starts_with("error: ") && !level.starts_with("warning: ") && !level.starts_with("note: ")) {
            const auto colon = level.find(':');
            file = level.substr(0, colon);
            level.remove_prefix(colon + 1);
            std::from_chars(level.data(), level.data() + level.size(), number);
            level.remove_prefix(level.find(": ") + 2);
        }
        it.is_note = level.starts_with("note: ");
        result.push_back(std::move(it));
    }
    return result;
}

std::string shown(const Told& told) {
    const auto& [file, line, rule] = told;
    return fmt::format("{} at {}:{}", rule, file, line);
}

/// Where findings are not those that the comments tell.
std::vector<std::string> faults_of_findings(const Case& it, const std::vector<Finding>& found) {
    std::vector<std::string> faults;
    if (it.is_bad() && std::ranges::none_of(found, [&](const Finding& f) { return std::get<2>(f.told) == it.rule; })) {
        faults.push_back(fmt::format("nothing says {}", it.rule));
    }
    if (it.is_bad() && it.expected.empty()) {
        return faults; // its report says what is found
    }
    for (const auto& told : it.expected) {
        if (std::ranges::find(found, told, &Finding::told) == found.end()) {
            faults.push_back("nothing says " + shown(told));
        }
    }
    for (const auto& finding : found) {
        const auto& [file, line, rule] = finding.told;
        const bool is_silent = it.is_bad() && file.ends_with(".json"); // cannot tell
        if (!is_silent && !it.expected.contains(finding.told) && (!finding.is_note || rule == it.rule)) {
            faults.push_back("unexpected: " + shown(finding.told));
        }
    }
    return faults;
}

std::vector<std::string> run(const Case& it, bool update) {
    fs::current_path(it.folder());
    std::vector<std::string> arguments{"lint"};
    arguments.insert(arguments.end(), it.flags.begin(), it.flags.end());
    arguments.insert(arguments.end(), it.files.begin(), it.files.end());
    std::ostringstream out;
    std::ostringstream err;
    oidcgen::cli::Streams streams{out, err};
    const auto exit = oidcgen::cli::run(std::move(arguments), streams);
    const auto report = out.str();
    if (exit > 1 || !err.str().empty()) {
        return {fmt::format("exit {}: {}", exit, err.str())};
    }
    std::vector<std::string> faults;
    if (report.find(": not recognised, ") != std::string::npos) {
        faults.emplace_back("a file is not recognised:\n" + report);
    }
    const auto found = findings(report);
    for (auto& fault : faults_of_findings(it, found)) {
        faults.push_back(std::move(fault));
    }
    if (!it.is_bad()) {
        return faults;
    }
    const auto file = it.beside("report");
    if (update && faults.empty() && contents(file) != report) {
        std::ofstream(file, std::ios::binary) << report;
    }
    if (!fs::exists(file)) {
        faults.push_back(fmt::format("{} is missing; it would be:\n{}", file.filename().string(), report));
    } else if (const auto different = difference(contents(file), report); !different.empty()) {
        faults.push_back(fmt::format("{} (-), and what is printed (+):\n{}", file.filename().string(), different));
    }
    return faults;
}

/// Runs the cases of one rule. Every file there belongs to a case.
std::vector<std::string> run_rule(const fs::path& folder, std::size_t& count, bool update) {
    std::vector<std::string> faults;
    std::set<std::string> names;
    if (fs::is_directory(folder)) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            names.insert(entry.path().filename());
        }
    }
    const std::set<std::string> all = names;
    for (const std::string begin : {"bad-", "good-"}) {
        std::size_t cases = 0;
        for (const auto& name : all) {
            const auto path = folder / name;
            if (!name.starts_with(begin) || !(fs::is_directory(path) || holds_settings(path))) {
                continue;
            }
            ++cases;
            const auto it = read_case(path);
            for (const auto& fault : run(it, update)) {
                faults.push_back(fmt::format("{}/{}: {}", it.rule, name, fault));
            }
            names.erase(name);
            names.erase(name + ".flags");
            if (it.is_bad()) {
                names.erase(name + ".report");
            }
        }
        if (cases == 0) {
            faults.push_back(fmt::format("{}: no {}* case", folder.filename().string(), begin));
        }
        count += cases;
    }
    for (const auto& name : names) {
        faults.push_back(fmt::format("{}/{} belongs to no case", folder.filename().string(), name));
    }
    return faults;
}

struct Part {
    std::size_t number = 1;
    std::size_t of = 1;
};

std::optional<Part> part_from(std::string_view text) {
    Part part;
    const auto* const end = text.data() + text.size();
    const auto number = std::from_chars(text.data(), end, part.number);
    if (number.ec != std::errc() || number.ptr == end || *number.ptr != '/') {
        return std::nullopt;
    }
    const auto of = std::from_chars(number.ptr + 1, end, part.of);
    return of.ec == std::errc() && of.ptr == end && 1 <= part.number && part.number <= part.of ? std::optional(part)
                                                                                               : std::nullopt;
}

/// The rules, and the folders that should be named like one.
std::set<std::string> all_names(const fs::path& cases, const std::set<std::string>& rules) {
    std::set<std::string> names = rules;
    for (const auto& entry : fs::directory_iterator(cases)) {
        names.insert(entry.path().filename());
    }
    return names;
}

int run_all(std::span<const std::string> arguments) {
    const auto cases = fs::absolute(arguments.front());
    const char* const wish = std::getenv("OIDCGEN_UPDATE_CASES");
    const bool update = wish != nullptr && std::string_view(wish) == "1";
    std::set<std::string> rules;
    for (const auto* const rule : oidcgen::lint::all_rules()) {
        rules.emplace(rule->name);
    }
    std::vector<std::string> chosen;
    if (const auto part = part_from(arguments[1])) {
        std::size_t number = 0;
        for (const auto& name : all_names(cases, rules)) {
            if (number++ % part->of == part->number - 1) {
                chosen.push_back(name);
            }
        }
    } else {
        chosen.assign(arguments.begin() + 1, arguments.end());
    }
    std::size_t count = 0;
    std::size_t faults = 0;
    for (const auto& name : chosen) {
        auto found = rules.contains(name) ? run_rule(cases / name, count, update)
                                          : std::vector{fmt::format("{}: there is no rule of that name", name)};
        for (const auto& fault : found) {
            fmt::print(std::cout, "{}{}", fault, fault.ends_with('\n') ? "\n" : "\n\n");
        }
        faults += found.size();
    }
    fmt::print(std::cout, "{} cases, {} faults\n", count, faults);
    return faults == 0 && count > 0 ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::cerr << "usage: lint_cases FOLDER PART/PARTS|RULE…\n";
        return 2;
    }
    // As in the program, and the time from which certificates are judged.
    std::setlocale(LC_CTYPE, "C.UTF-8");
    ::setenv("SOURCE_DATE_EPOCH", "1767225600", 1);
    return run_all(std::vector<std::string>(arguments + 1, arguments + count));
}
