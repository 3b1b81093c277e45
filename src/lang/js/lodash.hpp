#pragma once

#include "lang/js/value.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// What functions of lodash do with values, https://lodash.com/docs.

namespace oidcgen::lang::js {

using Path = std::vector<std::string>;

/// True for a name that lodash takes apart: one with a dot, or with something in brackets.
[[nodiscard]] bool is_property_path(std::string_view name);

/// The steps of a property path such as `oauth.clientId` or `oauth[clientId]`, as lodash takes it apart.
[[nodiscard]] Path property_path(std::string_view text);

/// The steps with dots between them.
[[nodiscard]] std::string joined(const Path& steps);

/// A property that a configuration sets: what lodash's `set` and `get` are called with.
struct Leaf {
    const Path& steps; ///< names on the way, not yet taken apart
    const Value* value = nullptr;

    /// No name on the way is taken apart.
    [[nodiscard]] bool is_plain() const;
    /// Where lodash sets it.
    [[nodiscard]] Path path() const;
};

/// Whether a date is a value, or an object without members as lodash's isObject and Object.keys have it.
enum class Dates : std::uint8_t { values, empty_objects };

/// Calls `visit` with all that is neither an object nor in one. Empty objects count for nothing.
void for_each_leaf(const Value& value, Dates dates, const std::function<void(const Leaf&)>& visit);

/// How many items of lists may be made for indices in paths: nobody means more, and a short path can ask for many.
inline constexpr std::size_t k_room = 10'000;

/// Puts a value where the path says, making objects and lists on the way, as lodash's `set` does. Takes the items that
/// it makes for indices from `room`, and does nothing where they are more.
void set(Value& root, const Path& path, const Value& value, std::size_t& room);

/// lodash's `get`; null when it does not exist.
[[nodiscard]] const Value* get(const Value& root, const Path& path);

/// Removes what the path names, and what is empty above it.
void unset_deep(Value& root, Path path);

} // namespace oidcgen::lang::js
