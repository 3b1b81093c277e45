#include "report/fingerprint.hpp"

#include "document/excerpt.hpp"
#include "report/suspicion.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

/// Numbers of items are no names: an item that is added moves the others.
std::string without_numbers(std::string_view pointer) {
    std::string result;
    for (const auto step : util::split(pointer, '/')) {
        const bool is_number = !step.empty() && std::ranges::all_of(step, [](char c) { return c >= '0' && c <= '9'; });
        result += is_number ? "*" : step;
        result += '/';
    }
    return result;
}

/// What is at the place on its first line.
std::string content_of(const document::Place& place, Redactors& redactors) {
    constexpr std::size_t k_longest = 400; // bytes
    const auto [source, span] = document::in_file(*place.document, place.span);
    const auto line = source->line_span(source->line_of(span.start));
    const auto end = std::min({std::size_t{span.end}, std::size_t{line.end}, span.start + k_longest});
    if (end <= span.start) {
        return {};
    }
    const auto shown = span_of(span.start, end);
    std::vector<document::Span> hidden;
    for (const auto it : redactors.hidden_in(place, shown)) {
        const auto start = std::max(it.start, shown.start);
        hidden.push_back({start - shown.start, std::max(start, std::min(it.end, shown.end)) - shown.start});
    }
    return masked(source->text(shown), hidden);
}

} // namespace

std::string digits_of(std::span<const std::string_view> texts) {
    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3U; };
    for (const auto text : texts) {
        for (const char c : text) {
            add(static_cast<unsigned char>(c));
        }
        add(0xFF); // in no UTF-8
    }
    return fmt::format("{:016x}", hash);
}

std::vector<std::string> fingerprints(Presented& report) {
    std::vector<std::string> result;
    std::map<std::string, std::size_t> counts;
    for (const auto& it : report.findings()) {
        const auto& finding = *it.finding;
        std::vector<std::string> parts{std::string(finding.rule->code), finding.client};
        const auto add = [&](const document::Place& place, const std::optional<ShownPlace>& shown) {
            parts.push_back(shown ? without_numbers(shown->pointer) : std::string());
            parts.push_back(shown ? content_of(place, report.redactors()) : std::string());
        };
        add(finding.place, it.place);
        for (std::size_t number = 0; number < it.notes.size(); ++number) { // the other end
            add(finding.notes[number].place, it.notes[number].place);
        }
        auto digits = digits_of(std::vector<std::string_view>(parts.begin(), parts.end()));
        const auto count = ++counts[digits];
        result.push_back(count == 1 ? std::move(digits) : fmt::format("{}:{}", digits, count));
    }
    return result;
}

} // namespace oidcgen::report
