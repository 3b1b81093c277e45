#include "report/logins.hpp"

#include "report/diagnostic.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

using oidc::Outcome;

constexpr std::array k_sources{"", "option", "application", "site", "redirect-uris"};
constexpr std::array k_assumptions{"application", "provider", "address", "secret", "same-placeholder"};

bool assumes(const Login& login, Assumption assumption) {
    return std::ranges::find(login.assumes, assumption) != login.assumes.end();
}

/// What is left to know before a login can be predicted, with its place.
util::Words left_to_know(const Login& login) {
    if (login.unknown.empty()) {
        return {};
    }
    const auto& first = login.unknown.front();
    auto result = util::words(": {}", util::own(reason(first.why)));
    if (first.place) {
        result += util::words(" ({})", position_of(first.place));
    }
    if (login.unknown.size() > 1) {
        result += util::words(", and {} more", login.unknown.size() - 1);
    }
    return result;
}

/// That equal placeholders have the same value, as a clause; empty when nothing rests on that.
util::Words alike(const Login& login) {
    if (login.same_holes.empty()) {
        return {};
    }
    const auto& holes = login.same_holes;
    constexpr std::size_t k_most = 3;
    const auto named = util::joined(
        std::vector(holes.begin(), holes.begin() + static_cast<std::ptrdiff_t>(std::min(holes.size(), k_most))),
        " and ");
    return util::words("{}{} {} the same everywhere", named, holes.size() > k_most ? " and others" : "",
                       holes.size() == 1 ? "is" : "are");
}

util::Words failure(const Login& login) {
    auto what = util::words("fails at {}", util::own(to_string(*login.stage)));
    if (!login.concerned.empty()) {
        what += util::words(" for {}", login.concerned);
    }
    const bool is_whole_side = login.provider.empty() || login.app.empty();
    if (!login.assumed.empty() && is_whole_side && *login.stage > oidc::Stage::config_app) {
        what += util::words(" however {} is set", util::own(login.assumed));
    }
    if (const auto condition = alike(login); !condition.empty()) {
        what += util::words(" if {}", condition);
    }
    what += ": ";
    return what + util::joined(login.because, ", ");
}

/// A login that works if the side of which no file was given is set in a certain way.
util::Words success(const Login& login) {
    return assumes(login, Assumption::application)
               ? util::words("works with the defaults of {}", util::own(login.assumed))
           : assumes(login, Assumption::provider)
               ? util::words("works if {} has a client that fits", util::own(login.assumed))
               : util::Words("works");
}

util::Words outcome(const Login& login) {
    if (login.outcome == Outcome::fails) {
        return failure(login);
    }
    if (login.outcome == Outcome::unknown) {
        const bool is_other_side = login.unknown.size() == 1 && login.unknown.front().why == rule::Doubt::settings;
        return is_other_side && !login.assumed.empty()
                   ? util::words("depends on how {} is set", util::own(login.assumed))
                   : util::words("cannot be predicted{}", left_to_know(login));
    }
    auto result = success(login);
    const auto condition = alike(login);
    if (assumes(login, Assumption::secret)) {
        result += " if the secret matches";
    }
    if (!condition.empty()) {
        result += util::words(assumes(login, Assumption::secret) ? " and {}" : " if {}", condition);
    }
    if (!login.lost.empty()) {
        result += util::words(", without {}", util::joined(login.lost, ", "));
    }
    return result;
}

std::string_view address_of(const Login& login) {
    return login.address.empty() ? std::string_view("(unknown address)") : std::string_view(login.address);
}

/// Logins of one client at one address of which the same is true. What would stop them next may differ.
struct Row {
    std::vector<const Login*> logins;
    util::Words outcome;
};

std::vector<Row> rows_of(const std::vector<Login>& logins) {
    std::vector<Row> rows;
    auto site = rows.size(); // where the rows of the present site begin
    for (const auto& login : logins) {
        if (!rows.empty() && !is_same_site(*rows.back().logins.front(), login)) {
            site = rows.size();
        }
        auto text = outcome(login);
        const auto first = rows.begin() + static_cast<std::ptrdiff_t>(site);
        const auto same =
            std::find_if(first, rows.end(), [&](const Row& row) { return row.outcome.text() == text.text(); });
        if (same != rows.end()) {
            same->logins.push_back(&login);
        } else {
            rows.push_back({{&login}, std::move(text)});
        }
    }
    return rows;
}

std::string devices_of(const std::vector<const Login*>& logins) {
    std::string result;
    for (const auto* const login : logins) {
        result += fmt::format("{}{}", result.empty() ? "" : ", ", login->device);
    }
    return result;
}

