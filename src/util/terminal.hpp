#pragma once

#include <cstddef>

namespace oidcgen::util {

/// What a stream leads to.
struct Terminal {
    bool is_terminal = false;
    std::size_t columns = 0; ///< 0: not known, or not a terminal
};

/// Asks about an open file. Where the terminal does not know its width, the variable COLUMNS does.
[[nodiscard]] Terminal terminal_at(int descriptor);

} // namespace oidcgen::util
