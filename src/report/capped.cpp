#include "report/capped.hpp"

#include <map>
#include <utility>

namespace oidcgen::report {

namespace {

std::string_view path_of(const document::Document* document) {
    return document == nullptr ? std::string_view() : std::string_view(document->source().name());
}

} // namespace

std::vector<CappedRule> capped_rules(const Report& report) {
    std::map<std::pair<std::string_view, std::string_view>, CappedRule> rules;
    for (const auto& it : report.dropped) {
        auto& capped = rules[{path_of(it.document), it.rule->code}];
        capped.path = path_of(it.document);
        capped.rule = it.rule;
        ++capped.more;
    }
    std::vector<CappedRule> result;
    result.reserve(rules.size());
    for (const auto& [key, capped] : rules) {
        result.push_back(capped);
    }
    return result;
}

ListedDoubts listed_doubts(const Report& report) {
    ListedDoubts result;
    std::map<std::pair<std::string_view, std::string_view>, CappedDoubt> doubts;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> listed;
    for (const auto& it : report.not_checked) {
        const auto path = path_of(it.place.document);
        const std::pair key(path, to_string(it.why));
        if (listed[key] < rule::Findings::k_most_kept) {
            ++listed[key];
            result.listed.push_back(&it);
        } else {
            auto& capped = doubts[key];
            capped.path = path;
            capped.why = it.why;
            ++capped.more;
        }
    }
    result.capped.reserve(doubts.size());
    for (const auto& [key, capped] : doubts) {
        result.capped.push_back(capped);
    }
    return result;
}

} // namespace oidcgen::report
