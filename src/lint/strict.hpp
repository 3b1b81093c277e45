#pragma once

#include "report/report.hpp"

#include <span>

namespace oidcgen::lint {

/// The rules about what a run could not tell.
[[nodiscard]] std::span<const rule::Rule* const> strict_rules();

/// Adds a finding for every client of an application whose login was not predicted, at what it depends on; and one when
/// none was predicted at all.
void demand_predictions(report::Report& report, std::span<const document::Document* const> documents);

} // namespace oidcgen::lint
