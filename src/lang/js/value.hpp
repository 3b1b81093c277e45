#pragma once

#include "document/document.hpp"
#include "document/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::lang::js {

/// A value as JavaScript holds it, and where it is. Texts are views into the document or into tables.
struct Value {
    enum class Type : std::uint8_t {
        undefined,
        null,
        boolean,
        number,
        text,
        date,
        list,
        object,
        unknown, ///< a placeholder: anything
    };

    Type type = Type::undefined;
    bool boolean = false;
    bool is_given = false; ///< it is in the document; otherwise it is a default
    double number = 0;
    std::string_view text;
    std::vector<Value> items;       ///< of a list
    std::vector<std::string> names; ///< of an object: the names of its members, in order
    std::vector<Value> values;      ///< and their values
    document::Span span;            ///< the value, if it is given
    document::Span key_span;        ///< its key; the value for items

    [[nodiscard]] bool is(Type other) const { return type == other; }
    /// A list or an object, as lodash's isObject says.
    [[nodiscard]] bool is_collection() const { return type == Type::list || type == Type::object; }
    /// What `if (value)` says. A placeholder counts as true.
    [[nodiscard]] bool is_truthy() const;
    /// `null`, `boolean`, `number`, `text`, `date`, `list` or `object`, with its article: for messages.
    [[nodiscard]] std::string_view kind() const;

    [[nodiscard]] const Value* member(std::string_view name) const;
    [[nodiscard]] Value* member(std::string_view name);
    /// The member or item of that name; null when there is none.
    [[nodiscard]] const Value* step(std::string_view name) const;
    [[nodiscard]] Value* step(std::string_view name);
    /// The member of that name, made if it is not there; this must be an object.
    Value& add_member(std::string_view name);
    void remove_member(std::string_view name);

  private:
    [[nodiscard]] std::size_t position(std::string_view name) const;
    [[nodiscard]] std::size_t slot(std::string_view name) const;
    void index();
    /// Of objects with many members: a hash table with open addressing of positions from 1; 0 is a free slot.
    std::vector<std::uint32_t> m_slots;
};

/// The index that a property name means in a list: `0` or `12`, not `01` or `-1`.
[[nodiscard]] std::optional<std::size_t> list_index(std::string_view name);

/// Whether `{{ … }}` in place of a value is a template action, or the mapping that YAML takes it for.
enum class TemplateActions : std::uint8_t { unknown, literal };

/// The value that JavaScript makes of a document's node; undefined for an empty cursor.
[[nodiscard]] Value to_js(const document::Cursor& cursor, TemplateActions actions);

/// The value as JSON.stringify writes it.
[[nodiscard]] document::Value to_value(const Value& value);

} // namespace oidcgen::lang::js
