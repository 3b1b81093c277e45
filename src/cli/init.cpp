#include "cli/command.hpp"
#include "cli/credentials.hpp"
#include "cli/site_options.hpp"
#include "report/redact.hpp"
#include "report/style.hpp"
#include "report/suspicion.hpp"
#include "secret/digest.hpp"
#include "secret/source.hpp"
#include "site/fields.hpp"
#include "systems.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

namespace oidcgen::cli {

namespace {

struct Question {
    std::string_view field;
    std::string text;
    std::string_view otherwise; ///< answer for an empty line; empty: none
    bool may_be_left_out = false;
};

/// The system that a flag chooses, or the first one.
const oidc::System& chosen_system(const SiteOptions& options, std::string_view field, oidc::Wing wing) {
    const auto chosen = options.flags.find(field);
    const auto* const named = chosen != options.flags.end() ? find_system(chosen->second.front()) : nullptr;
    return named != nullptr && named->wing == wing ? *named : *site::first_system(wing);
}

/// The questions about a site, with those of its provider; the answer proposed for the client id is the name of its
/// application, and nothing where the provider makes it up.
std::vector<Question> questions(const SiteOptions& options) {
    const auto& application = chosen_system(options, "application", oidc::Wing::application);
    const auto& provider = chosen_system(options, "provider", oidc::Wing::provider);
    std::vector<Question> result{
        {"domain", "domain of your site, like example.com", ""},
        {"subdomain", fmt::format("subdomain of {} ('' if it is the domain itself)", application.title), "photos"}};
    for (const auto& field : provider.fields) {
        if (!field.question.empty()) {
            result.push_back({field.name, std::string(field.question), field.otherwise});
        }
    }
    if (!provider.provider->makes_credentials) {
        result.push_back({"client_id", "client id, the name of the client on both sides", application.name});
        return result;
    }
    result.push_back(
        {"client_id",
         fmt::format("client id that {} shows, or an empty line if the client is not made yet", provider.title), "",
         true});
    return result;
}

bool is_there(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(path, error));
}

bool has_terminal() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

/// What is wrong with the flags and answers so far, apart from what is still to come.
std::vector<oidc::SiteProblem> problems_of(const SiteOptions& options) {
    oidc::SiteValues values;
    add_given(options, values);
    std::vector<oidc::SiteProblem> problems;
    static_cast<void>(site::read_site(values, problems));
    std::erase_if(problems, [](const oidc::SiteProblem& problem) { return problem.is_missing; });
    return problems;
}

/// What is wrong with the flags whatever the answers will be. Names below the domain can be checked below any.
std::vector<oidc::SiteProblem> problems_of_flags(SiteOptions options) {
    if (!options.flags.contains("domain")) {
        options.answers["domain"] = "example.com";
    }
    return problems_of(options);
}

/// A line that the person types behind the question; nothing at the end of the input.
std::optional<std::string> answer_to(const util::Words& question, Streams& streams) {
    streams.ask(question);
    std::string line;
    if (!std::getline(std::cin, line)) {
        streams.ask("\n");
        return std::nullopt;
    }
    return std::string(util::trimmed(line));
}

/// Asks until the answer can be used. False when the person ended the input.
bool ask(const Question& question, SiteOptions& options, Streams& streams) {
    const auto words =
        util::words("{}{}: ", util::own(question.text),
                    question.otherwise.empty() ? util::Words() : util::words(" [{}]", question.otherwise));
    while (auto answer = answer_to(words, streams)) {
        if (answer->empty()) {
            *answer = question.otherwise;
        }
        if (answer->empty() && question.may_be_left_out) {
            return true;
        }
        if (answer->empty()) {
            streams.ask("  please type an answer, or press Ctrl-D to stop; nothing is made then\n");
            continue;
        }
        const bool means_empty = question.field == "subdomain" && *answer == "''";
        options.answers[std::string(question.field)] = means_empty ? std::string() : *answer;
        // There were none before this answer.
        const auto problems = problems_of(options);
        if (problems.empty()) {
            return true;
        }
        const auto& first = problems.front();
        streams.ask(first.help.empty() ? util::words("  {}\n", first.message)
                                       : util::words("  {}: {}\n", first.message, first.help));
        options.answers.erase(std::string(question.field));
    }
    return false;
}

/// Asks for the required fields that are not there yet. False when the person ended the input.
bool ask_all(SiteOptions& options, Streams& streams) {
    return std::ranges::all_of(questions(options), [&](const Question& question) {
        const bool by_address = question.field == "subdomain" && options.flags.contains("address");
        return by_address || options.flags.contains(question.field) || options.answers.contains(question.field) ||
               ask(question, options, streams);
    });
}

/// False when the person says no or ends the input.
bool agrees(const util::Words& question, Streams& streams) {
    while (const auto answer = answer_to(question, streams)) {
        const auto word = util::lowered(*answer);
        if (word.empty() || word == "y" || word == "yes") {
            return true;
        }
        if (word == "n" || word == "no") {
            return false;
        }
        streams.ask("  please answer y or n\n");
    }
    return false;
}

/// Flags describe a new site; an existing site file is used as it is, so they must not say something else.
util::Expected<void> check_flags(const SiteOptions& options, const LoadedSite& from_file, const report::Style& style) {
    util::Error error;
    for (const auto& [field, values] : options.flags) {
        const auto found = from_file.entries.find(field);
        std::vector<std::string> there;
        if (found != from_file.entries.end()) {
            for (const auto& entry : found->second) {
                there.push_back(entry.text);
            }
        }
        std::vector<std::string> wanted;
        for (const auto& value : values) {
            wanted.emplace_back(util::trimmed(value));
        }
        if (wanted != there) {
            error.message = util::words("{} already exists, and has another value for {}", k_site_file, field);
            error.shown += said(error.message, "change the file, or remove it to have a new one made", style);
        }
    }
    return error.shown.empty() ? util::Expected<void>() : tl::unexpected(std::move(error));
}

struct Files {
    CredentialPaths paths;
    Credentials credentials;
    bool has_secret = true; ///< there is a file of it, or one is made; otherwise the provider hands it out later
    bool make_secret = false;
    bool make_digest = false;
};

/// The secret that the provider made up: from its file, or from the person who sees it there.
util::Expected<Files> handed_out(const LoadedSite& loaded, Files files, Streams& streams) {
    files.has_secret = loaded.site.has_client_id() && is_there(*files.paths.secret);
    if (files.has_secret) {
        OIDCGEN_TRY(files.credentials, load_credentials(loaded, std::nullopt, streams));
    } else if (loaded.site.has_client_id() && has_terminal()) {
        OIDCGEN_TRY(files.credentials.secret,
                    secret::from_prompt(fmt::format("client secret that {} shows: ", loaded.site.provider->title),
                                        secret::Confirm::no));
        files.has_secret = true;
        files.make_secret = true;
        warn_of_sample(files.credentials, streams);
    }
    return files;
}

util::Expected<Files> credentials_for(const LoadedSite& loaded, Streams& streams) {
    Files files;
    files.paths = credential_paths(loaded);
    const auto looks_like_secret = [](const std::optional<std::string>& name) {
        return name && !report::suspicious_in(*name).empty();
    };
    if (looks_like_secret(loaded.site.secret_file) || looks_like_secret(loaded.site.digest_file)) {
        return util::failure(
            "secret_file and digest_file are names of files, and one of them looks like a secret or digest itself");
    }
    if (loaded.site.provider->provider->makes_credentials) {
        return handed_out(loaded, std::move(files), streams);
    }
    files.make_secret = !is_there(*files.paths.secret);
    const bool keeps_digest = loaded.site.provider->provider->keeps_digest;
    files.make_digest = keeps_digest && !is_there(*files.paths.digest);
    if (keeps_digest && files.make_secret && !files.make_digest) {
        return util::failure(
            util::words("{} exists without {}; put the secret there, or remove the digest to have a new "
                        "pair made",
                        util::path(files.paths.digest->string()), util::path(files.paths.secret->string())));
    }
    if (files.make_secret || files.make_digest) {
        OIDCGEN_TRY(files.credentials.secret,
                    files.make_secret ? secret::generated() : read_secret_file(*files.paths.secret, streams));
        if (files.make_digest) {
            OIDCGEN_TRY(files.credentials.digest, secret::make_digest(*files.credentials.secret));
        }
        warn_of_sample(files.credentials, streams);
        return files;
    }
    OIDCGEN_TRY(files.credentials, load_credentials(loaded, std::nullopt, streams));
    return files;
}

/// The values of the site, what follows from them, and what is going to be made, for the person to look at before.
util::Shown plan(const LoadedSite& loaded, const Files& files, bool make_site, const report::Style& style) {
    const auto& site = loaded.site;
    struct Row {
        std::string_view title;
        util::Words text;
    };
    const auto file = [](const std::filesystem::path& path, bool make, const char* about) {
        return util::words("{} ({})", util::path(path.string()), make ? about : "already exists, and is used");
    };
    std::vector<Row> rows;
    for (const auto& field : site::fields()) {
        for (const auto& value : oidc::SiteFields(loaded.entries).all(field.name)) {
            rows.push_back({field.name, util::bare(value.text)});
        }
    }
    rows.push_back({site.application->title, util::bare(to_string(site.address))});
    rows.push_back({site.provider->title, util::bare(site::provider(site, {}).issuers.front().value)});
    if (files.has_secret) {
        rows.push_back(
            {"files", file(*files.paths.secret, files.make_secret,
                           site.provider->provider->makes_credentials ? "the client secret, that only you can read"
                                                                      : "a new client secret that only you can read")});
    }
    if (site.provider->provider->keeps_digest) {
        rows.push_back({"", file(*files.paths.digest, files.make_digest, "the digest of the secret")});
    }
    rows.push_back({files.has_secret ? "" : "files", file(k_site_file, make_site, "the description of this site")});
    std::size_t width = 0;
    for (const auto& row : rows) {
        width = std::max(width, row.title.size());
    }
    auto result = report::shown("\n");
    for (const auto& row : rows) {
        result += style.columns(report::shown(util::own(row.title)), report::shown(row.text), width + 2);
    }
    return result;
}

/// The commands that come after this one.
util::Shown next_steps(const site::Site& site, const Files& files, const report::Style& style) {
    const std::string indent = "  oidcgen ";
    const auto& provider = *site.provider->provider;
    const auto first = provider.write != nullptr ? site.provider->name : std::string_view("checklist");
    const auto column = indent.size() + std::max(first.size(), site.application->name.size()) + 2;
    auto result = report::shown("\nnext:\n");
    const auto add = [&](std::string_view command, const std::string& about) {
        result += style.columns(report::shown(util::own(fmt::format("{}{}", indent, command))),
                                report::shown(util::own(about)), column);
    };
    add(first, fmt::format("prints what goes into {}", site.provider->goes_to));
    if (provider.makes_credentials && !files.has_secret) {
        result += report::shown(
            util::words("then put the client id that {} shows into {}, and the secret into a file that only you can "
                        "read, which `secret_file` names\n",
                        util::own(site.provider->title), k_site_file));
    }
    add(site.application->name, fmt::format("prints what goes into {}", site.application->goes_to));
    const auto settings = file_name(*site.application);
    add("lint",
        provider.makes_credentials
            ? fmt::format("checks the downloaded client with the settings, like `oidcgen lint FILE {}`", settings)
        : provider.knows_clients
            ? fmt::format("checks both files together, like `oidcgen lint {} {}`", file_name(*site.provider), settings)
            : fmt::format(
                  "checks the settings against what the provider publishes, like `oidcgen lint {} --metadata FILE`",
                  settings));
    return result;
}

/// Writes a file that was not there, or says that it stays.
util::Expected<void> make_or_keep(const std::filesystem::path& path, bool make, std::string_view content,
                                  util::ReadableBy readable_by, Streams& streams) {
    if (make) {
        OIDCGEN_CHECK(util::write_file(path, content, util::Overwrite::no, readable_by));
    }
    streams.show(report::shown(util::words("{} {}\n", make ? "made" : "kept", util::path(path.string()))));
    return {};
}

struct Chosen {
    LoadedSite loaded;
    Files files;
};

/// The site that the site file and the flags describe.
util::Expected<Chosen> described(const SiteOptions& options, Streams& streams) {
    OIDCGEN_TRY(auto loaded, load_site(options, streams));
    loaded.folder = ""; // the site file is in the working folder, or is about to be
    OIDCGEN_TRY(auto files, credentials_for(loaded, streams));
    return Chosen{std::move(loaded), std::move(files)};
}

/// The site that the person describes. The client id names the files of the secret, so it is asked for again when those
/// that are there cannot be used.
util::Expected<Chosen> asked(SiteOptions& options, Streams& streams) {
    const bool names_files = options.flags.contains("secret_file") || options.flags.contains("digest_file");
    while (ask_all(options, streams)) {
        auto chosen = described(options, streams);
        if (chosen || names_files || !options.answers.contains("client_id")) {
            return chosen;
        }
        streams.ask(util::words("  {}\n", chosen.error().message));
        options.answers.erase("client_id");
    }
    return util::failure("the input ended before every question was answered; nothing was made");
}

util::Expected<Exit> run_init(const SiteOptions& given, Streams& streams) {
    const std::filesystem::path site_path(k_site_file);
    const bool make_site = !is_there(site_path);
    const bool is_watched = has_terminal();
    SiteOptions options = given;
    if (make_site && !is_watched && options.flags.empty()) {
        return util::failure("without a terminal to ask at, init needs at least --domain, --subdomain and --client-id");
    }
    const bool asks = make_site && is_watched;
    if (asks) {
        if (const auto problems = problems_of_flags(options); !problems.empty()) {
            return tl::unexpected(site_error(problems, streams.talk_style()));
        }
    } else if (!make_site) {
        options.flags.clear();
    }
    OIDCGEN_TRY(const auto chosen, asks ? asked(options, streams) : described(options, streams));
    const auto& [loaded, files] = chosen;
    if (!make_site) {
        OIDCGEN_CHECK(check_flags(given, loaded, streams.talk_style()));
    }
    if (is_watched && (make_site || files.make_secret || files.make_digest)) {
        streams.say(plan(loaded, files, make_site, streams.talk_style()));
        if (!options.answers.empty() && !agrees("make these files? [Y/n] ", streams)) {
            return util::failure("nothing was made");
        }
    }
    const auto& secret = files.credentials.secret;
    const auto& digest = files.credentials.digest;
    // The secret comes first and the site file last, so that a second run after a failure makes what is still missing.
    if (files.has_secret) {
        OIDCGEN_CHECK(make_or_keep(*files.paths.secret, files.make_secret, files.make_secret ? secret->reveal() : "",
                                   util::ReadableBy::owner, streams));
    }
    if (loaded.site.provider->provider->keeps_digest) {
        OIDCGEN_CHECK(make_or_keep(*files.paths.digest, files.make_digest, files.make_digest ? *digest + "\n" : "",
                                   util::ReadableBy::umask, streams));
    }
    OIDCGEN_CHECK(
        make_or_keep(site_path, make_site, site::site_file(loaded.entries), util::ReadableBy::umask, streams));
    streams.show(next_steps(loaded.site, files, streams.style()));
    return Exit::clean;
}

} // namespace

void add_init(CLI::App& program, Action& action) {
    const bool makes_digest = std::ranges::any_of(systems(), [](const oidc::System* system) {
        return system->provider != nullptr && system->provider->keeps_digest;
    });
    auto* const command =
        program.add_subcommand("init", makes_digest ? "make a site file, a client secret and its digest here"
                                                    : "make a site file and a client secret here");
    const auto options = std::make_shared<SiteOptions>();
    add_site_flags(*command, *options);
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_init(*options, streams); }; });
}

} // namespace oidcgen::cli
