#pragma once

#include "document/path.hpp"
#include "document/source.hpp"
#include "util/words.hpp"

#include <cstdint>
#include <string>

namespace oidcgen::document {

enum class FaultKind : std::uint8_t {
    too_large,       ///< more bytes than a reader takes
    nul_byte,        ///< a NUL byte: binary data or UTF-16 without a byte order mark
    encoding,        ///< not valid UTF-8 (or UTF-16, where the dialect takes that)
    syntax,          ///< the text cannot be read on from here
    template_syntax, ///< not YAML because of template actions such as `{{ … }}` outside quotes; not fatal for one that
                     ///< is a whole value, which is then a plain scalar with the action as its text
    duplicate_key,     ///< the same key twice in one mapping; `other` is the first one
    unknown_alias,     ///< an alias without an anchor before it
    cyclic_alias,      ///< an alias to a node that encloses it
    bad_merge,         ///< a merge key whose value is not a mapping
    bad_key,           ///< a key that is not a scalar
    bad_tag,           ///< a tag that the value does not fit
    bad_directive,     ///< a %YAML version that is not accepted
    several_documents, ///< a second document where one is expected
    too_deep,          ///< nested deeper than a reader follows
    too_many_aliases,  ///< aliases that would expand beyond all measure
};

/// Something wrong with a text itself. Which of them matter, and how much, is the business of who reads the text.
struct Fault {
    FaultKind kind = FaultKind::syntax;
    Span span;
    Span other;              ///< a second place, where the kind has one
    util::Words message;     ///< what is wrong, as a message starts: lower case, no full stop
    bool fatal = false;      ///< nothing after this place was read
    PathId path{};           ///< duplicate_key: of that key; the root for all else, since the whole text is refused
    bool holds_more = false; ///< duplicate_key: the value is a mapping or a list
};

} // namespace oidcgen::document
