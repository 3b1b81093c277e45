#include "apps/immich/check/check.hpp"
#include "util/text.hpp"

#include <array>

namespace oidcgen::apps::immich {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_sources{"https://yaml.org/spec/1.2.2/#8112-block-chomping-indicator"sv};

} // namespace

const rule::Rule k_secret_with_blank{
    .code = "OG2001",
    .name = "secret-with-blank",
    .consequence = rule::Consequence::risk,
    .summary = "the client secret begins or ends with white space",
    .why = "White space is part of the secret that is sent, and hardly ever part of the one that the digest was made "
           "of. A YAML block after | keeps its last line break.",
    .bad = "clientSecret: |\n  the-secret",
    .good = "clientSecret: the-secret",
    .ignore = "when the digest was made of the secret with its white space",
    .sources = k_sources,
};

void check_secret(const Settings& settings, rule::Findings& findings) {
    constexpr std::string_view k_key = "clientSecret";
    const JsValue* value = settings.find(k_oauth, k_key);
    if (value == nullptr || !value->is_given || !value->is(JsValue::Type::text) || value->text.empty() ||
        settings.is_unknown(k_key, *value)) {
        return;
    }
    if (util::trimmed(value->text).size() != value->text.size()) {
        findings.add(rule::finding(k_secret_with_blank, "the client secret begins or ends with white space",
                                   settings.place(k_oauth, k_key),
                                   value->text.ends_with('\n') ? "write it on the same line as its key, or after |-"
                                                               : "remove the white space"));
    }
}

} // namespace oidcgen::apps::immich
