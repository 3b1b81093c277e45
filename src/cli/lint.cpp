#include "lint/lint.hpp"
#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/site_options.hpp"
#include "lint/versions.hpp"
#include "systems.hpp"
#include "util/file.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
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

constexpr std::array k_formats{"text"sv, "json"sv};
constexpr std::array k_kinds{"authelia"sv, "immich"sv};
constexpr std::array k_uses{"file"sv, "import"sv};
constexpr std::array k_shows{"discovery"sv, "effective"sv};
constexpr std::array k_levels{"error"sv, "warning"sv, "note"sv, "never"sv};
constexpr std::string_view k_narrowed = "auto"; ///< in place of a version

struct Options {
    std::vector<std::string> files;
    std::string format = "text";
    std::string kind;
    std::string site;
    std::string use = "file";
    std::string show;
    std::string provider_url;
    std::string fail_on = "warning";
    std::vector<std::string> addresses;
    std::string authelia_version;
    std::string immich_version;
    bool literal = false;
    bool trace = false;
};

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

util::Expected<std::vector<std::string>> origins(const std::vector<std::string>& texts) {
    std::vector<std::string> result;
    for (const auto& text : texts) {
        // What people copy from the browser has a path, which does not matter.
        const auto origin = util::parse_origin(util::origin_part(text));
        if (!origin) {
            return util::failure(fmt::format("--address {} {}", util::quoted(text), origin.error().message));
        }
        result.push_back(to_string(*origin));
    }
    return result;
}

util::Expected<void> set_version(const std::string& system, const std::string& text, lint::Options& options) {
    if (text == k_narrowed) {
        options.narrowed.insert(system);
        return {};
    }
    const auto version = resolve_version(*find_system(system), text);
    if (!version) {
        return util::failure(fmt::format("--{}-version: {}", system, version.error().message));
    }
    options.versions[system] = *version;
    return {};
}

/// The options of the run. Nothing when the site file has problems, which were then told.
util::Expected<std::optional<lint::Options>> run_options(const Options& options, Streams& streams) {
    lint::Options result;
    result.placeholders = options.literal ? oidc::Placeholders::literal : oidc::Placeholders::recognised;
    result.use = options.use == "import" ? oidc::Use::import : oidc::Use::file;
    result.kind = options.kind.empty() ? nullptr : find_system(options.kind);
    result.now = now();
    result.traces = options.trace;
    auto addresses = origins(options.addresses);
    if (!addresses) {
        return tl::unexpected(addresses.error());
    }
    result.addresses = std::move(*addresses);
    result.provider_url = options.provider_url;
    if (!options.provider_url.empty() && options.provider_url.find("://") == std::string::npos) {
        return util::failure(fmt::format("--provider-url {} has no scheme, write it like https://auth.example.com",
                                         util::quoted(options.provider_url)));
    }
    if (!options.site.empty()) {
        SiteOptions from_file;
        from_file.path = options.site;
        const auto loaded = load_site(from_file, streams);
        if (!loaded) {
            return std::nullopt;
        }
        const auto& site = loaded->site;
        result.site_addresses.push_back(to_string(site.address));
        for (const auto& other : site.other_addresses) {
            result.site_addresses.push_back(to_string(other));
        }
        result.site_provider_url = to_string(site.issuer);
        result.versions[std::string(site.provider->name)] = site.provider_version;
        result.versions[std::string(site.application->name)] = site.application_version;
    }
    for (const auto& [system, text] :
         {std::pair("authelia", &options.authelia_version), std::pair("immich", &options.immich_version)}) {
        if (text->empty()) {
            continue;
        }
        if (auto set = set_version(system, *text, result); !set) {
            return tl::unexpected(set.error());
        }
    }
    return result;
}

util::Expected<std::vector<lint::Input>> read_inputs(const std::vector<std::string>& paths) {
    std::vector<lint::Input> inputs;
    for (const auto& path : paths) {
        auto text = path == "-" ? util::read_stdin() : util::read_file(path);
        if (!text) {
            return tl::unexpected(text.error());
        }
        inputs.push_back({path == "-" ? "<stdin>" : util::printable(path), std::move(*text)});
    }
    return inputs;
}

