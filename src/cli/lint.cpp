#include "cli/lint.hpp"

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/metadata.hpp"
#include "cli/names.hpp"
#include "cli/reports.hpp"
#include "cli/site_options.hpp"
#include "document/hole_text.hpp"
#include "lint/folder.hpp"
#include "lint/lint.hpp"
#include "lint/project.hpp"
#include "lint/unpack.hpp"
#include "lint/versions.hpp"
#include "report/redact.hpp"
#include "site/fields.hpp"
#include "systems.hpp"
#include "util/file.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace oidcgen::cli {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_uses{"file"sv, "import"sv};
constexpr std::array k_shows{"discovery"sv, "effective"sv};
constexpr std::array k_levels{"error"sv, "warning"sv, "note"sv, "never"sv};
constexpr std::string_view k_narrowed = "auto"; ///< in place of a version

/// The present, or what SOURCE_DATE_EPOCH says instead.
std::int64_t now() {
    if (const char* const text = std::getenv("SOURCE_DATE_EPOCH"); text != nullptr) {
        std::int64_t seconds = 0;
        const std::string_view digits(text);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
        if (error == std::errc() && end == digits.data() + digits.size()) {
            return seconds;
        }
    }
    return std::time(nullptr);
}

util::Expected<std::vector<std::string>> origins(const std::vector<std::string>& texts, bool may_have_holes) {
    std::vector<std::string> result;
    for (const auto& text : texts) {
        document::HoleNames names;
        const auto named = names.named(document::hole_text(text, may_have_holes));
        // What people copy from the browser has a path, which does not matter.
        const auto origin = util::parse_origin(util::origin_part(named));
        if (!origin) {
            return util::failure(util::words("--address {} {}", util::outside(text), origin.error().message));
        }
        result.push_back(names.restored(to_string(*origin)));
    }
    return result;
}

util::Expected<void> set_version(const std::string& system, const std::string& text, lint::Options& options) {
    if (text == k_narrowed) {
        options.targets.erase(system); // that of the site file
        options.narrowed.insert(system);
        return {};
    }
    auto target = resolve_version(*find_system(system), text);
    if (!target) {
        return util::failure(util::words("--{}-version: {}", system, target.error().message));
    }
    options.targets[system] = std::move(*target);
    return {};
}

/// What no file says, from the site description.
util::Expected<void> set_from_site(const std::string& path, lint::Options& options, const report::Style& style) {
    SiteOptions from_file;
    from_file.path = path;
    OIDCGEN_TRY(const auto loaded, read_site(from_file, style));
    const auto& site = loaded.site;
    options.site_addresses = {to_string(site.address)};
    for (const auto& other : site.other_addresses) {
        options.site_addresses.push_back(to_string(other));
    }
    options.site_provider_url = util::without_final_slashes(site::provider(site, {}).issuers.front().value);
    options.targets[std::string(site.provider->name)] = site.provider_target;
    options.targets[std::string(site.application->name)] = site.application_target;
    return {};
}

/// A file that the settings of a project name. It must lie below their folder, and not lead out of it.
util::Expected<std::string> read_below(const lint::Project& project, const std::string& path) {
    std::error_code error;
    const auto folder = std::filesystem::canonical(project.folder, error);
    const auto file = error ? std::filesystem::path() : std::filesystem::canonical(project.folder / path, error);
    if (error) {
        return util::failure(
            util::words("{}: {} cannot be read: {}", util::path(project.path), util::outside(path), error.message()));
    }
    if (!lint::is_within(file, folder)) {
        return util::failure(util::words("{}: {} is a link out of the folder of this file, which is not followed",
                                         util::path(project.path), util::outside(path)));
    }
    return util::read_file(file);
}

/// What fills placeholders; null when nothing does. Single values win over files, whatever the order of the options.
util::Expected<std::shared_ptr<lint::Supply>> supply_of(const LintOptions& options, const lint::Project& project) {
    const bool has_own = !project.env_files.empty() || !project.values_files.empty();
    if (options.definitions.empty() && options.env_files.empty() && options.values_files.empty() &&
        (options.literal || !has_own)) {
        return nullptr;
    }
    auto supply = std::make_shared<lint::Supply>();
    for (const auto& path : project.env_files) {
        OIDCGEN_TRY(auto text, read_below(project, path));
        OIDCGEN_CHECK(supply->add_env(path, std::move(text)));
    }
    for (const auto& path : project.values_files) {
        OIDCGEN_TRY(auto text, read_below(project, path));
        OIDCGEN_CHECK(supply->add_values(path, std::move(text)));
    }
    for (const auto& path : options.env_files) {
        OIDCGEN_TRY(auto text, util::read_file(path));
        OIDCGEN_CHECK(supply->add_env(path, std::move(text)));
    }
    for (const auto& path : options.values_files) {
        OIDCGEN_TRY(auto text, util::read_file(path));
        OIDCGEN_CHECK(supply->add_values(path, std::move(text)));
    }
    for (const auto& definition : options.definitions) {
        OIDCGEN_CHECK(supply->define(definition));
    }
    return supply;
}

