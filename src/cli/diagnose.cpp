#include "diagnose/diagnose.hpp"
#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/lint.hpp"
#include "report/diagnosis.hpp"
#include "systems.hpp"
#include "util/blocks.hpp"
#include "util/terminal.hpp"
#include "util/text.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace oidcgen::cli {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_diagnosis_formats{"text"sv, "concise"sv, "json"sv};

struct DiagnoseOptions {
    std::string log = "-";
    std::string format = "text";
    LintOptions files;
};

/// Names the files that hold no settings, in which nothing was looked for; false when there are any.
bool tell_unread(const report::Report& report, Streams& streams) {
    bool is_all_read = true;
    for (const auto& file : report.files) {
        if (file.kind.empty()) {
            streams.say(util::words("{}: not recognised as a file of {} or {}, so nothing was looked for in it",
                                    util::path(file.path), util::own(report.providers),
                                    util::own(report.applications)));
            is_all_read = false;
        }
    }
    return is_all_read;
}

util::Expected<Exit> diagnose_log(const DiagnoseOptions& options, Streams& streams) {
    constexpr std::size_t k_block = std::size_t{256} << 10U;
    std::optional<lint::Result> linted;
    if (!options.files.files.empty() || !options.files.configs.empty()) {
        OIDCGEN_TRY(linted, lint_quietly(options.files, streams));
        if (!linted->report.failure.empty()) {
            return util::failure(linted->report.failure);
        }
    }
    if (options.log == "-" && util::terminal_at(STDIN_FILENO).is_terminal) {
        streams.say("paste the lines of the log, or the address that the browser shows, and end with Ctrl-D");
    }
    diagnose::Reader reader;
    OIDCGEN_CHECK(util::read_in_blocks(options.log, k_block, [&](std::string_view block) { reader.take(block); }));
    const auto log = reader.finish();
    auto diagnosis = diagnose::diagnosis(log, linted ? &linted->report : nullptr);
    diagnosis.log = options.log == "-" ? "<stdin>" : options.log;
    if (options.format == "json") {
        streams.show(to_json(diagnosis));
    } else if (options.format == "concise") {
        streams.show(to_concise(diagnosis, streams.style()));
    } else {
        streams.show(to_text(diagnosis, streams.style()));
    }
    if (linted && !tell_unread(linted->report, streams)) {
        return Exit::failed;
    }
    return diagnosis.stories.empty() ? Exit::clean : Exit::findings;
}

util::Expected<Exit> run_diagnose(const DiagnoseOptions& options, Streams& streams) {
    auto exit = diagnose_log(options, streams);
    if (!exit && options.format == "json") {
        report::Diagnosis diagnosis;
        diagnosis.failure = exit.error().message;
        streams.show(to_json(diagnosis));
    }
    return exit;
}

/// The titles of systems whose logs are read.
std::vector<std::string_view> with_logs() {
    std::vector<std::string_view> result;
    for (const auto* const system : systems()) {
        if (system->log != nullptr) {
            result.push_back(system->title);
        }
    }
    return result;
}

} // namespace

void add_diagnose(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("diagnose", "say why a login failed, from the lines of a log");
    const auto options = std::make_shared<DiagnoseOptions>();
    command->add_option("LOG", options->log,
                        fmt::format("log of {}, or what the browser shows; - for standard input (default: -)",
                                    util::alternatives(with_logs())));
    command->add_option("FILE", options->files.files,
                        fmt::format("configurations of {}, in which the cause is looked for, or folders with them",
                                    titles(std::nullopt, "and")));
    may_be_repeated(
        command
            ->add_option("--config", options->files.configs,
                         fmt::format("file that {} reads together with the other files given so; may be repeated",
                                     titles(oidc::Wing::provider)))
            ->type_name("FILE"));
    limit_to_words(*command->add_option("--format", options->format, "form of the report (default: text)"),
                   k_diagnosis_formats);
    command->add_option("--site", options->files.site, "site description with addresses and versions")
        ->type_name("FILE");
    command->add_flag("--literal", options->files.literal,
                      "treat text like ${X} or {{ x }} as it is, not as a placeholder");
    add_site_of_files(*command, options->files);
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_diagnose(*options, streams); }; });
}

} // namespace oidcgen::cli
