// Addresses, as the program itself, a browser, Go and JavaScript take them.
#include "demand.hpp"
#include "lang/go/url.hpp"
#include "lang/js/url.hpp"
#include "util/url.hpp"

#include <fmt/format.h>

using namespace oidcgen;
using fuzz::demand;

namespace {

bool is_inside(std::string_view part, std::string_view whole) {
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check_origin(std::string_view text) {
    const auto origin = util::parse_origin(text);
    if (!origin) {
        fuzz::demand_not_repeated(origin.error().message, text);
        return;
    }
    const std::string canonical = to_string(*origin);
    const auto again = util::parse_origin(canonical);
    demand(again && *again == *origin, "an origin stays what it is when it is written and read");
    demand(util::origin_part(canonical) == canonical, "an origin is all of its text");
    demand(lang::go::parse_url(canonical, lang::go::HostColons::strict).has_value(), "Go takes an origin");
}

void check_parts(std::string_view text) {
    if (const auto parts = util::split_url(text)) {
        demand(fmt::format("{}://{}{}{}", parts->scheme, parts->authority, parts->path, parts->query) == text,
               "the parts make up the text");
        demand(is_inside(parts->userinfo(), parts->authority) && is_inside(parts->host(), parts->authority),
               "user and host are parts of the authority");
    }
    if (const auto url = util::parse_url(text)) {
        demand(url->scheme == util::scheme_of(url->scheme + ":"), "a scheme is one");
        demand(!url->path.empty(), "a path is never empty");
        demand(!url->origin || url->origin->scheme == url->scheme, "an origin has the scheme of its address");
    }
    demand(util::percent_decoded(text).size() <= text.size(), "decoding makes nothing longer");
}

void check_go(std::string_view text) {
    const auto strict = lang::go::parse_url(text, lang::go::HostColons::strict);
    const auto lax = lang::go::parse_url(text, lang::go::HostColons::any);
    if (!strict) {
        fuzz::demand_not_repeated(strict.error().message, text);
        return;
    }
    demand(lax && strict->host == lax->host && strict->path == lax->path && strict->query == lax->query,
           "what a newer Go takes, an older one takes for the same");
    demand(strict->has_anything() || text.find_first_not_of("#?/:") == std::string_view::npos,
           "an address that holds text is not empty");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = fuzz::text_of(data, size);
    check_origin(text);
    check_parts(text);
    check_go(text);
    const bool is_url = lang::js::is_url(text);
    demand(is_url == lang::js::is_url(" " + text + "\n"), "white space around an address does not matter");
    if (const auto name = util::host_name(text)) {
        demand(util::host_name(*name) == *name, "a host name stays what it is");
    } else {
        fuzz::demand_not_repeated(name.error().message, text);
    }
    return 0;
}
