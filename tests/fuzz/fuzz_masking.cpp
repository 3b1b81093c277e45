// What is shown of a document that has a secret in it, whatever stands around the line: the secret is not among it.
//
// The first byte chooses how the line is written, the second its indentation and the dialect; a byte 0x01 in the rest
// says where the line stands.
#include "demand.hpp"
#include "document/reader.hpp"
#include "report/diagnostic.hpp"
#include "report/redact.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

using namespace oidcgen;
using fuzz::demand;

namespace {

constexpr std::string_view k_secret = "Zq7Xk2VwPm4Tn8RbYs5Hd3LfJc6Q";
const report::Names k_names{"client_secret", "clientSecret", "clientId", "oauth", "clients", "public", "scope"};
constexpr std::array<std::string_view, 10> k_forms{
    "client_secret: @",      "client_secret: '@'",    "client_secret: \"@\"", "\"clientSecret\": \"@\",",
    "\"clientSecret\": \"@", "client_secret: [@, @]", "client_secret: {@: @", "client_secret: &a '@' # @",
    "client_secrt = @",      "- client_secret: | # @"};

std::string line_of(std::uint8_t form, std::uint8_t indentation) {
    std::string line(indentation % 8U, ' ');
    for (const char byte : k_forms.at(form % k_forms.size())) {
        byte == '@' ? line += k_secret : line += byte;
    }
    return '\n' + line + '\n';
}

void check(const util::Shown& shown) {
    demand(shown.text().find(k_secret) == std::string::npos, "the secret is not shown");
    demand(std::ranges::none_of(shown.text(), [](char byte) { return byte == '\x1b' || byte == '\r'; }),
           "nothing controls a terminal");
}

/// The line of a place, with a sentence that quotes a text.
void check_place(const document::Place& place, std::string_view text, report::Redactors& redactors) {
    check(to_text({"error", util::words("not {} but {}", util::outside(text), text), place, {}, {}, {}}, redactors));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    auto text = fuzz::text_of(data + 2, size - 2);
    const auto at = std::min(text.find('\x01'), text.size());
    text.insert(at, line_of(data[0], data[1]));
    constexpr std::array k_dialects{document::Dialect::go_yaml, document::Dialect::js_yaml, document::Dialect::json};
    const auto dialect = k_dialects.at(data[1] / 8U % k_dialects.size());
    const auto document = document::read_document("a.yml", text, dialect);
    report::Redactors redactors([]() -> const report::Names& { return k_names; });
    const auto& source = document->source();
    constexpr std::size_t k_most_lines = 40;
    for (std::size_t line = 1; line <= std::min(source.line_count(), k_most_lines); ++line) {
        check_place({document.get(), source.line_span(line), document::k_root_path}, "plain", redactors);
    }
    for (const auto& fault : document->faults()) {
        check(to_text({"error", fault.message, {document.get(), fault.span, fault.path}, {}, {}, {}}, redactors));
    }
    constexpr document::NodeId k_most_nodes = 60;
    for (document::NodeId id = 0; id < std::min<std::size_t>(document->node_count(), k_most_nodes); ++id) {
        const auto& node = document->node(id);
        check_place({document.get(), node.span, document::k_root_path}, node.text, redactors);
    }
    return 0;
}
