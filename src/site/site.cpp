#include "site/site.hpp"

#include "document/value.hpp"
#include "site/fields.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::site {

namespace {

using oidc::SiteField;
using oidc::SiteProblem;
using oidc::SiteValue;
using oidc::SiteValues;
using oidc::Target;
using oidc::Wing;
using namespace std::string_view_literals;

/// Walks the fields of one site, and lets its systems walk theirs.
class Reader {
  public:
    Reader(const SiteValues& values, std::vector<SiteProblem>& problems)
        : m_values(values)
        , m_fields(values, &problems) {}

    [[nodiscard]] Site site(const oidc::SavedMetadata* metadata);

  private:
    const oidc::System* system(std::string_view field, Wing wing);
    Target target(const oidc::System& system);
    std::optional<std::string> host_below_domain(const SiteValue* value, std::string_view field,
                                                 std::string_view otherwise);
    void read_domain();
    void read_provider_host(Site& site);
    void read_address(Site& site);
    void read_other_addresses(Site& site);
    void check_apart(const Site& site, const SiteValue& value, std::string_view field);
    void read_client(Site& site);
    void check_unused(const Site& site);

    const SiteValues& m_values;
    oidc::SiteFields m_fields;
    std::string m_domain;
};

const oidc::System* Reader::system(std::string_view field, Wing wing) {
    const auto* const otherwise = first_system(wing);
    return find_system(m_fields.one_of(*find_field(field), otherwise->name));
}

Target Reader::target(const oidc::System& system) {
    const auto field = version_field(system);
    const auto* const value = system.releases.empty() ? nullptr : m_fields.find(field);
    if (value == nullptr) {
        return newest_target(system);
    }
    const auto request = util::parse_version_request(value->text);
    const util::Version wanted{request ? request->major : 0, request ? request->minor.value_or(0) : 0, 0};
    const auto& first = system.releases.front();
    const bool before_all = request && wanted < util::Version{first.major, first.minor, 0};
    auto resolved = resolve_version(system, value->text);
    if (before_all && !request->minor && request->major == first.major) {
        const auto newest = newest_version(system);
        m_fields.problem(*value, field, "is only the first part of a release",
                         util::words("write {}.{}; any release from {} on is accepted", newest.major, newest.minor,
                                     to_string(system.oldest_written)));
    } else if (before_all || (resolved && resolved->used < system.oldest_written)) {
        m_fields.problem(*value, field, "is too old",
                         util::words("use {} {} or newer: {}", system.title, to_string(system.oldest_written),
                                     system.why_not_older));
    } else if (!resolved) {
        m_fields.problem(*value, field, util::words("cannot be used: {}", resolved.error().message));
    }
    return resolved ? std::move(*resolved) : newest_target(system);
}

std::optional<std::string> Reader::host_below_domain(const SiteValue* value, std::string_view field,
                                                     std::string_view otherwise) {
    if (m_domain.empty()) {
        return std::nullopt;
    }
    const std::string_view below = value == nullptr ? otherwise : std::string_view(value->text);
    if (below.empty()) {
        return m_domain;
    }
    const auto part = util::host_name(below);
    const auto whole = part ? util::host_name(fmt::format("{}.{}", *part, m_domain)) : part;
    if (!whole) {
        const bool is_address = util::is_ip_address(below);
        m_fields.problem(*value, field, whole.error().message,
                         is_address ? "an IP address is only allowed in address and other_addresses"
                                    : util::words("write only the name in front of {}, like photos", m_domain));
        return std::nullopt;
    }
    if (value != nullptr && (*part == m_domain || part->ends_with("." + m_domain))) {
        m_fields.problem(*value, field, "already has the domain in it",
                         util::words("write only the name in front of {}, or '' for the domain itself", m_domain));
        return std::nullopt;
    }
    return *whole;
}

void Reader::read_domain() {
    const auto* const domain = m_fields.find("domain");
    if (m_fields.find_even_empty("domain") == nullptr) {
        m_fields.missing("domain", "add `domain: example.com` to the site file, or give --domain");
    } else if (domain != nullptr) {
        const auto name = util::host_name(domain->text);
        if (name) {
            m_domain = *name;
        } else if (util::is_ip_address(domain->text)) {
            m_fields.problem(*domain, "domain", name.error().message,
                             "an IP address is only allowed in address and other_addresses");
        } else {
            m_fields.problem(*domain, "domain", name.error().message, "write the bare name, like example.com");
        }
    }
}

void Reader::read_provider_host(Site& site) {
    if (!site.provider->provider->is_below_domain) {
        return;
    }
    const auto* const auth_host = m_fields.find("auth_host");
    const auto* const auth_subdomain = m_fields.find_even_empty("auth_subdomain");
    constexpr auto k_help = "write the bare host, like auth.example.org";
    if (auth_host != nullptr && auth_subdomain != nullptr) {
        m_fields.problem(*auth_host, "auth_host", "cannot be combined with auth_subdomain", "remove one of the two");
    } else if (auth_host != nullptr) {
        const auto origin = util::parse_origin("https://" + auth_host->text);
        if (auth_host->text.find("://") != std::string::npos) {
            m_fields.problem(*auth_host, "auth_host", "has a scheme", k_help);
        } else if (!origin) {
            m_fields.problem(*auth_host, "auth_host", origin.error().message, k_help);
        } else {
            site.provider_origin = *origin;
        }
    } else if (const auto host = host_below_domain(auth_subdomain, "auth_subdomain", "auth")) {
        site.provider_origin = {"https", *host, 0};
    }
}

void Reader::read_address(Site& site) {
    const auto* const subdomain = m_fields.find_even_empty("subdomain");
    const auto* const address = m_fields.find("address");
    std::optional<std::string> host;
    if (subdomain != nullptr) {
        host = host_below_domain(subdomain, "subdomain", "");
    }
    if (address != nullptr) {
        if (const auto origin = util::parse_origin(address->text)) {
            site.address = *origin;
            if (host && *host != origin->host) {
                m_fields.problem(*address, "address", util::words("is another host than subdomain says ({})", *host),
                                 "remove subdomain, or make them agree");
            }
        } else {
            m_fields.problem(*address, "address", origin.error().message,
                             "write it like https://photos.example.com:8443");
        }
        check_apart(site, *address, "address");
    } else if (host) {
        site.address = {"https", *host, 0};
        if (site.address == site.provider_origin) {
            m_fields.problem(*subdomain, "subdomain", "is the address of the login provider",
                             "each needs an address of its own");
        }
    } else if (subdomain == nullptr && m_fields.find_even_empty("address") == nullptr) {
        m_fields.missing("subdomain",
                         "add `subdomain: photos` to the site file (or '' for the domain itself), or give --subdomain");
    }
}

void Reader::read_other_addresses(Site& site) {
    for (const auto& other : m_fields.all("other_addresses")) {
        const auto origin = util::parse_origin(other.text);
        if (!origin) {
            m_fields.problem(other, "other_addresses", origin.error().message,
                             "write it like http://192.168.1.20:2283");
        } else if (*origin != site.address &&
                   std::ranges::find(site.other_addresses, *origin) == site.other_addresses.end()) {
            site.other_addresses.push_back(*origin);
        }
        check_apart(site, other, "other_addresses");
    }
}

void Reader::check_apart(const Site& site, const SiteValue& value, std::string_view field) {
    const auto origin = util::parse_origin(value.text);
    if (origin && *origin == site.provider_origin) {
        m_fields.problem(value, field, "is the address of the login provider", "each needs an address of its own");
    }
}

void Reader::read_client(Site& site) {
    if (const auto* const client_id = m_fields.find("client_id")) {
        site.client_id = client_id->text;
    } else if (m_fields.find_even_empty("client_id") == nullptr && !site.provider->provider->makes_credentials) {
        m_fields.missing("client_id", util::words("add `client_id: {}` to the site file, or give --client-id",
                                                  site.application->name));
    }
    site.client_name = m_fields.text("client_name", site.application->title);
    const auto* const name = m_fields.find_even_empty("client_name");
    if (name != nullptr && (util::invalid_utf8(name->text) || name->text.find('\0') != std::string::npos)) {
        m_fields.problem(*name, "client_name", "is not valid UTF-8 text");
    }
    if (const auto* const file = m_fields.find("secret_file")) {
        site.secret_file = file->text;
    }
    if (const auto* const file = m_fields.find("digest_file")) {
        site.digest_file = file->text;
    }
}

void Reader::check_unused(const Site& site) {
    for (const auto& [field, values] : m_values) {
        if (!values.empty() && !is_used(field, *site.provider, *site.application)) {
            m_fields.problem(
                values.front(), field, "is for another provider or application",
                util::words("remove it: this site has {} and {}", site.provider->title, site.application->title));
        }
    }
}

Site Reader::site(const oidc::SavedMetadata* metadata) {
    Site site;
    site.metadata = metadata;
    site.values = m_values;
    site.provider = system("provider", Wing::provider);
    site.application = system("application", Wing::application);
    site.provider_target = target(*site.provider);
    site.application_target = target(*site.application);
    read_domain();
    read_provider_host(site);
    read_address(site);
    read_other_addresses(site);
    read_client(site);
    check_unused(site);
    const auto& application = *site.application->application;
    site.provider->provider->check_site(site, application.wish(site), m_fields);
    application.check_site(site, m_fields);
    return site;
}

/// The characters of RFC 3986 section 2.3.
constexpr std::string_view k_unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

/// Text that every YAML reader reads unchanged without quotes.
bool is_plain(std::string_view text) {
    constexpr std::string_view k_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    constexpr std::array k_words{"true"sv, "false"sv, "null"sv, "yes"sv, "no"sv, "on"sv, "off"sv, "y"sv, "n"sv};
    return !text.empty() && k_letters.find(text.front()) != std::string_view::npos &&
           text.find_first_not_of(k_unreserved) == std::string_view::npos &&
           std::ranges::find(k_words, util::lowered(text)) == k_words.end();
}

std::string written(std::string_view text, const SiteField& field) {
    const bool is_boolean = !field.allowed.empty() && field.allowed.front() == "true";
    return is_plain(text) || is_boolean ? std::string(text) : document::yaml_scalar(text);
}

} // namespace

