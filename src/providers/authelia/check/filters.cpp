#include "providers/authelia/check/filters.hpp"

#include "document/excerpt.hpp"
#include "document/reader.hpp"
#include "lang/go/expand.hpp"
#include "lang/go/url.hpp"
#include "providers/authelia/rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace oidcgen::providers::authelia {

namespace {

using document::Document;
using document::FaultKind;
using document::NodeId;
using document::NodeKind;
using document::Place;
using oidc::Filters;
using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_filter_sources{"https://www.authelia.com/configuration/methods/files/#file-filters"sv,
                                      "https://github.com/authelia/authelia/issues/6675"sv};
constexpr std::array k_template_sources{"https://www.authelia.com/configuration/methods/files/#file-filters"sv,
                                        "https://www.authelia.com/reference/guides/templating/"sv};

constexpr auto k_to_fill_in =
    "set X_AUTHELIA_CONFIG_FILTERS to template in the environment of the container, so that Authelia fills it in"sv;

/// Functions of Authelia's that bring something from outside the file.
constexpr std::array k_sources_of_text{"secret"sv, "fileContent"sv, "env"sv, "mustEnv"sv, "expandenv"sv};
/// Others with which its actions begin, and words of the template language
/// (https://www.authelia.com/reference/guides/templating/).
constexpr std::array k_other_words{"if"sv,     "else"sv,   "end"sv,     "range"sv,  "with"sv,    "quote"sv,
                                   "squote"sv, "mquote"sv, "msquote"sv, "indent"sv, "nindent"sv, "mindent"sv};

/// The first word of an action, from behind its braces on.
std::string_view first_word(std::string_view action) {
    action.remove_prefix(std::min(action.find_first_not_of("- (\t"), action.size()));
    return action.substr(0, action.find_first_of(" \t)}|-\""));
}

/// True when the text has template actions, and each of them is one of Authelia's.
bool has_own_actions_alone(std::string_view text) {
    if (text.find("{%") != std::string_view::npos) {
        return false;
    }
    bool result = false;
    for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
        const auto word = first_word(text.substr(at + 2));
        const bool is_source = std::ranges::find(k_sources_of_text, word) != k_sources_of_text.end();
        if (!is_source && std::ranges::find(k_other_words, word) == k_other_words.end()) {
            return false;
        }
        result = result || is_source;
    }
    return result;
}

/// The text of the whole file that the document is, or is in.
std::string_view file_of(const Document& document) { return document::in_file(document, {}).source->text(); }

void add_note(rule::Finding& found, const Filters& filters) {
    if (filters.place) {
        found.notes.push_back(
            {filters.names.empty() ? "this container sets no filters" : "the filters are set here", filters.place});
    }
}

rule::Finding not_filled_in(util::Words message, Place place, const Filters& filters, Consequence consequence) {
    auto found = rule::finding(k_template_not_filled_in, std::move(message), std::move(place), util::own(k_to_fill_in));
    rule::set_consequence(found, consequence);
    add_note(found, filters);
    return found;
}

/// Actions that are a part of a value. Secrets of clients are judged with their client.
Rendering check_values(const Document& document, const Filters& filters, rule::Findings& findings) {
    std::optional<Place> first;
    bool has_secret = false;
    for (NodeId id = 0; id < document.node_count(); ++id) {
        const auto& node = document.node(id);
        const bool is_key_of_mapping = node.parent != document::k_no_node &&
                                       document.node(node.parent).kind == NodeKind::mapping && node.position % 2 == 0;
        if (node.kind != NodeKind::scalar || is_key_of_mapping || !has_own_actions_alone(node.text)) {
            continue;
        }
        const Place place{&document, node.span, document::PathId(id)};
        const auto pointer = document.pointer(place.path);
        const bool is_key = pointer.ends_with("/issuer_private_key") ||
                            (pointer.ends_with("/key") && pointer.find("/jwks/") != std::string::npos);
        const bool is_address = pointer.find("/redirect_uris") != std::string::npos &&
                                !lang::go::parse_url(node.text, lang::go::HostColons::any);
        if (is_key || is_address) {
            findings.add(not_filled_in(is_key ? "no filter fills in this template action, so Authelia takes it for the "
                                                "key and cannot read it"
                                              : "no filter fills in this template action, so Authelia takes it for a "
                                                "part of the address and cannot read that",
                                       place, filters, Consequence::provider_refuses));
            return Rendering::refused;
        }
        const bool is_secret = pointer.ends_with("/client_secret");
        has_secret = has_secret || is_secret;
        first = first || is_secret ? first : std::optional(place);
    }
    if (first && !has_secret) {
        findings.add(not_filled_in("no filter fills in this template action, so Authelia takes it for the value itself",
                                   *first, filters, Consequence::risk));
    }
    return first || has_secret ? Rendering::none : Rendering::not_known;
}

} // namespace

