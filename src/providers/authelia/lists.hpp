#pragma once

#include "providers/authelia/settings.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::providers::authelia {

/// Several lists as one.
template <std::size_t... Sizes>
[[nodiscard]] consteval auto joined(const std::array<std::string_view, Sizes>&... lists) {
    std::array<std::string_view, (Sizes + ...)> result{};
    auto* at = result.begin();
    ((at = std::ranges::copy(lists, at).out), ...);
    return result;
}

/// Claims about a person that are defined in OpenID Connect Core section 5.1, in its order.
inline constexpr std::array<std::string_view, 11> k_profile_claims{
    "name",    "given_name", "family_name", "middle_name", "nickname",      "preferred_username",
    "profile", "picture",    "website",     "email",       "email_verified"};
inline constexpr std::array<std::string_view, 7> k_further_claims{
    "gender", "birthdate", "zoneinfo", "locale", "phone_number", "phone_number_verified", "address"};

/// Algorithms of RFC 7518 section 3.1, without `none`.
inline constexpr std::array<std::string_view, 12> k_signing_algorithms{
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"};

/// Those of them that sign with the secret of a client.
inline constexpr std::array<std::string_view, 3> k_symmetric_algorithms{"HS256", "HS384", "HS512"};

/// Algorithms of RFC 7518 section 4.1 that Authelia has.
inline constexpr std::array<std::string_view, 17> k_encryption_algorithms{"RSA1_5",
                                                                          "RSA-OAEP",
                                                                          "RSA-OAEP-256",
                                                                          "A128KW",
                                                                          "A192KW",
                                                                          "A256KW",
                                                                          "dir",
                                                                          "ECDH-ES",
                                                                          "ECDH-ES+A128KW",
                                                                          "ECDH-ES+A192KW",
                                                                          "ECDH-ES+A256KW",
                                                                          "A128GCMKW",
                                                                          "A192GCMKW",
                                                                          "A256GCMKW",
                                                                          "PBES2-HS256+A128KW",
                                                                          "PBES2-HS384+A192KW",
                                                                          "PBES2-HS512+A256KW"};

/// Response types of the implicit flow.
inline constexpr std::array<std::string_view, 3> k_implicit_types{"id_token", "token", "id_token token"};

[[nodiscard]] inline bool holds(std::span<const std::string_view> values, std::string_view value) {
    return std::ranges::find(values, value) != values.end();
}

/// True when an entry of the list is that value.
[[nodiscard]] inline bool holds(const ListSetting& list, std::string_view value) {
    return std::ranges::any_of(list.value, [&](const Item& item) { return !item.is_unknown && item.text == value; });
}

/// True when an entry of the list is one of those values.
[[nodiscard]] inline bool holds_any(const ListSetting& list, std::span<const std::string_view> values) {
    return std::ranges::any_of(list.value,
                               [&](const Item& item) { return !item.is_unknown && holds(values, item.text); });
}

/// False when an entry, or how many there are, is filled in later.
[[nodiscard]] inline bool is_whole(const ListSetting& list) {
    return !list.is_unknown() && std::ranges::none_of(list.value, &Item::is_unknown);
}

} // namespace oidcgen::providers::authelia