Site read_site(const SiteValues& entries, std::vector<SiteProblem>& problems, const oidc::SavedMetadata* metadata) {
    return Reader(entries, problems).site(metadata);
}

namespace {

struct Default {
    std::string line; ///< as it is behind the `#`
    std::string_view about;
};

/// The fields that the site leaves to their defaults. One whose default cannot be written beside what is given, because
/// another field takes its place, is left out.
std::vector<Default> defaults(const SiteValues& entries, const Site& site) {
    std::vector<Default> result;
    for (const auto& field : fields()) {
        const auto value = default_of(field, site);
        if (entries.contains(field.name) || value.empty()) {
            continue;
        }
        auto with_default = entries;
        with_default[std::string(field.name)].push_back({value, {}, {}});
        std::vector<SiteProblem> problems;
        static_cast<void>(read_site(with_default, problems));
        if (problems.empty()) {
            result.push_back({fmt::format("{}: {}", field.name, written(value, field)), field.about});
        }
    }
    return result;
}

/// Comments that say what else can be set; nothing for a site that is not complete.
std::string other_fields(const SiteValues& entries) {
    std::vector<SiteProblem> problems;
    const auto site = read_site(entries, problems);
    if (!problems.empty()) {
        return {};
    }
    const auto lines = defaults(entries, site);
    std::size_t width = 0;
    for (const auto& line : lines) {
        width = std::max(width, line.line.size());
    }
    std::string result = "\n# The other fields, with their defaults. To change one, remove the # in front of it.\n";
    for (const auto& line : lines) {
        result += fmt::format("# {:{}}  # {}\n", line.line, width, line.about);
    }
    result += "# `oidcgen init --help` describes every field.\n";
    return result;
}

} // namespace

std::string site_file(const SiteValues& entries) {
    std::string result;
    for (const auto& field : fields()) {
        const auto found = entries.find(field.name);
        if (found == entries.end() || found->second.empty()) {
            continue;
        }
        if (field.kind == oidc::FieldKind::text) {
            result += fmt::format("{}: {}\n", field.name, written(found->second.front().text, field));
            continue;
        }
        result += fmt::format("{}:\n", field.name);
        for (const auto& item : found->second) {
            result += fmt::format("  - {}\n", written(item.text, field));
        }
    }
    return result + other_fields(entries);
}

} // namespace oidcgen::site
