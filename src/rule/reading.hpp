#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::rule {

/// The rules about texts that cannot be read, or only in part.
[[nodiscard]] std::span<const Rule* const> reading_rules();

extern const Rule k_template_syntax;

/// Text like `{{ secret }}` that makes a document no YAML: refused where a reader takes it literally, filled in before
/// the reader sees it where templates are at work.
enum class Templates : std::uint8_t { literal, filled_in };

/// Turns the faults of a document into findings. `refuses` is what a reader does that takes none of them:
/// provider_refuses or app_refuses.
void add_reading_faults(const document::Document& document, Consequence refuses, Templates templates,
                        Findings& findings);

} // namespace oidcgen::rule
