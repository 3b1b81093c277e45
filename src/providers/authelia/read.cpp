#include "providers/authelia/read.hpp"

#include "document/placeholder.hpp"
#include "lang/go/values.hpp"
#include "providers/authelia/access_control.hpp"
#include "providers/authelia/authelia.hpp"
#include "providers/authelia/behaviour.hpp"
#include "providers/authelia/check/filters.hpp"
#include "providers/authelia/inspection.hpp"
#include "providers/authelia/layout.hpp"
#include "providers/authelia/read_settings.hpp"
#include "providers/authelia/rules.hpp"
#include "providers/authelia/to_oidc.hpp"
#include "rule/reading.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using oidc::Placeholders;
using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_file_sources{"https://www.authelia.com/configuration/methods/files/"sv};

/// Names that networks in policies can refer to.
std::unordered_set<std::string_view> networks_of(const Cursor& root) {
    std::unordered_set<std::string_view> result;
    for (const auto& member : root.find("definitions").find("network").children()) {
        result.insert(member.key());
    }
    for (const auto& network : root.find("access_control").find("networks").children()) {
        result.insert(network.find("name").text());
    }
    return result;
}

/// The clients, wherever they are, and how.
struct Clients {
    std::vector<Cursor> items;
    ClientPlace place = ClientPlace::item;
    bool is_unknown = false;
};

Clients clients_of(const Layout& layout, const ProviderSettings& settings, Decoder& decoder) {
    Clients clients;
    const auto& at = layout.clients ? layout.clients : settings.clients_at;
    clients.items = decoder.structures(at, clients.is_unknown);
    clients.place = at.is_mapping() && !layout.clients ? ClientPlace::mapping : ClientPlace::item;
    return clients;
}

void check_client(Inspection& inspection, const Client& client, const Flows& flows) {
    inspection.client = client.name;
    check_identity(inspection, client, flows);
    check_bearer_scope(inspection, client, flows);
    check_scopes(inspection, client, flows);
    check_flows(inspection, client, flows);
    check_redirect_uris(inspection, client);
    check_responses(inspection, client);
    check_sector_identifier(inspection, client);
    check_client_keys(inspection, client);
    check_authentication(inspection, client, flows);
}

/// What fills the placeholder is in the file too: a filter of Authelia's own puts a file or a variable there.
bool is_filled_by_filter(std::string_view text) {
    constexpr std::array k_functions{"secret"sv, "fileContent"sv, "env"sv, "mustEnv"sv, "expandenv"sv};
    const auto start = text.find("{{");
    if (start == std::string_view::npos) {
        return false;
    }
    const auto function = text.substr(std::min(text.find_first_not_of("{- ", start), text.size()));
    return std::ranges::any_of(k_functions, [&](std::string_view name) { return function.starts_with(name); });
}

/// A secret that is empty, or filled in before Authelia reads the file.
bool is_elsewhere(const Cursor& secret) {
    const auto text = secret.is_scalar() ? secret.text() : std::string_view();
    return secret.is_null() || (secret.is_scalar() && text.empty()) ||
           (document::is_placeholder(text, document::PlaceholderUse::identifier) && !is_filled_by_filter(text));
}

/// True when secrets without which Authelia does not start are not in the file: they come from the environment
/// (https://www.authelia.com/configuration/methods/secrets/), as the key of the provider can.
bool has_secrets_elsewhere(const Cursor& root, const ProviderSettings& settings) {
    const auto storage = root.find("storage");
    const auto key = storage.find("encryption_key");
    const auto reset = root.find("identity_validation").find("reset_password").find("jwt_secret");
    return is_elsewhere(settings.hmac_secret.at) || is_elsewhere(key) || (storage.is_mapping() && !key) ||
           is_elsewhere(root.find("session").find("secret")) || is_elsewhere(reset);
}

/// True when the section shows that it is all there is.
bool shows_keys(const ProviderSettings& settings) {
    return settings.jwks.at || settings.hmac_secret.at || settings.issuer_private_key.at;
}

/// Where a chart is told not to write the section.
document::Place switched_off_at(const Cursor& section) {
    const auto enabled = section.find("enabled");
    const bool is_on = !enabled.is_scalar() || enabled.is_null() || lang::go::to_bool(enabled.scalar()).value_or(true);
    return is_on ? document::Place() : enabled.place();
}

} // namespace

const rule::Rule k_top_level_not_mapping{
    .code = "OG1112",
    .name = "top-level-not-mapping",
    .consequence = Consequence::provider_refuses,
    .summary = "the top level of the configuration is not a mapping",
    .why =
        "A configuration maps the names of sections to their settings. Authelia refuses a list or a text as a whole.",
    .bad = "- client_id: immich",
    .good = "identity_providers:\n  oidc:\n    clients:\n      - client_id: immich",
    .ignore = {},
    .sources = k_file_sources,
};

