// Everything that `lint` does with two files: the input, cut at a line `%%%%`, behind a first byte of options.
#include "demand.hpp"
#include "document/reader.hpp"
#include "lint/lint.hpp"
#include "oidc/system.hpp"
#include "report/report.hpp"
#include "secret/digest.hpp"
#include "systems.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <vector>

#include <nlohmann/json.hpp>

using namespace oidcgen;
using fuzz::demand;

namespace {

constexpr std::uint64_t k_most_cost = 20'000;
constexpr std::uint64_t k_most_memory = 1U << 20U;

/// A digest that would take long, which is by design and nothing to find.
bool has_costly_digest(const document::Cursor& cursor, int depth) {
    if (cursor.is_scalar()) {
        const auto digest = secret::parse_digest(cursor.text());
        return digest && (digest->cost > k_most_cost || digest->memory > k_most_memory);
    }
    return depth > 0 && std::ranges::any_of(cursor.children(), [depth](const document::Cursor& child) {
               return has_costly_digest(child, depth - 1);
           });
}

bool is_costly(const std::string& text) {
    constexpr int k_depth = 12; // deeper than any setting
    return std::ranges::any_of(std::vector{document::Dialect::go_yaml, document::Dialect::js_yaml},
                               [&](document::Dialect dialect) {
                                   const auto document = document::read_document("x", text, dialect);
                                   return document->root() && has_costly_digest(document->root(), k_depth);
                               });
}

lint::Options options_of(std::uint8_t byte) {
    lint::Options options;
    options.placeholders = (byte & 1U) != 0 ? oidc::Placeholders::literal : oidc::Placeholders::recognised;
    options.use = (byte & 2U) != 0 ? oidc::Use::import : oidc::Use::file;
    options.traces = (byte & 4U) != 0;
    // To find out versions is to inspect a file for each release: a byte of its own, or it would take most of the time.
    if (byte == '(') {
        for (const auto* const system : systems()) {
            options.narrowed.insert(std::string(system->name));
        }
    }
    if ((byte & 16U) != 0) {
        options.kind = systems()[(byte >> 5U) % systems().size()];
    }
    options.now = 1'790'000'000;
    return options;
}

/// Which rules found something where, whatever the order of the files.
std::vector<std::tuple<std::string, std::string, std::size_t>> found_in(const report::Report& report) {
    std::vector<std::tuple<std::string, std::string, std::size_t>> result;
    std::ranges::transform(report.findings, std::back_inserter(result), [](const rule::Finding& finding) {
        const auto& place = finding.place;
        return std::tuple(std::string(finding.rule->name),
                          place.document != nullptr ? place.document->source().name() : std::string(),
                          std::size_t{place.span.start});
    });
    std::ranges::sort(result);
    return result;
}

void check_report(const lint::Result& result) {
    const auto json = nlohmann::json::parse(to_json(result.report).text(), nullptr, false);
    demand(json.is_object(), "a report for programs is a JSON object");
    demand(json.at("findings").size() <= result.report.findings.size(), "no finding is told twice");
    static_cast<void>(to_text(result.report));
    static_cast<void>(to_trace(result.report));
}

/// What `--show` prints of each file.
void check_shown(const std::vector<lint::Input>& inputs, lint::Options options) {
    options.narrowed.clear(); // which lint() has tried
    for (const auto& input : inputs) {
        const auto recognised = lint::recognise(input, options);
        if (recognised.system == nullptr) {
            continue;
        }
        const auto inspecting = lint::inspect_options(*recognised.system, options);
        const auto& system = *recognised.system;
        const auto shown = system.provider != nullptr
                               ? system.provider->discovery(*recognised.document, inspecting).value
                               : system.application->effective(*recognised.document, inspecting);
        demand(!nlohmann::json::parse(to_json(shown), nullptr, false).is_discarded(), "what is shown is JSON");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    constexpr std::string_view k_cut = "%%%%\n";
    const std::string text = fuzz::text_of(data + 1, size - 1);
    const std::size_t cut = text.find(k_cut);
    std::vector<lint::Input> inputs{{"one.yml", text.substr(0, cut)}};
    if (cut != std::string::npos) {
        inputs.push_back({"two.yml", text.substr(cut + k_cut.size())});
    }
    if (std::ranges::any_of(inputs, is_costly, &lint::Input::text)) {
        return 0;
    }
    const auto options = options_of(data[0]);
    const auto result = lint::lint(inputs, options);
    check_report(result);
    if ((data[0] & 64U) != 0) {
        check_shown(inputs, options);
    } else if (options.narrowed.empty()) {
        std::ranges::reverse(inputs);
        const auto turned = lint::lint(inputs, options);
        demand(found_in(turned.report) == found_in(result.report), "the order of the files does not matter");
    }
    return 0;
}
