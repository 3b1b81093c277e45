#pragma once

#include <string_view>

namespace oidcgen::lint {

/// The language that a text is written in, by the ending of its name or by how it begins, if that is one that is not
/// read: Nix, HCL (Terraform), TOML. Empty for all else.
[[nodiscard]] std::string_view language_of(std::string_view path, std::string_view text);

} // namespace oidcgen::lint
