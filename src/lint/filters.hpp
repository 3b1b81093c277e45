#pragma once

#include "lint/deployment.hpp"
#include "lint/lint.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace oidcgen::lint {

/// Adds the settings that a container of the system gets, with what it says about the filters of its program. `files`
/// are the paths in the container that it reads, with commas between them; `mounted` are those of them that lie on the
/// host.
void add_fed(const oidc::System& system, const document::Cursor& container, std::string_view files,
             std::span<const Mounted> mounted, std::vector<Fed>& fed);

/// What the text is passed through before the system reads it. Nothing when no container is known to get the text, when
/// several treat it differently, or when something that is not among the inputs may have a word in it.
[[nodiscard]] std::optional<oidc::Filters> filters_of(const oidc::System& system, const Input& input,
                                                      const std::vector<Input>& given, const Deployment& deployment,
                                                      std::span<const std::unique_ptr<document::Document>> containers);

} // namespace oidcgen::lint