const rule::Rule k_configuration_empty{
    .code = "OG1192",
    .name = "configuration-empty",
    .consequence = Consequence::advice,
    .summary = "the configuration is empty",
    .why =
        "An empty file sets nothing, so nothing in it was checked. Usual causes are a wrong path and a file that was "
        "not written yet.",
    .bad = "# nothing but a comment",
    .good = "identity_providers:\n  oidc:\n    clients:\n      - client_id: immich",
    .ignore = "while the settings come from environment variables alone",
    .sources = k_file_sources,
};

bool recognises(const document::Document& document) {
    return layout_of(document, Placeholders::recognised).extract != Extract::nothing;
}

oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                       rule::Findings& findings) {
    const bool is_literal = options.placeholders == Placeholders::literal;
    const bool is_cut = document.fatal() != nullptr;
    const auto rendering = is_literal ? Rendering::not_known : check_rendering(document, options.filters, findings);
    rule::Findings reading;
    rule::add_reading_faults(document, Consequence::provider_refuses,
                             is_literal ? rule::Templates::literal : rule::Templates::filled_in, reading);
    if (rendering == Rendering::refused) {
        std::erase_if(reading.findings, [](const rule::Finding& it) { return it.rule == &rule::k_template_syntax; });
    }
    findings.append(std::move(reading));
    const auto layout = layout_of(document, options.placeholders);
    if (layout.root && !layout.root.is_mapping() && !layout.root.is_null() && !layout.clients) {
        findings.add(
            rule::finding(k_top_level_not_mapping, "the top level must be a mapping of sections", layout.root.place()));
    }

    Decoder decoder(options, findings);
    if (rendering == Rendering::none) {
        decoder.take_actions_as_text();
    }
    KnownKeys keys(options, decoder.release(), findings);
    if (!is_cut && (!layout.root || layout.root.is_null())) {
        findings.add(rule::finding(k_configuration_empty, "the file is empty, so nothing in it was checked",
                                   {&document, {}, document::k_root_path}, "give the file that Authelia reads"));
    }
    // A file that shows nothing is looked at because a person says that it is a configuration.
    const bool is_named_so = layout.extract == Extract::nothing && !is_cut;
    const bool is_chart = options.form == oidc::Form::chart_values;
    if (is_chart) {
        // Its names are the chart's own, which writes only what it knows.
    } else if (layout.extract == Extract::configuration || is_named_so) {
        if (layout.root.is_mapping()) {
            keys.check(layout.root, is_cut ? KnownKeys::Ending::cut : KnownKeys::Ending::whole);
        }
    } else if (layout.section) {
        keys.check(layout.section, std::string(k_section));
    }

    ProviderSettings settings;
    read_section(settings, layout, decoder, keys, networks_of(layout.root));
    const bool has_section = layout.section.is_mapping() || layout.clients || settings.clients_at;
    Inspection inspection{decoder.release(), keys, findings, settings};
    inspection.is_literal = is_literal;
    inspection.form = options.form;
    inspection.is_cut = is_cut;
    inspection.filters = options.filters;
    inspection.is_snippet = is_cut || is_chart || (!is_literal && !shows_keys(settings));
    inspection.has_secrets_elsewhere = !is_literal && has_secrets_elsewhere(layout.root, settings);
    inspection.root = layout.root;
    if (has_section) {
        check_provider_keys(inspection);
        check_policies(inspection);
        inspection.names.lifespans = settings.custom_lifespans;
        check_claims(inspection);
        check_provider(inspection);
        check_cors(inspection);
    }

    check_expressions(inspection);

    auto provider = to_provider(inspection);
    provider.start_fault = inspection.start_fault;
    provider.system = &k_system;
    provider.version = options.version;
    provider.behaviour = behaviour(options.version).login;
    const auto clients = clients_of(layout, settings, decoder);
    if (has_section && clients.items.empty() && !clients.is_unknown && !inspection.is_snippet) {
        inspection.add(k_clients_missing, "the provider has no client",
                       settings.clients_at ? settings.clients_at.place() : settings.at.missing("clients"),
                       "add a client under clients");
    }
    read_access_control(provider, document, options.placeholders);
    if (is_chart && !clients.items.empty()) {
        provider.switched_off = switched_off_at(layout.section);
    }
    ClientReader reader(decoder, keys);
    const auto defaults = client_defaults(keys);
    ClientIds ids;
    provider.registrations.reserve(clients.items.size());
    for (std::size_t at = 0; at < clients.items.size(); ++at) {
        Client client;
        reader.read(client, clients.items[at], clients.place);
        const auto flows = flows_of(client, defaults);
        if (!is_cut || at + 1 < clients.items.size()) {
            ids.add(client);
            check_client(inspection, client, flows);
        }
        provider.registrations.push_back(to_registration(inspection, client, flows));
        if (!is_cut || at + 1 < clients.items.size()) {
            check_http_redirects(inspection, provider, provider.registrations.back());
        }
    }
    ids.report(inspection);
    return provider;
}

} // namespace oidcgen::providers::authelia
