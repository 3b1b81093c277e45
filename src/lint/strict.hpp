#pragma once

#include "report/report.hpp"

#include <span>

namespace oidcgen::lint {

/// The rules about what a run could not tell.
[[nodiscard]] std::span<const rule::Rule* const> strict_rules();

/// Adds a finding for every client of an application whose login was not predicted, at what it depends on. When none
/// was predicted at all, it is one at `first`, a file that was recognised; null: there is none.
void demand_predictions(report::Report& report, const document::Document* first);

} // namespace oidcgen::lint
