#pragma once

#include "document/hole_text.hpp"
#include "oidc/login/login.hpp"
#include "util/words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

/// One login on its way: the two sides, and what the steps so far have settled.
struct Attempt {
    const Provider& provider;
    const Registration* registration; ///< not null behind the authorization request
    const RelyingParty& party;
    const Circumstances& circumstances;
    const LoginWay& way;
    Prediction result{};

    Metadata metadata{};               ///< what the application read
    RedirectRequest redirect{};        ///< what the authorization request sends
    std::vector<std::string> scopes{}; ///< what is asked for
    bool scopes_known = true;
    std::vector<std::string> not_granted{}; ///< what was asked for and passed over
    Stage stage = Stage::discovery;         ///< where the login has come to

    // What an obstacle settles once it is fixed, so that nothing is told twice or told of a value that will change.
    bool is_prompt_settled = false;
    bool is_redirect_settled = false;     ///< the setting that the redirect URI comes from
    bool is_secret_settled = false;       ///< what authenticates the client
    bool is_id_token_alg_settled = false; ///< how the ID token is signed
    const ProviderKey* unfit_key = nullptr;
    std::vector<std::string> holes_alike{}; ///< those that were taken for filled alike so far

    [[nodiscard]] const ProviderSystem& provider_system() const { return *provider.system->provider; }
    [[nodiscard]] const ApplicationSystem& app_system() const { return *party.system->application; }
    /// As messages name them.
    [[nodiscard]] util::Words app() const { return util::own(party.system->title); }
    [[nodiscard]] util::Words app_release() const { return util::own(release_name(*party.system, party.version)); }
    [[nodiscard]] util::Words provider_title() const { return util::own(provider.system->title); }
    [[nodiscard]] util::Words provider_release() const {
        return util::own(release_name(*provider.system, provider.version));
    }

    [[nodiscard]] bool asks_for(std::string_view scope) const;
    /// An ID token comes: the scope `openid` is asked for, or the provider does not mind.
    [[nodiscard]] bool has_id_token() const { return asks_for("openid") || !provider.behaviour.id_token_needs_openid; }
    [[nodiscard]] Delivery delivery(std::string_view claim, Carrier carrier) const;

    /// The login stops here because of this finding. The replay goes on as if it were fixed, so this returns
    /// Step::goes_on; the caller sees to what that changes. Nothing is told of settings that are wrong anyway.
    /// `concerned` are the people whom it stops; empty: everybody.
    Step fail(Stage at, rule::Finding finding, std::string_view concerned = {});
    /// The finding, with the client that it is about.
    [[nodiscard]] rule::Finding about_client(rule::Finding finding) const;
    /// The login goes on without something.
    void lose(Loss loss);
    /// The login goes on, and something about it could be better.
    void advise(rule::Finding finding);
    /// Whether this step goes well cannot be known.
    void cannot_know(const document::Place& place, rule::Doubt why = rule::Doubt::placeholder);
    /// The secret could not be compared, so it is taken for the right one.
    void take_secret_for_granted(const document::Place& place, rule::Doubt why);
    /// The addresses and the redirect URI that is sent, with their holes.
    [[nodiscard]] document::HoleText address() const;
    [[nodiscard]] document::HoleText provider_url() const;
    [[nodiscard]] document::HoleText sent() const;
    /// Where the file stands that the redirect URI comes from, or the address in front of it.
    [[nodiscard]] document::Place sent_from() const;
    /// The holes that two texts share, when they are written at two places, are taken for filled alike: in one file
    /// they surely are. True when that is something to take for granted.
    bool take_for_alike(const document::HoleText& left, const document::Place& left_place,
                        const document::HoleText& right, const document::Place& right_place);
    /// From here on that scope is asked for, and granted. Returns where it has to be added, as a clause that begins
    /// with `add`.
    util::Words ask_for(std::string_view scope);
    /// True when what stands there is known to be wrong for another reason.
    [[nodiscard]] bool is_doubtful(const document::Place& place) const {
        return circumstances.doubtful != nullptr && circumstances.doubtful->touch(place);
    }
    void trace(Stage at, util::Words text);
    /// Tells in the trace where a setting stands.
    void trace_place(Stage at, const document::Place& place);
};

