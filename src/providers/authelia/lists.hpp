#pragma once

#include "providers/authelia/settings.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::providers::authelia {

/// Claims that a scope or a claims policy may name without defining them
/// (https://www.authelia.com/integration/openid-connect/openid-connect-1.0-claims/).
inline constexpr std::array<std::string_view, 22> k_standard_claims{"name",
                                                                    "given_name",
                                                                    "family_name",
                                                                    "middle_name",
                                                                    "nickname",
                                                                    "preferred_username",
                                                                    "profile",
                                                                    "picture",
                                                                    "website",
                                                                    "email",
                                                                    "email_verified",
                                                                    "gender",
                                                                    "birthdate",
                                                                    "zoneinfo",
                                                                    "locale",
                                                                    "phone_number",
                                                                    "phone_number_verified",
                                                                    "address",
                                                                    "groups",
                                                                    "alt_emails",
                                                                    "rat",
                                                                    "updated_at"};

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
