#pragma once

#include "secret/secret.hpp"
#include "util/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace oidcgen::secret {

inline constexpr std::size_t k_default_length = 72; ///< as long as guides of providers generate them
inline constexpr std::size_t k_most_bytes = 65536;  ///< a longer text is not a client secret
inline constexpr std::size_t k_most_lines = 10'000; ///< of a file with a secret a line

/// All sources drop one final line break (\n or \r\n), and refuse an empty secret, one with a NUL byte, and one of more
/// than k_most_bytes.
[[nodiscard]] util::Expected<Secret> from_file(const std::filesystem::path& path);
[[nodiscard]] util::Expected<Secret> from_stdin();
/// One secret a line; what is refused is told with the number of its line. Errors: no line at all, an empty one, more
/// than k_most_lines.
[[nodiscard]] util::Expected<std::vector<Secret>> each_from_file(const std::filesystem::path& path);
[[nodiscard]] util::Expected<std::vector<Secret>> each_from_stdin();
/// From the environment variable of that name. The error does not repeat the name, which may be the secret by mistake.
[[nodiscard]] util::Expected<Secret> from_environment(const std::string& name);

enum class Confirm { no, yes };
/// Asks on the controlling terminal without echo, twice with Confirm::yes. An error without a terminal. The terminal's
/// state is restored on every way out, signals too.
[[nodiscard]] util::Expected<Secret> from_prompt(const std::string& question, Confirm confirm);

/// `length` characters drawn evenly from the 66 unreserved characters of RFC 3986 section 2.3.
[[nodiscard]] util::Expected<Secret> generated(std::size_t length = k_default_length);

} // namespace oidcgen::secret
