#include "digest_samples.hpp"
#include "secret/base64.hpp"
#include "secret/digest.hpp"
#include "secret/secret.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <crypt.h>
#include <doctest/doctest.h>

using namespace oidcgen::secret;
using namespace oidcgen::test;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

/// `match`, `mismatch`, `too dear`, `unable`, `refused` or `refused when checked`.
std::string outcome(std::string_view digest, std::string_view phrase = k_phrase,
                    ReadBy reader = ReadBy::configuration) {
    const auto parsed = parse_digest(digest, reader);
    if (!parsed) {
        return parsed.error().when_checked ? "refused when checked" : "refused";
    }
    switch (verify(*parsed, Secret(phrase))) {
    case Verdict::match:
        return "match";
    case Verdict::mismatch:
        return "mismatch";
    case Verdict::too_dear:
        return "too dear";
    case Verdict::unable:
        break;
    }
    return "unable";
}

} // namespace

TEST_CASE("verify: every scheme, with the right secret and a wrong one") {
    for (
        const std::string_view digest :
        {"$pbkdf2$1200$8PHy8/T19vf4.fr7/P3./w$AX1yEnslcIFY5.S2fcgc7JTJ/s4"sv,
         "$pbkdf2-sha1$1200$8PHy8/T19vf4.fr7/P3./w$AX1yEnslcIFY5.S2fcgc7JTJ/s4"sv,
         "$pbkdf2-sha224$1200$8PHy8/T19vf4.fr7/P3./w$UCX6UKeNAM2MAwNaG5eLXDgXgzAT5JdQXUOJsA"sv,
         "$pbkdf2-sha256$1200$8PHy8/T19vf4.fr7/P3./w$lMggbU3DqOc90BUjmKk/BsCvjjk0DijsomqRyM0C2BE"sv,
         "$pbkdf2-sha384$1200$8PHy8/T19vf4.fr7/P3./w$QM5sT4x9QDV0XMJPbyG6H1l7lU9mZwKj.vI5V1MetEOamkHkznyBtCIT8vgk28E0"sv,
         "$pbkdf2-sha256$9$8PHy8/T19vf4.fr7/P3./w$fE2NIGh89xiPw70EwTH4aIECXWoHNVH2F6xXWznUEUHynIjwleM560QbncyQ1FJCC3mhk7sZZzlp6G4ullkE0FeoOADK2g"sv,
         "$5$rounds=1000$Kestrel/7$7HkiYy/1T3xHNNzUif3IBk2i0f1HUo2KHF7ajDXtUB4"sv,
         "$6$rounds=1000$Kestrel/7$OSwlDR3DX0gfD1Mzo.iIvpRVzpqZh9HuWWqkP5brk.x/uXUT.taASCSiLoZAuO0RWMvzIAhD4MaqqHAD6qdV6/"sv,
         k_sha512_crypt, k_bcrypt, k_bcrypt_sha256, k_scrypt, k_yescrypt, k_argon2id,
         "$argon2i$v=19$m=64,t=2,p=2$8PHy8/T19vf4+fr7/P3+/w$+pLbY2L18Cxit1DQR/3fqYlIs4CS8J7UpZGygVTDxuM"sv,
         "$argon2d$v=19$m=64,t=2,p=2$8PHy8/T19vf4+fr7/P3+/w$5WvWaTg2VvfKP16Qixx0QtO8g9g2VmTGrGTBf2J+Xic"sv}) {
        CAPTURE(digest);
        CHECK(outcome(digest) == "match");
        CHECK(outcome(digest, "velvet-Otter~41.meadow_lamq") == "mismatch");
        CHECK(outcome(digest, "") == "mismatch");
    }
}

