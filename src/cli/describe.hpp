#pragma once

#include <string>
#include <vector>

namespace oidcgen::cli {

/// One flag or positional argument, as the parser knows it.
struct OptionDescription {
    std::string name;   ///< `--style`, or `SITE` for a positional
    std::string letter; ///< of the short form, `h`; may be empty
    bool takes_value = false;
    std::vector<std::string> values;   ///< the words it accepts, when they are limited
    std::string placeholder;           ///< of a flag whose value is free: what help calls it, such as `FILE`
    std::vector<std::string> releases; ///< of a flag that takes a release: the known ones, the oldest first
    std::string about;
};

struct CommandDescription {
    std::string name; ///< empty for the program itself
    std::string about;
    std::vector<OptionDescription> options;
};

/// What the parser accepts: the program's own flags first, then its commands in the order of the help. The manual page
/// is compared with it, and the completions are made from it.
[[nodiscard]] std::vector<CommandDescription> describe();

} // namespace oidcgen::cli
