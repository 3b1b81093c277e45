// One setting of a working pair is changed at a time, and two at a time; the table says what then happens.

#include "login_of_texts.hpp"
#include "mutations.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace oidcgen::test;

namespace {

const std::array k_devices{"web", "link", "mobile"};

// In the order of the handshake.
const std::array k_stages{"discovery", "authorize", "consent", "callback", "token", "id_token", "userinfo", "account"};

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

TEST_CASE("mutations: of two changed settings each device stops at the earlier, unless one hides the other") {
    const auto table = read_mutations();
    for (auto one = table.rows.begin(); one != table.rows.end(); ++one) {
        for (auto other = std::next(one); other != table.rows.end(); ++other) {
            if (one->touches(*other)) {
                continue;
            }
            CAPTURE(one->id);
            CAPTURE(other->id);
            std::map<std::string, std::string> wanted;
            std::set<std::string> rules;
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
            }
        }
    }
}
