#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/credentials.hpp"
#include "cli/output.hpp"
#include "cli/read_back.hpp"
#include "cli/site_options.hpp"
#include "secret/digest.hpp"
#include "util/wipe.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

struct Options {
    SiteOptions site;
    OutputOptions output;
    std::string style;
    std::optional<std::string> digest;
};

/// The digest that was given, or a new one of the secret.
util::Expected<std::string> digest_of(Credentials credentials) {
    if (credentials.digest) {
        return std::move(*credentials.digest);
    }
    if (credentials.secret) {
        return secret::make_digest(*credentials.secret);
    }
    return util::failure("there is neither a digest nor a secret for the client; `oidcgen init` makes both, or give "
                         "--digest, --digest-file or --secret-file");
}

util::Expected<Exit> print(const LoadedSite& loaded, std::string_view credential, const Options& options,
                           Streams& streams) {
    const auto& site = loaded.site;
    const auto provider = site::provider(site, credential);
    OIDCGEN_TRY(auto output, site.provider->provider->write(provider, site.provider_target, options.style));
    OIDCGEN_CHECK(read_back(site, provider, output));
    const bool has_secret = !site.provider->provider->keeps_digest;
    OIDCGEN_CHECK(write_output(options.output, output.text,
                               has_secret ? util::ReadableBy::owner : util::ReadableBy::umask, streams));
    if (has_secret) {
        util::wipe(output.text);
    }
    if (!output.note.empty()) {
        streams.say(util::own(output.note));
    }
    return Exit::clean;
}

util::Expected<Exit> run_provider(const oidc::System& system, const Options& options, Streams& streams) {
    OIDCGEN_TRY(const auto loaded, load_site(options.site, streams));
    OIDCGEN_CHECK(check_side(system, *loaded.site.provider, "provider"));
    OIDCGEN_TRY(auto credentials, load_credentials(loaded, options.digest, streams));
    if (system.provider->keeps_digest) {
        OIDCGEN_TRY(const auto digest, digest_of(std::move(credentials)));
        return print(loaded, digest, options, streams);
    }
    if (credentials.secret) {
        return print(loaded, credentials.secret->reveal(), options, streams);
    }
    // A provider may be told where to find the secret instead.
    if (site::provider(loaded.site, {}).registrations.front().client_secret.is_given()) {
        return util::failure("there is no secret for the client; `oidcgen init` makes one, or give --secret-file");
    }
    return print(loaded, {}, options, streams);
}

} // namespace

void add_provider(CLI::App& program, const oidc::System& system, Action& action) {
    auto* const command = program.add_subcommand(std::string(system.name), std::string(system.about));
    const auto options = std::make_shared<Options>();
    const auto& provider = *system.provider;
    add_site(*command, options->site);
    options->style = provider.default_style;
    if (!provider.styles.empty()) {
        limit_to_words(*command->add_option("--style", options->style,
                                            fmt::format("how it is printed (default: {})", provider.default_style)),
                       provider.styles);
    }
    if (provider.keeps_digest) {
        command->add_option("--digest", options->digest, "digest of the client secret")->type_name("TEXT");
    }
    add_output(*command, options->output);
    command->callback([options, &system, &action] {
        action = [options, &system](Streams& streams) { return run_provider(system, *options, streams); };
    });
}

} // namespace oidcgen::cli
