#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::apps::immich {

/// What an inspection of Immich's settings can find, ordered by code.
[[nodiscard]] std::span<const rule::Rule* const> rules();

// features.cpp: what a login can go without.
extern const rule::Rule k_name_not_sent;
extern const rule::Rule k_storage_label_not_sent;
extern const rule::Rule k_quota_without_effect;
extern const rule::Rule k_role_without_effect;
extern const rule::Rule k_quota_claim_zero;

} // namespace oidcgen::apps::immich
