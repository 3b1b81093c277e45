#include "site/site.hpp"

#include "apps/immich/behaviour.hpp"
#include "document/value.hpp"
#include "providers/authelia/behaviour.hpp"
#include "site/fields.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::site {

namespace {

using namespace std::string_view_literals;

/// The characters of RFC 3986 section 2.3, which are all that Authelia takes in a client id.
constexpr std::string_view k_unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
constexpr std::size_t k_longest_client_id = 100;

/// Walks the entries of one site and collects what is wrong with them.
class Reader {
  public:
    Reader(const Entries& entries, std::vector<Problem>& problems)
        : m_entries(entries)
        , m_problems(problems) {}

    [[nodiscard]] Site site();

  private:
    /// The field's value; null when it is absent. A value of a field that must not be empty is reported when it is.
    const Entry* find(std::string_view field);
    const Entry* find_even_empty(std::string_view field) const;
    std::string text(std::string_view field, std::string_view otherwise);
    std::string one_of(std::string_view field, std::string_view otherwise);

    void problem(const Entry& entry, std::string_view field, std::string_view what, std::string help = {});
    void missing(std::string_view field, std::string help);

    util::Version version(const oidc::System& system, std::string_view field);
    std::optional<std::string> host_below_domain(const Entry* entry, std::string_view field,
                                                 std::string_view otherwise);
    void read_addresses(Site& site);
    void read_client(Site& site);
    void read_claims(Site& site);
    void check_mobile(const Site& site);
    void check_auth_method(Site& site);
    void check_claim(const Site& site, std::string_view field, std::string_view claim);

