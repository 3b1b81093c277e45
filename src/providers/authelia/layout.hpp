#pragma once

#include "document/document.hpp"
#include "oidc/system.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace oidcgen::providers::authelia {

/// Which part of an Authelia configuration a file holds.
enum class Extract : std::uint8_t {
    configuration, ///< the whole, or at least its top level
    section,       ///< `oidc:` alone
    settings,      ///< the content of `oidc`: `clients:` and the like
    clients,       ///< a list of clients
    client,        ///< one client
    nothing,       ///< none of these
};

/// Where the parts are that matter here. Names of sections are found without regard to case, as the decoder does.
struct Layout {
    Extract extract = Extract::nothing;
    document::Cursor root{};
    document::Cursor section{}; ///< `identity_providers.oidc`, if the file has it
    /// Settings of the section whose whole path is a key at the top level, each with the rest of its path.
    std::vector<std::pair<std::string, document::Cursor>> dotted;
    document::Cursor clients{}; ///< of Extract::clients and Extract::client
};

/// Taken literally, a file is the whole configuration, whatever it looks like.
[[nodiscard]] Layout layout_of(const document::Document& document, oidc::Placeholders placeholders);

/// The member of a mapping with that name: exactly so, or in other letter case.
[[nodiscard]] document::Cursor find_folded(const document::Cursor& mapping, std::string_view name);

} // namespace oidcgen::providers::authelia
