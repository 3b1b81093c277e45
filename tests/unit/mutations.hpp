#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace oidcgen::test {

/// A working pair for two versions.
struct WorkingPair {
    std::string authelia; ///< its version
    std::string immich;
    nlohmann::json client; ///< settings of the client at Authelia
    nlohmann::json oauth;  ///< settings of Immich
};

/// A row of tests/support/mutations.json, which says what its fields mean.
struct Mutation {
    std::string id;
    std::string side;
    std::vector<std::string> pairs; ///< names
    nlohmann::json apply;           ///< RFC 6902
    nlohmann::json undo;
    std::map<std::string, std::string> fails; ///< device, stage
    std::string rule;                         ///< empty: none
    std::string at;
    std::vector<std::string> hides;

    [[nodiscard]] bool does_hide(const Mutation& other) const;
    /// True when both change the same setting.
    [[nodiscard]] bool touches(const Mutation& other) const;
};

/// What two rows bring about together, and neither alone.
struct Together {
    std::array<std::string, 2> rows; ///< ids, in the order of the table or the other
    std::map<std::string, std::string> fails;
    std::string rule;
};

struct Mutations {
    std::map<std::string, WorkingPair> pairs; ///< by name
    std::vector<Mutation> rows;
    std::vector<Together> together;

    /// Null when they bring about nothing else than each of them does.
    [[nodiscard]] const Together* of(const Mutation& one, const Mutation& other) const;
};

/// The table. A file that cannot be read is a failed test.
[[nodiscard]] Mutations read_mutations();

/// The pair with some rows in it, none of which touches another.
[[nodiscard]] WorkingPair mutated(WorkingPair pair, std::vector<const Mutation*> rows);

} // namespace oidcgen::test
