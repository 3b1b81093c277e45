#include "digest_samples.hpp"
#include "secret/base64.hpp"
#include "secret/diagnosis.hpp"
#include "secret/secret.hpp"
#include "secret/strength.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen::secret;
using namespace oidcgen::test;
using namespace std::string_literals;
using namespace std::string_view_literals;

TEST_CASE("diagnose: names what was written wrong") {
    using enum Mistake;
    using Mistakes = std::vector<Mistake>;
    const std::string good = replaced(text({k_head, k_key}), "$1200$", "$310000$");
    const auto changed = [&](std::string_view from, std::string_view to) { return replaced(good, from, to); };
    CHECK(diagnose(good).empty());
    CHECK(diagnose(good + "\n").empty());
    CHECK(diagnose(good + " ") == Mistakes{blank});
    CHECK(diagnose("\t" + good) == Mistakes{blank});
    CHECK(diagnose("'" + good + "'") == Mistakes{quote});
    CHECK(diagnose(good + "\"") == Mistakes{quote});
    CHECK(diagnose("Digest: " + good) == Mistakes{label});
    CHECK(diagnose("$" + good) == Mistakes{doubled_dollar});
    CHECK(diagnose("$$pbkdf2-sha512$$310000$$8PHy8/T19vf4.fr7/P3./w$$" + std::string(k_key)) ==
          Mistakes{doubled_dollar});
    CHECK(diagnose("{CRYPT}" + good) == Mistakes{ldap_prefix});
    CHECK(diagnose(good.substr(1)) == Mistakes{missing_dollar});
    // As double quotes of a shell, make, envsubst and a lost dollar sign leave it.
    CHECK(diagnose("-sha51210000PHy8/T19vf4.fr7/P3./w0ny9A0S1EWxbywp8RzaR") == Mistakes{swallowed});
    CHECK(diagnose("bkdf2-sha51210000PHy8/T19vf4.fr7/P3./w0ny9A0S1EWxbywp") == Mistakes{swallowed});
    CHECK(diagnose("-sha512$310000$8PHy8/T19vf4.fr7/P3./w/T19vf4.fr7/P3./w") == Mistakes{swallowed});
    CHECK(diagnose("pbkdf2-sha5123100008PHy8/T19vf4.fr7/P3./w0ny9A0S1EWxbywp") == Mistakes{swallowed});
    CHECK(diagnose("=19=65536,t=3,p=4/P3./w/T19vf4.fr7") == Mistakes{swallowed});
    CHECK(diagnose("-sha512-is-a-word-in-my-own-secret").empty());
    CHECK(diagnose("argon2-is-what-i-like-best-of-all").empty());
    CHECK(diagnose(std::string(k_bcrypt.substr(1))) == Mistakes{missing_dollar});
    CHECK(diagnose(to_base64(good, k_standard_alphabet) + "==") == Mistakes{base64_whole});
    CHECK(diagnose("$base64$dmVsdmV0") == Mistakes{base64_marker});
    CHECK(diagnose(changed("pbkdf2-sha512", "PBKDF2-SHA512")) == Mistakes{misspelt_identifier});
    CHECK(diagnose(changed("pbkdf2-sha512", "pbkdf2_sha512")) == Mistakes{misspelt_identifier});
    CHECK(diagnose(changed("pbkdf2-sha512", "pbkdf2-sha521")) == Mistakes{misspelt_identifier});
    CHECK(diagnose("$argon2$v=19$m=64,t=2,p=2$8PHy$uJiT") == Mistakes{misspelt_identifier});
    CHECK(diagnose("$1$abcdefgh$irWbblnpmw.5z7wgBnprh0") == Mistakes{unknown_scheme});
    CHECK(diagnose(changed("$310000", "")) == Mistakes{missing_part});
    CHECK(diagnose(good + "$") == Mistakes{extra_part});
    CHECK(diagnose("$pbkdf2-sha512$310000$f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff$"
                   "d27cbd0344b5116c5bcb0a7c4736bad9f13dcc142bdd11d74379a07b3731a689"
                   "e325aaabcd7fbc6b6b52679645e0df73195889f60b2b9fe8587b58fb8f63ae81") == Mistakes{hex});
    CHECK(diagnose(changed("/w$", "/w==$")) == Mistakes{standard_base64});
    CHECK(diagnose(changed("4.fr7", "4+fr7")) == Mistakes{standard_base64});
    CHECK(diagnose(changed("4.fr7", "4-fr7")) == Mistakes{url_base64});
    CHECK(diagnose(text({k_argon2id, "="})) == Mistakes{padding});
    CHECK(diagnose(good.substr(0, good.size() - 1)) == Mistakes{cut_short});
    CHECK(diagnose(good.substr(0, good.size() - 2)) == Mistakes{cut_short});
    CHECK(diagnose(k_bcrypt.substr(0, 50)) == Mistakes{cut_short});
    CHECK(diagnose(k_sha512_crypt.substr(0, 50)) == Mistakes{cut_short});
    CHECK(diagnose(changed("sha512", "sha256")) == Mistakes{other_hash});
    CHECK(diagnose(text({k_head, k_key})) == Mistakes{few_iterations});
    CHECK(diagnose(k_sample) == Mistakes{sample});
    CHECK(diagnose(text({" \"", k_sample, "\""})) == Mistakes{sample, blank, quote});

    for (const std::string_view none : {""sv, "$"sv, " velvet "sv, "\"velvet\""sv, "$plaintext$velvet"sv, k_phrase,
                                        "vel$vet$otter"sv, "6$abc$def"sv, "{velvet}otter"sv, "dmVsdmV0b3R0ZXI="sv,
                                        k_argon2id, k_bcrypt, k_bcrypt_sha256, k_scrypt, k_yescrypt, k_sha512_crypt}) {
        CAPTURE(none);
        CHECK(diagnose(none).empty());
    }
}