    const Entries& m_entries;
    std::vector<Problem>& m_problems;
    std::string m_domain;
};

const Entry* Reader::find_even_empty(std::string_view field) const {
    const auto found = m_entries.find(field);
    return found == m_entries.end() || found->second.empty() ? nullptr : &found->second.front();
}

const Entry* Reader::find(std::string_view field) {
    const auto* const entry = find_even_empty(field);
    if (entry != nullptr && entry->text.empty()) {
        problem(*entry, field, "is empty", "give it a value, or leave the field out for its default");
        return nullptr;
    }
    return entry;
}

void Reader::problem(const Entry& entry, std::string_view field, std::string_view what, std::string help) {
    const auto name = entry.flag.empty() ? std::string(field) : entry.flag;
    auto message = entry.text.empty() ? fmt::format("{} {}", name, what)
                                      : fmt::format("{} {} {}", name, util::quoted(entry.text), what);
    m_problems.push_back({std::move(message), std::move(help), entry.place, entry.flag});
}

void Reader::missing(std::string_view field, std::string help) {
    m_problems.push_back({fmt::format("{} is missing", field), std::move(help), {}, {}});
}

std::string Reader::text(std::string_view field, std::string_view otherwise) {
    const auto* const entry = find(field);
    return entry == nullptr ? std::string(otherwise) : entry->text;
}

std::string Reader::one_of(std::string_view field, std::string_view otherwise) {
    const auto* const entry = find(field);
    if (entry == nullptr) {
        return std::string(otherwise);
    }
    const auto allowed = find_field(field)->allowed;
    const auto found = std::ranges::find(allowed, util::lowered(entry->text));
    if (found == allowed.end()) {
        problem(*entry, field,
                fmt::format("is not {}{}", util::alternatives(allowed), util::did_you_mean(entry->text, allowed)));
        return std::string(otherwise);
    }
    return std::string(*found);
}

util::Version Reader::version(const oidc::System& system, std::string_view field) {
    const auto* const entry = find(field);
    if (entry == nullptr) {
        return newest_version(system);
    }
    const auto request = util::parse_version_request(entry->text);
    const util::Version wanted{request ? request->major : 0, request ? request->minor.value_or(0) : 0, 0};
    const auto& first = system.releases.front();
    const bool before_all = request && wanted < util::Version{first.major, first.minor, 0};
    const auto resolved = resolve_version(system, entry->text);
    if (before_all || (resolved && *resolved < system.oldest_written)) {
        problem(*entry, field, "is too old",
                fmt::format("configurations are written for {} {} and newer: {}", system.title,
                            to_string(system.oldest_written), system.why_not_older));
    } else if (!resolved) {
        problem(*entry, field, fmt::format("cannot be used: {}", resolved.error().message));
    }
    return resolved.value_or(newest_version(system));
}

std::optional<std::string> Reader::host_below_domain(const Entry* entry, std::string_view field,
                                                     std::string_view otherwise) {
    if (m_domain.empty()) {
        return std::nullopt;
    }
    const std::string_view below = entry == nullptr ? otherwise : std::string_view(entry->text);
    if (below.empty()) {
        return m_domain;
    }
    const auto part = util::host_name(below);
    const auto whole = part ? util::host_name(fmt::format("{}.{}", *part, m_domain)) : part;
    if (!whole) {
        const bool is_address = util::is_ip_address(below);
        problem(*entry, field, whole.error().message,
                is_address ? "an IP address can stand in address and other_addresses only"
                           : fmt::format("write only the name in front of {}, like photos", m_domain));
        return std::nullopt;
    }
    if (entry != nullptr && (*part == m_domain || part->ends_with("." + m_domain))) {
        problem(*entry, field, "already has the domain in it",
                fmt::format("write only the name in front of {}, or '' for the domain itself", m_domain));
        return std::nullopt;
    }
    return *whole;
}

/// What http addresses are taken for local ones by Authelia's OAuth 2.0 library.
bool is_local(const util::Origin& origin) {
    return origin.host == "localhost" || origin.host.ends_with(".localhost") || origin.host == "127.0.0.1" ||
           origin.host == "[::1]";
}

void Reader::read_addresses(Site& site) {
    const auto* const domain = find("domain");
    if (find_even_empty("domain") == nullptr) {
        missing("domain", "add `domain: example.com` to the site file, or give --domain");
    } else if (domain != nullptr) {
        const auto name = util::host_name(domain->text);
        if (name) {
            m_domain = *name;
        } else if (util::is_ip_address(domain->text)) {
            problem(*domain, "domain", name.error().message,
                    "an IP address can stand in address and other_addresses only");
        } else {
            problem(*domain, "domain", name.error().message, "write the bare name, like example.com");
        }
    }

    const auto* const auth_host = find("auth_host");
    const auto* const auth_subdomain = find_even_empty("auth_subdomain");
    if (auth_host != nullptr && auth_subdomain != nullptr) {
        problem(*auth_host, "auth_host", "stands beside auth_subdomain", "remove one of the two");
    } else if (auth_host != nullptr) {
        const auto origin = util::parse_origin("https://" + auth_host->text);
        if (auth_host->text.find("://") != std::string::npos) {
            problem(*auth_host, "auth_host", "has a scheme", "write the bare host, like auth.example.org");
        } else if (!origin) {
            problem(*auth_host, "auth_host", origin.error().message, "write the bare host, like auth.example.org");
        } else if (util::is_ip_address(origin->host)) {
            problem(*auth_host, "auth_host", "is an IP address, where a name is expected",
                    "Authelia is reached by a name, like auth.example.org");
        } else {
            site.issuer = *origin;
        }
    } else if (const auto host = host_below_domain(auth_subdomain, "auth_subdomain", "auth")) {
        site.issuer = {"https", *host, 0};
    }

    const auto* const subdomain = find_even_empty("subdomain");
    const auto* const address = find("address");
    std::optional<std::string> host;
    if (subdomain != nullptr) {
        host = host_below_domain(subdomain, "subdomain", "");
    }
    if (address != nullptr) {
        if (const auto origin = util::parse_origin(address->text)) {
            site.address = *origin;
            if (host && *host != origin->host) {
                problem(*address, "address", fmt::format("is another host than subdomain says ({})", *host),
                        "remove subdomain, or make them agree");
            }
        } else {
            problem(*address, "address", origin.error().message, "write it like https://photos.example.com:8443");
        }
    } else if (host) {
        site.address = {"https", *host, 0};
    } else if (subdomain == nullptr && find_even_empty("address") == nullptr) {
        missing("subdomain",
                "add `subdomain: photos` to the site file (or '' for the domain itself), or give --subdomain");
    }

    if (const auto others = m_entries.find("other_addresses"); others != m_entries.end()) {
        for (const auto& other : others->second) {
            const auto origin = util::parse_origin(other.text);
            if (!origin) {
                problem(other, "other_addresses", origin.error().message, "write it like http://192.168.1.20:2283");
            } else if (*origin != site.address &&
                       std::ranges::find(site.other_addresses, *origin) == site.other_addresses.end()) {
                site.other_addresses.push_back(*origin);
            }
        }
    }

    const auto behaviour = providers::authelia::behaviour(site.provider_version);
    const auto check_scheme = [&](const Entry& entry, std::string_view field) {
        const auto origin = util::parse_origin(entry.text);
        if (origin && origin->scheme == "http" && !is_local(*origin) && !behaviour.takes_http_redirect_uris) {
            problem(entry, field,
                    fmt::format("starts with http, which Authelia {} takes for localhost only",
                                to_string(site.provider_version)),
                    "use https, or Authelia 4.38.18 and newer");
        }
        if (origin && *origin == site.issuer) {
            problem(entry, field, "is the address of the login provider", "each needs an address of its own");
        }
    };
    if (address != nullptr) {
        check_scheme(*address, "address");
    } else if (host && site.address == site.issuer) {
        problem(*subdomain, "subdomain", "is where the login provider stands", "each needs an address of its own");
    }
    if (const auto others = m_entries.find("other_addresses"); others != m_entries.end()) {
        for (const auto& other : others->second) {
            check_scheme(other, "other_addresses");
        }
    }
}

void Reader::read_client(Site& site) {
    const auto* const client_id = find("client_id");
    if (find_even_empty("client_id") == nullptr) {
        missing("client_id", "add `client_id: immich` to the site file, or give --client-id");
    } else if (client_id != nullptr) {
        site.client_id = client_id->text;
        if (site.client_id.find_first_not_of(k_unreserved) != std::string::npos) {
            problem(*client_id, "client_id", "has characters that Authelia does not take",
                    "use letters, digits, hyphen, dot, underscore and tilde");
        } else if (site.client_id.size() > k_longest_client_id) {
            problem(*client_id, "client_id", fmt::format("has {} characters", site.client_id.size()),
                    fmt::format("Authelia takes at most {}", k_longest_client_id));
        }
    }
    site.client_name = text("client_name", "Immich");
    site.button_text = text("button_text", "Login with Authelia");
    for (const auto* const field : {"client_name", "button_text"}) {
        const auto* const entry = find_even_empty(field);
        if (entry != nullptr && (util::invalid_utf8(entry->text) || entry->text.find('\0') != std::string::npos)) {
            problem(*entry, field, "is not valid UTF-8 text");
        }
    }
    site.policy = text("policy", "two_factor");
    const auto* const policy = find_even_empty("policy");
    if (site.policy == "deny") {
        problem(*policy, "policy", "lets nobody in",
                "use one_factor, two_factor or the name of an authorization policy");
    } else if (policy != nullptr && (util::invalid_utf8(site.policy) ||
                                     std::ranges::any_of(site.policy, [](unsigned char c) { return c <= ' '; }))) {
        problem(*policy, "policy", "is not the name of a policy",
                "use one_factor, two_factor or the name of an authorization policy");
    }
    site.auto_register = one_of("auto_register", "true") == "true";
    site.auto_launch = one_of("auto_launch", "false") == "true";
    if (const auto* const file = find("secret_file")) {
        site.secret_file = file->text;
    }
    if (const auto* const file = find("digest_file")) {
        site.digest_file = file->text;
    }
}

void Reader::check_auth_method(Site& site) {
    const auto behaviour = apps::immich::behaviour(site.application_version);
    site.auth_method = site.application->application->recipe(site.application_version).auth_method;
    const auto* const entry = find_even_empty("auth_method");
    const auto chosen = oidc::parse_auth_method(one_of("auth_method", to_string(site.auth_method)));
    if (std::ranges::find(behaviour.login.auth_methods, *chosen) != behaviour.login.auth_methods.end()) {
        site.auth_method = *chosen;
        return;
    }
    problem(*entry, "auth_method", fmt::format("is not what Immich {} uses", to_string(site.application_version)),
            fmt::format("it always authenticates with {}: leave auth_method out, or use Immich 1.133.0 or newer, which "
                        "has a choice",
                        to_string(behaviour.login.auth_methods.front())));
}

void Reader::check_mobile(const Site& site) {
    if (site.mobile == Mobile::direct) {
        return;
    }
    const auto* const entry = find_even_empty("mobile");
    const auto behaviour = apps::immich::behaviour(site.application_version);
    if (!behaviour.honours_mobile_override) {
        problem(*entry, "mobile", fmt::format("has no effect in Immich {}", to_string(site.application_version)),
                "use `direct`, or Immich 1.118.1 or newer");
    }
    const bool one_word = site.address.host.find_first_of(".:") == std::string::npos;
    if (behaviour.override_needs_dotted_host && one_word && !site.address.host.empty()) {
        problem(*entry, "mobile",
                fmt::format("does not work at {}, because Immich {} takes no host of one word there",
                            to_string(site.address), to_string(site.application_version)),
                "use `direct`, or an address with a domain");
    }
}

/// Claims that belong to the protocol itself and that Authelia lets nobody define, less those that scopes deliver.
constexpr std::array k_reserved_claims{"jti"sv, "azp"sv,       "client_id"sv, "scope"sv,  "scp"sv,   "iss"sv,
                                       "aud"sv, "sid"sv,       "s_hash"sv,    "c_hash"sv, "iat"sv,   "nbf"sv,
                                       "exp"sv, "auth_time"sv, "acr"sv,       "amr"sv,    "nonce"sv, "at_hash"sv};

/// Names that stand as keys in Authelia's configuration.
bool is_claim_name(std::string_view claim) {
    constexpr std::string_view k_inner = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_.:~-";
    constexpr std::string_view k_outer = k_inner.substr(0, k_inner.find('/'));
    return claim.find_first_not_of(k_inner) == std::string_view::npos &&
           k_outer.find(claim.front()) != std::string_view::npos &&
           k_outer.find(claim.back()) != std::string_view::npos;
}

void Reader::check_claim(const Site& site, std::string_view field, std::string_view claim) {
    const auto* const entry = find_even_empty(field);
    const auto behaviour = providers::authelia::behaviour(site.provider_version);
    if (oidc::scope_of_claim(claim)) {
        const auto& sent = behaviour.standard_claims;
        if (!sent.empty() && std::ranges::find(sent, claim) == sent.end()) {
            problem(*entry, field, fmt::format("is not sent by Authelia {}", to_string(site.provider_version)),
                    "use preferred_username, or Authelia 4.39.0 or newer");
        }
        return;
    }
    if (std::ranges::find(k_reserved_claims, claim) != k_reserved_claims.end()) {
        problem(*entry, field, "is a claim of the protocol itself", "use a name of your own, like immich_quota");
    } else if (!is_claim_name(claim)) {
        problem(*entry, field, "is not a name that Authelia takes for a claim",
                "use letters, digits and / _ . : ~ -, with a letter or digit at both ends");
    } else if (!behaviour.has_claims_policies) {
        problem(*entry, field, fmt::format("cannot be sent by Authelia {}", to_string(site.provider_version)),
                "leave it out, or use Authelia 4.39.0 or newer");
    }
}

void Reader::read_claims(Site& site) {
    const auto behaviour = apps::immich::behaviour(site.application_version);
    site.storage_label_claim = text("storage_label_claim", "preferred_username");
    check_claim(site, "storage_label_claim", site.storage_label_claim);
    if (const auto* const quota = find("quota_claim")) {
        site.quota_claim = quota->text;
        if (!behaviour.has_quota) {
            problem(*quota, "quota_claim", fmt::format("is not read by Immich {}", to_string(site.application_version)),
                    "leave it out, or use Immich 1.98.0 or newer");
        } else {
            check_claim(site, "quota_claim", quota->text);
        }
    }
    if (const auto* const role = find("role_claim")) {
        site.role_claim = role->text;
        if (!behaviour.has_role) {
            problem(*role, "role_claim", fmt::format("is not read by Immich {}", to_string(site.application_version)),
                    "leave it out, or use Immich 1.136.0 or newer");
        } else {
            check_claim(site, "role_claim", role->text);
        }
    }
}

Site Reader::site() {
    Site site;
    site.provider = find_system(one_of("provider", "authelia"));
    site.application = find_system("immich");
    site.provider_version = version(*site.provider, "authelia_version");
    site.application_version = version(*site.application, "immich_version");
    read_addresses(site);
    read_client(site);
    site.mobile = one_of("mobile", "direct") == "override" ? Mobile::override : Mobile::direct;
    check_mobile(site);
    check_auth_method(site);
    read_claims(site);
    return site;
}

/// Text that every reader of YAML takes for itself without quotes.
bool is_plain(std::string_view text) {
    constexpr std::string_view k_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    constexpr std::array k_words{"true"sv, "false"sv, "null"sv, "yes"sv, "no"sv, "on"sv, "off"sv, "y"sv, "n"sv};
    return !text.empty() && k_letters.find(text.front()) != std::string_view::npos &&
           text.find_first_not_of(k_unreserved) == std::string_view::npos &&
           std::ranges::find(k_words, util::lowered(text)) == k_words.end();
}

std::string written(std::string_view text, const Field& field) {
    const bool is_boolean = !field.allowed.empty() && field.allowed.front() == "true";
    return is_plain(text) || is_boolean ? std::string(text) : document::yaml_scalar(text);
}

} // namespace

Site read_site(const Entries& entries, std::vector<Problem>& problems) { return Reader(entries, problems).site(); }

std::string site_file(const Entries& entries) {
    std::string result;
    for (const auto& field : fields()) {
        const auto found = entries.find(field.name);
        if (found == entries.end() || found->second.empty()) {
            continue;
        }
        if (field.kind == FieldKind::text) {
            result += fmt::format("{}: {}\n", field.name, written(found->second.front().text, field));
            continue;
        }
        result += fmt::format("{}:\n", field.name);
        for (const auto& item : found->second) {
            result += fmt::format("  - {}\n", written(item.text, field));
        }
    }
    return result;
}

} // namespace oidcgen::site
