#include "cli/metadata.hpp"

#include "document/reader.hpp"
#include "systems.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <utility>

namespace oidcgen::cli {

namespace {

/// Why a text is no metadata.
util::Words refusal(const document::Document& document, std::string_view text) {
    const auto front = util::trimmed(text).substr(0, 1);
    if (front.empty()) {
        return "the file is empty";
    }
    if (front == "<") {
        return "it is a web page, not JSON; the address of the metadata ends in /.well-known/openid-configuration";
    }
    if (const auto* const fault = document.fatal()) {
        return util::words("it is not whole JSON, as line {} shows", document.source().line_of(fault->span.start));
    }
    return "it lacks what all metadata has: issuer, authorization_endpoint, token_endpoint, jwks_uri";
}

} // namespace

const oidc::System* generic_provider() {
    const auto all = systems();
    const auto found = std::ranges::find_if(
        all, [](const oidc::System* it) { return it->wing == oidc::Wing::provider && it->is_generic; });
    return found == all.end() ? nullptr : *found;
}

util::Expected<LoadedMetadata> load_metadata(const std::string& path) {
    const auto& system = *generic_provider();
    LoadedMetadata result;
    result.path = path;
    if (path == "-") {
        OIDCGEN_TRY(result.text, util::read_stdin());
    } else {
        OIDCGEN_TRY(result.text, util::read_file(path));
    }
    const auto reading = system.reading({}, oidc::Use::file);
    result.document = document::read_document(path, result.text, reading.dialect, reading.limits);
    if (result.document->fatal() != nullptr || !system.recognises(*result.document)) {
        return util::failure(util::words("{} is not the metadata of a provider: {}", util::path(path),
                                         refusal(*result.document, result.text)));
    }
    rule::Findings nobody_reads;
    auto provider = system.provider->inspect(*result.document, {}, nobody_reads);
    result.value = std::move(*provider.saved_metadata);
    return result;
}

void add_metadata(CLI::App& command, std::string& path) {
    if (generic_provider() != nullptr) {
        command
            .add_option("--metadata", path,
                        "file with what the provider publishes at /.well-known/openid-configuration")
            ->type_name("FILE");
    }
}

} // namespace oidcgen::cli
