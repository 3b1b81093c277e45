#pragma once

#include "oidc/registration.hpp"
#include "rule/findings.hpp"

#include <span>
#include <string>
#include <string_view>

namespace oidcgen::providers::authelia {

/// Finds what is wrong with the secret or digest that is kept for a client, where Authelia takes it all the same.
/// `names` are those of the systems that share secrets.
void check_secret(const oidc::Registration& registration, std::span<const std::string_view> names,
                  rule::Findings& findings);

/// For the help of a finding about a digest that Authelia refuses: the probable mistake and what to do. Nothing of the
/// text is repeated. Empty when it does not look like a digest.
[[nodiscard]] std::string digest_help(std::string_view written);

} // namespace oidcgen::providers::authelia
