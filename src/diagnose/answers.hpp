#pragma once

#include "oidc/log.hpp"

#include <span>
#include <string_view>

namespace oidcgen::diagnose {

/// The error codes of the standards, which a provider answers with: in an address, on a page, in the message of an
/// application.
[[nodiscard]] std::span<const oidc::LogMessage> answers();

/// True when a line has the code as the error of an answer, and not as a word like any other: `error=CODE`,
/// `"error":"CODE"`, `CODE: description`, `CODE (description)`.
[[nodiscard]] bool is_answered(std::string_view line, std::string_view code);

} // namespace oidcgen::diagnose
