#include "mutations.hpp"

#include <algorithm>
#include <fstream>

#include <doctest/doctest.h>

namespace oidcgen::test {

namespace {

std::string path(const Mutation& it) { return it.apply.at("path").get<std::string>(); }

std::string text_or_none(const nlohmann::json& value) { return value.is_null() ? "" : value.get<std::string>(); }

} // namespace

bool Mutation::does_hide(const Mutation& other) const { return std::ranges::find(hides, other.id) != hides.end(); }

bool Mutation::touches(const Mutation& other) const {
    const auto mine = path(*this) + "/";
    const auto others = path(other) + "/";
    return side == other.side && (mine.starts_with(others) || others.starts_with(mine));
}

const Together* Mutations::of(const Mutation& one, const Mutation& other) const {
    const auto found = std::ranges::find_if(together, [&](const Together& it) {
        return it.rows == std::array{one.id, other.id} || it.rows == std::array{other.id, one.id};
    });
    return found == together.end() ? nullptr : &*found;
}

Mutations read_mutations() {
    std::ifstream file(OIDCGEN_TESTS "/support/mutations.json");
    REQUIRE(file.good());
    const auto table = nlohmann::json::parse(file);
    Mutations result;
    for (const auto& it : table.at("pairs")) {
        result.pairs[it.at("name")] = {it.at("authelia"), it.at("immich"), it.at("client"), it.at("oauth")};
    }
    for (const auto& it : table.at("rows")) {
        result.rows.push_back({it.at("id"), it.at("side"), it.at("versions"), it.at("do"), it.at("undo"),
                               it.at("fails"), text_or_none(it.at("rule")), text_or_none(it.at("at")), it.at("hides")});
    }
    for (const auto& it : table.at("together")) {
        result.together.push_back({it.at("rows"), it.at("fails"), it.at("rule")});
    }
    return result;
}

WorkingPair mutated(WorkingPair pair, std::vector<const Mutation*> rows) {
    // From the last place of a list on, so that removing one moves none of the others.
    std::ranges::sort(rows, std::ranges::greater(), [](const Mutation* it) { return path(*it); });
    for (const auto* const row : rows) {
        auto& side = row->side == "authelia" ? pair.client : pair.oauth;
        side.patch_inplace(nlohmann::json::array({row->apply}));
    }
    return pair;
}

} // namespace oidcgen::test
