#pragma once

#include "util/words.hpp"

#include <string_view>

namespace oidcgen::oidc {

/// How an address differs from the one that is right, as a clause whose subject is the first: `has the host
/// photos.example.org instead of photos.example.com`. The two are not the same.
[[nodiscard]] util::Words difference(std::string_view address, std::string_view right);

} // namespace oidcgen::oidc
