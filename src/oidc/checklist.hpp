#pragma once

#include "oidc/site_view.hpp"
#include "oidc/system.hpp"

#include <array>

#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

/// Something that a person enters at a provider, or looks up there.
struct ChecklistItem {
    std::string_view name;  ///< of the client metadata (RFC 7591 section 2), where the standards have one
    std::string_view label; ///< as people call it
    std::vector<std::string> values{};
    std::string about{}; ///< what else there is to know, a sentence without full stop; may be empty
};

using Checklist = std::vector<ChecklistItem>;

/// What a client needs at any provider, with exact values: type, redirect URIs, scopes, flow, PKCE, algorithms, claims.
/// The secret is not among them.
[[nodiscard]] Checklist checklist(const Provider& provider, const Registration& client);

/// The words for the forms below.
inline constexpr std::array<std::string_view, 2> k_checklist_forms{"text", "json"};

/// As text for a person, an item on lines of its own, or as JSON (`oidcgen-checklist/1`). `heading` says what it is
/// for; `title` names the provider.
[[nodiscard]] std::string written(const Checklist& items, std::string_view heading, std::string_view title,
                                  std::string_view form);

} // namespace oidcgen::oidc