/// What the settings of the project say and no option does.
util::Expected<void> set_from_project(const lint::Project& project, const LintOptions& options, lint::Options& result) {
    for (const auto& [system, release] : project.versions) {
        if (const auto given = options.versions.find(system);
            given == options.versions.end() || given->second.empty()) {
            OIDCGEN_CHECK(set_version(system, release, result));
        }
    }
    result.site_addresses = project.common.addresses;
    result.site_provider_url = project.common.provider_url;
    result.alike = project.placeholders;
    for (const auto& site : project.sites) {
        result.sites.push_back({site.addresses, site.provider_url});
    }
    return {};
}

util::Expected<lint::Options> run_options(const LintOptions& options, const lint::Project& project,
                                          const report::Style& style) {
    lint::Options result;
    result.placeholders = options.literal ? oidc::Placeholders::literal : oidc::Placeholders::recognised;
    result.use = options.use == "import" ? oidc::Use::import : oidc::Use::file;
    result.kind = options.kind.empty() ? nullptr : find_system(options.kind);
    result.now = now();
    result.traces = options.trace;
    result.strict = options.strict;
    result.client = options.client;
    result.only = options.only;
    OIDCGEN_CHECK(set_from_project(project, options, result));
    OIDCGEN_TRY(result.addresses, origins(options.addresses, !options.literal));
    result.provider_url = options.provider_url;
    if (!options.provider_url.empty() && options.provider_url.find("://") == std::string::npos) {
        return util::failure(util::words("--provider-url {} has no scheme, write it like https://auth.example.com",
                                         util::outside(options.provider_url)));
    }
    if (!options.site.empty()) {
        OIDCGEN_CHECK(set_from_site(options.site, result, style));
    }
    for (const auto& [system, text] : options.versions) {
        if (!text.empty()) {
            OIDCGEN_CHECK(set_version(system, text, result));
        }
    }
    return result;
}

/// What was read, and what was gone through for it.
struct Inputs {
    std::vector<lint::Input> inputs;
    std::optional<std::size_t> looked_at; ///< text files in folders
    std::size_t not_readable = 0;
};

util::Expected<Inputs> read_inputs(const std::vector<std::string>& paths) {
    Inputs result;
    for (const auto& path : paths) {
        std::error_code ignored;
        if (path != "-" && std::filesystem::is_directory(path, ignored)) {
            OIDCGEN_TRY(auto folder, lint::read_folder(path));
            std::ranges::move(folder.inputs, std::back_inserter(result.inputs));
            result.looked_at = result.looked_at.value_or(0) + folder.looked_at;
            result.not_readable += folder.not_readable;
            continue;
        }
        OIDCGEN_TRY(auto text, path == "-" ? util::read_stdin() : util::read_file(path));
        result.inputs.push_back({path == "-" ? "<stdin>" : path, std::move(text)});
    }
    return result;
}

/// Adds to the supply what the files ask for and this machine has. All files are read before, as they are without that.
void resolve(const std::vector<lint::Input>& inputs, const lint::Options& running, lint::Supply& supply) {
    const auto unpacked = lint::unpack(inputs, running);
    std::vector<std::shared_ptr<const lint::Recognised>> read;
    for (const auto& input : unpacked.inputs) {
        read.push_back(input.recognised != nullptr
                           ? input.recognised
                           : std::make_shared<const lint::Recognised>(lint::recognise(input, running)));
    }
    for (const auto& recognised : read) {
        supply.resolve(*recognised->document);
    }
}

/// Says of each file to which site of the project it belongs.
void set_sites(const lint::Project& project, std::vector<lint::Input>& inputs) {
    if (project.sites.empty()) {
        return;
    }
    for (auto& input : inputs) {
        std::error_code error;
        const auto path = std::filesystem::weakly_canonical(input.path, error).lexically_relative(project.folder);
        for (std::size_t number = 0; number < project.sites.size() && !input.site; ++number) {
            const auto holds = [&](const std::string& text) {
                return lint::is_within(path, std::filesystem::path(text).lexically_normal());
            };
            if (std::ranges::any_of(project.sites[number].files, holds)) {
                input.site = number;
            }
        }
    }
}

