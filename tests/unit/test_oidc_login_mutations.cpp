// One setting of a working pair is changed at a time, and two at a time; the table says what then happens.

#include "login_of_texts.hpp"
#include "mutations.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>
#include <utility>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace oidcgen::test;

namespace {

const std::array k_devices{"web", "link", "mobile"};

// In the order of the handshake.
const std::array k_stages{"config-provider", "config-app", "discovery", "authorize", "consent",
                          "callback",        "token",      "id_token",  "userinfo",  "account"};

Said said_of(const WorkingPair& pair) {
    const nlohmann::json provider = {{"identity_providers", {{"oidc", {{"clients", {pair.client}}}}}}};
    const nlohmann::json app = {{"oauth", pair.oauth}};
    return said({provider.dump(2), app.dump(2), pair.authelia, pair.immich});
}

/// Device and stage of the logins that fail. None may be unknown.
std::map<std::string, std::string> failing(const Said& it) {
    std::map<std::string, std::string> result;
    CHECK(it.logins.size() == k_devices.size());
    for (const auto& [device, login] : it.logins) {
        CHECK(login.outcome != "unknown");
        if (login.outcome == "fails") {
            result[device] = login.stage;
        }
    }
    return result;
}

std::string shown(const std::map<std::string, std::string>& fails) { return nlohmann::json(fails).dump(); }

bool share_a_pair(const Mutation& one, const Mutation& other) {
    return std::ranges::any_of(one.pairs,
                               [&](const auto& it) { return std::ranges::find(other.pairs, it) != other.pairs.end(); });
}

/// For each device the earlier of two stages.
std::map<std::string, std::string> earlier(std::map<std::string, std::string> one,
                                           const std::map<std::string, std::string>& other) {
    for (const auto& [device, stage] : other) {
        const auto [at, is_new] = one.emplace(device, stage);
        if (!is_new && std::ranges::find(k_stages, stage) < std::ranges::find(k_stages, at->second)) {
            at->second = stage;
        }
    }
    return one;
}

using Faults = std::vector<std::pair<std::string, std::string>>;

/// Where the fault of a row is, once items in front of it were removed from the same list.
std::string place_of(const Mutation& row, const std::vector<const Mutation*>& rows) {
    const auto slash = row.at.rfind('/');
    const auto list = row.at.substr(0, slash);
    const auto item = row.at.substr(slash + 1);
    if (item.find_first_not_of("0123456789") != std::string::npos) {
        return row.at;
    }
    auto index = std::stoul(item);
    for (const auto* const other : rows) {
        const auto path = other->apply.at("path").get<std::string>();
        const auto last = path.rfind('/');
        if (other->side == row.side && other->apply.at("op") == "remove" && list.ends_with(path.substr(0, last)) &&
            last > 0 && std::stoul(path.substr(last + 1)) < std::stoul(item)) {
            --index;
        }
    }
    return fmt::format("{}/{}", list, index);
}

/// Every fault that rows put in is told at its place, and no other.
void check_all_told(const Mutations& table, const Said& it, const std::vector<const Mutation*>& rows) {
    Faults wanted;
    std::set<std::string> rules;
    for (const auto* const row : rows) {
        INFO("row ", row->id);
        if (!row->rule.empty()) {
            wanted.emplace_back(row->rule, place_of(*row, rows));
            rules.insert(row->rule);
        }
        for (const auto* const other : rows) {
            const auto* const both = other == row ? nullptr : table.of(*row, *other);
            if (both != nullptr) {
                rules.insert(both->rule);
            }
        }
    }
    for (const auto& fault : wanted) {
        CAPTURE(fault.first);
        CAPTURE(fault.second);
        CHECK(std::ranges::find(it.faults, fault) != it.faults.end());
    }
    for (const auto& fault : it.faults) {
        CAPTURE(fault.first);
        CHECK(rules.contains(fault.first));
    }
    // Every device that a row stops is told of that row's rule, now or next.
    for (const auto* const row : rows) {
        for (const auto& failing_device : row->fails) {
            const auto& device = failing_device.first;
            CAPTURE(row->id);
            CAPTURE(device);
            const auto& login = it.logins.at(device);
            const bool is_told = std::ranges::find(login.because, row->rule) != login.because.end() ||
                                 std::ranges::find(login.then, row->rule) != login.then.end();
            CHECK(is_told);
        }
    }
}

bool go_together(const Mutation& one, const Mutation& other) {
    return share_a_pair(one, other) && !one.touches(other) && !one.does_hide(other) && !other.does_hide(one);
}

} // namespace