/// What would stop the logins of a row next, a line for each stage.
util::Words next_lines(const Row& row) {
    struct Next {
        Further further;
        std::vector<const Login*> logins;
    };
    std::vector<Next> all;
    for (const auto* const login : row.logins) {
        for (const auto& further : login->then) {
            const auto known = std::ranges::find(all, further, &Next::further);
            if (known == all.end()) {
                all.push_back({further, {login}});
            } else {
                known->logins.push_back(login);
            }
        }
    }
    std::ranges::stable_sort(all, {}, [](const Next& it) { return it.further.stage; });
    util::Words result;
    std::optional<oidc::Stage> stage;
    for (const auto& it : all) {
        result += stage == it.further.stage ? util::Words(", ")
                                            : util::words("{}    then it would fail at {}: ", stage ? "\n" : "",
                                                          util::own(to_string(it.further.stage)));
        result += util::words("{}", it.further.name);
        if (it.logins.size() < row.logins.size()) {
            result += util::words(" ({})", util::own(devices_of(it.logins)));
        }
        stage = it.further.stage;
    }
    return stage ? result + "\n" : result;
}

/// Where addresses were taken from that cannot contradict the redirect URIs, each once.
util::Words sources_of_addresses(const std::vector<Login>& logins) {
    util::Words result;
    std::set<std::pair<std::string_view, std::string_view>> told;
    for (const auto& login : logins) {
        if (assumes(login, Assumption::address) && login.address_place &&
            told.emplace(login.provider, login.address).second) {
            result += util::words("{} was taken from the redirect URIs ({}), so they were not checked against it; "
                                  "--address says where people open {}\n",
                                  login.address, position_of(login.address_place), util::own(login.app_title));
        }
    }
    return result;
}

/// The sides of which no file was given, each once.
util::Words assumed_sides(const std::vector<Login>& logins) {
    util::Words result;
    std::set<std::string_view> told;
    for (const auto& login : logins) {
        if (!login.assumed.empty() && !login.provider.empty() && !login.app.empty()) {
            continue; // what is left to check is listed
        }
        if (!login.assumed.empty() && told.insert(login.assumed).second) {
            result += util::words("{} was assumed, because no file of it was given; {}\n", util::own(login.assumed),
                                  util::own(login.to_compare));
        }
    }
    return result;
}

} // namespace

bool is_same_site(const Login& left, const Login& right) {
    return std::tie(left.client, left.app, left.provider, left.address) ==
           std::tie(right.client, right.app, right.provider, right.address);
}

std::string_view to_string(AddressFrom from) { return k_sources.at(static_cast<std::size_t>(from)); }

std::string_view to_string(Assumption assumption) { return k_assumptions.at(static_cast<std::size_t>(assumption)); }

util::Shown login_lines(const std::vector<Login>& logins, Redactors& redactors, const Style& style) {
    const auto rows = rows_of(logins);
    std::size_t device_width = 0;
    std::size_t address_width = 0;
    for (const auto& row : rows) {
        device_width = std::max(device_width, devices_of(row.logins).size());
        address_width = std::max(address_width, util::display_width(address_of(*row.logins.front())));
    }
    const bool several = std::ranges::any_of(logins, [&](const Login& it) {
        return it.client != logins.front().client || it.app != logins.front().app ||
               it.provider != logins.front().provider;
    });
    constexpr std::size_t k_gap = 2;
    constexpr std::size_t k_hang = 8;
    util::Shown result;
    for (const auto& row : rows) {
        const auto& login = *row.logins.front();
        const auto left = util::words("{}  {}", util::own(fmt::format("{:<{}}", devices_of(row.logins), device_width)),
                                      address_of(login));
        const auto right = several ? util::words("{} (client {}, {})", row.outcome, util::outside(login.client),
                                                 util::path(login.app.empty() ? login.provider : login.app))
                                   : row.outcome;
        result += style.columns(redactors.shown(left), style.painted(ink_of(login.outcome), redactors.shown(right)),
                                device_width + k_gap + address_width + k_gap);
        result += style.wrapped(redactors.shown(next_lines(row)), k_hang);
    }
    result += style.wrapped(redactors.shown(sources_of_addresses(logins)));
    result += style.wrapped(redactors.shown(assumed_sides(logins)));
    return result;
}

util::Words to_check_lines(const std::vector<ToCheck>& all) {
    util::Words result;
    for (const auto& it : all) {
        result += util::words("still to check at the provider of {}, because its metadata does not say it:\n",
                              util::path(it.app));
        for (const auto& item : it.items) {
            auto line = util::words("  {}: ", util::own(item.label));
            for (const auto& value : item.values) {
                line += util::words("{}{}", &value == &item.values.front() ? "" : ", ", util::bare(value));
            }
            if (!item.about.empty()) {
                line += util::words(" ({})", util::own(item.about));
            }
            result += line + "\n";
        }
        result += "  Client secret: the same on both sides\n";
    }
    return result;
}

util::Words no_logins(const Report& report) {
    if (!report.logins.empty()) {
        return {};
    }
    const auto has = [&](oidc::Wing wing) {
        return std::ranges::find(report.files, wing, &File::wing) != report.files.end();
    };
    if (has(oidc::Wing::provider) && has(oidc::Wing::application)) {
        return "no login predicted: none of the clients belongs to the application\n";
    }
    const auto lacking = [](const std::string& titles) {
        return util::words("no login predicted: no file of {} was given; name it too to have the two compared\n",
                           util::own(titles));
    };
    return has(oidc::Wing::provider)      ? lacking(report.applications)
           : has(oidc::Wing::application) ? lacking(report.providers)
                                          : util::Words();
}

} // namespace oidcgen::report
