#include "cli/command.hpp"
#include "cli/credentials.hpp"
#include "cli/site_options.hpp"
#include "report/redact.hpp"
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
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

namespace oidcgen::cli {

namespace {

struct Question {
    std::string_view field;
    std::string_view text;
    std::string_view otherwise; ///< answer for an empty line; empty: none
};

/// The questions about a site; the answer proposed for the client id is the name of its application.
std::array<Question, 3> questions(const SiteOptions& options) {
    const auto application = options.flags.find("application");
    return {Question{"domain", "domain of application and provider, like example.com", ""},
            Question{"subdomain", "subdomain of the application, '' for the domain itself", "photos"},
            Question{"client_id", "client id",
                     application != options.flags.end() ? std::string_view(application->second.front())
                                                        : site::first_system(oidc::Wing::application)->name}};
}

bool is_there(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(path, error));
}

bool has_terminal() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

/// Asks for the required fields that no flag gave. False when the person ended the input.
bool ask(SiteOptions& options, Streams& streams) {
    for (const auto& question : questions(options)) {
        const bool by_address = question.field == "subdomain" && options.flags.contains("address");
        if (options.flags.contains(question.field) || by_address) {
            continue;
        }
        std::string answer;
        while (answer.empty()) {
            streams.ask(
                util::words("{}{}: ", util::own(question.text),
                            question.otherwise.empty() ? util::Words() : util::words(" [{}]", question.otherwise)));
            if (!std::getline(std::cin, answer)) {
                streams.ask("\n");
                return false;
            }
            answer = std::string(util::trimmed(answer));
            if (answer.empty()) {
                answer = question.otherwise;
            }
        }
        if (answer == "''") {
            answer.clear();
        }
        options.flags[std::string(question.field)] = {answer};
    }
    return true;
}

/// Flags describe a new site; an existing site file is used as it is, so they must not say something else.
util::Expected<void> check_flags(const SiteOptions& options, const LoadedSite& from_file) {
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
            error.message = util::words("{} is kept, and says something else for {}", k_site_file, field);
            error.shown += said(error.message, "change the file, or remove it to have a new one made");
        }
    }
    return error.shown.empty() ? util::Expected<void>() : tl::unexpected(std::move(error));
}

struct Files {
    CredentialPaths paths;
    Credentials credentials;
    bool make_secret = false;
    bool make_digest = false;
};

util::Expected<Files> credentials_for(const LoadedSite& loaded, Streams& streams) {
    Files files;
    files.paths = credential_paths(loaded);
    files.make_secret = !is_there(*files.paths.secret);
    const auto looks_like_secret = [](const std::optional<std::string>& name) {
        return name && !report::suspicious_in(*name).empty();
    };
    if (looks_like_secret(loaded.site.secret_file) || looks_like_secret(loaded.site.digest_file)) {
        return util::failure(
            "secret_file and digest_file name files, and are never the secret or digest itself, which a "
            "value here looks like");
    }
    const bool keeps_digest = loaded.site.provider->provider->keeps_digest;
    files.make_digest = keeps_digest && !is_there(*files.paths.digest);
    if (keeps_digest && files.make_secret && !files.make_digest) {
        return util::failure(
            util::words("{} is there without {}; put the secret there, or remove the digest to have a new "
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

/// Writes a file that was not there, or says that it stays.
util::Expected<void> make_or_keep(const std::filesystem::path& path, bool make, std::string_view content,
                                  util::ReadableBy readable_by, Streams& streams) {
    if (make) {
        OIDCGEN_CHECK(util::write_file(path, content, util::Overwrite::no, readable_by));
    }
    streams.show(report::shown(util::words("{} {}\n", make ? "made" : "kept", util::path(path.string()))));
    return {};
}

util::Expected<Exit> run_init(const SiteOptions& given, Streams& streams) {
    const std::filesystem::path site_path(k_site_file);
    const bool make_site = !is_there(site_path);
    SiteOptions options = given;
    if (make_site) {
        if (has_terminal() && !ask(options, streams)) {
            return util::failure("the input ended before every question was answered; nothing was made");
        }
        if (options.flags.empty()) {
            return util::failure("nothing says what the site is, and there is no terminal to ask at; give at least "
                                 "--domain, --subdomain and --client-id");
        }
    } else {
        options.flags.clear();
    }
    OIDCGEN_TRY(auto loaded, load_site(options, streams));
    if (!make_site) {
        OIDCGEN_CHECK(check_flags(given, loaded));
    }
    loaded.folder = ""; // the site file stands in the working folder, or is about to

    OIDCGEN_TRY(const auto files, credentials_for(loaded, streams));
    const auto& secret = files.credentials.secret;
    const auto& digest = files.credentials.digest;
    // The secret comes first and the site file last, so that a second run after a failure makes what is still missing.
    OIDCGEN_CHECK(make_or_keep(*files.paths.secret, files.make_secret, files.make_secret ? secret->reveal() : "",
                               util::ReadableBy::owner, streams));
    if (loaded.site.provider->provider->keeps_digest) {
        OIDCGEN_CHECK(make_or_keep(*files.paths.digest, files.make_digest, files.make_digest ? *digest + "\n" : "",
                                   util::ReadableBy::umask, streams));
    }
    OIDCGEN_CHECK(
        make_or_keep(site_path, make_site, site::site_file(loaded.entries), util::ReadableBy::umask, streams));
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
