#pragma once

#include "document/document.hpp"
#include "oidc/metadata.hpp"
#include "oidc/system.hpp"
#include "util/error.hpp"

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

/// Metadata of a provider that was saved to a file, as `--metadata` names it.
struct LoadedMetadata {
    std::string path; ///< as it was given
    std::string text;
    std::unique_ptr<document::Document> document;
    oidc::SavedMetadata value;
};

/// The system that stands for every provider without a folder of its own; null when there is none.
[[nodiscard]] const oidc::System* generic_provider();

/// Reads it. The error says what the file is instead.
[[nodiscard]] util::Expected<LoadedMetadata> load_metadata(const std::string& path);

/// Adds the option to a command, when there is a system that can do with it.
void add_metadata(CLI::App& command, std::string& path);

} // namespace oidcgen::cli
