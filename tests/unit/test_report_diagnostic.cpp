#include "report/diagnostic.hpp"
#include "report_places.hpp"

#include <memory>
#include <string>

#include <doctest/doctest.h>

using namespace oidcgen;
using test::at;
using test::yaml;

namespace {

std::string told(const report::Diagnostic& diagnostic) { return report::to_text(diagnostic).text(); }

} // namespace

TEST_CASE("to_text: line, snippet, notes and help") {
    const auto document = yaml("a: 1\nüb: two\n");
    const report::Diagnostic diagnostic{
        "error", "no good", at(*document, "two"), {{"see here", at(*document, "a")}}, "mend it", "some-rule OG0000"};
    CHECK(told(diagnostic) == "a.yml:2:5: error: no good [some-rule OG0000]\n"
                              "  |\n"
                              "2 | üb: two\n"
                              "  |     ^^^\n"
                              "a.yml:1:1: note: see here\n"
                              "  |\n"
                              "1 | a: 1\n"
                              "  | ^\n"
                              "   = help: mend it\n");
}

TEST_CASE("to_text: a place in no file has no snippet") {
    CHECK(told({"warning", "odd", {}, {}, {}, {}}) == "warning: odd\n");
}

TEST_CASE("to_text: carets pad by display width, tabs count one column") {
    const auto document = yaml("k: [日本, x]\n");
    CHECK(told({"error", "m", at(*document, "x"), {}, {}, {}}).ends_with("1 | k: [日本, x]\n  |           ^\n"));
    const auto tabs = yaml("k:\tv\n");
    CHECK(told({"error", "m", at(*tabs, "v"), {}, {}, {}}).ends_with("1 | k: v\n  |    ^\n"));
}

TEST_CASE("to_text: secrets are masked wherever they stand") {
    const auto document =
        yaml("client_secret: 'geheimnis-1' # a\nother: x\nclients: [{id: a, secret: geheimnis-2, b: c}]\n"
             "jwks:\n  - key: |\n      geheimnis-3\n      geheimnis-4\n");
    for (const auto* const what : {"geheimnis-1", "client_secret", "id", "geheimnis-2", "c}", "geheimnis-4"}) {
        CAPTURE(std::string(what));
        const auto text = told({"error", "m", at(*document, what), {}, {}, {}});
        CHECK(text.find("geheimnis") == std::string::npos);
    }
    CHECK(told({"error", "m", at(*document, "'geheimnis-1'"), {}, {}, {}})
              .ends_with("1 | client_secret: ******** # ********\n  |                ^\n"));
    CHECK(told({"error", "m", at(*document, "b: c"), {}, {}, {}}).find("{id: a, secret: ********, b: c}") !=
          std::string::npos);
}

TEST_CASE("to_text: of a line that could not be read the secret alone is masked") {
    const auto document = yaml("a: b\nclient_secret: 'geheimnis\n  geheimnis\n");
    REQUIRE(document->fatal() != nullptr);
    const auto text = told({"error", "m", at(*document, "'geheimnis"), {}, {}, {}});
    CHECK(text.find("geheimnis") == std::string::npos);
    CHECK(text.find("2 | client_secret: '********\n") != std::string::npos);
}

TEST_CASE("to_text: long lines are cut around the place, control characters escaped") {
    const auto document = yaml("a: " + std::string(5000, 'x') + "MARK" + std::string(5000, 'y') + "\n");
    const auto text = told({"error", "m", at(*document, "MARK"), {}, {}, {}});
    CHECK(text.size() < 1000);
    CHECK(text.find("MARK") != std::string::npos);
    const auto bell = yaml("a: \"x\x1b[31m\"\n");
    CHECK(told({"error", "m", at(*bell, "a"), {}, {}, {}}).find("1 | a: \"x\\u001b[31m\"") != std::string::npos);
}
