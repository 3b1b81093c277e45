#include "report/redact.hpp"

#include "document/excerpt.hpp"
#include "report/suspicion.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <variant>

namespace oidcgen::report {

namespace {

using namespace std::string_view_literals;
using document::Document;
using document::NodeKind;
using document::Place;
using document::Span;
using util::Words;

/// Both texts have six bytes in a row in common.
bool shares_part(std::string_view text, std::string_view other) {
    constexpr std::size_t k_part = 6;
    for (std::size_t start = 0; start + k_part <= text.size(); ++start) {
        if (other.find(text.substr(start, k_part)) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

/// What stands below settings that hold a secret without being one: the Helm chart's way to write them.
constexpr std::array k_harmless_below{"value"sv, "path"sv, "disabled"sv, "secret_name"sv, "<<"sv};

/// Words of a text over several lines that are parts of one random text.
bool is_random_in_parts(std::string_view text) {
    constexpr std::size_t k_most_parts = 4;
    std::string whole;
    const auto words = util::words(text);
    for (const auto word : words) {
        whole += word;
    }
    return words.size() > 1 && words.size() <= k_most_parts && is_random(whole);
}

/// A part of a sentence as it is shown, `hidden` being what is masked of it.
std::string shown_part(const Words& words, const Words::Part& part, const std::vector<Span>& hidden) {
    const auto text = hidden.empty() ? std::string(words.raw(part)) : masked(words.raw(part), hidden);
    if (part.kind == Words::Kind::path && text.starts_with(':')) { // a line of a log could be taken for a command
        return "./" + util::printable(text);
    }
    if (part.kind != Words::Kind::quoted) {
        return util::printable(text);
    }
    const auto quoted = util::quoted(text, part.most);
    return quoted.substr(1, quoted.size() - 2);
}

/// The sentence, with each part from outside as `spans_of` says what is hidden of it.
template <class SpansOf>
util::Shown rendered(const Words& words, const SpansOf& spans_of) {
    const std::string_view text = words.text();
    std::string result;
    std::size_t done = 0;
    for (const auto& part : words.outside()) {
        result += text.substr(done, part.start - done);
        result += shown_part(words, part, spans_of(part));
        done = part.start + part.size;
    }
    return util::Shown::rendered(result.append(text.substr(done)));
}

std::vector<Span> suspicious_part(const Words& words, const Words::Part& part) {
    return part.kind == Words::Kind::path ? std::vector<Span>() : suspicious_in(words.raw(part));
}

void mask_texts(document::Value& value, std::span<const std::string_view> supplied) {
    const auto shown_of = [&](const std::string& text) {
        return without_supplied(masked(text, secrets_in_addresses(text)), supplied);
    };
    if (auto* const text = std::get_if<std::string>(&value.data)) {
        *text = shown_of(*text);
    } else if (auto* const list = std::get_if<document::Value::List>(&value.data)) {
        std::ranges::for_each(*list, [&](document::Value& item) { mask_texts(item, supplied); });
    } else if (auto* const members = std::get_if<document::Value::Members>(&value.data)) {
        for (auto& [name, member] : *members) {
            name = shown_of(name);
            mask_texts(member, supplied);
        }
    }
}

/// More supplied secrets are not looked for one by one: then every text from outside is taken for one.
constexpr std::size_t k_most_supplied = 100;

/// A text that is, or holds, one of the supplied secrets, or a part of one.
bool holds_supplied(std::string_view text, std::span<const std::string_view> supplied) {
    return supplied.size() > k_most_supplied ||
           std::ranges::any_of(supplied, [&](std::string_view secret) { return shares_part(text, secret); }) ||
           without_supplied(text, supplied) != text;
}

} // namespace

Redactor::Redactor(const Document& document, const Names& names, std::span<const Place> secrets)
    : m_document(&document)
    , m_names(&names)
    , m_is_readable(document.fatal() == nullptr)
    , m_visited(document.node_count()) {
    const auto text = document.source().text();
    const auto whole = span_of(0, text.size());
    static const Names k_no_names; // `user:word` is no key with its value
    const bool is_one_text = m_is_readable && document.root() && document.root().is_scalar();
    if (text.find('\0') != std::string_view::npos) { // no text at all
        hide(whole, text);
        return;
    }
    if (is_one_text) { // a secret by itself, or lines of another language
        m_texts.push_back({whole, document.root().text()});
        m_is_readable = false;
    }
    for (document::NodeId id = 0; id < document.node_count(); ++id) {
        const auto& node = document.node(id);
        if (node.kind == NodeKind::sequence) {
            for (std::uint32_t item = 0; item < node.count; ++item) {
                hide_suspicious({}, document.child(node, item));
            }
        }
        for (std::uint32_t member = 0; node.kind == NodeKind::mapping && member < node.count; ++member) {
            hide_member(document.child(node, 2 * member), document.child(node, 2 * member + 1));
        }
    }
    if (m_is_readable) {
        add_leaves();
    } else {
        hide_unreadable(document.source(), document.dialect(), is_one_text ? k_no_names : names,
                        is_one_text ? Hosts::hidden : Hosts::shown, m_hidden);
    }
    for (const auto& secret : secrets) {
        if (secret.document == &document) {
            hide(secret.span, document.source().text(secret.span));
        }
    }
    m_secret_names.clear();
    m_visited.clear();
    m_hidden = apart(std::move(m_hidden));
    std::ranges::sort(m_texts, {}, [](const Text& it) { return it.span.start; });
}

void Redactor::hide(Span span, std::string_view text) {
    m_hidden.push_back(span);
    m_texts.push_back({span, text});
}

void Redactor::hide_member(document::NodeId key_id, document::NodeId value) {
    const auto& key = m_document->node(key_id);
    if (key.kind != NodeKind::scalar) { // no key that anything takes
        m_hidden.push_back(key.span);
        hide_texts(key_id);
        return;
    }
    if (is_hidden_name(key.text)) {
        hide(key.span, key.text);
    } else {
        hide_suspicious(key.text, key_id);
    }
    auto [entry, is_new] = m_secret_names.try_emplace(key.text, false);
    if (is_new) {
        entry->second = names_secret(key.text);
    }
    const auto& node = m_document->node(value);
    const bool names_file = node.kind == NodeKind::scalar && key.text.ends_with("_file") && !is_no_file_name(node.text);
    const bool is_section = node.kind == NodeKind::mapping && names_section(key.text);
    if (entry->second && !names_file && !is_section && !is_about_secrets(key.text, node)) {
        hide_value(key, value);
    } else {
        hide_suspicious(key.text, value);
    }
}

/// Hides of a value what looks like a secret. Where a part of it cannot be found in the source as it was read, all of
/// the value is hidden.
void Redactor::hide_suspicious(std::string_view key, document::NodeId value) {
    const auto& node = m_document->node(value);
    if (node.kind != NodeKind::scalar) {
        return;
    }
    hide_comment(node);
    const bool is_id = is_identifier(key) && node.text.find_first_of(" \n") == std::string_view::npos;
    if (is_hidden_value(key, node.text) || (!is_id && is_random_in_parts(node.text))) {
        hide(node.span, node.text);
        return;
    }
    const auto parts = is_id ? secrets_in_addresses(node.text) : suspicious_in(node.text);
    if (parts.empty()) {
        return;
    }
    const auto source = m_document->source().text(node.span);
    for (const auto& part : parts) {
        const auto text = node.text.substr(part.start, part.end - part.start);
        const auto at = source.find(text);
        if (text.empty() || at == std::string_view::npos || source.find(text, at + 1) != std::string_view::npos) {
            hide(node.span, text);
            continue;
        }
        hide(span_of(node.span.start + at, node.span.start + at + text.size()), text);
    }
}

/// A comment behind the mark of a block scalar, whose line belongs to the scalar, or one of another language, which is
/// part of a plain scalar here.
void Redactor::hide_comment(const document::Node& node) {
    const auto source = m_document->source().text(node.span);
    const bool is_block = node.style == document::Style::literal || node.style == document::Style::folded;
    const auto line = is_block ? source.substr(0, source.find_first_of("\r\n")) : source;
    constexpr std::array k_block{" #"sv};
    constexpr std::array k_plain{"// "sv, "/* "sv};
    const auto marks = is_block                               ? std::span<const std::string_view>(k_block)
                       : node.style == document::Style::plain ? std::span<const std::string_view>(k_plain)
                                                              : std::span<const std::string_view>();
    for (const auto mark : marks) {
        const auto at = line.find(mark);
        const auto words = at == std::string_view::npos ? at : line.find_first_not_of(" \t", at + mark.size());
        if (words != std::string_view::npos) {
            hide(span_of(node.span.start + words, node.span.start + line.size()), line.substr(words));
        }
    }
}

/// From behind the colon, so that an anchor and a tag are hidden too. Where the text could not be read to its end its
/// lines say what else is hidden.
void Redactor::hide_value(const document::Node& key, document::NodeId value) {
    if (!m_is_readable) {
        hide_texts(value);
        return;
    }
    const auto text = m_document->source().text();
    auto span = m_document->node(value).span;
    auto start = text.find_first_not_of(" \t\r\n", key.span.end);
    if (start != std::string_view::npos && text[start] == ':') {
        start = text.find_first_not_of(" \t", start + 1);
    }
    if (start != std::string_view::npos && start > key.span.end && start < span.start) {
        span.start = static_cast<std::uint32_t>(start);
    }
    m_hidden.push_back(span);
    hide_texts(value);
}

void Redactor::hide_texts(document::NodeId value) {
    std::vector<document::NodeId> waiting{value};
    while (!waiting.empty()) {
        const auto id = waiting.back();
        waiting.pop_back();
        if (m_visited[id]) {
            continue;
        }
        m_visited[id] = true;
        const auto& node = m_document->node(id);
        if (!node.text.empty()) {
            m_texts.push_back({node.span, node.text});
        }
        if (!m_is_readable && node.kind == NodeKind::scalar) {
            const std::uint32_t quote =
                node.style == document::Style::single_quoted || node.style == document::Style::double_quoted ? 1 : 0;
            m_hidden.push_back({node.span.start + quote, std::max(node.span.start + quote, node.span.end - quote)});
        }
        if (node.kind == NodeKind::alias) {
            if (node.target != document::k_no_node) {
                m_hidden.push_back(m_document->node(node.target).span);
                waiting.push_back(node.target);
            }
            continue;
        }
        const auto children = node.kind == NodeKind::mapping ? 2 * node.count : node.count;
        for (std::uint32_t child = 0; child < children; ++child) {
            waiting.push_back(m_document->child(node, child));
        }
    }
}

void Redactor::add_leaves() {
    for (document::NodeId id = 0; id < m_document->node_count(); ++id) {
        const auto& node = m_document->node(id);
        if (node.kind == NodeKind::scalar || node.kind == NodeKind::alias) {
            m_leaves.push_back(node.span);
        }
        if (node.kind == NodeKind::alias && is_random(node.text)) {
            hide({node.span.start + 1, node.span.end}, node.text);
        }
        if (node.kind == NodeKind::alias && node.target != document::k_no_node) {
            m_anchors.insert(node.text);
        }
    }
    std::ranges::sort(m_leaves, {}, &Span::start);
}

/// What is hidden between the scalars of a line.
void Redactor::add_gaps(Span line, Comments comments, std::vector<Span>& found) const {
    auto at = line.start;
    auto leaf = std::ranges::lower_bound(m_leaves, line.start + 1, {}, &Span::end);
    while (at < line.end) {
        const bool is_last = leaf == m_leaves.end() || leaf->start >= line.end;
        const auto end = is_last ? line.end : std::max(at, leaf->start);
        hide_in_gap(m_document->source(), {at, end}, m_anchors, *m_names, comments, found);
        if (is_last) {
            break;
        }
        at = std::max(at, leaf->end);
        ++leaf;
    }
}

/// All but the name and what is in front of it: `export X=`.
std::vector<Span> Redactor::hidden_in_env(Span line) const {
    // Names and values alternate; a line without a name is a comment, or belongs to a value.
    const auto root = m_document->root().node();
    const auto& variables = m_document->node(root);
    const auto key_at = [&](std::uint32_t member) {
        return m_document->node(m_document->child(variables, 2 * member));
    };
    std::uint32_t first = 0;
    for (std::uint32_t last = variables.count; first < last;) {
        const auto middle = first + (last - first) / 2;
        if (key_at(middle).span.start < line.start) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    const bool has_name = first < variables.count && key_at(first).span.start < line.end;
    const auto text = m_document->source().text();
    auto start = line.start;
    if (has_name) {
        const auto sign = text.find_first_of("=:", key_at(first).span.end);
        start = std::min(line.end, static_cast<std::uint32_t>(std::min(sign, text.size() - 1) + 1));
    }
    return start < line.end ? std::vector{Span{start, line.end}} : std::vector<Span>();
}

bool Redactor::hides(const Place& place) const {
    const auto next = std::ranges::lower_bound(m_hidden, place.span.start + 1, {}, &Span::end);
    return next != m_hidden.end() && next->start < place.span.end;
}

std::vector<Span> Redactor::hidden_in(Span line) const {
    if (m_document->dialect() == document::Dialect::env) {
        return hidden_in_env(line);
    }
    std::vector<Span> found;
    auto next = std::ranges::lower_bound(m_hidden, line.start + 1, {}, &Span::end);
    for (; next != m_hidden.end() && next->start < line.end; ++next) {
        found.push_back({std::max(next->start, line.start), std::min(next->end, line.end)});
    }
    if (m_is_readable) {
        add_gaps(line, Comments::hidden, found);
    }
    return apart(std::move(found));
}

/// The texts that are hidden at a place and on its lines, one a line.
std::string Redactor::hidden_at(const Place& place) const {
    constexpr std::size_t k_most = 65536; // what a message quotes is short, and stands at its place
    constexpr std::size_t k_most_lines = 100;
    const auto& source = m_document->source();
    const auto text = source.text();
    std::string hidden;
    const auto add = [&](std::string_view more) {
        hidden += more.substr(0, k_most - std::min(hidden.size(), k_most));
        hidden += '\n';
    };
    const auto first = source.line_of(std::min<std::size_t>(place.span.start, text.size()));
    const auto last = source.line_of(std::min<std::size_t>(std::max(place.span.end, place.span.start), text.size()));
    for (auto line = first; line <= std::min(last, first + k_most_lines) && hidden.size() < k_most; ++line) {
        std::vector<Span> marks; // messages quote anchors and tags, and no comments
        if (m_is_readable) {
            add_gaps(source.line_span(line), Comments::passed_over, marks);
        }
        for (const auto& span : marks) {
            add(source.text(span));
        }
    }
    const Span lines{source.line_span(first).start, source.line_span(last).end};
    auto next = std::ranges::lower_bound(m_hidden, lines.start + 1, {}, &Span::end);
    for (; next != m_hidden.end() && next->start < lines.end && hidden.size() < k_most; ++next) {
        add(source.text(*next));
        auto it = std::ranges::lower_bound(m_texts, next->start, {}, [](const Text& one) { return one.span.start; });
        for (; it != m_texts.end() && it->span.start < next->end && hidden.size() < k_most; ++it) {
            add(it->text);
        }
    }
    return hidden;
}

util::Shown Redactor::shown(const Words& words, const Place& place, std::span<const std::string_view> supplied) const {
    if (words.outside().empty()) {
        return util::Shown::rendered(words.text());
    }
    const auto hidden = hidden_at(place);
    const auto lines = util::split(hidden, '\n');
    const auto path = steps(place.path);
    const auto is_shown_name = [&](std::string_view name) {
        return m_names->contains(name) ||
               std::ranges::any_of(path, [&](const Step& step) { return !step.hidden && step.name == name; });
    };
    return rendered(words, [&](const Words::Part& part) -> std::vector<Span> {
        const auto text = words.raw(part);
        const auto names = util::split(text.substr(plain_origin_size(text)), '.');
        if (part.kind != Words::Kind::path && holds_supplied(text, supplied)) {
            return {span_of(0, text.size())};
        }
        if (part.kind == Words::Kind::path || std::ranges::all_of(names, is_shown_name)) {
            return {};
        }
        auto suspicious = suspicious_in(text);
        const auto rest = masked(text, suspicious);
        const auto is_secret = [&](std::string_view name) { return looks_of(std::string(name)).is_hidden; };
        const bool is_hidden = std::ranges::any_of(names, is_secret) || shares_part(rest, hidden) ||
                               std::ranges::find(lines, text) != lines.end();
        return is_hidden ? std::vector{span_of(0, text.size())} : suspicious;
    });
}

Redactor::Looks Redactor::looks_of(const std::string& name) const {
    const auto [entry, is_new] = m_looks.try_emplace(name);
    if (is_new) {
        entry->second = {is_hidden_name(name), !suspicious_in(name).empty(),
                         names_secret(name) && !names_section(name)};
    }
    return entry->second;
}

std::vector<Redactor::Step> Redactor::steps(const document::PathId& path) const {
    std::vector<Step> result;
    bool below_secret = false;
    for (auto& name : document::steps_of(m_document->pointer(path))) {
        const bool is_index = name.empty() || util::is_digits(name);
        const bool harmless =
            is_index || m_names->contains(name) || std::ranges::find(k_harmless_below, name) != k_harmless_below.end();
        const auto looks = looks_of(name);
        const bool hidden = !harmless && (looks.is_hidden || looks.is_suspicious || below_secret);
        below_secret = below_secret || looks.names_secret;
        result.push_back({std::move(name), hidden});
    }
    return result;
}

std::string Redactor::shown_pointer(const document::PathId& path) const {
    auto pointer = m_document->pointer(path);
    const auto all = steps(path);
    if (std::ranges::none_of(all, &Step::hidden)) {
        return pointer;
    }
    std::string result;
    std::size_t number = 0;
    for (const auto text : util::split(pointer, '/')) {
        result += number == 0 ? "" : "/";
        result += all[number].hidden ? k_mask : text;
        ++number;
    }
    return result;
}

const Redactor& Redactors::of(const Document& document) {
    static const Names k_no_names;
    const auto found = m_redactors.find(&document);
    return found != m_redactors.end()
               ? found->second
               : m_redactors
                     .emplace(&document, Redactor(document, m_names == nullptr ? k_no_names : m_names(), m_places))
                     .first->second;
}

namespace {

Span common(Span left, Span right) {
    const auto start = std::max(left.start, right.start);
    return {start, std::max(start, std::min(left.end, right.end))};
}

/// Adds the parts of `whole` that none of the spans covers; these are in order.
void add_uncovered(Span whole, const std::vector<Span>& spans, std::vector<Span>& result) {
    auto at = whole.start;
    for (const auto span : spans) {
        if (span.start > at) {
            result.push_back({at, std::min(span.start, whole.end)});
        }
        at = std::max(at, span.end);
    }
    if (at < whole.end) {
        result.push_back({at, whole.end});
    }
}

/// A span of the file in the excerpt's text; nothing where it is not known.
Span in_text(const Document& document, Span in_file) {
    const auto* const excerpt = document.excerpt();
    return excerpt == nullptr ? in_file : excerpt->in_excerpt(in_text(*excerpt->outer, in_file));
}

/// True for blanks, and for what quotes and block scalars are made of.
bool is_markup(std::string_view text) {
    return text.find_first_not_of(" \t\r\n'\"\\|>+-123456789nrt/") == std::string_view::npos;
}

} // namespace

std::vector<Span> Redactors::hidden_in(const Place& place, Span line) {
    const auto& document = *place.document;
    const auto* const excerpt = document.excerpt();
    if (excerpt == nullptr) {
        return of(document).hidden_in(line);
    }
    const Place outer{&excerpt->document_at(place.span.start), excerpt->in_outer(place.span), document::k_root_path};
    if (excerpt->is_merged) {
        return hidden_in(outer, line);
    }
    const auto part = common(in_file(*excerpt->outer, excerpt->whole).span, line);
    std::vector<Span> result;
    if (part != line) {
        std::vector<Span> around;
        add_uncovered(line, {part}, around);
        for (const auto hidden : hidden_in(outer, line)) {
            for (const auto it : around) {
                result.push_back(common(hidden, it));
            }
        }
    }
    const auto text = in_text(document, part);
    if (text.end <= text.start) {
        result.push_back(part);
    } else {
        const auto& source = document.source();
        std::vector<Span> known;
        const auto last = source.line_of(text.end - 1);
        for (auto number = source.line_of(text.start); number <= last; ++number) {
            const auto inner = common(source.line_span(number), text);
            known.push_back(common(in_file(document, inner).span, part));
            for (const auto hidden : of(document).hidden_in(inner)) {
                result.push_back(common(in_file(document, hidden).span, part));
            }
        }
        std::vector<Span> other;
        add_uncovered(part, known, other);
        const auto& file = *in_file(document, {}).source;
        std::ranges::copy_if(other, std::back_inserter(result), [&](Span it) { return !is_markup(file.text(it)); });
    }
    std::erase_if(result, [](Span it) { return it.end <= it.start; });
    return apart(std::move(result));
}

util::Shown Redactors::shown(const Words& words, const Place& place) {
    if (place) {
        return of(*place.document).shown(words, place, m_supplied);
    }
    return rendered(words, [&](const Words::Part& part) {
        const auto text = words.raw(part);
        return part.kind != Words::Kind::path && holds_supplied(text, m_supplied) ? std::vector{span_of(0, text.size())}
                                                                                  : suspicious_part(words, part);
    });
}

std::string without_supplied(std::string_view text, std::span<const std::string_view> supplied) {
    constexpr std::size_t k_shortest = 4; // less would hide what is no secret
    if (supplied.size() > k_most_supplied && !text.empty()) {
        return std::string(k_mask);
    }
    std::vector<Span> found;
    const auto lowered = util::lowered(text);
    for (const auto secret : supplied) {
        const auto wanted = util::lowered(secret);
        for (auto at = wanted.size() < k_shortest ? std::string::npos : lowered.find(wanted); at != std::string::npos;
             at = lowered.find(wanted, at + wanted.size())) {
            found.push_back(span_of(at, at + wanted.size()));
        }
    }
    return found.empty() ? std::string(text) : masked(text, apart(std::move(found)));
}

util::Shown shown(const Words& words) {
    return rendered(words, [&](const Words::Part& part) { return suspicious_part(words, part); });
}

util::Shown shown(document::Value value, std::span<const std::string_view> supplied) {
    mask_texts(value, supplied);
    return util::Shown::rendered(to_json(value));
}

} // namespace oidcgen::report
