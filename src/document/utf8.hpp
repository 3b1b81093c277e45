#pragma once

#include <cstdint>
#include <string>

namespace oidcgen::document {

/// Appends a code point as UTF-8. JavaScript's texts may hold surrogates without a partner: those get the three bytes
/// that UTF-8 would have for them, so that texts stay different that differ in them. Such bytes are not valid UTF-8,
/// and whoever puts a text out replaces or escapes them.
void append_code_point(std::string& text, std::uint32_t point);

} // namespace oidcgen::document
