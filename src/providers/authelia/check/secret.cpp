#include "providers/authelia/check/secret.hpp"

#include "oidc/secrets.hpp"
#include "providers/authelia/rules.hpp"
#include "secret/diagnosis.hpp"
#include "secret/digest.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using namespace std::string_view_literals;
using rule::Consequence;
using secret::Mistake;

constexpr std::array k_digest_sources{
    "https://www.authelia.com/integration/openid-connect/frequently-asked-questions/#client-secret"sv};
constexpr std::array k_cost_sources{
    "https://www.authelia.com/integration/openid-connect/frequently-asked-questions/#tuning-work-factors"sv};

} // namespace

const rule::Rule k_digest_as_plaintext{
    .code = "OG4006",
    .name = "digest-as-plaintext",
    .consequence = Consequence::risk,
    .also = {Consequence::provider_warns, Consequence::login_fails},
    .explains = "secret-mismatch",
    .summary = "a digest with something around it or missing from it counts as a plaintext secret",
    .why = "To Authelia, everything that does not begin with a dollar sign is a plaintext secret: a digest with a "
           "blank, a quotation mark, the label `Digest:` or {CRYPT} in front, one without its first dollar sign, what "
           "a shell or Compose leaves of one when it takes the dollar signs for variables, and base64 of a digest. "
           "Only that text itself would be accepted as the secret.",
    .bad = "client_secret: 'Digest: $pbkdf2-sha512$310000$…'",
    .good = "client_secret: '$pbkdf2-sha512$310000$…'",
    .ignore = {},
    .sources = k_digest_sources,
};

const rule::Rule k_digest_in_hexadecimal{
    .code = "OG4007",
    .name = "digest-in-hexadecimal",
    .consequence = Consequence::risk,
    .summary = "salt and key of the digest are hexadecimal, but Authelia reads them as base64",
    .why = "Digits and the letters a to f are valid base64 too. So Authelia starts, but with another salt and with a "
           "key that no secret produces.",
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
    .why = "Authelia compares as many bytes of the key as there are. So a digest that lost its end still matches its "
           "secret, and the shorter it is, the more other texts match too. With schemes other than PBKDF2, nothing "
           "matches then.",
    .bad = "client_secret: '$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$0ny9A0S1EWxbywp8'",
    .good = "client_secret: '$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$…'  (86 characters after the last $)",
    .ignore = {},
    .sources = k_digest_sources,
};

const rule::Rule k_digest_of_other_hash{
    .code = "OG4009",
    .name = "digest-of-other-hash",
    .consequence = Consequence::advice,
    .summary = "the key of the digest is longer than the hash in its identifier makes it",
    .why = "A key of 64 bytes comes from SHA-512, one of 32 bytes from SHA-256. With another identifier in front the "
           "digest probably matches no secret; few programs make longer keys.",
    .bad = "client_secret: '$pbkdf2-sha256$310000$8PHy8/T19vf4.fr7/P3./w$…'  (86 characters after the last $)",
    .good = "client_secret: '$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$…'  (86 characters after the last $)",
    .ignore = "when `oidcgen hash --verify` says that the secret matches",
    .sources = k_digest_sources,
};

const rule::Rule k_digest_iterations_few{
    .code = "OG4010",
    .name = "digest-iterations-few",
    .consequence = Consequence::advice,
    .summary = "the digest has fewer than 100000 iterations",
    .why = "Iterations make it expensive to try one secret after another, once somebody has the digest. Authelia's own "
           "command uses 310000, and refuses fewer than 100000.",
    .bad = "client_secret: '$pbkdf2-sha512$1000$…'",
    .good = "client_secret: '$pbkdf2-sha512$310000$…'",
    .ignore = "when the secret is long and random: nobody guesses one of 40 characters",
    .sources = k_cost_sources,
};

