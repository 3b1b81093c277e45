#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oidcgen::test {

/// A provider's and an application's text, and what their logins happen under.
struct Texts {
    std::string provider; ///< of Authelia or authentik; empty: no such file
    std::string app;      ///< of Immich; empty: no such file
    std::string authelia_version = "4.39";
    std::string immich_version = "3.2";
    std::string address = "https://photos.example.com";    ///< where the application is opened; empty: as the texts say
    std::string provider_url = "https://auth.example.com"; ///< empty: as the texts say
    std::string authentik_version = "2026.8";
};

/// What becomes of one login, in the words of the report.
struct Login {
    std::string outcome;              ///< `works`, `fails`, `unknown`
    std::string stage;                ///< where it fails; empty: nowhere
    std::vector<std::string> because; ///< names of rules
    std::vector<std::string> then;    ///< those that would stop it next
    std::vector<std::string> assumes; ///< what the outcome takes for granted
    std::vector<std::string> lost;
    std::vector<std::string> unknown; ///< why it cannot be known
};

/// What lint says of a pair.
struct Said {
    std::map<std::string, Login> logins; ///< by device
    std::vector<std::pair<std::string, std::string>>
        faults;                     ///< rule and pointer of each finding above a note, in order
    std::vector<std::string> notes; ///< rules of the others
};

[[nodiscard]] Said said(const Texts& texts);

/// What becomes of the login of one device, there must be one: `works`, `works without quota`, `unknown: placeholder`,
/// `fails at token: secret-mismatch`.
[[nodiscard]] std::string login(const Texts& texts, const std::string& device = "web");

/// A pair that works for the newest releases, and for 4.38.
[[nodiscard]] Texts working();

/// Changes the one place of a text that holds these words.
void replace(std::string& text, std::string_view from, std::string_view to);

} // namespace oidcgen::test
