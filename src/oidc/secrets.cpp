#include "oidc/secrets.hpp"

#include "oidc/login/rules.hpp"
#include "secret/diagnosis.hpp"
#include "secret/digest.hpp"
#include "secret/secret.hpp"
#include "secret/strength.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;
using rule::Consequence;
using secret::Mistake;
using secret::Weakness;

constexpr std::array k_strength_sources{"https://www.authelia.com/reference/guides/generating-secure-values/"sv,
                                        "https://www.rfc-editor.org/rfc/rfc6749#section-10.10"sv};
constexpr std::array k_digest_sources{
    "https://www.authelia.com/integration/openid-connect/frequently-asked-questions/#client-secret"sv};
constexpr std::array k_cost_sources{
    "https://www.authelia.com/integration/openid-connect/frequently-asked-questions/#tuning-work-factors"sv};

const rule::Rule k_documentation_sample{
    .code = "OG4001",
    .name = "documentation-sample",
    .consequence = Consequence::risk,
    .summary = "the secret or the digest is the one that Authelia's documentation prints",
    .why = "The pages about applications all show the same secret and its digest. Whoever has read one of them can "
           "pretend to be this client, and redeem codes that were meant for it.",
    .bad = "clientSecret: insecure_secret",
    .good = "clientSecret: (72 characters from `oidcgen hash --generate`)",
    .ignore = "in a trial that nobody else can reach",
    .sources = k_digest_sources,
};

const rule::Rule k_secret_filler{
    .code = "OG4002",
    .name = "secret-filler",
    .consequence = Consequence::risk,
    .summary = "the secret is a filler that was meant to be replaced",
    .why = "Words that stand in for a secret, one character over and over, and rows like 12345678 are the first that "
           "somebody tries.",
    .bad = "clientSecret: my-super-secret-password",
    .good = "clientSecret: (72 characters from `oidcgen hash --generate`)",
    .ignore = "when something fills in the real secret before the file is read",
    .sources = k_strength_sources,
};

const rule::Rule k_secret_is_client_id{
    .code = "OG4003",
    .name = "secret-is-client-id",
    .consequence = Consequence::risk,
    .summary = "the secret is the client id",
    .why = "The client id stands in the address of every login, where everybody can read it.",
    .bad = "clientId: immich\nclientSecret: immich",
    .good = "clientId: immich\nclientSecret: (72 characters from `oidcgen hash --generate`)",
    .ignore = {},
    .sources = k_strength_sources,
};

const rule::Rule k_secret_too_short{
    .code = "OG4004",
    .name = "secret-too-short",
    .consequence = Consequence::risk,
    .summary = "the secret has fewer than 22 characters",
    .why = "An attacker must not be able to find the secret by trying, which takes 128 bits: 22 characters if they are "
           "drawn evenly, many more if a person thought of them. Authelia advises more than 40.",
    .bad = "clientSecret: Summer-2025",
    .good = "clientSecret: (72 characters from `oidcgen hash --generate`)",
    .ignore = {},
    .sources = k_strength_sources,
};

const rule::Rule k_digest_as_secret{
    .code = "OG4005",
    .name = "digest-as-secret",
    .consequence = Consequence::risk,
    .summary = "the application has a digest where it needs the secret itself",
    .why = "The application shows its secret to the provider, which compares it with the digest. A digest in both "
           "places never fits itself.",
    .bad = "clientSecret: $pbkdf2-sha512$310000$…",
    .good = "clientSecret: (the secret that the digest was made of)",
    .ignore = "when the provider really was given this text as a secret",
    .sources = k_digest_sources,
};

const rule::Rule k_digest_as_plaintext{
    .code = "OG4006",
    .name = "digest-as-plaintext",
    .consequence = Consequence::risk,
    .summary = "what stands around the digest makes Authelia take it for a plaintext secret",
    .why = "Whatever does not begin with a dollar sign is a plaintext secret to Authelia: a digest with a blank, a "
           "quotation mark, the label `Digest:` or {CRYPT} in front, one without its first dollar sign, and base64 of "
           "a digest. No secret fits it but that text itself.",
    .bad = "client_secret: 'Digest: $pbkdf2-sha512$310000$…'",
    .good = "client_secret: '$pbkdf2-sha512$310000$…'",
    .ignore = {},
    .sources = k_digest_sources,
};

const rule::Rule k_digest_in_hexadecimal{
    .code = "OG4007",
    .name = "digest-in-hexadecimal",
    .consequence = Consequence::risk,
    .summary = "salt and key of the digest are written in hexadecimal, which Authelia reads as base64",
    .why = "Digits and the letters a to f are base64 too, so Authelia starts, and finds another salt and a key that "
           "no secret gives.",
    .bad = "client_secret: '$pbkdf2-sha512$310000$f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff$d27cbd03…'",
    .good = "client_secret: '$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$0ny9A…'",
    .ignore = {},
    .sources = k_digest_sources,
};

