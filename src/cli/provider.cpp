#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/credentials.hpp"
#include "cli/output.hpp"
#include "cli/read_back.hpp"
#include "cli/site_options.hpp"
#include "secret/digest.hpp"
#include "util/text.hpp"
#include "util/wipe.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

constexpr std::size_t k_most_blanks = 40;

struct ProviderOptions {
    SiteOptions site;
    OutputOptions output;
    std::string style;
    std::size_t indent = 0;
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
    return util::failure("no digest and no secret was found for the client; `oidcgen init` makes both, or give "
                         "--digest, --digest-file or --secret-file");
}

/// Every line of a list item moved to the right. No scalar of a generated text spans lines, and what is handed over is
/// read back as it is.
std::string indented(std::string_view text, std::size_t blanks) {
    std::string result;
    for (const auto line : util::split(text, '\n')) {
        if (!line.empty()) {
            result.append(blanks, ' ').append(line).append("\n");
        }
    }
    return result;
}

util::Expected<Exit> print(const LoadedSite& loaded, std::string_view credential, const ProviderOptions& options,
                           Streams& streams) {
    const auto& site = loaded.site;
    const auto provider = site::provider(site, credential);
    OIDCGEN_TRY(auto output, site.provider->provider->write(provider, site.provider_target, options.style));
    if (options.indent > 0) {
        auto moved = indented(output.text, options.indent);
        util::wipe(output.text);
        output.text = std::move(moved);
    }
    OIDCGEN_CHECK(read_back(site, provider, output));
    const bool has_secret = !site.provider->provider->keeps_digest && !credential.empty();
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

util::Expected<Exit> run_provider(const oidc::System& system, const ProviderOptions& options, Streams& streams) {
    const auto item_style = system.provider->item_style;
    if (options.indent > 0 && options.style != item_style) {
        return util::failure(util::words("--indent moves an item of a list, so it needs --style {}", item_style));
    }
    OIDCGEN_TRY(const auto loaded, load_site(options.site, streams));
    OIDCGEN_CHECK(check_side(system, *loaded.site.provider, "provider"));
    if (system.provider->makes_credentials) {
        return print(loaded, {}, options, streams);
    }
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
        return util::failure("no secret was found for the client; `oidcgen init` makes one, or give --secret-file");
    }
    return print(loaded, {}, options, streams);
}

} // namespace

void add_provider(CLI::App& program, const oidc::System& system, Action& action) {
    auto* const command = program.add_subcommand(std::string(system.name), std::string(system.about));
    const auto options = std::make_shared<ProviderOptions>();
    const auto& provider = *system.provider;
    add_site(*command, options->site);
    options->style = provider.default_style;
    if (!provider.styles.empty()) {
        limit_to_words(*command->add_option(std::string(provider.style_flag), options->style,
                                            fmt::format("form of the output (default: {})", provider.default_style)),
                       provider.styles);
    }
    if (!provider.item_style.empty()) {
        command
            ->add_option("--indent", options->indent,
                         fmt::format("blanks in front of each line, for --style {} (default: 0)", provider.item_style))
            ->type_name("N")
            ->check(from_to(0, k_most_blanks));
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
