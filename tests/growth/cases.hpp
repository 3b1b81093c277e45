#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace oidcgen::growth {

/// One file whose length follows from a number n: `above`, `head`, n times `first`, `middle`, n times `last`, `tail`.
/// Each
/// `@` in what is repeated is its number, from 0 to n - 1.
struct File {
    std::string_view name; ///< with `@` in it: n such files, each of which is `above` and `head` alone
    std::string_view above{};
    std::string_view head{};
    std::string_view first{};
    std::string_view middle{};
    std::string_view last{};
    std::string_view tail{};
};

/// One way in which what the program reads can grow.
struct Case {
    std::string_view name;
    std::string_view command; ///< arguments in front of the files, with blanks between
    std::array<File, 2> files{};
    std::size_t count = 120; ///< the smallest n; the others are twice and four times as much
    /// Arguments of the second file's place: `--site` when it is a site description.
    std::string_view second_option{};
    bool is_text_alone = false; ///< no report as JSON, of what takes long and does not differ in it
};

/// Of everything that the program reads, each list, map, nesting, text and placeholder.
[[nodiscard]] std::span<const Case> cases();

/// Known growth, for the test of the test: `linear` and `quadratic`.
[[nodiscard]] std::size_t work(std::string_view kind, std::size_t count);

} // namespace oidcgen::growth
