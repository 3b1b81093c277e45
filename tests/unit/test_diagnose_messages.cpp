// Every message of the tables is known in a line of a log, and lines of logs that say nothing about a failed login are
// passed over.

#include "diagnose/answers.hpp"
#include "diagnose/causes.hpp"
#include "diagnose/diagnose.hpp"
#include "diagnose/line.hpp"
#include "diagnose/recognise.hpp"
#include "lint/rules.hpp"
#include "oidc/login/login.hpp"
#include "systems.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen;
using namespace oidcgen::diagnose;

namespace {

struct Row {
    std::string_view line;
    std::string_view text;
    std::string_view also;
    std::string_view name;  ///< of the rule or cause
    std::string_view stage; ///< empty: the line does not say it
};

constexpr Row k_lines[] = {
// NOLINT(modernize-avoid-c-arrays)
#include "log_lines.inc"
};

std::vector<const oidc::LogMessage*> all_rows() {
    std::vector<const oidc::LogMessage*> result;
    for (const auto* const system : systems()) {
        if (system->log != nullptr) {
            for (const auto& row : system->log->messages) {
                result.push_back(&row);
            }
        }
    }
    for (const auto& row : answers()) {
        result.push_back(&row);
    }
    return result;
}

} // namespace

TEST_CASE("messages: each is known in a line of its own, with its stage, rule or cause") {
    const Messages messages;
    std::set<const oidc::LogMessage*> known;
    for (const auto& row : k_lines) {
        CAPTURE(row.line);
        CHECK(messages.finder().find(row.line, 0) != std::string_view::npos);
        const auto found = messages.recognise(plain(row.line), {});
        REQUIRE(found);
        CHECK(found->row->text == row.text);
        CHECK(found->row->also == row.also);
        CHECK((found->stage ? to_string(*found->stage) : std::string_view()) == row.stage);
        Reader reader;
        reader.take(row.line);
        const auto told = diagnosis(reader.finish(), nullptr);
        REQUIRE(told.stories.size() == 1);
        CHECK(told.stories.front().name == row.name);
        CHECK(!told.stories.front().message.empty());
        CHECK(!told.stories.front().help.empty());
        known.insert(found->row);
    }
    for (const auto* const row : all_rows()) {
        CAPTURE(row->text);
        CAPTURE(row->also);
        CHECK(known.contains(row));
    }
}

TEST_CASE("messages: each names rules and causes that there are, and can be found before a line is read") {
    for (const auto* const row : all_rows()) {
        CAPTURE(row->text);
        for (const auto rule : row->rules) {
            CHECK((rule.empty() || lint::find_rule(rule) != nullptr));
        }
        CHECK((row->cause.empty() || find_cause(row->cause) != nullptr));
        CHECK(unescaped_part(row->text).size() >= Finder::k_fewest);
        CHECK((row->advice.empty() || (!row->before.empty() && row->advice.find("{}") != std::string_view::npos)));
        // Without a rule or a cause there is only what the row says itself.
        CHECK((!row->rules.front().empty() || !row->cause.empty() || row->is_general));
        CHECK((row->rules.front().empty() || !row->cause.empty() || !row->help.empty()));
    }
}

TEST_CASE("messages: codes and names of causes are each used once") {
    std::set<std::string_view> used;
    for (const auto& cause : causes()) {
        CAPTURE(cause.name);
        CHECK(used.insert(cause.code).second);
        CHECK(used.insert(cause.name).second);
        CHECK(lint::find_rule(cause.name) == nullptr);
        CHECK(cause.code.starts_with("OG6"));
    }
    CHECK(find_cause("no-such-cause") == nullptr);
    CHECK(find_cause("OG6001") == find_cause("name-not-resolved"));
}

TEST_CASE("messages: lines of programs that work say nothing") {
    constexpr std::string_view k_log =
        R"(time="2026-01-02T15:00:00+01:00" level=info msg="Made-up server is starting" version=1
time="2026-01-02T15:00:01+01:00" level=debug msg="Authorization Request with id 'a' on client with id 'immich' was successfully processed, proceeding to build the answer"
time="2026-01-02T15:00:01+01:00" level=debug msg="Access Request with id 'b' on client with id 'immich' has been answered"
time="2026-01-02T15:00:02+01:00" level=info msg="Access to https://grafana.example.com/ (method GET) is not authorized to user <anonymous>, responding with status code 302"
{"level":"warning","msg":"Configuration: access_control: no rules are there","time":"2026-01-02T15:00:02+01:00"}
{"level":"error","msg":"Unsuccessful 1FA authentication attempt by user 'john'","time":"2026-01-02T15:00:03+01:00"}
[Nest] 7  - 01/02/2026, 3:00:04 PM     LOG [Api:Bootstrap] the server listens
[Nest] 7  - 01/02/2026, 3:00:05 PM   ERROR [Microservices:Jobs] Error: connect ECONNREFUSED 172.18.0.3:6379
Error: getaddrinfo ENOTFOUND redis
[Nest] 7  - 01/02/2026, 3:00:06 PM    WARN [Api:Maps] fetch failed, ETIMEDOUT, certificate has expired
immich_postgres  | 2026-01-02 14:00:07.123 UTC [64] ERROR:  duplicate key value violates unique constraint
192.0.2.1 - - [02/Jan/2026:15:00:08 +0100] "GET /auth/login?code=abc&state=def HTTP/1.1" 200 612
the words invalid_client, access_denied and invalid_request are explained in the manual
{"scopes": ["invalid_scope"], "message": "server_error_page was rendered"}
)";
    Reader reader;
    reader.take(k_log);
    const auto log = reader.finish();
    CHECK(log.lines == 14);
    for (const auto& reason : log.reasons) {
        FAIL_CHECK(reason.first.front().line, ": ", reason.first.front().message.row->text);
    }
}

TEST_CASE("recognise: takes client and value from a line, and no more of it") {
    const Messages messages;
    const auto found = messages.recognise(
        plain(
            R"(level=error msg="Authorization Request failed with error: made up. The \"redirect_uris\" registered with )"
            R"(OAuth 2.0 Client with id 'photos' did not match 'redirect_uri' value 'https://a.example.com/x'. token=abc")"),
        {});
    REQUIRE(found);
    CHECK(found->client == "photos");
    CHECK(found->value == "https://a.example.com/x");
    const auto other = messages.recognise("made up on client with id 'immich' could not be processed: the user 'x' is "
                                          "not authorized to use this client",
                                          {});
    REQUIRE(other);
    CHECK(other->client == "immich");
}

TEST_CASE("recognise: an answer counts in an address, on a page and in a message, and less than its description") {
    const Messages messages;
    const auto text_of = [&](std::string_view line) {
        const auto found = messages.recognise(plain(line), {});
        return found ? found->row->text : std::string_view();
    };
    CHECK(text_of("https://a.example.com/?error=access_denied&state=x") == "access_denied");
    CHECK(text_of("access_denied: somebody said no") == "access_denied");
    CHECK(text_of("made-up error (invalid_grant (made up))") == "invalid_grant");
    CHECK(text_of(R"({"error":"invalid_client"})") == "invalid_client");
    CHECK(text_of("error=not_invalid_client&x") == "");
    CHECK(text_of("https://a.example.com/?error=invalid_scope&error_description=Made+up.+The+OAuth+2.0+Client+is+not+"
                  "allowed+to+request+scope+%27groups%27.") == "Client is not allowed to request scope '");
}
