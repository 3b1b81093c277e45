#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace oidcgen::lang::go {

/// What os.Expand (https://pkg.go.dev/os#Expand) makes of a text: `$NAME` and `${NAME}` are what the function says of
/// the name. A digit or one of `*#$@!?-` is a name of its own.
[[nodiscard]] std::string expand(std::string_view text, const std::function<std::string(std::string_view)>& value_of);

} // namespace oidcgen::lang::go
