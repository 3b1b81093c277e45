#include "login_of_texts.hpp"

#include "lint/lint.hpp"
#include "systems.hpp"

#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::test {

namespace {

oidc::Target target(std::string_view system, std::string_view text) {
    const auto found = resolve_version(*find_system(system), text);
    REQUIRE(found);
    return *found;
}

} // namespace

Said said(const Texts& texts) {
    lint::Options options;
    options.targets = {{"authelia", target("authelia", texts.authelia_version)},
                       {"authentik", target("authentik", texts.authentik_version)},
                       {"immich", target("immich", texts.immich_version)}};
    options.provider_url = texts.provider_url;
    if (!texts.address.empty()) {
        options.addresses = {texts.address};
    }
    options.now = 1767225600;
    std::vector<lint::Input> inputs;
    if (!texts.provider.empty()) {
        inputs.push_back({"provider.yaml", texts.provider});
    }
    if (!texts.app.empty()) {
        inputs.push_back({"immich.yml", texts.app});
    }
    const auto result = lint::lint(inputs, options);
    Said said;
    for (const auto& it : result.report.logins) {
        auto& login = said.logins[std::string(it.device)];
        login.outcome = to_string(it.outcome);
        login.stage = it.stage ? to_string(*it.stage) : "";
        login.because = it.because;
        for (const auto& further : it.then) {
            login.then.push_back(further.name);
        }
        for (const auto assumption : it.assumes) {
            login.assumes.emplace_back(to_string(assumption));
        }
        for (const auto lost : it.lost) {
            login.lost.emplace_back(lost);
        }
        for (const auto& unknown : it.unknown) {
            login.unknown.emplace_back(to_string(unknown.why));
        }
    }
    for (const auto& it : result.report.findings) {
        if (it.severity() == rule::Severity::note) {
            said.notes.emplace_back(it.rule->name);
        } else {
            said.faults.emplace_back(it.rule->name,
                                     it.place ? it.place.document->pointer(it.place.path) : std::string());
        }
    }
    return said;
}

std::string login(const Texts& texts, const std::string& device) {
    const auto all = said(texts).logins;
    REQUIRE(all.contains(device));
    const auto& it = all.at(device);
    if (it.outcome == "fails") {
        return fmt::format("fails at {}: {}", it.stage, fmt::join(it.because, ", "));
    }
    if (it.outcome == "unknown") {
        return fmt::format("unknown: {}", fmt::join(it.unknown, ", "));
    }
    if (!it.assumes.empty()) {
        return fmt::format("{} assuming {}", it.outcome, fmt::join(it.assumes, ", "));
    }
    return it.lost.empty() ? it.outcome : fmt::format("{} without {}", it.outcome, fmt::join(it.lost, ", "));
}

Texts working() {
    return {.provider = R"(identity_providers:
  oidc:
    clients:
      - client_id: photos
        client_secret: '$pbkdf2-sha512$1000$YSBtYWRlLXVwIHNhbHQhIQ$rhjZgPqigkhe9dF2tiA56Ia5JPjAG3p4/z2A.vtxGzlIGjiKbFrYNYIL2EcKfZotWjys2TwKqwKS280A1zBhww'
        authorization_policy: two_factor
        redirect_uris:
          - https://photos.example.com/auth/login
          - https://photos.example.com/user-settings
          - app.immich:///oauth-callback
        scopes: [openid, profile, email]
        token_endpoint_auth_method: client_secret_post
)",
            .app = R"(oauth:
  enabled: true
  issuerUrl: https://auth.example.com
  clientId: photos
  clientSecret: made-up-secret-of-the-mutations-0123456789abcdef
  scope: openid profile email
  tokenEndpointAuthMethod: client_secret_post
)"};
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    CAPTURE(from);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    REQUIRE(text.find(from, at + 1) == std::string::npos);
    text.replace(at, from.size(), to);
}

} // namespace oidcgen::test
