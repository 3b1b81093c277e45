#include "document/reader.hpp"
#include "lang/go/values.hpp"

#include <doctest/doctest.h>
#include <string>
#include <string_view>

using namespace oidcgen;

namespace {

std::string key_of_first(std::string_view text) {
    const auto document = document::read_document("x.yml", std::string(text), document::Dialect::go_yaml);
    const auto members = document->root().children();
    return members.empty() ? "nothing there" : lang::go::key_of(members.front());
}

} // namespace

TEST_CASE("key_of: as fmt prints what YAML makes of a key") {
    CHECK(key_of_first("a b: x") == "a b");
    CHECK(key_of_first("'~': x") == "~");
    CHECK(key_of_first("~: x") == "<nil>");
    CHECK(key_of_first("TRUE: x") == "true");
    CHECK(key_of_first("0x1F: x") == "31");
    CHECK(key_of_first("-7: x") == "-7");
    CHECK(key_of_first("18446744073709551615: x") == "18446744073709551615");
    CHECK(key_of_first("123456789012345678901: x") == "1.2345678901234568e+20");
    CHECK(key_of_first("1.50: x") == "1.5");
    CHECK(key_of_first("1e5: x") == "100000");
    CHECK(key_of_first("1e6: x") == "1e+06");
    CHECK(key_of_first("0.0001: x") == "0.0001");
    CHECK(key_of_first("0.00001: x") == "1e-05");
    CHECK(key_of_first("-.inf: x") == "-Inf");
    CHECK(key_of_first(".nan: x") == "NaN");
    CHECK(key_of_first("2026-01-31: x").find(' ') != std::string::npos);
}