TEST_CASE("mutations: the table is sound") {
    const auto table = read_mutations();
    REQUIRE(table.pairs.size() == 6);
    REQUIRE(table.rows.size() >= 40);
    std::set<std::string> ids;
    for (const auto& row : table.rows) {
        CAPTURE(row.id);
        CHECK(ids.insert(row.id).second);
        CHECK((row.side == "authelia" || row.side == "immich"));
        CHECK(!row.pairs.empty());
        CHECK(row.fails.empty() == row.rule.empty());
        for (const auto& [device, stage] : row.fails) {
            CHECK(std::ranges::find(k_devices, device) != k_devices.end());
            CHECK(std::ranges::find(k_stages, stage) != k_stages.end());
        }
    }
    for (const auto& row : table.rows) {
        for (const auto& hidden : row.hides) {
            CAPTURE(row.id);
            CAPTURE(hidden);
            const auto other = std::ranges::find(table.rows, hidden, &Mutation::id);
            REQUIRE(other != table.rows.end());
            CHECK(other->id != row.id);
            CHECK(!other->rule.empty()); // otherwise there is nothing to hide
            CHECK(share_a_pair(row, *other));
        }
        for (const auto& other : table.rows) {
            if (&other != &row && !other.rule.empty() && share_a_pair(row, other) && row.touches(other)) {
                CAPTURE(row.id);
                CAPTURE(other.id);
                CHECK(row.does_hide(other));
            }
        }
    }
}

TEST_CASE("mutations: undo brings the pair back") {
    const auto table = read_mutations();
    for (const auto& row : table.rows) {
        for (const auto& name : row.pairs) {
            CAPTURE(row.id);
            CAPTURE(name);
            const auto& pair = table.pairs.at(name);
            const auto& before = row.side == "authelia" ? pair.client : pair.oauth;
            const auto after = before.patch(nlohmann::json::array({row.apply}));
            CHECK(after.patch(nlohmann::json::array({row.undo})) == before);
        }
    }
}

TEST_CASE("mutations: the pairs work") {
    for (const auto& pair : read_mutations().pairs) {
        CAPTURE(pair.first);
        const auto it = said_of(pair.second);
        CHECK(failing(it).empty());
        CHECK(it.faults.empty());
    }
}

TEST_CASE("mutations: one changed setting stops the devices of its row, and no other") {
    const auto table = read_mutations();
    for (const auto& row : table.rows) {
        for (const auto& name : row.pairs) {
            CAPTURE(row.id);
            CAPTURE(name);
            const auto it = said_of(mutated(table.pairs.at(name), {&row}));
            CHECK(shown(failing(it)) == shown(row.fails));
            const std::vector<std::pair<std::string, std::string>> wanted{{row.rule, row.at}};
            CHECK(it.faults == (row.rule.empty() ? std::vector<std::pair<std::string, std::string>>() : wanted));
        }
    }
}

TEST_CASE("mutations: of two changed settings each device stops at the earlier, unless one hides the other, and both "
          "are told") {
    const auto table = read_mutations();
    std::size_t all_told = 0;
    for (auto one = table.rows.begin(); one != table.rows.end(); ++one) {
        for (auto other = std::next(one); other != table.rows.end(); ++other) {
            if (one->touches(*other)) {
                continue;
            }
            CAPTURE(one->id);
            CAPTURE(other->id);
            std::map<std::string, std::string> wanted;
            std::set<std::string> rules{one->rule, other->rule}; // a hidden one may be told as what comes next
            const auto add = [&](const auto& it) {
                wanted = earlier(wanted, it.fails);
                rules.insert(it.rule);
            };
            if (!other->does_hide(*one)) {
                add(*one);
            }
            if (!one->does_hide(*other)) {
                add(*other);
            }
            if (const auto* const both = table.of(*one, *other); both != nullptr) {
                add(*both);
            }
            for (const auto& name : one->pairs) {
                if (std::ranges::find(other->pairs, name) == other->pairs.end()) {
                    continue;
                }
                CAPTURE(name);
                const auto it = said_of(mutated(table.pairs.at(name), {&*one, &*other}));
                CHECK(shown(failing(it)) == shown(wanted));
                for (const auto& fault : it.faults) {
                    CAPTURE(fault.first);
                    CHECK(rules.contains(fault.first));
                }
                if (go_together(*one, *other)) {
                    check_all_told(table, it, {&*one, &*other});
                    ++all_told;
                }
            }
        }
    }
    CHECK(all_told > 1000);
}

TEST_CASE("mutations: one run tells up to six faults, each at its place") {
    const auto table = read_mutations();
    std::vector<std::string> names;
    for (const auto& pair : table.pairs) {
        names.push_back(pair.first);
    }
    std::mt19937 random(20261130); // always the same draws
    for (int draw = 0; draw < 500; ++draw) {
        const auto& name = names[random() % names.size()];
        std::vector<const Mutation*> rows;
        const auto wanted = 2 + random() % 5;
        for (int attempt = 0; attempt < 60 && rows.size() < wanted; ++attempt) {
            const auto& row = table.rows[random() % table.rows.size()];
            const bool fits = std::ranges::find(row.pairs, name) != row.pairs.end() &&
                              std::ranges::all_of(
                                  rows, [&](const Mutation* it) { return it->id != row.id && go_together(*it, row); });
            if (fits) {
                rows.push_back(&row);
            }
        }
        CAPTURE(draw);
        CAPTURE(name);
        std::string ids;
        for (const auto* const row : rows) {
            ids += row->id + " ";
        }
        CAPTURE(ids);
        check_all_told(table, said_of(mutated(table.pairs.at(name), rows)), rows);
    }
}
