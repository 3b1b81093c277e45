#pragma once

#include "oidc/provider.hpp"
#include "oidc/registration.hpp"
#include "oidc/relying_party.hpp"
#include "oidc/terms.hpp"
#include "rule/rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

enum class Outcome : std::uint8_t { works, fails, unknown };

/// Where a login stops. The first two are said by the checks of one side alone.
enum class Stage : std::uint8_t {
    config_provider,
    config_app,
    discovery,
    authorize,
    consent,
    callback,
    token,
    id_token,
    userinfo,
    account,
};

/// What a login that works goes without.
enum class Lost : std::uint8_t { storage_label, role, quota, name, uploads, logout };

[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::string_view to_string(Stage stage);
/// Why something could not be known, as a clause for people.
[[nodiscard]] std::string_view reason(const rule::NotChecked& unknown);

[[nodiscard]] std::string_view to_string(Lost lost);

/// Whether the application's secret belongs to the digest at the provider.
enum class SecretMatch : std::uint8_t { match, mismatch, unknown };

/// What a login happens under, beside the two configurations. A person with a mail address and a second factor logs in,
/// in no special group, not signed in at the provider, without an account.
struct Circumstances {
    std::string address;      ///< origin at which the application is opened
    std::string provider_url; ///< where people reach the provider, without final slash; empty: not known
    SecretMatch secret = SecretMatch::unknown;
    std::string secret_fault{}; ///< why the digest cannot be verified, when the provider would fail to do so
};

/// One step of the handshake, as `--trace` shows it.
struct TraceStep {
    Stage stage = Stage::discovery;
    std::string text;
    document::Place place{}; ///< of the setting that the text quotes, if it quotes one
};

/// What becomes of one login.
struct Prediction {
    Device device = Device::web;
    Outcome outcome = Outcome::works;
    std::optional<Stage> stage;          ///< where it fails
    std::vector<rule::Finding> findings; ///< why it fails, or what it loses
    std::vector<Lost> lost;
    std::vector<rule::NotChecked> unknown; ///< what could not be known
    std::vector<TraceStep> trace;
};

/// Replays the handshake between the two, step by step, offline: discovery, authorize, consent, callback, token, ID
/// token, userinfo, account (OpenID Connect Core section 3.1). Stops where a step fails; goes on behind a step that
/// cannot be known, because a later one may fail for certain. `registration` is the client that the application most
/// likely means; null when the provider has none that could be it.
[[nodiscard]] Prediction predict_login(const Provider& provider, const Registration* registration,
                                       const RelyingParty& party, const Circumstances& circumstances, Device device);

} // namespace oidcgen::oidc
