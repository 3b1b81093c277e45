#pragma once

#include "oidc/system.hpp"

#include <string_view>

namespace oidcgen::toy::larder {

[[nodiscard]] util::Expected<oidc::Output> write(const oidc::RelyingParty& party, const oidc::Target& target,
                                                 std::string_view format);

} // namespace oidcgen::toy::larder
