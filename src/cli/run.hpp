#pragma once

#include "cli/streams.hpp"

#include <string>
#include <vector>

namespace oidcgen::cli {

/// Runs the program with these arguments (without its name) and returns its exit status: 0 clean, 1 findings or a
/// digest that does not match, 2 the job could not be done.
[[nodiscard]] int run(std::vector<std::string> arguments, Streams& streams);

} // namespace oidcgen::cli
