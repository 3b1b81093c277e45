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

/// What is probably wrong with a text that was meant as digest, and what to do. Nothing of the text is repeated. Both
/// are empty for a good digest, and for a text that does not look like one.
struct DigestMistake {
    std::string_view message{};
    std::string_view remedy{};
};
[[nodiscard]] DigestMistake mistake_in(std::string_view written);

/// The same for a text that does not begin as a digest, so that Authelia reads it as a plaintext secret.
[[nodiscard]] DigestMistake mistake_in_plaintext(std::string_view written);

} // namespace oidcgen::providers::authelia
