#pragma once

#include "oidc/checklist.hpp"

#include <string_view>

namespace oidcgen::providers::google {

/// How it can be written.
inline constexpr auto k_forms = oidc::k_checklist_forms;

/// What a person enters in the console to make the client; no program can.
[[nodiscard]] util::Expected<oidc::Output> write(const oidc::Provider& provider, const oidc::Target& target,
                                                 std::string_view form);

} // namespace oidcgen::providers::google
