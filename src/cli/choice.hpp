#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

/// Names the words that an option takes, in help and description: a type name in lower case, `one|two`.
void name_words(CLI::Option& option, std::span<const std::string_view> words);

/// The same, and refuses any other word.
void limit_to_words(CLI::Option& option, std::span<const std::string_view> words);

/// Lets an option be given several times, with one value each. Returns it.
CLI::Option* may_be_repeated(CLI::Option* option);

/// Takes whole numbers in that range.
[[nodiscard]] CLI::Validator from_to(std::uint64_t least, std::uint64_t most);

} // namespace oidcgen::cli