TEST_CASE("verify: PBKDF2 as Authelia reads it") {
    const auto with = [](std::string_view iterations, std::string_view key) {
        return text({"$pbkdf2-sha512$", iterations, "$8PHy8/T19vf4.fr7/P3./w$", key});
    };
    constexpr std::string_view k_key_of_one =
        "78B9BSmWHFKsWJF.B0wp28Y3QBJDH3Fm5QVlFgd3UmCZTtapQOIYshA9CNHMT.kvhgkihKQNZqU4YIxysGo2.Q";
    SUBCASE("iterations") {
        for (const std::string_view good : {"1200"sv, "+1200"sv, "01200"sv}) {
            CHECK(outcome(with(good, k_key)) == "match");
        }
        for (const std::string_view one : {"1"sv, "0"sv, "-0"sv, "-7"sv, "-9223372036854775808"sv}) {
            CAPTURE(one);
            CHECK(outcome(with(one, k_key_of_one)) == "match");
        }
        for (const std::string_view bad : {""sv, "1_200"sv, "12e2"sv, "1200 "sv, " 1200"sv, "0x10"sv, "+"sv, "+-1200"sv,
                                           "1200\n"sv, "9223372036854775808"sv}) {
            CAPTURE(bad);
            CHECK(outcome(with(bad, k_key)) == "refused");
        }
        CHECK(outcome(with("9223372036854775807", k_key)) == "too dear");
        CHECK(outcome(with("20000000", k_key)) == "too dear");
    }
    SUBCASE("key") {
        CHECK(outcome(text({k_head, k_key.substr(0, 84)})) == "match");
        CHECK(outcome(text({k_head, k_key.substr(0, 2)})) == "match");
        CHECK(outcome(text({k_head, k_key.substr(0, 85)})) == "refused");
        CHECK(outcome(text({k_head, k_key.substr(0, 85), "R"})) == "match"); // an unused bit is set
        CHECK(outcome(text({k_head, k_key.substr(0, 85), "g"})) == "mismatch");
        CHECK(outcome(text({k_head, k_key, "\r\n"})) == "match");
        CHECK(outcome(text({k_head, k_key.substr(0, 20), "\n", k_key.substr(20)})) == "match");
        CHECK(outcome(text({k_head, k_key, " "})) == "refused");
        CHECK(outcome(text({k_head, k_key, "=="})) == "refused");
        CHECK(outcome(text({k_head, k_key, "AAAA"})) == "mismatch");
        CHECK(outcome(k_head) == "refused");
        CHECK(outcome(text({k_head, "\n"})) == "refused");
    }
    SUBCASE("salt") {
        CHECK(outcome("$pbkdf2-sha512$1200$$b6pIYH6u9Exz3NyEsCaq2QFsB75fZzImVY3wyziajM8h6qEPdn/"
                      "nGv5goQoEzuvKbUimbZ4crw73srkVNK50OA") == "match");
        CHECK(outcome(replaced(text({k_head, k_key}), "4.fr7", "4+fr7")) == "refused");
        CHECK(outcome(replaced(text({k_head, k_key}), "4.fr7", "4-fr7")) == "refused");
    }
    SUBCASE("parts and identifier") {
        CHECK(outcome(text({k_head, k_key, "$"})) == "refused");
        CHECK(outcome(text({"$pbkdf2-sha512$1200$", k_key})) == "refused");
        for (const std::string_view name :
             {"PBKDF2-SHA512"sv, "pbkdf2-SHA512"sv, "pbkdf2_sha512"sv, "pbkdf2-sha3-512"sv, "pbkdf2-md5"sv, ""sv}) {
            CAPTURE(name);
            CHECK(outcome(replaced(text({k_head, k_key}), "pbkdf2-sha512", name)) == "refused");
        }
        CHECK(outcome(replaced(text({k_head, k_key}), "sha512", "sha256")) == "mismatch");
        CHECK(outcome(text({"$", k_head, k_key})) == "refused");
        CHECK(outcome(text({" ", k_head, k_key})) == "refused");
        CHECK(outcome(text({k_head, k_key}).substr(1)) == "refused");
        for (const std::string_view bare : {""sv, "$"sv, "$$"sv, "$6"sv, "$$$$"sv, "$1$abcdefgh$x"sv}) {
            CAPTURE(bare);
            CHECK(outcome(bare) == "refused");
        }
    }
}

