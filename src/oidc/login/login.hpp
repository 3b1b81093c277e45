#pragma once

#include "oidc/provider.hpp"
#include "oidc/registration.hpp"
#include "oidc/relying_party.hpp"
#include "oidc/system.hpp"
#include "oidc/terms.hpp"
#include "rule/rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

enum class Outcome : std::uint8_t { works, fails, unknown };

/// Where a login stops.
enum class Stage : std::uint8_t {
    config_provider, ///< the provider does not start
    config_app,      ///< the application does not start, or has the login switched off
    discovery,
    authorize,
    consent,
    callback,
    token,
    id_token,
    userinfo,
    account,
};

[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::string_view to_string(Stage stage);

/// What a login happens under, beside the two configurations. A person with a mail address and a second factor logs in,
/// in no special group, not signed in at the provider, without an account.
struct Circumstances {
    std::string address;      ///< origin at which the application is opened; empty: not known
    std::string provider_url; ///< where people reach the provider, without final slash; empty: not known
    SecretVerdict secret{};
};

/// One step of the handshake, as `--trace` shows it.
struct TraceStep {
    Stage stage = Stage::discovery;
    util::Words text;
    document::Place place{}; ///< of the setting that the text quotes, if it quotes one
};

/// What becomes of one login.
struct Prediction {
    const LoginWay* way = nullptr;
    Outcome outcome = Outcome::works;
    std::optional<Stage> stage;            ///< where it fails
    std::vector<rule::Finding> findings;   ///< why it fails, or what it loses
    std::vector<std::string_view> lost;    ///< what a login that works goes without
    std::vector<rule::NotChecked> unknown; ///< what could not be known
    std::vector<TraceStep> trace;
};

/// Replays the handshake between the two, step by step, offline: discovery, authorize, consent, callback, token, ID
/// token, userinfo, account (OpenID Connect Core section 3.1). Stops where a step fails; goes on behind a step that
/// cannot be known, because a later one may fail for certain. `registration` is the client that the application most
/// likely means; null when the provider has none that could be it. `way` is one of the application's.
[[nodiscard]] Prediction predict_login(const Provider& provider, const Registration* registration,
                                       const RelyingParty& party, const Circumstances& circumstances,
                                       const LoginWay& way);

} // namespace oidcgen::oidc
