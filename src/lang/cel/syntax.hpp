#pragma once

#include "lang/cel/cel.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace oidcgen::lang::cel {

/// What a node is, and what its parts are.
enum class Form : std::uint8_t {
    literal,     ///< of a known type
    name,        ///< of a variable, a type or a part of a longer name
    select,      ///< a field `text` of its one part
    operation,   ///< `text` is the operator: `+`, `in`, `?:`, `[]`
    call,        ///< of the function `text`
    member_call, ///< the same; the first part is what it is called on
    list,
    map,    ///< key, value, key, value
    message ///< an object of a named type; `text` is the first part of the name
};

struct Node {
    Form form = Form::literal;
    std::size_t at = 0;
    std::string_view text{};
    Type type{}; ///< of a literal
    std::vector<Node> parts{};
    bool has_optional = false; ///< `.?`, `[?`: what comes out of it may be missing
};

struct Parsed {
    Node root{};
    std::optional<Fault> fault{};
    bool is_understood = true; ///< false: too long, too deep, or of a newer edition of the language
};

[[nodiscard]] Parsed parse(std::string_view expression);

} // namespace oidcgen::lang::cel
