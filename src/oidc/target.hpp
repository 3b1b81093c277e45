#pragma once

#include "util/version.hpp"

#include <string>

namespace oidcgen::oidc {

/// The release of a system that something is written or checked for.
struct Target {
    std::string asked;  ///< the known release that a person's words mean; of a newer one, the words themselves
    util::Version used; ///< a known release, or the one that a newer one is taken for
    bool newer = false; ///< what was asked for is newer than the known releases of its line, or than all
};

} // namespace oidcgen::oidc