TEST_CASE("parse_digest: plaintext and LDAP prefixes depend on who reads") {
    const std::string digest = text({k_head, k_key});
    CHECK(outcome("$plaintext$velvet$Otter", "velvet$Otter") == "match");
    CHECK(outcome("$plaintext$velvet$Otter", "velvet") == "mismatch");
    CHECK(outcome("$plaintext$") == "refused");
    CHECK(outcome("$plaintext$velvet", "velvet", ReadBy::command) == "refused");
    CHECK(parse_digest("$plaintext$velvet")->scheme == Scheme::plaintext);
    for (const std::string& prefixed :
         {"{CRYPT}" + digest, "{ARGON2}" + digest, "{PBKDF2-SHA512}" + digest.substr(15)}) {
        CAPTURE(prefixed);
        CHECK(outcome(prefixed) == "refused");
        CHECK(outcome(prefixed, k_phrase, ReadBy::command) == "match");
    }
    CHECK(outcome("{PBKDF2}1200$8PHy8/T19vf4.fr7/P3./w$AX1yEnslcIFY5.S2fcgc7JTJ/s4", k_phrase, ReadBy::command) ==
          "match");
    CHECK(outcome("{PBKDF2-SHA}1200$8PHy8/T19vf4.fr7/P3./w$AX1yEnslcIFY5.S2fcgc7JTJ/s4", k_phrase, ReadBy::command) ==
          "refused");
    CHECK(outcome("{crypt}" + digest, k_phrase, ReadBy::command) == "refused");
}

TEST_CASE("verify: Argon2 as Authelia reads it") {
    CHECK(outcome(replaced(k_argon2id, "m=64,t=2,p=2", "p=2,m=64,k=9,t=2")) == "match");
    CHECK(outcome(replaced(k_argon2id, "v=19$m=64,t=2,p=2", "m=64$t=2,p=2")) == "match"); // no version at all passes
    CHECK(outcome(replaced(k_argon2id, "m=64,t=2,p=2", "m=99,t=2,p=2,m=64")) == "match");
    CHECK(outcome(replaced(k_argon2id, "m=64,t=2,p=2", "m=64,t=2,p=2,m=99")) == "mismatch");
    CHECK(outcome(replaced(k_argon2id, "argon2id", "argon2i")) == "mismatch");
    CHECK(outcome(text({k_argon2id, "="})) == "refused");
    CHECK(outcome(replaced(k_argon2id, "v=19", "v=16")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "v=19$", "")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "argon2id", "argon2")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "t=2", "t=+2")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "t=2", "t=-2")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "t=2", "t=4294967296")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "t=2", "x=2")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "m=64,t=2,p=2", "")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "+fr7", ".fr7")) == "refused");
    CHECK(outcome(replaced(k_argon2id, "m=64", "m=4194304")) == "too dear");
    CHECK(outcome(replaced(k_argon2id, "t=2", "t=4294967295")) == "too dear");
    CHECK(outcome(replaced(k_argon2id, "p=2", "p=4294967295")) == "too dear");
    CHECK(outcome(replaced(k_argon2id, "m=64", "m=4")) == "unable");
    CHECK(parse_digest(replaced(k_argon2id, "m=64,t=2,p=2", "m=0,t=0,p=0"))->block_size == 32768);
    CHECK(parse_digest(replaced(k_argon2id, "m=64,t=2,p=2", "m=0,t=0,p=0"))->iterations == 1);
    CHECK(parse_digest(replaced(k_argon2id, "m=64,t=2,p=2", "m=0,t=0,p=0"))->parallelism == 4);
}

