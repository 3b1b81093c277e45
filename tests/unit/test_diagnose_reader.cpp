// A log is read the same however it is cut into blocks, and lines of one login are told once.

#include "diagnose/diagnose.hpp"
#include "diagnose/finder.hpp"
#include "diagnose/line.hpp"
#include "oidc/login/login.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace oidcgen;
using namespace oidcgen::diagnose;

namespace {

Log read(std::string_view text, std::size_t block = 1U << 20U) {
    Reader reader;
    for (; !text.empty(); text.remove_prefix(std::min(block, text.size()))) {
        reader.take(text.substr(0, block));
    }
    return reader.finish();
}

/// `2x 3-7 wrong-secret immich` for each reason: how often, first and last line, its name and client.
std::string summary(const Log& log) {
    std::string result;
    const auto told = diagnosis(log, nullptr);
    for (const auto& story : told.stories) {
        result += fmt::format("{}{}x {}-{} {}{}{}", result.empty() ? "" : "; ", story.times, story.lines.front().number,
                              story.last_line, story.name, story.client.empty() ? "" : " ", story.client);
    }
    return result;
}

constexpr std::string_view k_secret =
    R"(level=error msg="Access Request failed with error: made up. The provided client secret did not match it.")";
constexpr std::string_view k_answer = "OAuth login failed: made-up error invalid_client (made up)";

std::string provider(std::string_view time, std::string_view message = k_secret) {
    return fmt::format("time=\"2026-01-02T{}\" {}\n", time, message);
}

std::string application(std::string_view time, std::string_view message = k_answer) {
    return fmt::format("[Nest] 7  - 01/02/2026, {}   ERROR [Api:OAuth~x] {}\n", time, message);
}

} // namespace

TEST_CASE("finder: finds what a plain search finds") {
    const std::vector<std::string_view> fragments{"abcdefgh", "bcdefghij", "hhhhhhhhh", "secret did not"};
    const Finder finder(fragments);
    std::string text;
    unsigned state = 1;
    for (int i = 0; i < 4000; ++i) {
        state = state * 1103515245U + 12345U;
        text += static_cast<char>('a' + (state >> 16U) % 10U);
        if (i % 97 == 0) {
            text += fragments[(state >> 20U) % fragments.size()];
        }
    }
    std::size_t at = 0;
    for (std::size_t from = 0; at != std::string_view::npos; from = at + 1) {
        auto expected = std::string_view::npos;
        for (const auto fragment : fragments) {
            expected = std::min(expected, std::string_view(text).find(fragment, from));
        }
        at = finder.find(text, from);
        REQUIRE(at == expected);
    }
    CHECK(finder.find("abcdefg", 0) == std::string_view::npos);
    CHECK(finder.find("abcdefgh", 0) == 0);
    CHECK(finder.find("abcdefgh", 1) == std::string_view::npos);
}

TEST_CASE("plain: without colours and escapes") {
    CHECK(plain("\x1b[31mERROR\x1b[0m x\x1b[1;33m y") == "ERROR x y");
    CHECK(plain(R"(a \"b\" c\\d\u003ce\u0026 \n f\u00fc)") == R"(a "b" c\d<e&   f\u00fc)");
    CHECK(plain(R"({"log":"msg=\"a \\\"b\\\"\""})") == R"({"log":"msg="a "b"""})");
    CHECK(plain("GET /?error=x&error_description=a+b%20%27c%27&x=%zz") ==
          "GET /?error=x&error_description=a b 'c'&x=%zz");
    CHECK(plain("a+b%20") == "a+b%20");
    CHECK(plain("\x1b") == "");
    CHECK(plain("\\") == "\\");
    CHECK(plain("\\u00") == "\\u00");
}

TEST_CASE("time_in: every form that the logs have") {
    const auto shown = [](std::string_view line) {
        const auto time = time_in(line);
        return !time ? std::string("none")
                     : to_text(time->clock) + (time->ahead ? fmt::format(" {}", *time->ahead) : std::string());
    };
    CHECK(shown(R"(time="2026-01-02T15:04:05+01:00" level=error)") == "2026-01-02T15:04:05Z 3600");
    CHECK(shown("x  | 2026-01-02T15:04:05.123456789Z y") == "2026-01-02T15:04:05Z 0");
    CHECK(shown("2026-01-02T15:04:05-0530 host x") == "2026-01-02T15:04:05Z -19800");
    CHECK(shown("2026-01-02 15:04:05,123 x") == "2026-01-02T15:04:05Z");
    CHECK(shown("[Nest] 7  - 01/02/2026, 3:04:05 PM   ERROR") == "2026-01-02T15:04:05Z");
    CHECK(shown("[Nest] 7  - 01/02/2026, 12:04:05 AM   ERROR") == "2026-01-02T00:04:05Z");
    CHECK(shown("[Nest] 7  - 22/01/2026, 13:04:05   ERROR") == "2026-01-22T13:04:05Z");
    CHECK(shown("Jan  2 15:04:05 host program[1]: x") == "2000-01-02T15:04:05Z");
    CHECK(shown(R"({"msg":"at 2020-01-01 00:00:00","time":"2026-01-02T15:04:05Z"})") == "2026-01-02T15:04:05Z 0");
    CHECK(shown(R"({"timestamp":1767366245000,"message":"x"})") == "2026-01-02T15:04:05Z 0");
    CHECK(shown("2026-13-02T15:04:05Z") == "none");
    CHECK(shown("10.20.30.40 x 1234") == "none");
    CHECK(shown("") == "none");
}

