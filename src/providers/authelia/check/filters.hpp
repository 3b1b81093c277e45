#pragma once

#include "document/document.hpp"
#include "oidc/system.hpp"
#include "rule/findings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::providers::authelia {

inline constexpr std::string_view k_expand_filter = "expand-env";
inline constexpr std::string_view k_template_filter = "template";

[[nodiscard]] bool has_filter(const oidc::Filters& filters, std::string_view name);

/// What the filter expand-env leaves of a digest when no variable has a name that is in it by chance.
struct Expanded {
    std::string text;
    bool is_changed = false; ///< more than two dollar signs became one
};
[[nodiscard]] Expanded without_variables(std::string_view digest);

/// The finding about a secret of which that filter takes a part.
[[nodiscard]] rule::Finding digest_expanded(document::Place secret, const oidc::Filters& filters);

/// The finding about a secret that is a template action which no filter fills in.
[[nodiscard]] rule::Finding action_as_secret(document::Place secret, const oidc::Filters& filters);

/// Whether Authelia fills in the template actions of a file.
enum class Rendering : std::uint8_t {
    not_known, ///< or there are none
    none,      ///< nobody does, so they are text
    refused,   ///< the same, and Authelia refuses the file because of that
};

/// Finds what that means for the file as a whole.
Rendering check_rendering(const document::Document& document, const std::optional<oidc::Filters>& filters,
                          rule::Findings& findings);

} // namespace oidcgen::providers::authelia