TEST_CASE("verify: why a digest cannot be computed") {
    const auto obstacle = [](const std::string& digest) {
        Budget budget;
        oidcgen::util::Words why;
        CHECK(verify(*parse_digest(digest), Secret("velvet"), budget, &why) == Verdict::unable);
        return why.text();
    };
    CHECK(obstacle(replaced(k_argon2id, "m=64", "m=4")) ==
          "it asks for 4 KiB of memory, and libargon2 computes with no less than 8 KiB for each of its 2 lanes");
    CHECK(obstacle(replaced(k_argon2id, "8PHy8/T19vf4+fr7/P3+/w", "8PHy8w")) ==
          "its salt has 4 bytes, but libargon2 needs at least 8");
    CHECK(obstacle("$argon2id$v=19$m=64,t=2,p=2$8PHy8/T19vf4+fr7/P3+/w$AA") ==
          "its key has 1 byte, but libargon2 computes at least 4");
    CHECK(obstacle(replaced(k_yescrypt, "j75", "j7z")).find("libxcrypt computes yescrypt up to") == 0);
}

TEST_CASE("verify: bcrypt as Authelia reads it") {
    for (const std::string_view name : {"$2a$"sv, "$2x$"sv, "$2y$"sv}) {
        CHECK(outcome(replaced(k_bcrypt, "$2b$", name)) == "match");
    }
    CHECK(outcome(replaced(k_bcrypt, "$2b$", "$2$")) == "refused");
    CHECK(outcome(replaced(k_bcrypt, "$05$", "$5$")) == "match");
    CHECK(outcome(replaced(k_bcrypt, "$05$", "$+5$")) == "match");
    CHECK(outcome(replaced(k_bcrypt, "$05$", "$x$")) == "refused");
    CHECK(outcome(replaced(k_bcrypt, "$05$", "$32$")) == "refused when checked");
    CHECK(outcome(replaced(k_bcrypt, "$05$", "$31$")) == "too dear");
    CHECK(parse_digest(replaced(k_bcrypt, "$05$", "$-1$"))->iterations == 10);
    CHECK(outcome(k_bcrypt.substr(0, k_bcrypt.size() - 1)) == "refused");
    CHECK(outcome(text({k_bcrypt, "."})) == "refused");
    CHECK(outcome(replaced(k_bcrypt, "abcde", "ab\nde")) == "refused");
    CHECK(outcome(replaced(k_bcrypt, "stuuj", "stuvj")) == "match"); // an unused bit of the salt
    CHECK(outcome(replaced(k_bcrypt_sha256, "v=2,t=2b,r=5", "r=5")) == "match");
    CHECK(outcome(replaced(k_bcrypt_sha256, "r=5", "r=6")) == "mismatch");
    CHECK(outcome(replaced(k_bcrypt_sha256, "r=5", "s=5")) == "refused");
    CHECK(outcome(replaced(k_bcrypt_sha256, "iDZN", "iDZ")) == "refused");
    CHECK(outcome(replaced(k_bcrypt_sha256, "$abcd", "$abc")) == "refused");

    // Only 72 bytes of a secret count, and crypt(3)'s limit on phrases is none of Authelia's.
    const auto salted = [](const std::string& phrase) {
        crypt_data data{};
        return std::string(crypt_r(phrase.c_str(), "$2b$04$abcdefghijklmnopqrstuu", &data));
    };
    const std::string digest = salted(std::string(72, 'm'));
    CHECK(outcome(digest, std::string(72, 'm') + "tail") == "match");
    CHECK(outcome(digest, std::string(3000, 'm')) == "match");
    CHECK(outcome(digest, std::string(71, 'm')) == "mismatch");
}

TEST_CASE("verify: scrypt as Authelia reads it") {
    CHECK(outcome(replaced(k_scrypt, "ln=4,r=8,p=2", "p=2,ln=4")) == "match");
    CHECK(outcome(replaced(k_scrypt, "p=2", "p=+2")) == "match");
    CHECK(outcome(replaced(k_scrypt, ",p=2", "")) == "mismatch");
    CHECK(outcome(replaced(k_scrypt, "ln=4", "ln=x")) == "refused");
    CHECK(outcome(replaced(k_scrypt, "ln=4", "n=4")) == "refused");
    CHECK(outcome(replaced(k_scrypt, "$ln=4,r=8,p=2", "$")) == "refused");
    CHECK(outcome(text({k_scrypt, "="})) == "refused");
    for (const std::string_view bad : {"ln=0"sv, "ln=-1"sv, "ln=63"sv, "ln=64"sv, "ln=4,r=0"sv, "ln=4,r=-8"sv,
                                       "ln=50,r=1048576"sv, "ln=4,p=1073741824"sv}) {
        CAPTURE(bad);
        CHECK(outcome(text({"$scrypt$", bad, "$8PHy8/T19vf4+fr7/P3+/w$7W72"})) == "refused when checked");
    }
    CHECK(outcome(replaced(k_scrypt, "ln=4", "ln=40")) == "too dear");
    CHECK(outcome(replaced(k_scrypt, "p=2", "p=9999999")) == "too dear");
}

