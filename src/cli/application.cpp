#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/credentials.hpp"
#include "cli/output.hpp"
#include "cli/read_back.hpp"
#include "cli/site_options.hpp"
#include "util/text.hpp"
#include "util/wipe.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

struct ApplicationOptions {
    SiteOptions site;
    OutputOptions output;
    std::string format;
    std::optional<std::string> placeholder;
};

util::Expected<Exit> run_application(const oidc::System& system, const ApplicationOptions& options, Streams& streams) {
    const auto& application = *system.application;
    OIDCGEN_TRY(const auto loaded, load_site(options.site, streams));
    const auto& site = loaded.site;
    OIDCGEN_CHECK(check_side(system, *site.application, "application"));
    if (!site.has_client_id()) {
        return util::failure(util::words("the client id is missing: {} shows it once the client is made; add "
                                         "`client_id: …` to the site file, or give --client-id",
                                         util::own(site.provider->title)));
    }
    if (options.placeholder && util::trimmed(*options.placeholder).empty()) {
        return util::failure("--secret-placeholder is empty; leave it out, or give the text that is replaced later");
    }
    OIDCGEN_TRY(const auto credentials, load_credentials(loaded, std::nullopt, streams));
    const bool use_placeholder = options.placeholder || !credentials.secret;
    if (use_placeholder && !options.placeholder && !credentials.digest) {
        return util::failure(
            site.provider->provider->makes_credentials
                ? util::words("no secret was found for the client; put the one that {} shows into a file, and name it "
                              "with --secret-file, or give --secret-placeholder",
                              util::own(site.provider->title))
                : util::Words("no secret was found for the client; `oidcgen init` makes one, or give --secret-file or "
                              "--secret-placeholder"));
    }
    const std::string_view placeholder =
        options.placeholder ? std::string_view(*options.placeholder) : application.secret_placeholder;
    const auto party = site::relying_party(site, use_placeholder ? placeholder : credentials.secret->reveal());
    OIDCGEN_TRY(auto output, application.write(party, site.application_target, options.format));
    OIDCGEN_CHECK(read_back(site, party, output));
    OIDCGEN_CHECK(write_output(options.output, output.text,
                               use_placeholder ? util::ReadableBy::umask : util::ReadableBy::owner, streams));
    util::wipe(output.text);
    if (!output.note.empty()) {
        streams.say(util::own(output.note));
    }
    if (use_placeholder) {
        streams.say(util::words("{} is the placeholder {}: put the secret there", util::own(application.secret_setting),
                                placeholder));
    }
    return Exit::clean;
}

} // namespace

void add_application(CLI::App& program, const oidc::System& system, Action& action) {
    auto* const command = program.add_subcommand(std::string(system.name), std::string(system.about));
    const auto options = std::make_shared<ApplicationOptions>();
    const auto& application = *system.application;
    add_site(*command, options->site);
    add_metadata(*command, options->site.metadata);
    options->format = application.default_format;
    if (!application.formats.empty()) {
        limit_to_words(
            *command->add_option("--format", options->format,
                                 fmt::format("notation of the settings (default: {})", application.default_format)),
            application.formats);
    }
    command->add_option("--secret-placeholder", options->placeholder, "text to write instead of the secret")
        ->type_name("TEXT");
    add_output(*command, options->output);
    command->callback([options, &system, &action] {
        action = [options, &system](Streams& streams) { return run_application(system, *options, streams); };
    });
}

} // namespace oidcgen::cli
