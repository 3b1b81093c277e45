#include "document/excerpt.hpp"
#include "report/logins.hpp"
#include "report/redact.hpp"
#include "report/report.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

/// What a stage is about, in words for people who have never seen OAuth.
constexpr std::array<std::string_view, 10> k_titles{
    "provider starts", "application starts", "finding the provider", "asking at the provider", "agreeing",
    "coming back",     "proving the client", "checking the person",  "asking for the profile", "entering the account"};

std::string title(oidc::Stage stage, const Login& login) {
    return stage == oidc::Stage::config_app ? fmt::format("{} starts", login.app_title)
                                            : std::string(k_titles.at(static_cast<std::size_t>(stage)));
}

/// A line of the trace: what it is about, and what happens.
struct Row {
    std::string title;
    util::Shown text;

    [[nodiscard]] bool is(const Row& other) const { return title == other.title && text.text() == other.text.text(); }
};

util::Words ending(const Login& login) {
    switch (login.outcome) {
    case oidc::Outcome::works:
        return "the login works";
    case oidc::Outcome::unknown:
        return "whether the login works cannot be known";
    case oidc::Outcome::fails:
        break;
    }
    return util::words("the login fails at {}", util::own(to_string(*login.stage)));
}

/// Why a side does not even start; nothing when it does. `stage` is that of its start.
std::vector<Row> refusal(const Report& report, const Login& login, oidc::Stage stage, Redactors& redactors) {
    constexpr std::size_t k_most = 3;
    const bool is_provider = stage == oidc::Stage::config_provider;
    const auto& path = is_provider ? login.provider : login.app;
    const auto consequence = is_provider ? rule::Consequence::provider_refuses : rule::Consequence::app_refuses;
    const auto name = title(stage, login);
    std::vector<Row> rows;
    std::size_t told = 0;
    std::size_t left = 0;
    for (const auto& finding : report.findings) {
        if (finding.consequence != consequence || !finding.place || finding.place.document->source().name() != path) {
            continue;
        }
        if (told == k_most) {
            ++left;
            continue;
        }
        if (++told == 1) {
            rows.push_back({name, shown("it does not")});
        }
        const auto [source, span] = document::in_file(*finding.place.document, finding.place.span);
        const auto line = source->line_of(span.start);
        const auto message = util::words("{}, line {}: {}", util::path(path), line, finding.whole_message());
        rows.push_back({name, redactors.shown(message, finding.place)});
        if (!finding.help.empty()) {
            rows.push_back({name, redactors.shown(util::words("to fix it: {}", finding.help), finding.place)});
        }
    }
    if (left > 0) {
        rows.push_back({name, shown(util::words("and {} more", left))});
    }
    return rows;
}

std::vector<Row> rows_of(const Report& report, const Login& login, Redactors& redactors) {
    std::vector<Row> rows;
    for (const auto stage : {oidc::Stage::config_provider, oidc::Stage::config_app}) {
        if (!login.stage || *login.stage > stage) {
            continue; // it got further than that
        }
        auto refused = refusal(report, login, stage, redactors);
        std::ranges::move(refused, std::back_inserter(rows));
    }
    for (const auto& step : login.trace) {
        rows.push_back({title(step.stage, login), redactors.shown(step.text, step.place)});
    }
    return rows;
}

util::Shown to_text(std::span<const Row> rows, const Style& style) {
    constexpr std::size_t k_column = 26;
    util::Shown result;
    std::string_view before;
    for (const auto& row : rows) {
        const auto name = row.title == before ? util::Words() : util::own(row.title);
        result += style.columns(shown(util::words("  {}", name)), row.text, k_column);
        before = row.title;
    }
    return result;
}

/// The story of a login that is told whole.
struct Told {
    const Login* login = nullptr;
    std::vector<Row> rows;
};

} // namespace

util::Shown to_trace(const Report& report, const Style& style) {
    Redactors redactors(report.names, report.supplied, report.supplied_places);
    util::Shown result;
    std::optional<Told> told;
    for (const auto& login : report.logins) {
        auto rows = rows_of(report, login, redactors);
        const bool is_further_way = told && is_same_site(*told->login, login);
        if (is_further_way) {
            std::erase_if(rows, [&](const Row& row) {
                return std::ranges::any_of(told->rows, [&](const Row& other) { return row.is(other); });
            });
        }
        const auto address = login.address.empty() ? util::Words("an unknown address") : util::bare(login.address);
        auto heading = util::words("{} login at {}, client {}", login.device, address, util::outside(login.client));
        if (is_further_way) {
            heading +=
                util::words(rows.empty() ? ": same as {}" : ": same as {}, except:", util::own(told->login->device));
        }
        result += shown("\n");
        result += style.wrapped(style.painted(Ink::title, heading));
        result += shown("\n");
        result += to_text(rows, style);
        const std::vector<Row> last{{"in the end", style.painted(ink_of(login.outcome), ending(login))}};
        result += to_text(last, style);
        if (!is_further_way) {
            told = Told{&login, std::move(rows)};
        }
    }
    return result;
}

} // namespace oidcgen::report
