// usage: bench_compress raw|library
// The work of one digest and nothing else: its 620,000 SHA-512 compressions, or OpenSSL's own PBKDF2.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "secret/digest.hpp"
#include "secret/pbkdf2.hpp"

#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <string_view>

int main(int argc, char** argv) {
    using namespace oidcgen::secret;
    if (argc != 2) {
        return 2;
    }
    if (std::string_view(argv[1]) == "library") {
        const auto key = pbkdf2_of_library(Hash::sha512, "q7-Rk2_vXp9.LmT4wZs8bd", "sixteen bytes of",
                                           k_default_iterations, hash_bytes(Hash::sha512));
        return key && std::putchar((*key)[0]) != EOF ? 0 : 1;
    }
    SHA512_CTX context{};
    SHA512_Init(&context);
    const std::array<unsigned char, SHA512_CBLOCK> block{};
    for (std::uint32_t i = 0; i < 2 * k_default_iterations; ++i) {
        SHA512_Transform(&context, block.data());
    }
    return std::putchar(static_cast<int>(context.h[0] & 0xffU)) != EOF ? 0 : 1;
}
