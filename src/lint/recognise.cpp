#include "lint/lint.hpp"

#include "lint/language.hpp"
#include "lint/unpack.hpp"
#include "systems.hpp"

#include <algorithm>
#include <utility>

namespace oidcgen::lint {

namespace {

std::unique_ptr<document::Document> read_as(const Input& input, const oidc::System& system, const Options& options) {
    return read(input, system.reading(target_of(system, options).used, options.use), options);
}

} // namespace

std::unique_ptr<document::Document> read(const Input& input, oidc::Reading reading, const Options& options) {
    if (options.placeholders == oidc::Placeholders::recognised) {
        reading.limits.actions = document::TemplateActions::filled_in;
    }
    const auto* const fillings = options.supply == nullptr ? nullptr : &options.supply->fillings();
    return input.excerpt != nullptr
               ? document::read_excerpt(input.excerpt, reading.dialect, reading.limits, fillings)
               : document::read_document(input.path, input.text, reading.dialect, reading.limits, fillings);
}

bool stops_at_action(const document::Document& document, const Options& options) {
    return options.placeholders == oidc::Placeholders::recognised && document.fatal() != nullptr &&
           document.fatal()->kind == document::FaultKind::template_syntax;
}

oidc::Target target_of(const oidc::System& system, const Options& options) {
    const auto found = options.targets.find(std::string(system.name));
    return found == options.targets.end() ? newest_target(system) : found->second;
}

oidc::InspectOptions inspect_options(const oidc::System& system, const Options& options, oidc::Form form) {
    oidc::InspectOptions result;
    result.form = form;
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
    if (input.kind != nullptr) {
        return {read_as(input, *input.kind, options), input.kind};
    }
    if (const auto language = language_of(input.path, input.text); !language.empty()) {
        return {document::read_document(input.path, {}, document::Dialect::json), nullptr, language};
    }
    std::unique_ptr<document::Document> of_kind;
    if (options.kind != nullptr) {
        of_kind = read_as(input, *options.kind, options);
        if (options.kind->recognises(*of_kind)) {
            return {std::move(of_kind), options.kind};
        }
    }
    const bool binary = is_binary(input.text);
    std::unique_ptr<document::Document> document;
    Recognised by_word; // a file that cannot be read whole, told by a word in it
    for (const auto* const system : systems()) {
        if (system == options.kind) {
            continue;
        }
        document = read_as(input, *system, options);
        if (!binary && system->recognises(*document)) {
            return {std::move(document), system};
        }
        if (!of_kind && !binary && by_word.system == nullptr && document->fatal() != nullptr &&
            !is_of_another_tool(*document) && input.text.find(system->telling_word) != std::string::npos) {
            by_word = {std::move(document), system};
        }
    }
    if (by_word.system != nullptr) {
        return by_word;
    }
    if (of_kind && !is_of_another_tool(*of_kind)) {
        return {std::move(of_kind), options.kind};
    }
    return {of_kind ? std::move(of_kind) : std::move(document), nullptr};
}

} // namespace oidcgen::lint
