#include "cli/site_options.hpp"

#include "cli/choice.hpp"
#include "cli/names.hpp"
#include "document/reader.hpp"
#include "report/diagnostic.hpp"
#include "site/fields.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <span>
#include <system_error>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

constexpr std::size_t k_largest_site_file = 1U << 20U;

util::Shown shown(const oidc::SiteProblem& problem, report::Redactors& redactors, const report::Style& style) {
    if (problem.place) {
        return report::to_text({"error", problem.message, problem.place, {}, problem.help, {}}, redactors, style);
    }
    return said(problem.message, problem.help, style);
}

/// The text of the site file and its name in messages; nothing when there is none and none was asked for.
struct SiteText {
    std::string name;
    std::string text;
    std::optional<std::filesystem::path> folder;
};

util::Expected<std::optional<SiteText>> read_text(const SiteOptions& options) {
    if (options.path == "-") {
        OIDCGEN_TRY(auto text, util::read_stdin(k_largest_site_file));
        return SiteText{"<stdin>", std::move(text), std::nullopt};
    }
    const auto path = options.path.empty() ? std::filesystem::path(k_site_file) : std::filesystem::path(options.path);
    if (std::error_code error; options.path.empty() && !std::filesystem::exists(path, error) && !error) {
        return std::nullopt;
    }
    OIDCGEN_TRY(auto text, util::read_file(path, k_largest_site_file));
    return SiteText{path.string(), std::move(text), path.parent_path()};
}

} // namespace

util::Error site_error(const std::vector<oidc::SiteProblem>& problems, const report::Style& style) {
    constexpr std::size_t k_most = 200;
    report::Redactors redactors;
    const auto& first = problems.front();
    util::Error error{util::own(redactors.shown(first.message, first.place).text())};
    for (const auto& problem : std::span(problems).first(std::min(problems.size(), k_most))) {
        error.shown += shown(problem, redactors, style);
    }
    if (problems.size() > k_most) {
        error.shown += report::shown(util::words("and {} more\n", problems.size() - k_most));
    }
    return error;
}

void add_given(const SiteOptions& options, oidc::SiteValues& values) {
    for (const auto& [field, given] : options.flags) {
        site::set_from_flag(values, field, flag_name(field), given);
    }
    for (const auto& [field, answer] : options.answers) {
        site::set_from_flag(values, field, {}, {answer});
    }
}

void add_site_flags(CLI::App& command, SiteOptions& options) {
    for (const auto& field : site::fields()) {
        auto* const option = command.add_option_function<std::vector<std::string>>(
            flag_name(field.name),
            [&options, name = field.name](const std::vector<std::string>& values) {
                options.flags[std::string(name)] = values;
            },
            field.otherwise.empty() ? std::string(field.about)
                                    : fmt::format("{} (default: {})", field.about, field.otherwise));
        option->group("Site description")->type_name(std::string(field.value_name));
        if (!field.allowed.empty()) {
            name_words(*option, field.allowed);
        }
        option->expected(1)->allow_extra_args(false);
        option->multi_option_policy(field.kind == oidc::FieldKind::list ? CLI::MultiOptionPolicy::TakeAll
                                                                        : CLI::MultiOptionPolicy::Throw);
    }
}

void add_site(CLI::App& command, SiteOptions& options) {
    command.add_option("SITE", options.path, "site description, - for standard input (default: site.yaml)");
    add_site_flags(command, options);
}

util::Expected<LoadedSite> read_site(const SiteOptions& options, const report::Style& style) {
    OIDCGEN_TRY(auto text, read_text(options));
    if (!text && options.flags.empty() && options.answers.empty()) {
        return tl::unexpected(
            site_error({{util::words("{} was not found in this folder", k_site_file),
                         "`oidcgen init` makes one, or name a site file, or give at least --domain, --subdomain and "
                         "--client-id",
                         {},
                         {}}},
                       style));
    }
    LoadedSite loaded;
    std::vector<oidc::SiteProblem> problems;
    if (text) {
        loaded.folder = text->folder;
        loaded.document =
            document::read_document(std::move(text->name), std::move(text->text), document::Dialect::go_yaml);
        loaded.entries = site::read_entries(*loaded.document, problems);
    }
    add_given(options, loaded.entries);
    if (!options.metadata.empty()) {
        OIDCGEN_TRY(auto metadata, load_metadata(options.metadata));
        loaded.metadata = std::make_unique<LoadedMetadata>(std::move(metadata));
    }
    // Fields that could not be read would be reported as missing.
    if (problems.empty()) {
        loaded.site = site::read_site(loaded.entries, problems, loaded.metadata ? &loaded.metadata->value : nullptr);
    }
    if (!problems.empty()) {
        return tl::unexpected(site_error(problems, style));
    }
    if (loaded.metadata && !loaded.site.provider->is_generic) {
        return util::failure(util::words("--metadata is for a site with `provider: {}`; this one has {}",
                                         util::own(generic_provider()->name), util::own(loaded.site.provider->title)));
    }
    return loaded;
}

util::Expected<LoadedSite> load_site(const SiteOptions& options, Streams& streams) {
    OIDCGEN_TRY(auto loaded, read_site(options, streams.talk_style()));
    const auto& site = loaded.site;
    for (const auto& [system, target] :
         {std::pair(site.provider, &site.provider_target), std::pair(site.application, &site.application_target)}) {
        if (target->newer) {
            streams.say(util::words("{} {} is newer than the releases known here, so it is treated as {}",
                                    util::own(system->title), target->asked, to_string(target->used)));
        }
    }
    return loaded;
}

util::Expected<void> check_side(const oidc::System& wanted, const oidc::System& chosen, std::string_view field) {
    if (&wanted == &chosen) {
        return {};
    }
    return util::failure(
        util::words("the {} of this site is {}; `oidcgen {}` writes its side, and `{}: {}` in the site "
                    "file makes it {}",
                    field, chosen.title, chosen.name, field, wanted.name, wanted.title));
}

} // namespace oidcgen::cli
