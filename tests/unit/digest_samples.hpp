#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace oidcgen::test {

// Made with Python's hashlib, hmac and crypt, and with libargon2's own encoder.
inline constexpr std::string_view k_phrase = "velvet-Otter~41.meadow_lamp";
inline constexpr std::string_view k_head = "$pbkdf2-sha512$1200$8PHy8/T19vf4.fr7/P3./w$";
inline constexpr std::string_view k_key =
    "0ny9A0S1EWxbywp8Rza62fE9zBQr3RHXQ3mgezcxponjJaqrzX.8a2tSZ5ZF4N9zGViJ9gsrn.hYe1j7j2OugQ";
inline constexpr std::string_view k_sample =
    "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/"
    "nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng";
inline constexpr std::string_view k_argon2id =
    "$argon2id$v=19$m=64,t=2,p=2$8PHy8/T19vf4+fr7/P3+/w$uJiTbe1XSqDaRN8PGK83U3DCNmXFweAFRhDahmt4fPo";
inline constexpr std::string_view k_bcrypt = "$2b$05$abcdefghijklmnopqrstuuj/jMEnOZNHgCmReK1zlblzfwqai4MHy";
inline constexpr std::string_view k_bcrypt_sha256 =
    "$bcrypt-sha256$v=2,t=2b,r=5$abcdefghijklmnopqrstuu$iDZNJbdhXxkxH958Oy9JWUtpH2CQl4C";
inline constexpr std::string_view k_scrypt =
    "$scrypt$ln=4,r=8,p=2$8PHy8/T19vf4+fr7/P3+/w$7W72BUreiOfDlFnnPulkyHfYELzjGcrmx7qYZ4MjNG8";
inline constexpr std::string_view k_yescrypt = "$y$j75$Zq9xWm3LtR/$XxQj3PQ5ap0wr0aZmCwbrYT2HuFKnrybAu4TQhbXM0/";
inline constexpr std::string_view k_sha512_crypt =
    "$6$Kestrel/7$AZ15krgJKBN.lv6rOEgkLJmuxQN1t7jEtQ6eslObGedoTF4T3yGhTydfZW1IiPGMM5Nx91KtoiNDF/uON/xQF.";

inline std::string text(std::initializer_list<std::string_view> parts) {
    std::string whole;
    for (const std::string_view part : parts) {
        whole += part;
    }
    return whole;
}

inline std::string replaced(std::string_view whole, std::string_view from, std::string_view to) {
    std::string changed(whole);
    const std::size_t at = changed.find(from);
    REQUIRE(at != std::string::npos);
    return changed.replace(at, from.size(), to);
}

} // namespace oidcgen::test
