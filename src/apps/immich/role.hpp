#pragma once

#include "apps/immich/behaviour.hpp"
#include "document/document.hpp"
#include "rule/rule.hpp"
#include "util/version.hpp"

#include <string_view>

namespace oidcgen::apps::immich {

/// True for a standard claim that is a list, where this release takes a role from a text alone.
[[nodiscard]] bool is_list_for_role(std::string_view claim, const Behaviour& behaves);

/// That such a claim has no effect; `place` is that of the setting, or of what makes the claim a list.
[[nodiscard]] rule::Finding list_for_role(const util::Version& version, const document::Place& place);

} // namespace oidcgen::apps::immich
