#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/credentials.hpp"
#include "cli/output.hpp"
#include "cli/read_back.hpp"
#include "cli/site_options.hpp"
#include "document/value.hpp"
#include "util/text.hpp"

#include <array>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace oidcgen::cli {

namespace {

constexpr std::string_view k_placeholder = "${IMMICH_OAUTH_CLIENT_SECRET}";

constexpr std::array<std::string_view, 2> k_formats{"json", "yaml"};

struct Options {
    SiteOptions site;
    OutputOptions output;
    std::string format = "json";
    std::optional<std::string> placeholder;
};

util::Expected<Exit> run_immich(const Options& options, Streams& streams) {
    const auto loaded = load_site(options.site, streams);
    if (!loaded) {
        return Exit::failed;
    }
    const auto& site = loaded->site;
    const auto reading = site.application->reading(site.application_version, oidc::Use::file);
    if (options.format == "yaml" && reading.dialect == document::Dialect::json) {
        return util::failure(fmt::format("{} {} reads JSON only; leave --format out", site.application->title,
                                         to_string(site.application_version)));
    }
    if (options.placeholder && util::trimmed(*options.placeholder).empty()) {
        return util::failure("--secret-placeholder is empty; leave it out, or give the text that is replaced later");
    }
    const auto credentials = load_credentials(*loaded, std::nullopt, streams);
    if (!credentials) {
        return tl::unexpected(credentials.error());
    }
    const bool use_placeholder = options.placeholder || !credentials->secret;
    if (use_placeholder && !options.placeholder && !credentials->digest) {
        return util::failure("there is no secret for the client; `oidcgen init` makes one, or give --secret-file or "
                             "--secret-placeholder");
    }
    const std::string_view placeholder = options.placeholder ? std::string_view(*options.placeholder) : k_placeholder;
    const auto party = site::relying_party(site, use_placeholder ? placeholder : credentials->secret->reveal());
    const auto value = site.application->application->write(party, site.application_version);
    const auto text = options.format == "yaml" ? to_yaml(value) : to_json(value);
    if (auto same = read_back(site, party, text); !same) {
        return tl::unexpected(same.error());
    }
    const auto readable_by = use_placeholder ? util::ReadableBy::umask : util::ReadableBy::owner;
    if (auto written = write_output(options.output, text, readable_by, streams); !written) {
        return tl::unexpected(written.error());
    }
    if (use_placeholder) {
        fmt::print(streams.err, "oidcgen: clientSecret is the placeholder {}: put the secret there\n", placeholder);
    }
    return Exit::clean;
}

} // namespace

void add_immich(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("immich", "print Immich's OAuth settings");
    const auto options = std::make_shared<Options>();
    add_site(*command, options->site);
    limit_to_words(*command->add_option("--format", options->format, "notation of the settings (default: json)"),
                   k_formats);
    command->add_option("--secret-placeholder", options->placeholder, "text to write instead of the secret")
        ->type_name("TEXT");
    add_output(*command, options->output);
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_immich(*options, streams); }; });
}

} // namespace oidcgen::cli
