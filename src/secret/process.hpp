#pragma once

namespace oidcgen::secret {

/// Keeps what this process has in memory to itself: no core dump of it is written, to a file or to a collecting
/// program, and other processes of the same user can neither read its memory nor attach to it. Whoever wants to debug
/// the program starts it from the debugger.
void keep_memory_private();

} // namespace oidcgen::secret