namespace {

constexpr std::string_view k_make_digest = "make a new digest of the secret with `oidcgen hash`";

struct Remedy {
    Mistake mistake;
    std::string_view text;
};

/// For mistakes that can be fixed in the text; for every other one a new digest is needed.
constexpr std::array k_remedies{
    Remedy{Mistake::sample, oidc::k_make_another_secret},
    Remedy{Mistake::blank, "remove the white space"},
    Remedy{Mistake::quote, "remove the extra quotation mark"},
    Remedy{Mistake::label, "remove the label, so that the text begins with the dollar sign"},
    Remedy{Mistake::doubled_dollar, "write one dollar sign for each two"},
    Remedy{Mistake::ldap_prefix, "remove the braces and the text in them"},
    Remedy{Mistake::missing_dollar, "put a dollar sign in front"},
    Remedy{Mistake::base64_whole, "write the digest itself, without base64"},
    Remedy{Mistake::swallowed,
           "copy the whole digest again; where a shell reads it, put it in single quotes, and in a Compose file double "
           "each dollar sign"},
    Remedy{Mistake::misspelt_identifier, "write the identifier as the hash command did, for example pbkdf2-sha512"},
};

std::string_view remedy(Mistake mistake) {
    const auto* const found = std::ranges::find(k_remedies, mistake, &Remedy::mistake);
    return found == k_remedies.end() ? k_make_digest : found->text;
}

/// The first mistake in how the digest was written; that it is the sample does not count.
std::optional<Mistake> first_written_wrong(const std::vector<Mistake>& mistakes) {
    const auto found = std::ranges::find_if(mistakes, [](Mistake mistake) { return mistake != Mistake::sample; });
    return found == mistakes.end() ? std::nullopt : std::optional(*found);
}

void add(const rule::Rule& rule, util::Words message, std::string_view help, const oidc::Registration& registration,
         rule::Findings& findings) {
    auto found = rule::finding(rule, std::move(message), registration.client_secret.place, util::own(help));
    found.client = registration.client_id.is_unknown() ? std::string() : registration.client_id.value;
    findings.add(std::move(found));
}

const rule::Rule* rule_of(Mistake mistake) {
    switch (mistake) {
    case Mistake::sample:
        return &oidc::k_documentation_sample;
    case Mistake::hex:
        return &k_digest_in_hexadecimal;
    case Mistake::cut_short:
        return &k_digest_cut_short;
    case Mistake::other_hash:
        return &k_digest_of_other_hash;
    case Mistake::few_iterations:
        return &k_digest_iterations_few;
    default:
        return nullptr; // Authelia refuses it, or it does no harm
    }
}

} // namespace

void check_secret(const oidc::Registration& registration, std::span<const std::string_view> names,
                  rule::Findings& findings) {
    const auto& kept = registration.client_secret;
    if (kept.is_unknown()) {
        oidc::check_fallback(kept.place, registration.client_id, names, findings);
        return;
    }
    if (kept.value.empty()) {
        return;
    }
    if (!kept.value.starts_with('$')) {
        // A digest with something around it was reported when the client was inspected.
        if (mistake_in_plaintext(kept.value).message.empty()) {
            oidc::check_strength(kept.value, kept.place, registration.client_id, names, findings);
        }
        return;
    }
    const auto mistakes = secret::diagnose(kept.value);
    const auto digest = secret::parse_digest(kept.value);
    if (!digest && !digest.error().when_checked) {
        return;
    }
    if (digest && digest->scheme == secret::Scheme::plaintext) {
        oidc::check_strength(kept.value.substr(kept.value.find('$', 1) + 1), kept.place, registration.client_id, names,
                             findings);
        return;
    }
    for (const auto mistake : mistakes) {
        if (const auto* const rule = rule_of(mistake)) {
            add(*rule, util::own(message(mistake)), remedy(mistake), registration, findings);
        }
    }
}

DigestMistake mistake_in(std::string_view written) {
    const auto mistake = first_written_wrong(secret::diagnose(written));
    return mistake ? DigestMistake{message(*mistake), remedy(*mistake)} : DigestMistake{};
}

DigestMistake mistake_in_plaintext(std::string_view written) {
    const auto mistakes = secret::diagnose(written);
    // A plaintext secret may begin with a quotation mark by chance: only a known scheme after it shows a digest.
    const bool is_digest = !mistakes.empty() && mistakes.back() != Mistake::unknown_scheme;
    const auto mistake = is_digest ? first_written_wrong(mistakes) : std::nullopt;
    return mistake ? DigestMistake{message(*mistake), remedy(*mistake)} : DigestMistake{};
}

} // namespace oidcgen::providers::authelia
