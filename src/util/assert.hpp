#pragma once

#include <stdexcept>

namespace oidcgen::util {

/// A broken invariant of the program itself; caught once, in cli::run.
class BrokenInvariant : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

} // namespace oidcgen::util

#define OIDCGEN_ASSERT(condition)                                                                                      \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            throw ::oidcgen::util::BrokenInvariant(#condition);                                                        \
        }                                                                                                              \
    } while (false)
