#include "providers/authelia/inspection.hpp"
#include "providers/authelia/rules.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#sector_identifier_uri"sv,
    "https://openid.net/specs/openid-connect-core-1_0.html#PairwiseAlg"sv};

/// A whole number with a sign or without.
bool is_number(std::string_view text) {
    text.remove_prefix(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    return util::is_digits(text);
}

/// `example.com`, `example.com:8443`, or an address without a scheme.
bool is_host(const lang::go::Url& url) {
    const bool has_more = !url.query.empty() || !url.fragment.empty();
    const bool is_name = !url.path.empty() && !url.has_raw_path && url.scheme.empty() && url.host.empty();
    const bool has_port = !url.scheme.empty() && !url.opaque.empty() && is_number(url.opaque);
    return !has_more && (is_name || has_port);
}

/// What a sector identifier was before it became the address of a document.
void check_host(Inspection& inspection, const AddressSetting& setting) {
    const auto& url = setting.value.url;
    if (setting.is_unknown() || !setting.at || setting.at.is_null() || is_host(url)) {
        return;
    }
    const auto place = setting.at.place();
    if (url.scheme.empty()) {
        if (url.host.empty()) {
            inspection.add(k_sector_identifier_invalid,
                           util::words("{} is not the name of a host", util::outside(setting.at.text())), place);
        }
        return;
    }
    struct Part {
        std::string_view name;
        bool is_there = false;
    };
    const std::array parts{Part{"a scheme", true},
                           Part{"a path", !url.path.empty()},
                           Part{"a query", !url.query.empty()},
                           Part{"a fragment", !url.fragment.empty()},
                           Part{"a user name", !url.user_name.empty()},
                           Part{"a password", url.has_password}};
    for (const auto& part : parts) {
        if (part.is_there) {
            inspection.add(k_sector_identifier_invalid,
                           util::words("only the name of a host is allowed here, not {}", part.name), place);
        }
    }
}

} // namespace

const rule::Rule k_sector_identifier_relative{
    .code = "OG1168",
    .name = "sector-identifier-relative",
    .consequence = Consequence::provider_warns,
    .summary = "a sector identifier is not a complete address",
    .why = "Until Authelia 4.37 this setting was a host name. Now it is the https address of a list of redirect URIs. "
           "For now, Authelia still accepts a host name and logs a warning.",
    .bad = "sector_identifier_uri: example.com",
    .good = "sector_identifier_uri: https://example.com/redirect-uris.json",
    .ignore =
        "as long as accounts must keep their subject: another sector identifier changes the subject of every person",
    .sources = k_sources,
};

const rule::Rule k_sector_identifier_invalid{
    .code = "OG1169",
    .name = "sector-identifier-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "a sector identifier is not https, or has a fragment, a user name or a password",
    .why = "Authelia fetches the list from that address when it starts, over https and without credentials.",
    .bad = "sector_identifier_uri: http://example.com/redirect-uris.json",
    .good = "sector_identifier_uri: https://example.com/redirect-uris.json",
    .ignore = {},
    .sources = k_sources,
};

void check_sector_identifier(Inspection& inspection, const Client& client) {
    const auto& setting = client.sector_identifier_uri;
    const auto& url = setting.value.url;
    if (inspection.release.sector_identifier == SectorIdentifier::host) {
        check_host(inspection, setting);
        return;
    }
    if (setting.is_unknown() || !setting.value.is_set || !url.has_anything()) {
        return;
    }
    const auto place = setting.at.place();
    bool is_fetched = !url.has_user;
    if (url.scheme.empty()) {
        inspection.add(k_sector_identifier_relative,
                       util::words("{} is not a complete address", util::outside(setting.at.text())), place);
        is_fetched = false;
    } else if (url.scheme != "https") {
        inspection.add(k_sector_identifier_invalid,
                       util::words("{} does not begin with https://", util::outside(setting.at.text())), place);
        is_fetched = false;
    }
    if (!url.fragment.empty()) {
        inspection.add(k_sector_identifier_invalid, "a fragment (# and what follows) is not allowed here", place);
        is_fetched = false;
    }
    if (!url.user_name.empty() || url.has_password) {
        inspection.add(k_sector_identifier_invalid, "a user name or password is not allowed here", place);
    }
    if (is_fetched) {
        inspection.findings.doubt(place, rule::Doubt::network);
    }
}

} // namespace oidcgen::providers::authelia
