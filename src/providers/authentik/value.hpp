#pragma once

#include "document/document.hpp"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace oidcgen::providers::authentik {

struct Object;
struct Shipped;
struct Value;

using Members = std::vector<std::pair<std::string_view, Value>>;

enum class Kind : std::uint8_t {
    unknown, ///< what is there depends on what no file says
    null,
    boolean,
    integer,
    real,
    date,
    text,
    list,
    map,
    object, ///< the primary key of an object
};

/// What Python has of a node of a blueprint once its tags are resolved.
struct Value {
    Kind kind = Kind::null;
    bool boolean = false;
    double number = 0; ///< integer and real
    std::string_view
        text{}; ///< also of an unknown one, and of a number as it is written; lives as long as its document
    std::vector<Value> items{};       ///< of a list
    Members members{};                ///< of a map, names once each
    const Object* made = nullptr;     ///< object: one that an entry of the file makes
    const Shipped* shipped = nullptr; ///< object: one that every installation has
    bool is_filled = false;           ///< a file of values said what it is
    bool has_hole = false;            ///< text: a placeholder is in it
    bool is_written = true;           ///< the text stands there itself, and is not the outcome of a tag
    document::Cursor at{};            ///< where it stands

    [[nodiscard]] bool is(Kind it) const { return kind == it; }
    /// Nothing follows from what is there.
    [[nodiscard]] bool is_unknown() const { return kind == Kind::unknown || has_hole; }
    [[nodiscard]] const Value* find(std::string_view name) const {
        for (const auto& [key, value] : members) {
            if (key == name) {
                return &value;
            }
        }
        return nullptr;
    }
};

/// Adds members, which replace those of the same names.
void put_members(Members& members, Members more);

/// What `bool(value)` is in Python.
[[nodiscard]] bool is_true(const Value& value);

/// What a boolean field makes of it; `otherwise` of what is null or not known.
[[nodiscard]] bool is_truth(const Value& value, bool otherwise);

/// What `str(value)` is in Python, of what is no collection.
[[nodiscard]] std::string_view text_of(const Value& value);

/// True when both are known and Python finds them equal.
[[nodiscard]] bool is_equal(const Value& left, const Value& right);

/// `a list`, `a number`: for messages.
[[nodiscard]] std::string_view noun_of(Kind kind);

} // namespace oidcgen::providers::authentik