TEST_CASE("verify: yescrypt as Authelia reads it") {
    CHECK(outcome(k_yescrypt.substr(0, k_yescrypt.size() - 3)) == "match");   // a key cut at a group still matches
    CHECK(outcome(k_yescrypt.substr(0, k_yescrypt.size() - 2)) == "refused"); // a lone character remains
    CHECK(outcome(replaced(k_yescrypt, "$y$", "$yescrypt$")) == "refused");
    CHECK(outcome(replaced(k_yescrypt, "j75", "k75")) == "refused");
    CHECK(outcome(replaced(k_yescrypt, "j75", "j755")) == "refused");
    CHECK(outcome(replaced(k_yescrypt, "j75", "j!5")) == "refused when checked");
    CHECK(outcome(replaced(k_yescrypt, "j75", "jX5")) == "too dear");
    CHECK(outcome(replaced(k_yescrypt, "j75", "j7z")) == "unable");
}

TEST_CASE("verify: SHA-2 crypt as Authelia reads it") {
    CHECK(outcome(replaced(k_sha512_crypt, "$6$", "$6$rounds=5000$")) == "match");
    CHECK(outcome(replaced(k_sha512_crypt, "$6$", "$6$rounds=05000$")) == "match");
    CHECK(outcome(replaced(k_sha512_crypt, "$6$", "$6$rounds=+5000$")) == "refused");
    CHECK(outcome(replaced(k_sha512_crypt, "$6$", "$6$rounds=4294967296$")) == "refused");
    CHECK(outcome(replaced(k_sha512_crypt, "$6$", "$6$round=5000$")) == "refused");
    CHECK(outcome(replaced(k_sha512_crypt, "$6$", "$6$$")) == "refused");
    CHECK(outcome(replaced(k_sha512_crypt, "$6$", "$6$rounds=0$")) == "mismatch");
    CHECK(outcome(replaced(k_sha512_crypt, "$6$", "$6$rounds=4294967295$")) == "too dear");
    CHECK(outcome(k_sha512_crypt.substr(0, k_sha512_crypt.size() - 1)) == "mismatch");
    CHECK(outcome("$6$Kestrel/7$") == "refused");
    CHECK(outcome("$5$rounds=7$a salt: longer than sixteen$u2D1HFgzLJbiODo86xX54GXyGytN3eT9I1fB2EZGwD5") == "match");
    // The work grows with the square of a secret's length.
    CHECK(outcome(k_sha512_crypt, std::string(65536, 'x')) == "too dear");
    for (const std::size_t length : {1UL, 31UL, 32UL, 33UL, 64UL, 65UL, 200UL}) {
        CAPTURE(length);
        const std::string phrase(length, 'q');
        crypt_data data{};
        CHECK(outcome(crypt_r(phrase.c_str(), "$5$rounds=1001$Kestrel/7$", &data), phrase) == "match");
        CHECK(outcome(crypt_r(phrase.c_str(), "$6$rounds=1001$Kestrel/7$", &data), phrase) == "match");
    }
}