TEST_CASE("reader: blocks of any size give the same") {
    std::string text = "ordinary line\r\n" + provider("15:04:05Z") + "another\n\n" + application("3:04:06 PM");
    text += provider("16:00:00Z");
    text.pop_back(); // the last line has no end
    const auto whole = summary(read(text));
    CHECK(whole == "2x 2-6 secret-mismatch");
    for (const std::size_t block : {1U, 2U, 7U, 64U}) {
        CHECK(summary(read(text, block)) == whole);
        CHECK(read(text, block).lines == 6);
    }
}

TEST_CASE("reader: the start of a long line is read, and that it was cut is told") {
    const std::string filler(200'000, 'x');
    const auto early = provider("15:04:05Z", std::string(k_secret) + filler);
    const auto late = provider("15:04:05Z", filler + std::string(k_secret));
    for (const std::size_t block : {1000U, 1U << 20U}) {
        CHECK(summary(read(early, block)) == "1x 1-1 secret-mismatch");
        CHECK(read(early, block).cut == 1);
        CHECK(summary(read(late + provider("15:04:05Z"), block)) == "1x 2-2 secret-mismatch");
    }
    for (const std::size_t block : {1000U, 1U << 20U}) {
        CHECK(read("x\n" + filler + "\n" + std::string(Reader::k_longest_line, 'y') + "\n" + filler, block).cut == 2);
    }
    CHECK(summary(read(filler)).empty());
    CHECK(read(filler).lines == 1);
}

TEST_CASE("reader: bytes that are not text, and UTF-16") {
    std::string text("\0\xff\xfe\x80\n\x1b[", 7);
    text += provider("15:04:05Z");
    CHECK(summary(read(text)) == "1x 2-2 secret-mismatch");
    std::string wide = "\xff\xfe";
    for (const char byte : provider("15:04:05Z")) {
        wide += byte;
        wide += '\0';
    }
    CHECK(summary(read(wide)) == "1x 1-1 secret-mismatch");
    CHECK(summary(read(wide, 3)) == "1x 1-1 secret-mismatch");
}

TEST_CASE("reader: JSON that was cut off is read as far as it goes") {
    CHECK(summary(read(R"({"level":"error","msg":"The provided client secret did not match the reg)")) ==
          "1x 1-1 secret-mismatch");
}

TEST_CASE("stories: lines of both sides at the same time are one login, and the cause is named") {
    CHECK(summary(read(provider("15:04:05Z") + application("3:04:06 PM"))) == "1x 1-2 secret-mismatch");
    CHECK(summary(read(application("3:04:04 PM") + provider("15:04:05Z"))) == "1x 2-2 secret-mismatch");
    SUBCASE("in the clock of another zone") {
        CHECK(summary(read(provider("15:04:05+01:00") + application("2:04:06 PM"))) == "1x 1-2 secret-mismatch");
        CHECK(summary(read(provider("15:04:05+01:00") + application("3:04:06 PM"))) == "1x 1-2 secret-mismatch");
    }
    SUBCASE("not when minutes are between them") {
        CHECK(summary(read(provider("15:04:05Z") + application("3:06:36 PM"))) ==
              "1x 1-1 secret-mismatch; 1x 2-2 secret-mismatch");
    }
}

TEST_CASE("stories: what fails at discovery is not the login that got further") {
    CHECK(summary(read(provider("15:04:05Z") + application("3:04:06 PM", "Error in OAuth discovery: fetch failed"))) ==
          "1x 1-1 secret-mismatch; 1x 2-2 connection-failed");
}

TEST_CASE("stories: what is said again is counted") {
    std::string text;
    for (int minute = 10; minute < 40; ++minute) {
        text += provider(fmt::format("15:{}:05Z", minute)) + "x\n";
    }
    CHECK(summary(read(text)) == "30x 1-59 secret-mismatch");
}

TEST_CASE("stories: other clients are other logins") {
    const auto denied = [](std::string_view time, std::string_view client) {
        return provider(time,
                        fmt::format("level=error msg=\"made up on client with id '{}' could not be processed: the "
                                    "user is not authorized to use this client\"",
                                    client));
    };
    CHECK(summary(read(denied("15:04:05Z", "a") + denied("15:04:05Z", "b") + denied("15:04:06Z", "a"))) ==
          "2x 1-3 person-denied a; 1x 2-2 person-denied b");
}

TEST_CASE("stories: faults of a configuration are told one by one") {
    const auto fault = [](std::string_view what) {
        return provider("15:04:05Z", fmt::format("level=error msg=\"Configuration: identity_providers: oidc: clients: "
                                                 "client 'a': {}\"",
                                                 what));
    };
    CHECK(summary(read(fault("option 'client_secret' is required") + fault("option 'lifespan' must be one of 'x'"))) ==
          "1x 1-1 secret-missing a; 1x 2-2 lifespan-undefined a");
}

TEST_CASE("stories: the lines below belong to the message above them") {
    const std::string text = "immich_server  | " + application("3:04:06 PM", "Error in OAuth discovery: fetch failed") +
                             "authelia       | ordinary\n"
                             "immich_server  |     at made (up)\n"
                             "immich_server  |   [cause]: Error: getaddrinfo ENOTFOUND auth.example.com\n";
    CHECK(summary(read(text)) == "1x 4-4 name-not-resolved");
    const auto told = diagnosis(read(text), nullptr);
    CHECK(told.stories.front().stage == oidc::Stage::discovery);
    CHECK(told.stories.front().help.text().find("auth.example.com") != std::string::npos);
}

TEST_CASE("stories: what is kept does not grow with the log") {
    std::string text;
    for (int i = 0; i < 1000; ++i) {
        text +=
            provider("15:04:05Z", fmt::format("level=error msg=\"on client with id 'c{}': the user is not authorized "
                                              "to use this client\"",
                                              i));
    }
    const auto log = read(text);
    CHECK(log.reasons.size() == Stories::k_most_reasons);
    CHECK(log.more == 900);
}
