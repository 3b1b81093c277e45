#pragma once

#include "rule/findings.hpp"

#include <functional>
#include <initializer_list>
#include <vector>

namespace oidcgen::rule {

/// The rules about texts that cannot be read, or only in part, followed by those of a system.
[[nodiscard]] std::vector<const Rule*> with_reading_rules(std::initializer_list<const Rule*> rules);

extern const Rule k_template_syntax;

/// What becomes of text like `{{ secret }}` outside quotes: a reader that takes it literally refuses the document.
/// Where templates are filled in before, a whole value is not a fault, and any other action only keeps us from reading
/// on.
enum class Templates : std::uint8_t { literal, filled_in };

/// Turns the faults of a document into findings. `refuses` is what a reader does that takes none of them:
/// provider_refuses or app_refuses. `adapt`, if there is one, changes a finding before it is added.
void add_reading_faults(const document::Document& document, Consequence refuses, Templates templates,
                        Findings& findings, const std::function<void(Finding&)>& adapt = {});

} // namespace oidcgen::rule