TEST_CASE("parse_digest: a fault never repeats the text") {
    for (const std::string& digest :
         {"$mark$mark$mark"s, "$pbkdf2-sha512$mark$mark$mark"s, "$argon2id$v=19$mark=mark$mark$mark"s, "mark"s,
          "$2b$05$mark"s, "$scrypt$ln=mark$mark$mark"s, "$6$mark=mark$mark$mark"s, "$y$mark$mark$mark"s}) {
        const auto parsed = parse_digest(digest);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().message.find("mark") == std::string::npos);
        CHECK_FALSE(parsed.error().message.empty());
    }
}

TEST_CASE("make_digest: what Authelia writes, with another salt each time") {
    const Secret secret(k_phrase);
    const auto first = make_digest(secret, k_fewest_iterations);
    const auto second = make_digest(secret, k_fewest_iterations);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->size() == 131);
    CHECK(*first != *second);
    CHECK(outcome(*first) == "match");
    const auto parsed = parse_digest(*first);
    CHECK(parsed->variant == "pbkdf2-sha512");
    CHECK(parsed->iterations == k_fewest_iterations);
    CHECK(parsed->salt.size() == k_salt_bytes);
    CHECK(parsed->key.size() == 64);
    CHECK(parse_digest(*make_digest(secret))->iterations == 310'000);
    CHECK_FALSE(make_digest(secret, k_fewest_iterations - 1));
    CHECK_FALSE(make_digest(secret, k_most_iterations + 1));
}

TEST_CASE("make_digests: one for each secret, in order") {
    std::vector<Secret> secrets;
    for (const std::string_view phrase : {"first"sv, "second"sv, "third"sv, "fourth"sv, "fifth"sv}) {
        secrets.emplace_back(phrase);
    }
    const auto digests = make_digests(secrets, k_fewest_iterations);
    REQUIRE(digests);
    REQUIRE(digests->size() == secrets.size());
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        CHECK(outcome(digests->at(i), secrets[i].reveal()) == "match");
    }
    CHECK(std::set<std::string>(digests->begin(), digests->end()).size() == secrets.size());
    CHECK(make_digests({})->empty());
    CHECK_FALSE(make_digests(secrets, 1));
    std::atomic<std::size_t> done = 0;
    CHECK(make_digests(secrets, k_fewest_iterations, &done));
    CHECK(done == secrets.size());
}

TEST_CASE("verify: stops when a budget is spent") {
    const auto digest = parse_digest(text({k_head, k_key}));
    REQUIRE(digest);
    const Secret secret(k_phrase);
    Budget budget{2 * digest->cost + digest->cost / 2};
    CHECK(verify(*digest, secret, budget) == Verdict::match);
    CHECK(verify(*digest, secret, budget) == Verdict::match);
    CHECK(verify(*digest, secret, budget) == Verdict::too_dear);
    CHECK(verify(*digest, secret) == Verdict::match);
    const auto plain = parse_digest("$plaintext$velvet");
    CHECK(verify(*plain, Secret("velvet"), budget) == Verdict::match); // costs nothing
}

TEST_CASE("verify: not with more memory than the budget has") {
    const auto digest = parse_digest(replaced(k_argon2id, "m=64", "m=4096"));
    REQUIRE(digest);
    Budget budget{.left = 2 * digest->cost, .memory = digest->memory - 1};
    CHECK(verify(*digest, Secret("x"), budget) == Verdict::too_dear);
    CHECK(budget.left == 2 * digest->cost);
    budget.memory = digest->memory;
    CHECK(verify(*digest, Secret("x"), budget) == Verdict::mismatch);
    CHECK(Budget{}.memory <= 64U << 20U);
}

TEST_CASE("is_documentation_sample: the secret and its digest, however the digest is wrapped") {
    CHECK(is_documentation_sample(Secret("insecure_secret")));
    CHECK_FALSE(is_documentation_sample(Secret("insecure_secret2")));
    CHECK(is_documentation_sample(k_sample));
    CHECK(is_documentation_sample(text({k_sample, "\n"})));
    CHECK_FALSE(is_documentation_sample(text({k_head, k_key})));
    CHECK_FALSE(is_documentation_sample("insecure_secret"sv));
    CHECK(outcome(k_sample, "insecure_secret") == "match");
}
