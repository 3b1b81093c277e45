#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::lang::go {

/// Base64 with padding, as encoding/base64 reads it (https://pkg.go.dev/encoding/base64).
[[nodiscard]] std::optional<std::string> from_padded_base64(std::string_view text, std::string_view alphabet);

struct PemBlock {
    std::string type;
    std::string bytes;
};

/// The next PEM block as encoding/pem finds it (https://pkg.go.dev/encoding/pem#Decode); text before it is passed over.
/// Moves `text` to the end of the block.
[[nodiscard]] std::optional<PemBlock> next_pem_block(std::string_view& text);

} // namespace oidcgen::lang::go