/// Adds files as the one that a program makes of them.
util::Expected<void> add_merged(const std::vector<std::string>& paths, std::vector<lint::Input>& inputs) {
    std::vector<lint::Input> parts;
    for (const auto& path : paths) {
        OIDCGEN_TRY(auto text, util::read_file(path));
        parts.push_back({path, std::move(text)});
    }
    if (parts.size() == 1) {
        inputs.push_back(std::move(parts.front()));
    } else if (!parts.empty()) {
        OIDCGEN_TRY(auto merged, lint::merged(parts));
        inputs.push_back(std::move(merged));
    }
    return {};
}

std::string normal_path(const lint::Input& input) {
    return std::filesystem::path(input.path).lexically_normal().string();
}

/// Adds the files that the given ones hand to the containers of systems, as far as they can be read.
void follow(const lint::Options& running, std::vector<lint::Input>& inputs) {
    const auto unpacked = lint::unpack(inputs, running);
    std::map<std::pair<const document::Document*, std::size_t>, std::vector<std::string>> services;
    for (const auto& mounted : unpacked.deployment.mounted) {
        const auto path = path_of(mounted);
        if (mounted.service > 0 && !mounted.system->containers.files_flag.empty()) {
            services[{mounted.place.document, mounted.service}].push_back(path);
            continue;
        }
        if (std::ranges::find(inputs, path, normal_path) != inputs.end()) {
            continue;
        }
        if (auto text = util::read_file(path)) {
            inputs.push_back({path, std::move(*text)});
        }
    }
    for (const auto& service : services) {
        const auto& paths = service.second;
        const auto is_part = [&](const lint::Input& it) {
            return std::ranges::find(paths, normal_path(it)) != paths.end();
        };
        std::vector<lint::Input> all;
        if (add_merged(paths, all)) {
            std::erase_if(inputs, is_part);
            inputs.push_back(std::move(all.front()));
        }
    }
}

/// The settings of the project that the files belong to; none when there is no such file.
util::Expected<lint::Project> load_project(const LintOptions& options, const report::Style& style) {
    std::error_code error;
    const auto& first = !options.files.empty()     ? options.files.front()
                        : !options.configs.empty() ? options.configs.front()
                                                   : options.metadata;
    const bool is_folder = std::filesystem::is_directory(first, error);
    const auto parent = std::filesystem::path(first).parent_path();
    const auto folder = is_folder ? std::filesystem::path(first) : parent.empty() ? std::filesystem::path(".") : parent;
    const auto path = first == "-" ? std::nullopt : lint::find_project(folder);
    if (!path) {
        return lint::Project{};
    }
    OIDCGEN_TRY(auto text, util::read_file(*path));
    const std::shared_ptr<const document::Document> document =
        document::read_document(path->lexically_proximate(std::filesystem::current_path(error)).string(),
                                std::move(text), document::Dialect::go_yaml);
    std::vector<oidc::SiteProblem> problems;
    auto project = lint::read_project(*document, *path, problems);
    if (!problems.empty()) {
        return tl::unexpected(site_error(problems, style));
    }
    project.path = document->source().name();
    project.document = document;
    return project;
}

Exit exit_for(const report::Report& report, std::string_view fail_on) {
    // A file that was named and not understood is a job not done, whatever else was found.
    if (!report.failure.empty() || std::ranges::any_of(report.files, &std::string::empty, &report::File::kind)) {
        return Exit::failed;
    }
    std::size_t serious = 0;
    if (fail_on != "never") {
        serious += report.count(rule::Severity::error);
    }
    if (fail_on == "warning" || fail_on == "note") {
        serious += report.count(rule::Severity::warning);
    }
    if (fail_on == "note") {
        serious += report.count(rule::Severity::note);
    }
    return serious == 0 ? Exit::clean : Exit::findings;
}

/// What a provider with this file publishes.
Exit show_discovery(const oidc::System& system, document::Document& document, const LintOptions& options,
                    const lint::Options& running, Streams& streams) {
    const auto published = system.provider->discovery(document, inspect_options(system, running));
    if (published.lacks_address && options.provider_url.empty() && running.site_provider_url.empty()) {
        streams.say(
            util::words("the file does not say where {} is reached; --provider-url does", util::own(system.title)));
    }
    std::vector<std::string_view> supplied;
    lint::add_supplied_secrets(document, supplied);
    streams.show(report::shown(published.value, supplied));
    return published.is_published ? Exit::clean : Exit::findings;
}

