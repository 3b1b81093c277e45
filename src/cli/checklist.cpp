#include "oidc/checklist.hpp"
#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/site_options.hpp"

#include <memory>
#include <string>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

struct ChecklistOptions {
    SiteOptions site;
    OutputOptions output;
    std::string format{oidc::k_checklist_forms.front()};
};

util::Expected<Exit> run_checklist(const ChecklistOptions& options, Streams& streams) {
    OIDCGEN_TRY(const auto loaded, load_site(options.site, streams));
    const auto& site = loaded.site;
    const auto provider = site::provider(site, {});
    const auto heading =
        fmt::format("What the client of {} needs at {}, {}", site.application->title, site.provider->title,
                    oidc::issuer_of(provider, &provider.registrations.front(), provider.issuers.front().value));
    const auto text = oidc::written(oidc::checklist(provider, provider.registrations.front()), heading,
                                    site.provider->title, options.format);
    OIDCGEN_CHECK(write_output(options.output, text, util::ReadableBy::umask, streams));
    return Exit::clean;
}

} // namespace

void add_checklist(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("checklist", "print what to enter at the provider, any provider");
    const auto options = std::make_shared<ChecklistOptions>();
    add_site(*command, options->site);
    add_metadata(*command, options->site.metadata);
    limit_to_words(*command->add_option("--format", options->format, "form of the output (default: text)"),
                   oidc::k_checklist_forms);
    add_output(*command, options->output);
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_checklist(*options, streams); }; });
}

} // namespace oidcgen::cli
