#include "rule/reading.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace oidcgen::rule {

namespace {

using document::Fault;
using document::FaultKind;
using namespace std::string_view_literals;

constexpr std::array k_yaml_sources{"https://yaml.org/spec/1.1/"sv, "https://github.com/go-yaml/yaml"sv,
                                    "https://github.com/nodeca/js-yaml"sv};

const Rule k_syntax_error{
    .code = "OG0001",
    .name = "syntax-error",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::app_refuses},
    .summary = "the file is not valid YAML or JSON, so nothing after this place is read",
    .why = "A file that breaks the rules of YAML or JSON is refused as a whole. Everything before the fault was still "
           "checked.",
    .bad = "client_id: photos\n\tclient_name: Photos",
    .good = "client_id: photos\nclient_name: Photos",
    .ignore = {},
    .sources = k_yaml_sources,
};

const Rule k_duplicate_key{
    .code = "OG0002",
    .name = "duplicate-key",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::app_refuses, Consequence::risk},
    .summary = "duplicate key in a mapping",
    .why = "Readers refuse a mapping with the same key twice, or silently keep one of the two values.",
    .bad = "scopes: [openid]\nscopes: [openid, email]",
    .good = "scopes: [openid, email]",
    .ignore = {},
    .sources = k_yaml_sources,
};

const Rule k_unknown_alias{
    .code = "OG0003",
    .name = "unknown-alias",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::app_refuses},
    .summary = "an alias refers to nothing, to something that contains it, or expands to too much",
    .why = "An alias (*name) repeats the value with the anchor &name earlier in the same file. Without such an anchor, "
           "inside the value that it repeats, or when aliases multiply beyond measure, the file is refused.",
    .bad = "scopes: *common",
    .good = "scopes: &common [openid, email]",
    .ignore = {},
    .sources = k_yaml_sources,
};

} // namespace

const Rule k_template_syntax{
    .code = "OG0004",
    .name = "template-syntax",
    .consequence = Consequence::risk,
    .also = {Consequence::provider_refuses, Consequence::app_refuses},
    .summary = "a template action outside quotes, so the file is not YAML until it is filled in",
    .why =
        "An action such as {{ … }} outside quotes is not YAML. Before a template filter has filled it in, the file is "
        "read around its actions, as if every condition holds and every loop runs once. Where that is not possible, "
        "as with an action in front of a list item, nothing after it can be checked here. A program that does not "
        "fill in templates refuses every action outside quotes.",
    .bad = "clients:\n  - client_id: photos\n  {{ if .Test }}- client_id: test{{ end }}",
    .good = "clients:\n  - client_id: photos\n  {{ if .Test }}\n  - client_id: test\n  {{ end }}",
    .ignore = "when the file is filled in before the program reads it",
    .sources = k_yaml_sources,
};

namespace {

const Rule k_unreadable_text{
    .code = "OG0005",
    .name = "unreadable-text",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::app_refuses},
    .summary = "the file cannot be read as text",
    .why = "The file is too large, contains NUL bytes, is not valid UTF-8, or is nested too deeply.",
    .bad = "client_name: caf\\xe9 in Latin-1",
    .good = "client_name: café in UTF-8",
    .ignore = {},
    .sources = k_yaml_sources,
};

const Rule k_unfit_node{
    .code = "OG0006",
    .name = "unfit-node",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::app_refuses},
    .summary = "a key, tag, merge key or directive that the reader does not accept",
    .why = "Keys must be plain text, a merge key (<<) needs a mapping, a tag must fit its value, and a %YAML line must "
           "name a version that the reader accepts.",
    .bad = "%YAML 1.2\n---\nclient_id: photos",
    .good = "client_id: photos",
    .ignore = {},
    .sources = k_yaml_sources,
};

const Rule& rule_of(FaultKind kind) {
    switch (kind) {
    case FaultKind::duplicate_key:
        return k_duplicate_key;
    case FaultKind::unknown_alias:
    case FaultKind::cyclic_alias:
    case FaultKind::too_many_aliases:
        return k_unknown_alias;
    case FaultKind::template_syntax:
        return k_template_syntax;
    case FaultKind::too_large:
    case FaultKind::nul_byte:
    case FaultKind::encoding:
    case FaultKind::too_deep:
        return k_unreadable_text;
    case FaultKind::bad_merge:
    case FaultKind::bad_key:
    case FaultKind::bad_tag:
    case FaultKind::bad_directive:
        return k_unfit_node;
    case FaultKind::syntax:
    case FaultKind::several_documents:
        break;
    }
    return k_syntax_error;
}

} // namespace

std::vector<const Rule*> with_reading_rules(std::initializer_list<const Rule*> rules) {
    std::vector<const Rule*> result{&k_syntax_error,    &k_duplicate_key,   &k_unknown_alias,
                                    &k_template_syntax, &k_unreadable_text, &k_unfit_node};
    result.insert(result.end(), rules);
    return result;
}

void add_reading_faults(const document::Document& document, Consequence refuses, Templates templates,
                        Findings& findings, const std::function<void(Finding&)>& adapt) {
    for (const Fault& fault : document.faults()) {
        const document::Place place{&document, fault.span, fault.path};
        Finding found = finding(rule_of(fault.kind), fault.message, place);
        const bool is_template = fault.kind == FaultKind::template_syntax;
        set_consequence(found, is_template && templates == Templates::filled_in ? Consequence::risk : refuses);
        if (fault.kind == FaultKind::duplicate_key) {
            found.notes.push_back({"the first one", {&document, fault.other, fault.path}});
            if (document.source().text(fault.span) == "<<") {
                found.help = "merge several mappings at once: `<<: [*a, *b]`";
            } else if (fault.holds_more) {
                found.help = "merge the two: move what is below this key into the first one, and remove this key";
            } else {
                found.help = "remove one of the two";
            }
        }
        if (is_template && templates == Templates::filled_in) {
            findings.doubt(place, fault.fatal ? Doubt::syntax : Doubt::placeholder);
            if (!fault.fatal) {
                continue; // a whole value, which the filter replaces before anybody reads the file as YAML
            }
            found.help = "check the file as it is after the filter has filled it in; nothing after this line was read";
        }
        if (adapt) {
            adapt(found);
        }
        findings.add(std::move(found));
    }
}

} // namespace oidcgen::rule
