#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/credentials.hpp"
#include "cli/output.hpp"
#include "cli/read_back.hpp"
#include "cli/site_options.hpp"
#include "secret/digest.hpp"

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

struct Options {
    SiteOptions site;
    OutputOptions output;
    std::string style = "snippet";
    std::optional<std::string> digest;
};

constexpr std::array<std::string_view, 3> k_styles{"client", "snippet", "full"};

oidc::Extent extent_of(std::string_view style) {
    return style == "client" ? oidc::Extent::client : style == "full" ? oidc::Extent::full : oidc::Extent::snippet;
}

/// The digest that was given, or a new one of the secret.
util::Expected<std::string> digest_for(const LoadedSite& loaded, const Options& options, Streams& streams) {
    auto credentials = load_credentials(loaded, options.digest, streams);
    if (!credentials) {
        return tl::unexpected(credentials.error());
    }
    if (credentials->digest) {
        return std::move(*credentials->digest);
    }
    if (credentials->secret) {
        return secret::make_digest(*credentials->secret);
    }
    return util::failure("there is neither a digest nor a secret for the client; `oidcgen init` makes both, or give "
                         "--digest, --digest-file or --secret-file");
}

util::Expected<Exit> run_authelia(const Options& options, Streams& streams) {
    const auto loaded = load_site(options.site, streams);
    if (!loaded) {
        return Exit::failed;
    }
    const auto digest = digest_for(*loaded, options, streams);
    if (!digest) {
        return tl::unexpected(digest.error());
    }
    const auto& site = loaded->site;
    const auto provider = site::provider(site, *digest);
    const auto extent = extent_of(options.style);
    const auto text = site.provider->provider->write(provider, site.provider_version, extent);
    if (auto same = read_back(site, provider, text); !same) {
        return tl::unexpected(same.error());
    }
    if (auto written = write_output(options.output, text, util::ReadableBy::umask, streams); !written) {
        return tl::unexpected(written.error());
    }
    if (extent != oidc::Extent::full && !provider.claims_policies.empty()) {
        fmt::print(streams.err, "oidcgen: the client needs a claims policy and a scope of the provider section, which "
                                "--style full writes\n");
    }
    return Exit::clean;
}

} // namespace

void add_authelia(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("authelia", "print the client as Authelia YAML");
    const auto options = std::make_shared<Options>();
    add_site(*command, options->site);
    limit_to_words(*command->add_option("--style", options->style, "how much is printed (default: snippet)"), k_styles);
    command->add_option("--digest", options->digest, "digest of the client secret")->type_name("TEXT");
    add_output(*command, options->output);
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_authelia(*options, streams); }; });
}

} // namespace oidcgen::cli
