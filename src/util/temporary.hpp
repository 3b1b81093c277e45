#pragma once

#include "util/descriptor.hpp"

#include <string>
#include <string_view>

#include <sys/types.h>

// Temporary files that stand beside the file that they become: `.TARGET.XXXXXX.tmp`. Folders are descriptors.

namespace oidcgen::util {

/// A name for a temporary file of that target; its six letters are drawn at random.
[[nodiscard]] std::string temporary_name(std::string_view target);

/// Makes a file of that name. While the descriptor is open the file is locked, which is how remove_leftovers() of other
/// runs knows that its writer lives. An error number, or 0; EEXIST when another name is to be tried.
[[nodiscard]] int make_temporary(int folder, const std::string& name, mode_t mode, Descriptor& file);

/// Removes what runs that were killed left of that target: regular files with such a name that belong to this user, are
/// no links, and that no living writer holds. What cannot be removed stays, without an error.
void remove_leftovers(int folder, std::string_view target);

} // namespace oidcgen::util
