#pragma once

#include <string>
#include <vector>

namespace oidcgen::cli {

/// One flag or positional argument, as the parser knows it.
struct OptionDescription {
    std::string name;   ///< `--style`, or `SITE` for a positional
    std::string letter; ///< of the short form, `h`; may be empty
    bool takes_value = false;
    std::vector<std::string> values; ///< the words it accepts, when they are limited
    std::string about;
};

struct CommandDescription {
    std::string name; ///< empty for the program itself
    std::string about;
    std::vector<OptionDescription> options;
};

/// What the parser accepts: the program's own flags first, then its commands in the order of the help. Manual page and
/// completions are compared with it.
[[nodiscard]] std::vector<CommandDescription> describe();

} // namespace oidcgen::cli
