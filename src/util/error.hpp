#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace oidcgen::util {

/// Why a job could not be done: one sentence, lower case, no full stop, never with a secret in it.
struct Error {
    std::string message;
};

template <class T>
using Expected = tl::expected<T, Error>;

/// An error ready to be returned from a function that returns Expected.
[[nodiscard]] inline tl::unexpected<Error> failure(std::string message) {
    return tl::unexpected<Error>(Error{std::move(message)});
}

} // namespace oidcgen::util
