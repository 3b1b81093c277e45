#pragma once

#include "document/document.hpp"

#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// Names of settings that some system has. They are never masked, whatever they stand below.
using Names = std::set<std::string_view>;

/// Gives such names. They are asked for when something is shown that needs them.
using NamesOf = const Names& (*)();

enum class Comments : std::uint8_t { hidden, passed_over };

/// Whether a line of a plain word and a host (`domain example.com`) is shown.
enum class Hosts : std::uint8_t { hidden, shown };

/// Adds what is hidden of the bytes between two scalars of a line: comments, anchors that are not among those that an
/// alias uses, tags that no reader knows and that are not among the names, and words that belong to nothing.
void hide_in_gap(const document::Source& source, document::Span gap, const std::set<std::string_view>& used_anchors,
                 const Names& names, Comments comments, std::vector<document::Span>& hidden);

/// Adds what is hidden of a text that could not be read to its end, line by line, from its words alone: everything
/// behind the name of a setting that holds a secret and on the lines that may belong to its value, comments, anchors,
/// tags, addresses' secrets, what looks random, and words of lines that have no key. What stays is indentation,
/// punctuation, the names of settings, and values of settings that hold no secret. Linear in the size of the text.
void hide_unreadable(const document::Source& source, document::Dialect dialect, const Names& names, Hosts hosts,
                     std::vector<document::Span>& hidden);

} // namespace oidcgen::report
