#pragma once

#include "oidc/relying_party.hpp"
#include "oidc/system.hpp"
#include "util/error.hpp"

#include <span>
#include <string_view>

namespace oidcgen::apps::immich {

/// The notations that a file can have, the one that every release reads first.
[[nodiscard]] std::span<const std::string_view> formats();

/// Immich's settings in one of them. The error says that the release does not read it.
[[nodiscard]] util::Expected<oidc::Output> output(const oidc::RelyingParty& party, const oidc::Target& target,
                                                  std::string_view format);

} // namespace oidcgen::apps::immich
