#include "cli/credentials.hpp"

#include "report/suspicion.hpp"
#include "secret/digest.hpp"
#include "secret/exposure.hpp"
#include "secret/source.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

#include <system_error>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

constexpr std::size_t k_largest_digest_file = 65536;

std::optional<std::filesystem::path> path_of(const std::optional<std::string>& named, std::string_view suffix,
                                             const LoadedSite& loaded, std::string_view field) {
    if (named) {
        // A flag's path is relative to where the program runs, like every path on a command line.
        const auto entry = loaded.entries.find(field);
        const bool from_flag = entry != loaded.entries.end() && !entry->second.front().flag.empty();
        return from_flag ? std::filesystem::path(*named) : loaded.folder.value_or("") / *named;
    }
    if (!loaded.folder) {
        return std::nullopt;
    }
    return *loaded.folder / (loaded.site.client_id + std::string(suffix));
}

/// A default file may be absent, a named one may not. A name that is no file's may be the secret itself, and is not
/// repeated.
util::Expected<bool> is_wanted(const std::filesystem::path& path, const std::optional<std::string>& named,
                               std::string_view field) {
    std::error_code error;
    const bool is_there = std::filesystem::exists(std::filesystem::symlink_status(path, error));
    if (named && !is_there && (report::is_no_file_name(*named) || !report::suspicious_in(*named).empty())) {
        return util::failure(
            util::words("the file that {} names does not exist; the value is the name of a file, never the "
                        "secret or digest itself",
                        util::own(field)));
    }
    return named || is_there;
}

util::Expected<std::string> read_digest(const std::filesystem::path& path) {
    OIDCGEN_TRY(const auto text, util::read_file(path, k_largest_digest_file));
    return std::string(util::trimmed(text));
}

/// Checks that the provider takes the text as the digest of a secret.
util::Expected<secret::Digest> usable_digest(std::string_view text, const util::Words& origin,
                                             const oidc::System& provider) {
    if (text.empty()) {
        return util::failure(util::words("{} is empty", origin));
    }
    if (!text.starts_with('$')) {
        return util::failure(util::words("{} is not a digest, which starts with $; `oidcgen hash` makes one from a "
                                         "secret",
                                         origin));
    }
    auto digest = secret::parse_digest(text);
    if (!digest) {
        return util::failure(util::words("{} is not a digest that {} reads: {}", origin, util::own(provider.title),
                                         util::own(digest.error().message)));
    }
    if (digest->scheme == secret::Scheme::plaintext) {
        return util::failure(util::words("{} holds the secret itself; `oidcgen hash` makes a digest of it", origin));
    }
    return std::move(*digest);
}

util::Expected<void> check_pair(const secret::Digest& digest, const secret::Secret& secret,
                                const util::Words& digest_origin, const util::Words& secret_origin) {
    switch (verify(digest, secret)) {
    case secret::Verdict::match:
    case secret::Verdict::unable:
        return {};
    case secret::Verdict::too_dear:
        return util::failure(util::words("{} needs too much work to be verified", digest_origin));
    case secret::Verdict::mismatch:
        break;
    }
    return util::failure(
        util::words("{} is not the digest of the secret in {}; remove the digest to have a new one made, "
                    "or put the right secret there",
                    digest_origin, secret_origin));
}

} // namespace

CredentialPaths credential_paths(const LoadedSite& loaded) {
    return {path_of(loaded.site.secret_file, ".secret", loaded, "secret_file"),
            path_of(loaded.site.digest_file, ".digest", loaded, "digest_file")};
}

util::Expected<secret::Secret> read_secret_file(const std::filesystem::path& path, Streams& streams) {
    for (const auto& exposure : secret::exposures(path)) {
        streams.say(util::words("warning: {}", exposure));
    }
    return secret::from_file(path);
}

void warn_of_sample(const Credentials& credentials, Streams& streams) {
    if (credentials.secret && secret::is_documentation_sample(*credentials.secret)) {
        streams.say("warning: the secret is a sample from public documentation, which everybody knows; `oidcgen hash "
                    "--generate` makes another");
    } else if (credentials.digest && secret::is_documentation_sample(*credentials.digest)) {
        streams.say("warning: the digest is a sample from public documentation, whose secret everybody knows; "
                    "`oidcgen hash --generate` makes another");
    }
}

util::Expected<Credentials> load_credentials(const LoadedSite& loaded, const std::optional<std::string>& digest_flag,
                                             Streams& streams) {
    const auto paths = credential_paths(loaded);
    Credentials result;
    util::Words digest_origin = "--digest";
    if (digest_flag) {
        result.digest = std::string(util::trimmed(*digest_flag));
    } else if (loaded.site.provider->provider->keeps_digest && paths.digest) {
        OIDCGEN_TRY(const bool is_read, is_wanted(*paths.digest, loaded.site.digest_file, "digest_file"));
        if (is_read) {
            digest_origin = util::path(paths.digest->string());
            OIDCGEN_TRY(result.digest, read_digest(*paths.digest));
        }
    }
    std::optional<secret::Digest> digest;
    if (result.digest) {
        OIDCGEN_TRY(digest, usable_digest(*result.digest, digest_origin, *loaded.site.provider));
    }
    if (paths.secret) {
        OIDCGEN_TRY(const bool is_read, is_wanted(*paths.secret, loaded.site.secret_file, "secret_file"));
        if (is_read) {
            OIDCGEN_TRY(result.secret, read_secret_file(*paths.secret, streams));
        }
    }
    if (digest && result.secret) {
        OIDCGEN_CHECK(check_pair(*digest, *result.secret, digest_origin, util::path(paths.secret->string())));
    }
    warn_of_sample(result, streams);
    return result;
}

} // namespace oidcgen::cli
