#include "lint/lint.hpp"

#include "systems.hpp"

#include <utility>

namespace oidcgen::lint {

namespace {

std::unique_ptr<document::Document> read(const Input& input, const oidc::System& system, const Options& options) {
    const auto reading = system.reading(target_of(system, options).used, options.use);
    return document::read_document(input.path, input.text, reading.dialect, reading.limits);
}

} // namespace

oidc::Target target_of(const oidc::System& system, const Options& options) {
    const auto found = options.targets.find(std::string(system.name));
    return found == options.targets.end() ? newest_target(system) : found->second;
}

oidc::InspectOptions inspect_options(const oidc::System& system, const Options& options) {
    oidc::InspectOptions result;
    const auto target = target_of(system, options);
    result.version = target.used;
    result.newer_than_known = target.newer;
    result.placeholders = options.placeholders;
    result.use = options.use;
    result.provider_url = options.provider_url;
    result.now = options.now;
    return result;
}

Recognised recognise(const Input& input, const Options& options) {
    std::unique_ptr<document::Document> of_kind;
    if (options.kind != nullptr) {
        of_kind = read(input, *options.kind, options);
        if (options.kind->recognises(*of_kind)) {
            return {std::move(of_kind), options.kind};
        }
    }
    std::unique_ptr<document::Document> document;
    Recognised by_word; // a file that cannot be read whole, told by a word in it
    for (const auto* const system : systems()) {
        if (system == options.kind) {
            continue;
        }
        document = read(input, *system, options);
        if (system->recognises(*document)) {
            return {std::move(document), system};
        }
        if (!of_kind && by_word.system == nullptr && document->fatal() != nullptr &&
            input.text.find(system->telling_word) != std::string::npos) {
            by_word = {std::move(document), system};
        }
    }
    if (by_word.system != nullptr) {
        return by_word;
    }
    return of_kind ? Recognised{std::move(of_kind), options.kind} : Recognised{std::move(document), nullptr};
}

} // namespace oidcgen::lint
