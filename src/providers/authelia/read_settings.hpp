#pragma once

#include "providers/authelia/decode.hpp"
#include "providers/authelia/known_keys.hpp"
#include "providers/authelia/layout.hpp"
#include "providers/authelia/settings.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace oidcgen::providers::authelia {

/// Reads the section without its clients. `networks` are the names of networks defined in the same file.
void read_section(ProviderSettings& settings, const Layout& layout, Decoder& decoder, KnownKeys& keys,
                  const std::unordered_set<std::string_view>& networks);

/// Where a client is. In a mapping instead of a list, its names are checked like those of `clients` itself.
enum class ClientPlace : std::uint8_t { item, mapping };

/// Reads clients one after the other.
class ClientReader {
  public:
    ClientReader(Decoder& decoder, KnownKeys& keys);

    void read(Client& client, const document::Cursor& at, ClientPlace place);

  private:
    using ReadField = void (*)(Decoder&, Client&, const document::Cursor&);

    /// A name in a client, as this version knows it.
    struct Name {
        ReadField read = nullptr;
        const oidc::Key* key = nullptr;
    };

    Decoder& m_decoder;
    KnownKeys& m_keys;
    std::unordered_map<std::string_view, Name> m_names;
};

} // namespace oidcgen::providers::authelia
