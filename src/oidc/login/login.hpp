#pragma once

#include "oidc/provider.hpp"
#include "oidc/registration.hpp"
#include "oidc/relying_party.hpp"
#include "oidc/system.hpp"
#include "oidc/terms.hpp"
#include "rule/rule.hpp"
#include "rule/settings.hpp"

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
    /// Where the file stands that says the address: a setting or a registered redirect URI; nowhere: no file says it.
    document::Place address_place{};
    /// Settings that a side is refused for, so that no login begins: what they say now does not count. Null: both
    /// start.
    const rule::Settings* doubtful = nullptr;
    /// The same for the provider's address.
    document::Place provider_url_place{};
    /// Text like `${X}` stands for itself in both addresses.
    bool are_literal = false;
    /// One place fills what tools around containers fill (`${X}`, `.Values`) in all files of both sides.
    bool share_holes = false;
    /// Names of placeholders that have one value everywhere.
    std::span<const std::string> alike{};
};

/// Something that stops a login.
struct Obstacle {
    Stage stage = Stage::discovery;
    rule::Finding finding;
    std::string_view concerned{}; ///< the people whom it stops; empty: everybody
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
    /// In the order in which they would be met. The first decides where the login fails; each further one stops it once
    /// those before are fixed.
    std::vector<Obstacle> obstacles;
    std::vector<rule::Finding> losses;      ///< about what it goes without once nothing stops it
    std::vector<rule::Finding> advice;      ///< about what no step depends on
    std::vector<std::string_view> lost;     ///< what it goes without, in a word each
    std::vector<rule::NotChecked> unknown;  ///< what the outcome depends on and the files do not say
    std::vector<rule::NotChecked> unproved; ///< what was taken for granted: that the secret matches
    std::vector<std::string> same_holes;    ///< what was taken for filled alike wherever it is written
    std::vector<TraceStep> trace;

    [[nodiscard]] std::optional<Stage> stage() const {
        return obstacles.empty() ? std::nullopt : std::optional(obstacles.front().stage);
    }
};

/// Replays the handshake between the two, step by step, offline: discovery, authorize, consent, callback, token, ID
/// token, userinfo, account (OpenID Connect Core section 3.1). Behind a step that fails it goes on as if that were
/// fixed in the way that the finding's help says, so every obstacle is told in one run; each file of a stage says what
/// it then takes for granted. It goes on behind a step that cannot be known, too, because a later one may fail for
/// certain. `registration` is the client that the application most likely means; null when the provider has none that
/// could be it, and then nothing is told behind the authorization request. `way` is one of the application's.
[[nodiscard]] Prediction predict_login(const Provider& provider, const Registration* registration,
                                       const RelyingParty& party, const Circumstances& circumstances,
                                       const LoginWay& way);

} // namespace oidcgen::oidc
