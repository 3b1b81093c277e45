#pragma once

#include "util/words.hpp"

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace oidcgen::util {

/// Why a job could not be done.
struct Error {
    Words message; ///< one sentence, lower case, no full stop
    /// All there is to say, ready to be printed, when that is more than the message: what is wrong in several places,
    /// with the lines of a file, or with help. Ended by a line break.
    Shown shown{};
};

template <class T>
using Expected = tl::expected<T, Error>;

/// An error ready to be returned from a function that returns Expected.
[[nodiscard]] inline tl::unexpected<Error> failure(Words message) {
    return tl::unexpected<Error>(Error{std::move(message)});
}

} // namespace oidcgen::util

#define OIDCGEN_JOINED_AS(left, right) left##right
#define OIDCGEN_JOINED(left, right) OIDCGEN_JOINED_AS(left, right)
#define OIDCGEN_TRY_AS(tried, target, ...)                                                                             \
    auto tried = __VA_ARGS__;                                                                                          \
    if (!tried) {                                                                                                      \
        return ::tl::unexpected(std::move(tried).error());                                                             \
    }                                                                                                                  \
    target = *std::move(tried)

/// Gives `target` (`const auto name`, `auto name`, or something that is there) the value of an Expected, or returns its
/// error from the function around it, which returns Expected too.
#define OIDCGEN_TRY(target, ...) OIDCGEN_TRY_AS(OIDCGEN_JOINED(tried_, __LINE__), target, __VA_ARGS__)

/// Returns the error of an Expected<void>, if it has one.
#define OIDCGEN_CHECK(...)                                                                                             \
    do {                                                                                                               \
        if (auto tried = __VA_ARGS__; !tried) {                                                                        \
            return ::tl::unexpected(std::move(tried).error());                                                         \
        }                                                                                                              \
    } while (false)
