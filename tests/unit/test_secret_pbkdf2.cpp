#include "digest_samples.hpp"
#include "secret/base64.hpp"
#include "secret/pbkdf2.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace oidcgen::secret;
using namespace oidcgen::test;
using namespace std::string_literals;
using namespace std::string_view_literals;

TEST_CASE("to_base64: without padding, in the alphabet asked for") {
    CHECK(to_base64("", k_standard_alphabet).empty());
    CHECK(to_base64("f", k_standard_alphabet) == "Zg");
    CHECK(to_base64("fo", k_standard_alphabet) == "Zm8");
    CHECK(to_base64("foo", k_standard_alphabet) == "Zm9v");
    CHECK(to_base64("\xfb\xef\xbf", k_pbkdf2_alphabet) == ".../");
}

TEST_CASE("from_base64: reads as Go does") {
    CHECK(from_base64("Zm9v", k_standard_alphabet) == "foo");
    CHECK(from_base64("Z\r\nm\n8", k_standard_alphabet) == "fo");
    CHECK(from_base64("Zh", k_standard_alphabet) == "f"); // unused bits set
    CHECK_FALSE(from_base64("Zm9vZ", k_standard_alphabet));
    CHECK_FALSE(from_base64("Zg==", k_standard_alphabet));
    CHECK_FALSE(from_base64("Zm 9", k_standard_alphabet));
    CHECK_FALSE(from_base64("+A", k_pbkdf2_alphabet));
    CHECK_FALSE(from_base64(".A", k_standard_alphabet));
}

TEST_CASE("from_crypt_base64: reads what to_crypt_base64 writes, and no set unused bits") {
    for (const std::string_view bytes : {""sv, "a"sv, "ab"sv, "abc"sv, "\xff\x00\x80\x7f"sv}) {
        CHECK(from_crypt_base64(to_crypt_base64(bytes)) == bytes);
    }
    CHECK_FALSE(from_crypt_base64("z"));
    CHECK_FALSE(from_crypt_base64("zz"));
    CHECK_FALSE(from_crypt_base64("./\n."));
}

TEST_CASE("pbkdf2: gives what OpenSSL's own function gives") {
    const std::string long_text(300, 'k');
    for (const std::string_view secret : {""sv, "k"sv, k_phrase, std::string_view(long_text).substr(0, 128),
                                          std::string_view(long_text).substr(0, 129), std::string_view(long_text)}) {
        for (const std::string_view salt : {""sv, "salt"sv, "\x00\xff salt"sv, std::string_view(long_text)}) {
            for (const std::uint32_t iterations : {1U, 2U, 777U}) {
                for (const std::size_t length : {1UL, 63UL, 64UL, 65UL, 200UL}) {
                    CAPTURE(secret.size());
                    CAPTURE(salt.size());
                    CAPTURE(iterations);
                    CAPTURE(length);
                    const auto own = pbkdf2(Hash::sha512, secret, salt, iterations, length);
                    REQUIRE(own);
                    CHECK(own == pbkdf2_of_library(Hash::sha512, secret, salt, iterations, length));
                    CHECK(own->size() == length);
                }
            }
        }
    }
}
