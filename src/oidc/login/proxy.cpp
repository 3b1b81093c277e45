#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_sources{"https://www.rfc-editor.org/rfc/rfc8252#section-6"sv};

} // namespace

const rule::Rule k_app_paths_need_sign_in{
    .code = "OG3048",
    .name = "app-paths-need-sign-in",
    .consequence = rule::Consequence::risk,
    .also = {rule::Consequence::advice},
    .summary = "a proxy may demand a sign-in at paths that the app opens without one",
    .why = "A proxy can ask the provider about every request, and send those who are not signed in to its login page. "
           "An app is not a browser: it has no session at the provider, so the proxy turns away whatever it asks for. "
           "The files do not say whether the proxy asks for this host; when they "
           "have no rule that names it, this is only a note.",
    .ignore = "when the proxy does not ask the provider about this host",
    .sources = k_sources,
};

namespace {

/// The host of an address; with its port where that may be a part of a placeholder.
std::string host_of(const document::HoleText& address) {
    if (!address.holes.empty()) {
        const auto start = address.text.find("://");
        return std::string(address.text.substr(start == std::string_view::npos ? 0 : start + 3));
    }
    const auto origin = util::parse_origin(address.text);
    return origin ? origin->host : std::string();
}

} // namespace

Step pass_proxy(Attempt& attempt) {
    const auto answer_of = attempt.provider_system().proxy_answer;
    const auto address = attempt.address();
    const auto host = host_of(address);
    const auto paths = attempt.app_system().open_paths;
    if (answer_of == nullptr || host.empty() || paths.empty()) {
        return Step::goes_on;
    }
    const auto answer = answer_of(attempt.provider, host, paths);
    if (answer.verdict != ProxyAnswer::Verdict::stopped) {
        return Step::goes_on;
    }
    if (!address.holes.empty() && attempt.circumstances.address_place.document != answer.place.document) {
        return Step::goes_on; // equal placeholders of two files may have different values
    }
    auto finding =
        rule::finding(k_app_paths_need_sign_in,
                      util::words("if the proxy asks {} about {}, {} {} a sign-in, but the {} app opens {} without one",
                                  attempt.provider_title(), host, util::joined(answer.paths, " and "),
                                  answer.paths.size() == 1 ? "needs" : "need", attempt.app(),
                                  answer.paths.size() == 1 ? "it" : "them"),
                      answer.place, answer.help);
    if (!answer.names_host) {
        rule::set_consequence(finding, rule::Consequence::advice);
    }
    attempt.advise(std::move(finding));
    return Step::goes_on;
}

} // namespace oidcgen::oidc