const rule::Rule k_digest_cut_short{
    .code = "OG4008",
    .name = "digest-cut-short",
    .consequence = Consequence::risk,
    .summary = "the end of the digest is missing",
    .why = "Authelia compares as many bytes of the key as there are, so a digest that was cut when it was copied "
           "still fits its secret, and more and more other texts the shorter it is. Digests of other schemes than "
           "PBKDF2 fit nothing then.",
    .bad = "client_secret: '$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$0ny9A0S1EWxbywp8'",
    .good = "client_secret: '$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$…'  (86 characters behind the last $)",
    .ignore = {},
    .sources = k_digest_sources,
};

const rule::Rule k_digest_of_other_hash{
    .code = "OG4009",
    .name = "digest-of-other-hash",
    .consequence = Consequence::advice,
    .summary = "the key of the digest is longer than the hash in its identifier makes it",
    .why = "A key of 64 bytes comes from SHA-512, one of 32 bytes from SHA-256. With another identifier in front the "
           "digest probably fits no secret; programs that make longer keys are rare.",
    .bad = "client_secret: '$pbkdf2-sha256$310000$8PHy8/T19vf4.fr7/P3./w$…'  (86 characters behind the last $)",
    .good = "client_secret: '$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$…'  (86 characters behind the last $)",
    .ignore = "when `oidcgen hash --verify` says that the secret matches",
    .sources = k_digest_sources,
};

const rule::Rule k_digest_iterations_few{
    .code = "OG4010",
    .name = "digest-iterations-few",
    .consequence = Consequence::advice,
    .summary = "the digest has fewer than 100000 iterations",
    .why = "Iterations make it dear to try secrets one after the other, once somebody has the digest. Authelia's own "
           "command makes 310000, and refuses to make fewer than 100000.",
    .bad = "client_secret: '$pbkdf2-sha512$1000$…'",
    .good = "client_secret: '$pbkdf2-sha512$310000$…'",
    .ignore = "when the secret is long and random: nobody finds one of 40 characters by trying",
    .sources = k_cost_sources,
};

constexpr std::string_view k_make_another = "make another secret and its digest with `oidcgen hash --generate`";
constexpr std::string_view k_make_digest = "make a new digest of the secret with `oidcgen hash`";

struct Remedy {
    Mistake mistake;
    std::string_view text;
};

/// For mistakes that are put right in the text; every other one asks for a new digest.
constexpr std::array k_remedies{
    Remedy{Mistake::sample, k_make_another},
    Remedy{Mistake::blank, "take the white space away"},
    Remedy{Mistake::quote, "take the quotation mark away"},
    Remedy{Mistake::label, "keep only what stands behind the label"},
    Remedy{Mistake::doubled_dollar, "write each dollar sign once"},
    Remedy{Mistake::ldap_prefix, "take the braces and what is in them away"},
    Remedy{Mistake::missing_dollar, "put the dollar sign in front"},
    Remedy{Mistake::base64_whole, "write the digest itself, as it is before base64"},
    Remedy{Mistake::misspelt_identifier, "write the identifier as the hash command did, pbkdf2-sha512 for example"},
};

std::string_view remedy(Mistake mistake) {
    const auto* const found = std::ranges::find(k_remedies, mistake, &Remedy::mistake);
    return found == k_remedies.end() ? k_make_digest : found->text;
}

/// The first mistake in how the digest was written; that it is the sample is none.
std::optional<Mistake> first_written_wrong(const std::vector<Mistake>& mistakes) {
    const auto found = std::ranges::find_if(mistakes, [](Mistake mistake) { return mistake != Mistake::sample; });
    return found == mistakes.end() ? std::nullopt : std::optional(*found);
}

/// Where logins fail because secret and digest do not fit.
class Mismatches {
  public:
    explicit Mismatches(const std::vector<rule::Finding>& findings) {
        for (const auto& finding : findings) {
            if (finding.rule == &k_secret_mismatch) {
                m_places.emplace(finding.place.document, finding.place.span.start);
            }
        }
    }
    [[nodiscard]] bool holds(const document::Place& place) const {
        return m_places.contains({place.document, place.span.start});
    }

  private:
    std::set<std::pair<const document::Document*, std::uint32_t>> m_places;
};

std::string id_of(const Text& client_id) { return client_id.is_unknown() ? std::string() : client_id.value; }

/// Adds findings about one value.
class Reporter {
  public:
    Reporter(const document::Place& place, const Text& client_id, std::vector<rule::Finding>& findings)
        : m_place(place)
        , m_client(id_of(client_id))
        , m_findings(findings) {}

    void add(const rule::Rule& rule, std::string_view message, std::string_view help) {
        auto found = rule::finding(rule, std::string(message), m_place, std::string(help));
        found.client = m_client;
        m_findings.push_back(std::move(found));
    }