// The steps, in their order. Each is in a file of its own, with its rules.
[[nodiscard]] Step start(Attempt& attempt);
/// Whether a proxy in front of the application stops what never signs in.
[[nodiscard]] Step pass_proxy(Attempt& attempt);
[[nodiscard]] Step discover(Attempt& attempt);
[[nodiscard]] Step request_authorization(Attempt& attempt);
[[nodiscard]] Step consent(Attempt& attempt);
/// What the provider checks only once the person has agreed.
[[nodiscard]] Step answer_authorization(Attempt& attempt);
[[nodiscard]] Step call_back(Attempt& attempt);
[[nodiscard]] Step exchange_code(Attempt& attempt);
[[nodiscard]] Step check_id_token(Attempt& attempt);
[[nodiscard]] Step fetch_userinfo(Attempt& attempt);
[[nodiscard]] Step enter_account(Attempt& attempt);

/// What carries the claims that the application reads.
[[nodiscard]] Carrier claims_carrier(const Attempt& attempt);

/// The algorithm that a token or answer is really signed with: that of the key with the id, when one is set.
[[nodiscard]] SigningAlgorithm effective_algorithm(const Provider& provider, const Located<SigningAlgorithm>& algorithm,
                                                   const Text& key_id);

/// Where that is decided: at the key id, which goes first, or at the algorithm.
[[nodiscard]] document::Place deciding_place(const Located<SigningAlgorithm>& algorithm, const Text& key_id);

/// True for an answer that is encrypted with that algorithm, and not in the clear.
[[nodiscard]] bool is_encrypted(const Text& algorithm);

/// The key that signs with that algorithm, or that has the id; null when it is not known which.
[[nodiscard]] const ProviderKey* signing_key(const Provider& provider, const SigningAlgorithm& algorithm,
                                             const Text& key_id);

/// False when a key of that type cannot sign with that algorithm.
[[nodiscard]] bool fits(const ProviderKey& key, const SigningAlgorithm& algorithm);

/// About a key that cannot sign with the algorithm. `setting` is the client's, and `key_id` what overrides it;
/// `otherwise` is the name of the setting where it is in no file.
[[nodiscard]] rule::Finding unfit_key(const rule::Rule& rule, const ProviderKey& key, const SigningAlgorithm& algorithm,
                                      const Located<SigningAlgorithm>& setting, const Text& key_id,
                                      std::string_view otherwise);

/// What to do so that the provider signs with that algorithm, as a clause.
[[nodiscard]] util::Words how_to_sign_with(std::string_view algorithm, const Located<SigningAlgorithm>& setting,
                                           const Text& key_id, std::string_view otherwise);

/// A finding about both sides: at `place`, with a note at the other end where that stands in a file.
[[nodiscard]] rule::Finding between(const rule::Rule& rule, util::Words message, document::Place place,
                                    util::Words note, document::Place other, util::Words help);

/// A value in a message, with the release whose default it is when nobody set it: `RS256 (not set, the default of X
/// 1)`.
[[nodiscard]] util::Words with_origin(const util::Words& value, Known known, const util::Words& release);

/// What a note says about the place of such a value: that it is a default, or else `otherwise`.
[[nodiscard]] util::Words origin_note(util::Words otherwise, const util::Words& value, Known known,
                                      const util::Words& release);

/// How the algorithm is known that effective_algorithm() returns.
[[nodiscard]] Known deciding_known(const Located<SigningAlgorithm>& algorithm, const Text& key_id);

/// The same with something to append to advice: `, or update X to 1.2.0 or newer`; empty when there is nothing newer.
[[nodiscard]] util::Words or_else(const util::Words& advice);

} // namespace oidcgen::oidc
