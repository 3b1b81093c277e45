#include "lang/go/pem.hpp"

#include "util/base64.hpp"

#include <doctest/doctest.h>
#include <string_view>

using namespace oidcgen::lang::go;

TEST_CASE("next_pem_block: passes over text before a block and stops behind it") {
    std::string_view text = "made in January\n-----BEGIN ONE-----\nHeader: x\n\nZm9v\n-----END ONE-----\n"
                            "-----BEGIN TWO-----\nYmFy\n-----END TWO-----\nrest";
    const auto first = next_pem_block(text);
    REQUIRE(first);
    CHECK(first->type == "ONE");
    CHECK(first->bytes == "foo");
    const auto second = next_pem_block(text);
    REQUIRE(second);
    CHECK(second->type == "TWO");
    CHECK(second->bytes == "bar");
    CHECK(text == "rest");
    CHECK_FALSE(next_pem_block(text));
    CHECK(text == "rest");
}

TEST_CASE("next_pem_block: a damaged block is passed over") {
    std::string_view text =
        "-----BEGIN ONE-----\nZm9\n-----END ONE-----\n-----BEGIN TWO-----\nYmFy\n-----END TWO-----\n";
    const auto block = next_pem_block(text);
    REQUIRE(block);
    CHECK(block->type == "TWO");
    text = "-----BEGIN ONE-----\nZm9v\n-----END OTHER-----\n";
    CHECK_FALSE(next_pem_block(text));
}

TEST_CASE("from_padded_base64: whole groups of four only") {
    using oidcgen::util::k_standard_alphabet;
    CHECK(from_padded_base64("Zm8=", k_standard_alphabet) == "fo");
    CHECK(from_padded_base64("Zm\r\n8=\n", k_standard_alphabet) == "fo");
    CHECK_FALSE(from_padded_base64("Zm8", k_standard_alphabet));
    CHECK_FALSE(from_padded_base64("Zm8 ", k_standard_alphabet));
}