/// What a system makes of the first file that holds its settings, as JSON.
util::Expected<Exit> show(const std::vector<lint::Input>& inputs, const LintOptions& options,
                          const lint::Options& wished, Streams& streams) {
    std::vector<report::Acceptance> acceptances;
    const auto unpacked = lint::unpack(inputs, wished);
    const auto running = lint::narrowed(unpacked.inputs, wished, acceptances);
    const bool is_discovery = options.show == k_shows.front();
    for (const auto& input : unpacked.inputs) {
        const auto recognised = lint::recognise(input, running);
        const auto* const system = recognised.system;
        if (system == nullptr) {
            continue;
        }
        if (auto misplaced = lint::misplaced_definition(*recognised.document); !misplaced.empty()) {
            return util::failure(std::move(misplaced));
        }
        if (is_discovery && system->provider != nullptr && system->provider->discovery != nullptr) {
            return show_discovery(*system, *recognised.document, options, running, streams);
        }
        if (!is_discovery && system->application != nullptr && system->application->effective != nullptr) {
            std::vector<std::string_view> supplied;
            lint::add_supplied_secrets(*recognised.document, supplied);
            streams.show(report::shown(
                system->application->effective(*recognised.document, inspect_options(*system, running)), supplied));
            return Exit::clean;
        }
    }
    return util::failure(util::words("none of the files has settings that `--show {}` can print", options.show));
}

/// What a run works on.
struct Prepared {
    lint::Project project;
    lint::Options running;
    Inputs read;
};

util::Expected<Prepared> prepared(const LintOptions& options, Streams& streams) {
    OIDCGEN_TRY(auto project, load_project(options, streams.talk_style()));
    OIDCGEN_TRY(auto supply, supply_of(options, project));
    OIDCGEN_TRY(auto running, run_options(options, project, streams.talk_style()));
    OIDCGEN_TRY(running.filter, filter_of(options.report, project));
    running.supply = supply;
    OIDCGEN_TRY(auto read, read_inputs(options.files));
    OIDCGEN_CHECK(add_merged(options.configs, read.inputs));
    if (!options.metadata.empty()) {
        OIDCGEN_TRY(auto metadata, load_metadata(options.metadata));
        auto& input = read.inputs.emplace_back();
        input.path = metadata.path == "-" ? "<stdin>" : metadata.path;
        input.text = std::move(metadata.text);
        input.kind = generic_provider();
    }
    if (options.follow) {
        follow(running, read.inputs);
    }
    if (options.resolve) {
        if (supply == nullptr) {
            supply = std::make_shared<lint::Supply>();
        }
        resolve(read.inputs, running, *supply);
        running.supply = supply;
    }
    set_sites(project, read.inputs);
    return Prepared{std::move(project), std::move(running), std::move(read)};
}

lint::Result linted(const Prepared& prepared) {
    auto result = lint::lint(prepared.read.inputs, prepared.running);
    auto& report = result.report;
    report.looked_at = prepared.read.looked_at;
    report.not_readable = prepared.read.not_readable;
    report.settings_file = prepared.project.path;
    return result;
}

/// Everything but the report of a run that could not begin.
util::Expected<Exit> lint_files(const LintOptions& options, const ReportPlan& plan, Streams& streams) {
    if (options.files.empty() && options.configs.empty() && options.metadata.empty()) {
        return util::failure("lint needs a file or a folder; `oidcgen lint .` looks through this folder");
    }
    OIDCGEN_TRY(const auto ready, prepared(options, streams));
    if (!options.show.empty()) {
        return show(ready.read.inputs, options, ready.running, streams);
    }
    auto result = linted(ready);
    auto& report = result.report;
    if (!options.client.empty() && report.failure.empty() && !result.knows_client) {
        return util::failure(util::words("--client: no file has a client or an application with the id {}",
                                         util::outside(options.client)));
    }
    const auto exit = exit_for(report, options.fail_on);
    OIDCGEN_CHECK(hand_out(plan, report, exit, streams));
    if (!report.failure.empty()) {
        streams.say(report.failure);
    }
    for (const auto& unused : result.unused) {
        streams.say(util::words("--define: no file has a placeholder named {}{}", util::outside(unused.name),
                                unused.suggestion));
    }
    return exit;
}

