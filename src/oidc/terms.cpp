#include "oidc/terms.hpp"

#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <utility>

namespace oidcgen::oidc {

namespace {

template <class Enum>
using Name = std::pair<Enum, std::string_view>;

constexpr std::array k_auth_methods{
    Name<AuthMethod>{AuthMethod::none, "none"},
    Name<AuthMethod>{AuthMethod::client_secret_basic, "client_secret_basic"},
    Name<AuthMethod>{AuthMethod::client_secret_post, "client_secret_post"},
    Name<AuthMethod>{AuthMethod::client_secret_jwt, "client_secret_jwt"},
    Name<AuthMethod>{AuthMethod::private_key_jwt, "private_key_jwt"},
};

constexpr std::array k_code_challenge_methods{
    Name<CodeChallengeMethod>{CodeChallengeMethod::plain, "plain"},
    Name<CodeChallengeMethod>{CodeChallengeMethod::s256, "S256"},
};

/// OpenID Connect Core section 5.4, and `groups`, which providers add by custom.
constexpr std::array k_claim_scopes{
    std::pair<std::string_view, std::string_view>{"sub", ""},
    std::pair<std::string_view, std::string_view>{"name", "profile"},
    std::pair<std::string_view, std::string_view>{"family_name", "profile"},
    std::pair<std::string_view, std::string_view>{"given_name", "profile"},
    std::pair<std::string_view, std::string_view>{"middle_name", "profile"},
    std::pair<std::string_view, std::string_view>{"nickname", "profile"},
    std::pair<std::string_view, std::string_view>{"preferred_username", "profile"},
    std::pair<std::string_view, std::string_view>{"profile", "profile"},
    std::pair<std::string_view, std::string_view>{"picture", "profile"},
    std::pair<std::string_view, std::string_view>{"website", "profile"},
    std::pair<std::string_view, std::string_view>{"gender", "profile"},
    std::pair<std::string_view, std::string_view>{"birthdate", "profile"},
    std::pair<std::string_view, std::string_view>{"zoneinfo", "profile"},
    std::pair<std::string_view, std::string_view>{"locale", "profile"},
    std::pair<std::string_view, std::string_view>{"updated_at", "profile"},
    std::pair<std::string_view, std::string_view>{"email", "email"},
    std::pair<std::string_view, std::string_view>{"email_verified", "email"},
    std::pair<std::string_view, std::string_view>{"address", "address"},
    std::pair<std::string_view, std::string_view>{"phone_number", "phone"},
    std::pair<std::string_view, std::string_view>{"phone_number_verified", "phone"},
    std::pair<std::string_view, std::string_view>{"groups", "groups"},
};

template <class Enum, std::size_t size>
std::string_view name_of(const std::array<Name<Enum>, size>& names, Enum value) {
    return std::ranges::find(names, value, &Name<Enum>::first)->second;
}

template <class Enum, std::size_t size>
std::optional<Enum> value_of(const std::array<Name<Enum>, size>& names, std::string_view text) {
    const auto* const found = std::ranges::find(names, text, &Name<Enum>::second);
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

} // namespace

std::string_view to_string(AuthMethod method) { return name_of(k_auth_methods, method); }

std::optional<AuthMethod> parse_auth_method(std::string_view text) { return value_of(k_auth_methods, text); }

std::string_view to_string(CodeChallengeMethod method) { return name_of(k_code_challenge_methods, method); }

std::optional<CodeChallengeMethod> parse_code_challenge_method(std::string_view text) {
    return value_of(k_code_challenge_methods, text);
}

std::string RedirectUri::scheme() const { return util::scheme_of(text); }

bool RedirectUri::is_web() const {
    const auto name = scheme();
    return name == "https" || name == "http";
}

std::string RedirectUri::telling_part() const {
    if (!is_web()) {
        return scheme();
    }
    const auto url = util::split_url(text);
    return url ? std::string(util::without_final_slashes(url->path)) : std::string();
}

std::vector<std::string> parse_scope(std::string_view text) {
    std::vector<std::string> result;
    for (const auto word : util::words(text)) {
        result.emplace_back(word);
    }
    return result;
}

std::string to_scope(const std::vector<std::string>& words) {
    std::string result;
    for (const auto& word : words) {
        result += (result.empty() ? "" : " ") + word;
    }
    return result;
}

std::optional<std::string_view> scope_of_claim(std::string_view claim) {
    const auto* const found = std::ranges::find(k_claim_scopes, claim, &decltype(k_claim_scopes)::value_type::first);
    return found == k_claim_scopes.end() ? std::nullopt : std::optional(found->second);
}

} // namespace oidcgen::oidc
