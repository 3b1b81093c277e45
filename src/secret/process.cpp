#include "secret/process.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace oidcgen::secret {

void keep_memory_private() {
    // The limit alone does not hold where the kernel hands dumps to a program (core(5)), which the other one forbids.
    const rlimit nothing{0, 0};
    static_cast<void>(::setrlimit(RLIMIT_CORE, &nothing));
    static_cast<void>(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)); // NOLINT(*-vararg)
}

} // namespace oidcgen::secret
