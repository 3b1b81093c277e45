#pragma once

#include "document/document.hpp"
#include "util/error.hpp"

#include <memory>
#include <string>

namespace oidcgen::document {

/// Reads lines of KEY=VALUE as Docker Compose reads a file of environment variables
/// (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax): comments,
/// `export`, `KEY: VALUE`, values in single quotes as they are, values in double quotes with escapes, both over several
/// lines, ` #` after a value without quotes. A line with a name alone has no value. The document is a mapping, its
/// values have the bytes of the file as their span, without quotes around them; single-quoted ones are not expanded.
/// Errors name the line, and never show it.
[[nodiscard]] util::Expected<std::unique_ptr<Document>> read_env(std::string name, std::string text);

} // namespace oidcgen::document
