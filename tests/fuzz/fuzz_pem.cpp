// Keys and certificates in PEM blocks.
#include "demand.hpp"
#include "lang/go/pem.hpp"
#include "providers/authelia/pem.hpp"
#include "util/base64.hpp"

#include <fmt/format.h>

using namespace oidcgen;
using namespace oidcgen::providers::authelia;
using fuzz::demand;

namespace {

/// Base64 with padding.
std::string padded(std::string_view bytes) {
    std::string text = util::to_base64(bytes, util::k_standard_alphabet);
    text.resize((text.size() + 3) / 4 * 4, '=');
    return text;
}

void check_blocks(std::string_view rest) {
    while (true) {
        const std::size_t before = rest.size();
        const auto block = lang::go::next_pem_block(rest);
        if (!block) {
            demand(rest.size() == before, "without a block nothing is passed over");
            return;
        }
        demand(rest.size() < before, "a block is passed over");
        if (block->type.find("-----") != std::string::npos) {
            continue;
        }
        const std::string written =
            fmt::format("-----BEGIN {0}-----\n{1}\n-----END {0}-----\n", block->type, padded(block->bytes));
        std::string_view text = written;
        const auto again = lang::go::next_pem_block(text);
        demand(again && again->type == block->type && again->bytes == block->bytes && text.empty(),
               "a block stays what it is when it is written and read");
    }
}

void check_key(std::string_view text, SymmetricKeys symmetric) {
    const auto strict = parse_key(text, symmetric, TextBehind::refused);
    const auto lax = parse_key(text, symmetric, TextBehind::taken);
    if (!strict) {
        fuzz::demand_not_repeated(strict.error().message, text);
    } else {
        demand(lax && lax->kind == strict->kind && lax->public_key == strict->public_key,
               "what is taken without text behind it is taken with it");
        demand(strict->kind != KeyKind::symmetric || symmetric == SymmetricKeys::taken, "no more kinds than asked for");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = fuzz::text_of(data, size);
    check_blocks(text);
    check_key(text, SymmetricKeys::taken);
    check_key(text, SymmetricKeys::refused);
    constexpr std::int64_t k_now = 1'790'000'000;
    if (const auto chain = parse_chain(text, k_now); !chain) {
        fuzz::demand_not_repeated(chain.error().message, text);
    }
    return 0;
}