util::Expected<Exit> run_lint(const LintOptions& options, Streams& streams) {
    OIDCGEN_TRY(const auto plan, report_plan(options.report, options.trace));
    auto exit = lint_files(options, plan, streams);
    if (!exit && options.show.empty()) {
        report::Report report;
        report.failure = exit.error().message;
        static_cast<void>(hand_out(plan, report, Exit::failed, streams)); // one failure is enough to tell
    }
    return exit;
}

} // namespace

util::Expected<lint::Result> lint_quietly(const LintOptions& options, Streams& streams) {
    OIDCGEN_TRY(const auto ready, prepared(options, streams));
    return linted(ready);
}

void add_site_of_files(CLI::App& command, LintOptions& options) {
    const auto providers = titles(oidc::Wing::provider);
    const auto applications = titles(oidc::Wing::application);
    for (const auto* const system : systems()) {
        if (!system->releases.empty()) {
            command
                .add_option(
                    flag_name(site::version_field(*system)), options.versions[std::string(system->name)],
                    fmt::format("release of {} to check for; auto detects it (default: the newest)", system->title))
                ->type_name("VERSION");
        }
    }
    may_be_repeated(command
                        .add_option("--address", options.addresses,
                                    fmt::format("address at which people open {}; may be repeated", applications))
                        ->type_name("URL"));
    command
        .add_option("--provider-url", options.provider_url, fmt::format("address at which people reach {}", providers))
        ->type_name("URL");
}

void add_lint(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("lint", "check configurations and predict their logins");
    const auto options = std::make_shared<LintOptions>();
    const auto providers = titles(oidc::Wing::provider);
    const auto applications = titles(oidc::Wing::application);
    command->add_option(
        "FILE", options->files,
        fmt::format("configurations of {}, folders with them, - for standard input", titles(std::nullopt, "and")));
    may_be_repeated(
        command
            ->add_option(
                "--config", options->configs,
                fmt::format("file that {} reads together with the other files given so; may be repeated", providers))
            ->type_name("FILE"));
    add_metadata(*command, options->metadata);
    add_report_options(*command, options->report);
    command->add_option("--site", options->site, "site description with addresses and versions")->type_name("FILE");
    limit_to_words(*command->add_option("--kind", options->kind, "file type, if it cannot be detected"),
                   system_names());
    auto* const literal = command->add_flag("--literal", options->literal,
                                            "treat text like ${X} or {{ x }} as it is, not as a placeholder");
    const auto add_supplying = [&](const char* name, std::vector<std::string>& values, const char* type,
                                   const char* about) {
        may_be_repeated(command->add_option(name, values, about)->type_name(type))->excludes(literal);
    };
    add_supplying("--define", options->definitions, "NAME=VALUE",
                  "value for the placeholder of that name, not for secrets; may be repeated");
    add_supplying("--env-file", options->env_files, "FILE",
                  "file of NAME=VALUE lines that fill placeholders; may be repeated");
    command
        ->add_flag("--resolve", options->resolve,
                   "read the files and variables that templates in the files ask for on this machine")
        ->excludes(literal);
    add_supplying("--values", options->values_files, "FILE",
                  "Helm values file that fills {{ .Values.NAME }}; may be repeated");
    command->add_option("--client", options->client, "only what concerns the client with this id")->type_name("ID");
    may_be_repeated(command
                        ->add_option("--only", options->only,
                                     "only what concerns this file, or the files in this folder; may be repeated")
                        ->type_name("PATH"));
    command->add_flag("--follow", options->follow, "read the files too that a Compose file hands to these programs");
    limit_to_words(*command->add_option("--use", options->use,
                                        fmt::format("how {} gets its settings (default: file)", applications)),
                   k_uses);
    limit_to_words(
        *command->add_option("--show", options->show,
                             fmt::format("print what {} publishes, or the settings that {} uses, instead of a report",
                                         providers, applications)),
        k_shows);
    add_site_of_files(*command, *options);
    limit_to_words(*command->add_option("--fail-on", options->fail_on,
                                        "lowest severity that makes the exit status 1 (default: warning)"),
                   k_levels);
    command->add_flag("--strict", options->strict, "warn about logins that cannot be predicted");
    command->add_flag("--trace", options->trace, "show every step of each login")
        ->excludes(command->get_option("--show"));
    command->get_option("--report")->excludes(command->get_option("--show"));
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_lint(*options, streams); }; });
}

} // namespace oidcgen::cli
