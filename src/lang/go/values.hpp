#pragma once

#include "document/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::lang::go {

/// Scalars as Authelia's decoder turns them into the types of its settings
/// (https://pkg.go.dev/github.com/go-viper/mapstructure/v2, weakly typed). Nothing: it refuses the scalar for that
/// type.

/// Text as it is; true is `1`, false `0`, a number as Go prints it (`0123` is `83`, `1e3` is `1000`).
/// Only for scalars that are neither null nor a date.
[[nodiscard]] std::string to_text(const document::Scalar& scalar);

/// The key of a mapping as fmt.Sprint prints it: `<nil>`, `true`, `31` for `0x1F`, `+Inf`. A date has blanks in it and
/// is not printed to the letter.
[[nodiscard]] std::string key_text(const document::Scalar& scalar);
/// That of a mapping's member.
[[nodiscard]] std::string key_of(const document::Cursor& member);

/// What strconv.ParseBool takes, and the empty text for false; any number, 0 for false.
[[nodiscard]] std::optional<bool> to_bool(const document::Scalar& scalar);

/// Whole numbers, decimals cut off, true for 1, and text in any of Go's notations.
[[nodiscard]] std::optional<std::int64_t> to_int(const document::Scalar& scalar);

/// An address with a mask or without, as in `192.168.1.0/24`.
[[nodiscard]] bool is_network(std::string_view text);

/// Without regard to the case of ASCII letters, as the decoder compares names of settings.
[[nodiscard]] bool equal_fold(std::string_view one, std::string_view other);

} // namespace oidcgen::lang::go
