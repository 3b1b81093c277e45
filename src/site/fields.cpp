#include "site/fields.hpp"

#include "systems.hpp"
#include "util/assert.hpp"

#include <algorithm>
#include <deque>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::site {

namespace {

using oidc::SiteField;
using oidc::Wing;

std::vector<std::string_view> names(Wing wing) {
    std::vector<std::string_view> result;
    for (const auto* const system : systems()) {
        if (system->wing == wing) {
            result.push_back(system->name);
        }
    }
    return result;
}

constexpr std::string_view k_digest_file = "digest_file";
constexpr std::string_view k_auth_subdomain = "auth_subdomain";
constexpr std::string_view k_auth_host = "auth_host";

/// A release by its line, which stands for the newest of it.
std::string line_of(const oidc::Target& target) { return fmt::format("{}.{}", target.used.major, target.used.minor); }

std::string provider_line(const oidc::SiteView& site) { return line_of(site.provider_target); }

std::string application_line(const oidc::SiteView& site) { return line_of(site.application_target); }

std::string title_of_application(const oidc::SiteView& site) { return std::string(site.application->title); }

/// Nothing until there is a client.
std::string file_of(const oidc::SiteView& site, std::string_view ending) {
    return site.client_id.empty() ? std::string() : site.client_id + std::string(ending);
}

std::string secret_file(const oidc::SiteView& site) { return file_of(site, ".secret"); }

std::string digest_file(const oidc::SiteView& site) { return file_of(site, ".digest"); }

bool keeps_digest(const oidc::System* system) { return system->provider != nullptr && system->provider->keeps_digest; }

/// The fields of any site, around those for the releases of its systems.
class Fields {
  public:
    Fields()
        : m_providers(names(Wing::provider))
        , m_applications(names(Wing::application)) {
        add({"domain", "NAME", "domain that the application and the provider share"});
        add({"subdomain", "NAME", "where the application is opened below the domain; empty for the domain itself"});
        add({"client_id", "ID", "client id, the same on both sides"});
        add({"provider", "NAME", "login provider", default_of(m_providers), m_providers});
        add({"application", "NAME", "application that people log in to", default_of(m_applications), m_applications});
        add({k_auth_subdomain, "NAME", "where the provider is opened below the domain", "auth"});
        add({k_auth_host, "HOST", "host of the provider, instead of auth_subdomain"});
        for (const auto* const system : systems()) {
            if (!system->releases.empty()) {
                add({keep(version_field(*system)),
                     "VERSION",
                     keep(fmt::format("release of {} to write for", system->title)),
                     "the newest",
                     {},
                     oidc::FieldKind::text,
                     system->wing == Wing::provider ? provider_line : application_line});
            }
        }
        add({"address", "URL", "address of the application, instead of subdomain"});
        add({"other_addresses",
             "URL",
             "further addresses people open the application at",
             {},
             {},
             oidc::FieldKind::list});
        add({"client_name",
             "TEXT",
             "name of the client on the consent page",
             "the application's",
             {},
             oidc::FieldKind::text,
             title_of_application});
        add({"secret_file",
             "FILE",
             "file with the client secret",
             "CLIENT_ID.secret beside the site file",
             {},
             oidc::FieldKind::text,
             secret_file});
        if (std::ranges::any_of(systems(), keeps_digest)) {
            add({k_digest_file,
                 "FILE",
                 "file with the digest of the secret",
                 "CLIENT_ID.digest beside the site file",
                 {},
                 oidc::FieldKind::text,
                 digest_file});
        }
        m_own = m_fields.size();
        for (const auto* const system : systems()) {
            std::ranges::for_each(system->fields, [&](const SiteField& field) { add(field); });
        }
    }

    [[nodiscard]] std::span<const SiteField> all() const { return m_fields; }
    [[nodiscard]] std::span<const SiteField> own() const { return all().first(m_own); }

  private:
    /// The default need not be mentioned where there is no choice.
    static std::string_view default_of(const std::vector<std::string_view>& names) {
        return names.size() > 1 ? names.front() : std::string_view();
    }

    std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }

    void add(const SiteField& field) {
        if (std::ranges::find(m_fields, field.name, &SiteField::name) == m_fields.end()) {
            m_fields.push_back(field);
        }
    }

    std::vector<std::string_view> m_providers;
    std::vector<std::string_view> m_applications;
    std::deque<std::string> m_texts; // which fields refer to
    std::vector<SiteField> m_fields;
    std::size_t m_own = 0;
};

const Fields& gathered() {
    static const Fields fields;
    return fields;
}

bool has(std::span<const SiteField> fields, std::string_view name) {
    return std::ranges::find(fields, name, &SiteField::name) != fields.end();
}

} // namespace

std::span<const SiteField> fields() { return gathered().all(); }

const SiteField* find_field(std::string_view name) {
    const auto all = fields();
    const auto found = std::ranges::find(all, name, &SiteField::name);
    return found == all.end() ? nullptr : &*found;
}

std::string default_of(const SiteField& field, const oidc::SiteView& site) {
    return field.default_for != nullptr ? field.default_for(site) : std::string(field.otherwise);
}

std::string version_field(const oidc::System& system) { return fmt::format("{}_version", system.name); }

bool is_used(std::string_view field, const oidc::System& provider, const oidc::System& application) {
    if (has(provider.fields, field) || has(application.fields, field)) {
        return true;
    }
    const auto is_other_release = std::ranges::any_of(systems(), [&](const oidc::System* system) {
        return system != &provider && system != &application && field == version_field(*system);
    });
    const bool is_address = field == k_auth_subdomain || field == k_auth_host;
    const bool is_for_nobody =
        (field == k_digest_file && !keeps_digest(&provider)) || (is_address && !provider.provider->is_below_domain);
    return !is_other_release && !is_for_nobody && has(gathered().own(), field);
}

const oidc::System* first_system(Wing wing) {
    const auto all = systems();
    const auto found = std::ranges::find(all, wing, &oidc::System::wing);
    OIDCGEN_ASSERT(found != all.end());
    return *found;
}

} // namespace oidcgen::site
