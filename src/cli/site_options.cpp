#include "cli/site_options.hpp"

#include "cli/choice.hpp"
#include "document/reader.hpp"
#include "report/diagnostic.hpp"
#include "site/fields.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <ostream>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace oidcgen::cli {

namespace {

constexpr std::size_t k_largest_site_file = 1U << 20U;

std::string flag_name(std::string_view field) {
    std::string name = "--" + std::string(field);
    std::ranges::replace(name, '_', '-');
    return name;
}

void tell(const site::Problem& problem, Streams& streams) {
    if (problem.place) {
        streams.err << report::to_text({"error", problem.message, problem.place, {}, problem.help, {}});
        return;
    }
    fmt::print(streams.err, "oidcgen: {}\n", problem.message);
    if (!problem.help.empty()) {
        fmt::print(streams.err, "   = help: {}\n", problem.help);
    }
}

/// The text of the site file and its name in messages; nothing when there is none and none was asked for.
struct SiteText {
    std::string name;
    std::string text;
    std::optional<std::filesystem::path> folder;
};

util::Expected<std::optional<SiteText>> read_text(const SiteOptions& options) {
    if (options.path == "-") {
        auto text = util::read_stdin(k_largest_site_file);
        if (!text) {
            return tl::unexpected(text.error());
        }
        return SiteText{"<stdin>", std::move(*text), std::nullopt};
    }
    const auto path = options.path.empty() ? std::filesystem::path(k_site_file) : std::filesystem::path(options.path);
    if (std::error_code error; options.path.empty() && !std::filesystem::exists(path, error) && !error) {
        return std::nullopt;
    }
    auto text = util::read_file(path, k_largest_site_file);
    if (!text) {
        return tl::unexpected(text.error());
    }
    return SiteText{path.string(), std::move(*text), path.parent_path()};
}

} // namespace

void add_site_flags(CLI::App& command, SiteOptions& options) {
    for (const auto& field : site::fields()) {
        auto* const option = command.add_option_function<std::vector<std::string>>(
            flag_name(field.name),
            [&options, name = field.name](const std::vector<std::string>& values) {
                options.flags[std::string(name)] = values;
            },
            std::string(field.about));
        option->group("Site description")->type_name(std::string(field.value_name));
        if (!field.allowed.empty()) {
            name_words(*option, field.allowed);
        }
        option->expected(1)->allow_extra_args(false);
        option->multi_option_policy(field.kind == site::FieldKind::list ? CLI::MultiOptionPolicy::TakeAll
                                                                        : CLI::MultiOptionPolicy::Throw);
    }
}

void add_site(CLI::App& command, SiteOptions& options) {
    command.add_option("SITE", options.path, "site description, - for standard input (default: site.yaml)");
    add_site_flags(command, options);
}

std::optional<LoadedSite> load_site(const SiteOptions& options, Streams& streams) {
    auto text = read_text(options);
    if (!text) {
        fmt::print(streams.err, "oidcgen: {}\n", text.error().message);
        return std::nullopt;
    }
    if (!*text && options.flags.empty()) {
        fmt::print(streams.err,
                   "oidcgen: there is no {} here\n   = help: `oidcgen init` makes one, or name a site file, or give at "
                   "least --domain, --subdomain and --client-id\n",
                   k_site_file);
        return std::nullopt;
    }
    LoadedSite loaded;
    std::vector<site::Problem> problems;
    if (*text) {
        loaded.folder = (*text)->folder;
        loaded.document =
            document::read_document(std::move((*text)->name), std::move((*text)->text), document::Dialect::go_yaml);
        loaded.entries = site::read_entries(*loaded.document, problems);
    }
    for (const auto& [field, values] : options.flags) {
        site::set_from_flag(loaded.entries, field, flag_name(field), values);
    }
    // Fields that could not be read would be reported as missing.
    if (problems.empty()) {
        loaded.site = site::read_site(loaded.entries, problems);
    }
    std::ranges::for_each(problems, [&](const site::Problem& problem) { tell(problem, streams); });
    return problems.empty() ? std::optional(std::move(loaded)) : std::nullopt;
}

} // namespace oidcgen::cli