    void add_weakness(std::string_view text) {
        const secret::Secret secret(text);
        if (const auto weakness = secret::weakness(secret, m_client)) {
            add(rule_of(*weakness), message(*weakness), k_make_another);
        }
    }

  private:
    static const rule::Rule& rule_of(Weakness weakness) {
        switch (weakness) {
        case Weakness::sample:
            return k_documentation_sample;
        case Weakness::same_as_client:
            return k_secret_is_client_id;
        case Weakness::filler:
            return k_secret_filler;
        case Weakness::too_short:
            break;
        }
        return k_secret_too_short;
    }

    document::Place m_place;
    std::string m_client;
    std::vector<rule::Finding>& m_findings;
};

/// What a plaintext secret at the provider is; that it is one, the provider says itself.
void check_plaintext(std::string_view text, const std::vector<Mistake>& mistakes, Reporter& reporter) {
    // A plaintext secret may begin with a quotation mark by chance: some scheme that is known has to stand behind it.
    const bool is_digest = !mistakes.empty() && mistakes.back() != Mistake::unknown_scheme;
    const auto mistake = is_digest ? first_written_wrong(mistakes) : std::nullopt;
    if (!mistake) {
        reporter.add_weakness(text);
        return;
    }
    reporter.add(k_digest_as_plaintext,
                 fmt::format("Authelia takes this for a plaintext secret: {}", message(*mistake)), remedy(*mistake));
}

const rule::Rule* rule_of(Mistake mistake) {
    switch (mistake) {
    case Mistake::sample:
        return &k_documentation_sample;
    case Mistake::hex:
        return &k_digest_in_hexadecimal;
    case Mistake::cut_short:
        return &k_digest_cut_short;
    case Mistake::other_hash:
        return &k_digest_of_other_hash;
    case Mistake::few_iterations:
        return &k_digest_iterations_few;
    default:
        return nullptr; // the provider refuses it, or it does no harm
    }
}

void check(const Registration& registration, const Mismatches& mismatches, std::vector<rule::Finding>& findings) {
    const auto& kept = registration.client_secret;
    if (kept.is_unknown() || kept.value.empty()) {
        return;
    }
    Reporter reporter(kept.place, registration.client_id, findings);
    const auto mistakes = secret::diagnose(kept.value);
    if (!kept.value.starts_with('$')) {
        check_plaintext(kept.value, mistakes, reporter);
        return;
    }
    const auto digest = secret::parse_digest(kept.value);
    if (!digest && !digest.error().when_checked) {
        return;
    }
    if (digest && digest->scheme == secret::Scheme::plaintext) {
        reporter.add_weakness(kept.value.substr(kept.value.find('$', 1) + 1));
        return;
    }
    if (mismatches.holds(kept.place)) { // which says what is wrong with the digest
        return;
    }
    for (const auto mistake : mistakes) {
        if (const auto* const rule = rule_of(mistake)) {
            reporter.add(*rule, message(mistake), remedy(mistake));
        }
    }
}

void check(const RelyingParty& party, const Mismatches& mismatches, std::vector<rule::Finding>& findings) {
    const auto& sent = party.client_secret;
    if (sent.is_unknown() || sent.value.empty()) {
        return;
    }
    Reporter reporter(sent.place, party.client_id, findings);
    if (!secret::looks_like_digest(sent.value)) {
        reporter.add_weakness(sent.value);
        return;
    }
    if (!mismatches.holds(sent.place)) { // which says that the digest was pasted into both
        reporter.add(k_digest_as_secret, k_digest_as_secret.summary,
                     "put the secret that the digest was made of here; if it is lost, `oidcgen hash --generate` makes "
                     "another and its digest");
    }
}

} // namespace

std::span<const rule::Rule* const> secret_rules() {
    static constexpr std::array k_rules{&k_documentation_sample,  &k_secret_filler,    &k_secret_is_client_id,
                                        &k_secret_too_short,      &k_digest_as_secret, &k_digest_as_plaintext,
                                        &k_digest_in_hexadecimal, &k_digest_cut_short, &k_digest_of_other_hash,
                                        &k_digest_iterations_few};
    return k_rules;
}

void check_secrets(std::span<const Registration* const> registrations, std::span<const RelyingParty* const> parties,
                   std::vector<rule::Finding>& findings) {
    const Mismatches mismatches(findings);
    for (const auto* const registration : registrations) {
        check(*registration, mismatches, findings);
    }
    for (const auto* const party : parties) {
        check(*party, mismatches, findings);
    }
}

std::string digest_help(std::string_view written) {
    const auto mistakes = secret::diagnose(written);
    const auto mistake = first_written_wrong(mistakes);
    return mistake ? fmt::format("{}: {}", message(*mistake), remedy(*mistake)) : std::string();
}

} // namespace oidcgen::oidc
