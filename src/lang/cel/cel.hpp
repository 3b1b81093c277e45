#pragma once

#include "util/words.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace oidcgen::lang::cel {

/// What an expression of the Common Expression Language always yields.
struct List {};
using Value = std::variant<double, std::string, bool, List>;

/// Nothing when it depends on what the expression is applied to, or is not understood
/// (https://github.com/google/cel-spec/blob/master/doc/langdef.md).
[[nodiscard]] std::optional<Value> constant(std::string_view expression);

/// What a value is, as far as that is certain: `unknown` may be anything.
enum class Kind : std::uint8_t { unknown, null, boolean, integer, unsigned_integer, floating, text, bytes, list, map };

struct Type {
    Kind kind = Kind::unknown;
    std::vector<Type> of{}; ///< of a list its items, of a map its keys and its values

    [[nodiscard]] bool operator==(const Type& other) const { return kind == other.kind && of == other.of; }
};

struct Variable {
    std::string_view name;
    Type type{};
};

/// What an expression can refer to, besides what the language and its usual libraries bring.
struct Environment {
    std::vector<Variable> variables;
    bool is_open = false; ///< there may be further variables
};

/// Why an expression does not compile.
struct Fault {
    std::size_t at = 0;   ///< the byte where it shows
    util::Words message;  ///< lower case, no full stop
    bool is_name = false; ///< a name that nothing has
};

/// Nothing when it compiles, and when that cannot be known: what is refused here, cel-go
/// (https://github.com/google/cel-go) refuses too.
[[nodiscard]] std::optional<Fault> compile_fault(std::string_view expression, const Environment& environment);

} // namespace oidcgen::lang::cel
