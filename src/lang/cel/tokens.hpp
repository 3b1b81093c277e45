#pragma once

#include "lang/cel/cel.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace oidcgen::lang::cel {

enum class TokenKind : std::uint8_t { end, name, integer, unsigned_integer, floating, text, bytes, mark };

struct Token {
    TokenKind kind = TokenKind::end;
    std::string_view text; ///< as written; `in`, `true`, `false` and `null` are marks
    std::size_t at = 0;
};

struct Tokens {
    std::vector<Token> all; ///< the last one is `end`
    std::optional<Fault> fault{};
    bool is_understood = true; ///< false: something in it belongs to newer editions of the language
};

[[nodiscard]] Tokens tokens_of(std::string_view expression);

} // namespace oidcgen::lang::cel
