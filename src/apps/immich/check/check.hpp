#pragma once

#include "apps/immich/rules.hpp"
#include "apps/immich/settings.hpp"
#include "rule/findings.hpp"
#include "util/words.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::apps::immich {

// What Immich itself refuses or warns about.

/// Settings and sections that the version does not know (a file: reported; an import: dropped without a word).
void check_names(const Settings& settings, rule::Findings& findings);

/// Types, limits and forms of values, sections that are none, and what an import lacks.
void check_values(const Settings& settings, rule::Findings& findings);

// What Immich takes, and what was surely not meant.

/// Files and parts of files that mean something else than they look like.
void check_traps(const Settings& settings, rule::Findings& findings);

/// Values that do something else than their names promise.
void check_meaning(const Settings& settings, rule::Findings& findings);

/// The client secret by itself.
void check_secret(const Settings& settings, rule::Findings& findings);

/// How messages name a setting: `oauth.clientId`.
[[nodiscard]] util::Words setting_name(std::string_view section, std::string_view key);

/// What a value is read as, as messages say it: `null`, `the number 123`, `the text "yes"`; never a secret.
[[nodiscard]] util::Words reading_of(std::string_view key, const JsValue& value);

} // namespace oidcgen::apps::immich
