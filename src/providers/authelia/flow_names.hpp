#pragma once

#include <array>
#include <string_view>

namespace oidcgen::providers::authelia {

/// Grants, response types and response modes that clients can have, in the order in which Authelia names them in
/// messages and metadata.
inline constexpr std::array<std::string_view, 4> k_grant_types_4_38{"authorization_code", "implicit",
                                                                    "client_credentials", "refresh_token"};
inline constexpr std::array<std::string_view, 5> k_grant_types{"authorization_code", "implicit", "client_credentials",
                                                               "refresh_token",
                                                               "urn:ietf:params:oauth:grant-type:device_code"};
inline constexpr std::array<std::string_view, 7> k_response_types{
    "code", "id_token", "token", "id_token token", "code id_token", "code token", "code id_token token"};
inline constexpr std::array<std::string_view, 7> k_response_modes{"form_post",     "query",     "fragment",    "jwt",
                                                                  "form_post.jwt", "query.jwt", "fragment.jwt"};

} // namespace oidcgen::providers::authelia
