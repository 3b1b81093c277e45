#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::lang::python {

/// Why Python would not compile the body of a function, as far as its brackets, its texts and the order of its words
/// show; nothing when nothing was found.
[[nodiscard]] std::optional<std::string_view> syntax_fault(std::string_view code);

/// What stands behind a name in a dictionary.
enum class Outcome : std::uint8_t {
    computed,
    none,
    boolean,
    number,
    text,
    list,
    name, ///< a variable alone, which the code itself does not set
};

struct ReturnedItem {
    std::string name;
    Outcome outcome = Outcome::computed;
    std::string value;           ///< of a text, a number, a boolean or a name
    bool is_conditional = false; ///< the dictionary is one of several that may be returned
    bool may_be_none = false;    ///< it is what `.get(name)` gives, which is None when there is nothing of that name
};

/// What the body of a function returns.
struct Returned {
    bool is_known = false;      ///< every item that it may return is in the list
    bool is_dictionary = false; ///< it may return one
    std::vector<ReturnedItem> items;
};
[[nodiscard]] Returned returned_by(std::string_view code);

} // namespace oidcgen::lang::python