Exit exit_for(const report::Report& report, std::string_view fail_on) {
    if (!report.failure.empty()) {
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

/// The member of that name; null when there is none.
const document::Value* member(const document::Value& value, std::string_view name) {
    const auto* const members = std::get_if<document::Value::Members>(&value.data);
    if (members == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(*members, name, [](const auto& it) { return std::string_view(it.first); });
    return found == members->end() ? nullptr : &found->second;
}

/// True for metadata whose issuer is empty.
bool is_without_address(const document::Value& published) {
    const auto* const metadata = member(published, "openid_configuration");
    const auto* const issuer = metadata == nullptr ? nullptr : member(*metadata, "issuer");
    const auto* const text = issuer == nullptr ? nullptr : std::get_if<std::string>(&issuer->data);
    return text != nullptr && text->empty();
}

/// What a system makes of the first file that holds its settings, as JSON.
util::Expected<Exit> show(std::vector<lint::Input> inputs, const Options& options, const lint::Options& wished,
                          Streams& streams) {
    std::vector<report::Acceptance> acceptances;
    const auto running = lint::narrowed(inputs, wished, acceptances);
    for (auto& input : inputs) {
        auto recognised = lint::recognise(input, running);
        const auto* const system = recognised.system;
        if (system == nullptr) {
            continue;
        }
        auto* const function = options.show == "discovery"
                                   ? (system->provider != nullptr ? system->provider->discovery : nullptr)
                                   : (system->application != nullptr ? system->application->effective : nullptr);
        if (function != nullptr) {
            const auto value = function(*recognised.document, inspect_options(*system, running));
            if (options.show == k_shows.front() && options.provider_url.empty() && running.site_provider_url.empty() &&
                is_without_address(value)) {
                fmt::print(streams.err,
                           "oidcgen: the file does not say where Authelia is reached; --provider-url does\n");
            }
            streams.out << to_json(value);
            const auto* const members = std::get_if<document::Value::Members>(&value.data);
            const bool has_none = members != nullptr && !members->empty() &&
                                  std::holds_alternative<std::nullptr_t>(members->front().second.data);
            return has_none ? Exit::findings : Exit::clean;
        }
    }
    return util::failure(fmt::format("none of the files holds settings that `--show {}` tells about", options.show));
}

util::Expected<Exit> run_lint(const Options& options, Streams& streams) {
    const auto running = run_options(options, streams);
    if (!running) {
        return tl::unexpected(running.error());
    }
    if (!*running) {
        return Exit::failed;
    }
    auto inputs = read_inputs(options.files);
    if (!inputs) {
        if (options.format == "json" && options.show.empty()) {
            report::Report report;
            report.failure = inputs.error().message;
            streams.out << to_json(report);
        }
        return tl::unexpected(inputs.error());
    }
    if (!options.show.empty()) {
        return show(std::move(*inputs), options, **running, streams);
    }
    const auto result = lint::lint(std::move(*inputs), **running);
    const auto& report = result.report;
    if (options.format == "json") {
        streams.out << to_json(report);
    } else if (report.failure.empty()) {
        streams.out << to_text(report);
        if (options.trace) {
            streams.out << to_trace(report);
        }
    }
    if (!report.failure.empty()) {
        fmt::print(streams.err, "oidcgen: {}\n", report.failure);
    }
    return exit_for(report, options.fail_on);
}

} // namespace

void add_lint(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("lint", "check configurations and predict their logins");
    const auto options = std::make_shared<Options>();
    command->add_option("FILE", options->files, "configurations of Authelia and Immich, - for standard input")
        ->required();
    limit_to_words(*command->add_option("--format", options->format, "form of the report (default: text)"), k_formats);
    command->add_option("--site", options->site, "site description to take addresses and versions from")
        ->type_name("FILE");
    limit_to_words(*command->add_option("--kind", options->kind, "what a file is that does not show it"), k_kinds);
    command->add_flag("--literal", options->literal,
                      "take text like ${X} or {{ x }} for itself, not for a placeholder");
    limit_to_words(*command->add_option("--use", options->use, "how Immich is given its settings (default: file)"),
                   k_uses);
    limit_to_words(*command->add_option("--show", options->show,
                                        "print what Authelia publishes, or what holds in Immich, instead of a report"),
                   k_shows);
    command
        ->add_option("--authelia-version", options->authelia_version,
                     "Authelia to check for, auto: what its files fit (default: the newest)")
        ->type_name("VERSION");
    command
        ->add_option("--immich-version", options->immich_version,
                     "Immich to check for, auto: what its files fit (default: the newest)")
        ->type_name("VERSION");
    command->add_option("--address", options->addresses, "where Immich is opened; may be repeated")
        ->type_name("URL")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option("--provider-url", options->provider_url, "where Authelia is reached")->type_name("URL");
    limit_to_words(
        *command->add_option("--fail-on", options->fail_on, "least serious finding for exit 1 (default: warning)"),
        k_levels);
    command->add_flag("--trace", options->trace, "tell every step of each login")
        ->excludes(command->get_option("--show"));
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_lint(*options, streams); }; });
}

} // namespace oidcgen::cli
