#include "rule/findings.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace oidcgen::rule {

namespace {

/// Findings of one rule and document in the order in which they are kept.
auto order(const Finding& finding) { return std::tuple(finding.severity() != Severity::error, identity(finding)); }

} // namespace

void Findings::add(Finding finding) {
    finding.client.resize(util::start_of(finding.client, k_longest_client).size());
    const auto is_before = [&](std::size_t left, std::size_t right) {
        return order(findings[left]) < order(findings[right]);
    };
    auto& group = m_groups[{finding.rule, finding.place.document}];
    if (group.size() < k_most_kept) {
        group.push_back(findings.size());
        findings.push_back(std::move(finding));
        std::ranges::push_heap(group, is_before);
        return;
    }
    auto& last = findings[group.front()];
    if (order(finding) < order(last)) {
        std::ranges::pop_heap(group, is_before);
        std::swap(finding, last);
        std::ranges::push_heap(group, is_before);
    }
    dropped.push_back(
        {finding.rule, finding.place.document, finding.place.span, finding.consequence, finding.is_assumed});
}

bool Findings::takes(const Rule& rule, const document::Place& place, Consequence consequence) {
    const auto found = m_groups.find({&rule, place.document});
    if (found == m_groups.end() || found->second.size() < k_most_kept) {
        return true;
    }
    const auto& last = findings[found->second.front()];
    const auto is_less = severity_of(consequence) != Severity::error;
    const auto last_is_less = last.severity() != Severity::error;
    if (std::tuple(is_less, place.span.start) <= std::tuple(last_is_less, last.place.span.start)) {
        return true;
    }
    dropped.push_back({&rule, place.document, place.span, consequence, false});
    return false;
}

void Findings::append(Findings more) {
    for (auto& finding : more.findings) {
        add(std::move(finding));
    }
    std::ranges::move(more.dropped, std::back_inserter(dropped));
    std::ranges::move(more.not_checked, std::back_inserter(not_checked));
}

std::size_t Findings::count(Consequence consequence) const {
    return static_cast<std::size_t>(std::ranges::count(findings, consequence, &Finding::consequence) +
                                    std::ranges::count(dropped, consequence, &Dropped::consequence));
}

} // namespace oidcgen::rule