const rule::Rule k_digest_expanded{
    .code = "OG1193",
    .name = "digest-expanded",
    .consequence = Consequence::login_fails,
    .also = {Consequence::provider_refuses},
    .explains = "secret-mismatch",
    .summary = "the filter expand-env takes a part of the secret for variables",
    .why = "The filter expand-env replaces $NAME and ${NAME} in the whole file before Authelia reads it, and puts "
           "nothing in place of a variable that is not set. Of a digest or of `$plaintext$…` it leaves another text, "
           "which Authelia reads as a plaintext secret that nothing matches, or refuses.",
    .bad = "# X_AUTHELIA_CONFIG_FILTERS=expand-env\nclient_secret: '$pbkdf2-sha512$310000$…$…'",
    .good = "# X_AUTHELIA_CONFIG_FILTERS=template\nclient_secret: '$pbkdf2-sha512$310000$…$…'",
    .ignore = {},
    .sources = k_filter_sources,
};

const rule::Rule k_template_not_filled_in{
    .code = "OG1194",
    .name = "template-not-filled-in",
    .consequence = Consequence::risk,
    .also = {Consequence::provider_refuses, Consequence::login_fails},
    .summary = "the file has template actions, but the filter that fills them in is not set",
    .why =
        "Authelia fills in {{ … }} only when the filter template is set. Without it an action in quotes is the value "
        "itself, so everybody who knows the file knows the secret, and an action outside quotes is not YAML. This "
        "is reported only when the container that gets the file was given too and sets no such filter.",
    .bad = "# no X_AUTHELIA_CONFIG_FILTERS\nclient_secret: '{{ secret \"/config/immich.digest\" }}'",
    .good = "# X_AUTHELIA_CONFIG_FILTERS=template\nclient_secret: '{{ secret \"/config/immich.digest\" }}'",
    .ignore = "when another program fills in the file before the container gets it",
    .sources = k_template_sources,
};

bool has_filter(const Filters& filters, std::string_view name) {
    return std::ranges::find(filters.names, name) != filters.names.end();
}

Expanded without_variables(std::string_view digest) {
    Expanded result;
    result.text = lang::go::expand(digest, [&](std::string_view name) {
        result.is_changed = result.is_changed || name != "$";
        return name == "$" ? "$" : "";
    });
    return result;
}

rule::Finding digest_expanded(Place secret, const Filters& filters) {
    auto found = rule::finding(
        k_digest_expanded,
        util::words("the filter {} takes the dollar signs in this secret for variables, so Authelia gets another text",
                    util::own(k_expand_filter)),
        std::move(secret),
        "use the filter template instead of expand-env, with {{ env \"NAME\" }} where the file has ${NAME}; to keep "
        "expand-env, double each dollar sign here");
    add_note(found, filters);
    return found;
}

rule::Finding action_as_secret(Place secret, const Filters& filters) {
    return not_filled_in("no filter fills in this template action, so Authelia takes it for the secret itself",
                         std::move(secret), filters, Consequence::login_fails);
}

Rendering check_rendering(const Document& document, const std::optional<Filters>& filters, rule::Findings& findings) {
    const auto* const excerpt = document.excerpt();
    const bool is_merged = excerpt != nullptr && excerpt->is_merged;
    const bool is_read = document.fatal() == nullptr || document.fatal()->kind == FaultKind::template_syntax;
    const auto& text = document.source().text();
    if (!filters || has_filter(*filters, k_template_filter) || is_merged || !is_read || !has_own_actions_alone(text) ||
        !has_own_actions_alone(file_of(document))) {
        return Rendering::not_known;
    }
    const auto plain = document::read_document(document.source().name(), std::string(text), document.dialect());
    const auto fault = std::ranges::find_if(
        plain->faults(), [](const document::Fault& it) { return it.kind == FaultKind::template_syntax || it.fatal; });
    if (fault != plain->faults().end()) {
        findings.add(not_filled_in("no filter fills in the template actions of this file, and outside quotes they are "
                                   "not YAML",
                                   {&document, fault->span, document::k_root_path}, *filters,
                                   Consequence::provider_refuses));
        return Rendering::refused;
    }
    return check_values(document, *filters, findings);
}

} // namespace oidcgen::providers::authelia
