#pragma once

#include "document/document.hpp"
#include "document/value.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oidcgen::apps::immich {

/// A value as Immich's JavaScript holds it, and where it stands. Texts are views into the document or into tables.
struct JsValue {
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
    bool is_given = false; ///< it stands in the document; otherwise it is a default
    double number = 0;
    std::string_view text;
    std::vector<JsValue> items;     ///< of a list
    std::vector<std::string> names; ///< of an object: the names of its members, in order
    std::vector<JsValue> values;    ///< and their values
    document::Span span;            ///< the value, if it is given
    document::Span key_span;        ///< its key; the value for items

    [[nodiscard]] bool is(Type other) const { return type == other; }
    /// A list or an object, as lodash's isObject says.
    [[nodiscard]] bool is_collection() const { return type == Type::list || type == Type::object; }
    /// What `if (value)` says. A placeholder counts as true.
    [[nodiscard]] bool is_truthy() const;
    /// `null`, `boolean`, `number`, `text`, `date`, `list` or `object`, with its article: for messages.
    [[nodiscard]] std::string_view kind() const;

    [[nodiscard]] const JsValue* member(std::string_view name) const;
    [[nodiscard]] JsValue* member(std::string_view name);
    /// The member or item of that name; null when there is none.
    [[nodiscard]] const JsValue* step(std::string_view name) const;
    [[nodiscard]] JsValue* step(std::string_view name);
    /// The member of that name, made if it is not there; this must be an object.
    JsValue& add_member(std::string_view name);
    void remove_member(std::string_view name);

  private:
    [[nodiscard]] std::size_t position(std::string_view name) const;
    std::map<std::string, std::size_t, std::less<>> m_positions; ///< of objects with many members
};

/// Whether `{{ … }}` in place of a value is a template action, or the mapping that YAML takes it for.
enum class TemplateActions : std::uint8_t { unknown, literal };

/// The value that Immich's reader makes of a document's node; undefined for an empty cursor.
[[nodiscard]] JsValue to_js(const document::Cursor& cursor, TemplateActions actions);

/// The value as JSON.stringify writes it.
[[nodiscard]] document::Value to_value(const JsValue& value);

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
    const JsValue* value = nullptr;

    /// No name on the way is taken apart.
    [[nodiscard]] bool is_plain() const;
    /// Where lodash sets it.
    [[nodiscard]] Path path() const;
};

/// Whether a date is a value, or an object without members as lodash's isObject and Object.keys have it.
enum class Dates : std::uint8_t { values, empty_objects };

/// Calls `visit` with all that is neither an object nor in one. Empty objects count for nothing.
void for_each_leaf(const JsValue& value, Dates dates, const std::function<void(const Leaf&)>& visit);

/// How many items of lists may be made for indices in paths: nobody means more, and a short path can ask for many.
inline constexpr std::size_t k_room = 10'000;

/// Puts a value where the path says, making objects and lists on the way, as lodash's `set` does. Takes the items that
/// it makes for indices from `room`, and does nothing where they are more.
void set(JsValue& root, const Path& path, const JsValue& value, std::size_t& room);

/// lodash's `get`; null when there is no such value.
[[nodiscard]] const JsValue* get(const JsValue& root, const Path& path);

/// Removes what the path names, and what is empty above it.
void unset_deep(JsValue& root, Path path);

} // namespace oidcgen::apps::immich
