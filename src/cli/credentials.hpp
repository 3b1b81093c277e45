#pragma once

#include "cli/run.hpp"
#include "cli/site_options.hpp"
#include "secret/secret.hpp"
#include "util/error.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace oidcgen::cli {

/// The client secret and its digest, as far as they are there. When both are, they belong to each other.
struct Credentials {
    std::optional<secret::Secret> secret;
    std::optional<std::string> digest;
};

/// Where the site's secret and digest stand: as its fields say, relative to the site file, or the default names beside
/// it. Nothing for a default when no site file is there to stand beside.
struct CredentialPaths {
    std::optional<std::filesystem::path> secret;
    std::optional<std::filesystem::path> digest;
};

[[nodiscard]] CredentialPaths credential_paths(const LoadedSite& loaded);

/// Reads the secret from a file that is there already. Warns on `err` when others may know or change it.
[[nodiscard]] util::Expected<secret::Secret> read_secret_file(const std::filesystem::path& path, Streams& streams);

/// Reads what is there; a digest given as text comes before the digest file. Warns on `err` about the sample of
/// the documentation and about a secret that others may know. Errors: a named file that is missing, an unreadable or
/// unusable value, a secret and a digest that do not belong together.
[[nodiscard]] util::Expected<Credentials>
load_credentials(const LoadedSite& loaded, const std::optional<std::string>& digest_flag, Streams& streams);

/// Warns on `err` when the secret or digest is one that a public documentation prints.
void warn_of_sample(const Credentials& credentials, Streams& streams);

} // namespace oidcgen::cli