TEST_CASE("message: every mistake and weakness has a sentence of its own") {
    std::set<std::string_view> messages;
    for (int i = 0; i <= static_cast<int>(Mistake::few_iterations); ++i) {
        const std::string_view sentence = message(static_cast<Mistake>(i));
        CHECK_FALSE(sentence.empty());
        CHECK_FALSE(sentence.ends_with('.'));
        CHECK(messages.insert(sentence).second);
    }
    for (int i = 0; i <= static_cast<int>(Weakness::too_short); ++i) {
        CHECK(messages.insert(message(static_cast<Weakness>(i))).second);
    }
}

TEST_CASE("looks_like_digest: a digest, whole or damaged, but no secret") {
    const std::string digest = text({k_head, k_key});
    for (const std::string& yes : {digest, " " + digest + " ", digest.substr(0, 60), digest.substr(1), "$plaintext$x"s,
                                   "Digest: " + digest, std::string(k_bcrypt), "$" + digest}) {
        CAPTURE(yes);
        CHECK(looks_like_digest(yes));
    }
    for (const std::string_view no : {""sv, k_phrase, "$ecret"sv, "$6$"sv, "$a$b"sv, "2b$velvet"sv}) {
        CAPTURE(no);
        CHECK_FALSE(looks_like_digest(no));
    }
}

TEST_CASE("weakness: secrets that can be guessed") {
    const auto of = [](std::string_view secret, std::string_view client = "immich") {
        return weakness(Secret(secret), client);
    };
    CHECK(of("insecure_secret") == Weakness::sample);
    CHECK(of("immich") == Weakness::same_as_client);
    CHECK(of("Photos-Of-The-House-On-The-Hill", "photos-of-the-house-on-the-hill") == Weakness::same_as_client);
    for (const std::string_view filler :
         {"changeme"sv, "CHANGE_ME"sv, "<your-client-secret-here>"sv, "my super secret password 123456789012345"sv,
          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"sv, "1234567890123456789012345678901234567890"sv,
          "abcdefghijklmnopqrstuvwxyz"sv, "zyxwvutsrqponmlkjihgfedcba"sv, "abcabcabcabcabcabcabcabcabc"sv,
          "this_is_a_test"sv.substr(0, 7), "0"sv}) {
        CAPTURE(filler);
        CHECK(of(filler) == Weakness::filler);
    }
    CHECK(of("q7~Rk2_vXp9.LmT4wZs8b") == Weakness::too_short);
    CHECK_FALSE(of("q7~Rk2_vXp9.LmT4wZs8bd"));
    CHECK_FALSE(of("f3b1c09a7d5e4f28a6b0c1d2e3f4a596"));
    CHECK_FALSE(of("83920175564738291056473829105647"));
    CHECK_FALSE(of(k_phrase));
    CHECK_FALSE(of(k_phrase, ""));
}
