#include "report/redact.hpp"

#include "report/suspicion.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace oidcgen::report {

namespace {

using namespace std::string_view_literals;
using document::Document;
using document::NodeKind;
using document::Place;
using document::Span;

Span clipped(Span span, Span line) { return {std::max(span.start, line.start), std::min(span.end, line.end)}; }

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

struct Part {
    std::string name;
    bool hidden = false;
};

/// The names in a pointer, and which of them are not shown.
std::vector<Part> parts_of(const std::string& pointer) {
    std::vector<Part> parts;
    bool below_secret = false;
    for (auto& name : document::steps_of(pointer)) {
        const bool is_index = name.empty() || util::is_digits(name);
        const bool harmless = is_index || std::ranges::find(k_harmless_below, name) != k_harmless_below.end();
        const bool hidden = is_hidden_name(name) || (below_secret && !harmless);
        below_secret = below_secret || util::lowered(name).ends_with("secret");
        parts.push_back({std::move(name), hidden});
    }
    return parts;
}

} // namespace

Redactor::Redactor(const Document& document)
    : m_document(&document)
    , m_visited(document.node_count()) {
    if (document.node_count() > 0) {
        hide_if_random({}, 0); // the root, when it is a scalar
    }
    for (document::NodeId id = 0; id < document.node_count(); ++id) {
        const auto& node = document.node(id);
        if (node.kind == NodeKind::sequence) {
            for (std::uint32_t item = 0; item < node.count; ++item) {
                hide_if_random({}, document.child(node, item));
            }
        }
        for (std::uint32_t member = 0; node.kind == NodeKind::mapping && member < node.count; ++member) {
            hide_member(document.child(node, 2 * member), document.child(node, 2 * member + 1));
        }
    }
    m_names.clear();
    m_visited.clear();
    std::ranges::sort(m_hidden, {}, &Span::start);
    std::vector<Span> apart;
    for (const auto span : m_hidden) {
        if (!apart.empty() && span.start <= apart.back().end) {
            apart.back().end = std::max(apart.back().end, span.end);
        } else {
            apart.push_back(span);
        }
    }
    m_hidden = std::move(apart);
    std::ranges::sort(m_texts, {}, [](const Text& it) { return it.span.start; });
}

void Redactor::hide_member(document::NodeId key_id, document::NodeId value) {
    const auto& key = m_document->node(key_id);
    if (key.kind != NodeKind::scalar) { // no key that anything takes
        m_hidden.push_back(key.span);
        hide_texts(key_id);
        return;
    }
    if (is_hidden_name(key.text)) {
        m_hidden.push_back(key.span);
        m_texts.push_back({key.span, key.text});
    }
    auto [entry, is_new] = m_names.try_emplace(key.text, false);
    if (is_new) {
        entry->second = names_secret(key.text);
    }
    const auto& node = m_document->node(value);
    const bool names_file = node.kind == NodeKind::scalar && key.text.ends_with("_file") && !is_no_file_name(node.text);
    if (entry->second && !names_file && !is_about_secrets(key.text, node)) {
        hide_value(key, value);
    } else {
        hide_if_random(key.text, value);
    }
}

void Redactor::hide_if_random(std::string_view key, document::NodeId value) {
    const auto& node = m_document->node(value);
    if (node.kind != NodeKind::scalar) {
        return;
    }
    if (is_hidden_value(key, node.text)) {
        m_hidden.push_back(node.span);
        m_texts.push_back({node.span, node.text});
        return;
    }
    const auto hide = [&](std::string_view part) {
        const auto start = static_cast<std::uint32_t>(part.data() - m_document->source().text().data());
        m_hidden.push_back({start, start + static_cast<std::uint32_t>(part.size())});
        m_texts.push_back({m_hidden.back(), part});
    };
    const auto text = m_document->source().text(node.span);
    if (const auto user = userinfo_in(text); !user.empty()) {
        hide(user);
    }
    if (text.find(' ') == std::string_view::npos) {
        return;
    }
    for (auto rest = text; !rest.empty();) {
        const auto word = rest.substr(0, rest.find_first_of(" \r\n\"'"));
        if (is_random(word) && word.find("://") == std::string_view::npos) {
            hide(word);
        }
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
}

/// From behind the colon, so that an anchor and a tag are hidden too.
void Redactor::hide_value(const document::Node& key, document::NodeId value) {
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

std::vector<Span> Redactor::hidden_in(Span line) const {
    std::vector<Span> found;
    auto next = std::ranges::lower_bound(m_hidden, line.start + 1, {}, &Span::end);
    for (; next != m_hidden.end() && next->start < line.end; ++next) {
        found.push_back(clipped(*next, line));
    }
    if (found.empty()) {
        return found;
    }
    // People note the secret behind its digest.
    const auto rest = m_document->source().text({found.back().end, line.end});
    const auto comment = std::min(rest.find('#'), rest.find("//"));
    if (comment != std::string_view::npos) {
        const auto words = rest.find_first_not_of("#/ \t", comment);
        if (words != std::string_view::npos) {
            found.push_back({found.back().end + static_cast<std::uint32_t>(words), line.end});
        }
    }
    return found;
}

bool Redactor::mentions_secret(std::size_t line) const {
    const auto& source = m_document->source();
    auto rest = source.text(source.line_span(line));
    constexpr std::size_t k_long_word = 40; // base64 lines of a PEM block have 64 characters
    while (!rest.empty()) {
        const auto start = std::ranges::find_if(rest, is_word_byte);
        rest.remove_prefix(static_cast<std::size_t>(start - rest.begin()));
        const auto end = std::ranges::find_if_not(rest, is_word_byte);
        const auto word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        if (word.size() >= k_long_word || looks_random(word) || (!word.empty() && names_secret(word))) {
            return true;
        }
        rest.remove_prefix(word.size());
    }
    return false;
}

bool Redactor::hides_line(std::size_t line) const {
    // Where reading stopped, the tree does not tell what is a value; the words of the line must do.
    if (m_document->fatal() == nullptr) {
        return false;
    }
    if (mentions_secret(line)) {
        return true;
    }
    // The line may go on with a value of the one before it, and that too when it has no key of its own.
    const auto& source = m_document->source();
    constexpr std::size_t k_farthest = 100;
    bool goes_on = true;
    for (auto before = line; goes_on && before > 1 && line - before < k_farthest;) {
        --before;
        if (mentions_secret(before)) {
            return true;
        }
        goes_on = source.text(source.line_span(before)).find(':') == std::string_view::npos;
    }
    // A value over several lines belongs to the lines that are indented less; an item of a list may stand below its
    // key.
    const auto depth_of = [&](std::size_t number) {
        const auto text = source.text(source.line_span(number));
        const auto indentation = std::min(text.find_first_not_of(" \t"), text.size());
        return 2 * indentation + (text.substr(indentation).starts_with('-') ? 1 : 0);
    };
    auto depth = depth_of(line);
    for (auto before = line; before > 1 && line - before < k_farthest && depth > 0;) {
        --before;
        const auto blank = util::trimmed(source.text(source.line_span(before))).empty();
        const auto its_depth = depth_of(before);
        if (blank || its_depth >= depth) {
            continue;
        }
        if (mentions_secret(before)) {
            return true;
        }
        depth = its_depth;
    }
    return false;
}

std::string Redactor::hidden_at(const Place& place) const {
    constexpr std::size_t k_most = 65536; // what a message quotes is short, and stands at its place
    const auto& source = m_document->source();
    const Span span{place.span.start, std::max(place.span.end, place.span.start + 1)};
    std::string hidden;
    const auto add = [&](std::string_view text) {
        hidden += text.substr(0, k_most - std::min(hidden.size(), k_most));
        hidden += '\n';
    };
    auto next = std::ranges::lower_bound(m_hidden, span.start + 1, {}, &Span::end);
    for (; next != m_hidden.end() && next->start < span.end && hidden.size() < k_most; ++next) {
        add(source.text(*next));
        auto text = std::ranges::lower_bound(m_texts, next->start, {}, [](const Text& it) { return it.span.start; });
        for (; text != m_texts.end() && text->span.start < next->end && hidden.size() < k_most; ++text) {
            add(text->text);
        }
    }
    const auto line = source.line_of(std::min<std::size_t>(place.span.start, source.text().size()));
    if (hides_line(line)) {
        add(source.text(source.line_span(line)));
    }
    return hidden;
}

std::string Redactor::shown(const util::Words& words, const Place& place) const {
    if (words.outside().empty()) {
        return words.text();
    }
    const auto hidden = hidden_at(place);
    const auto parts = parts_of(m_document->pointer(place.path));
    const auto is_shown_name = [&](std::string_view name) {
        return std::ranges::any_of(parts, [&](const Part& part) { return !part.hidden && part.name == name; });
    };
    const auto is_hidden = [&](std::string_view text) {
        const auto names = util::split(text, '.');
        if (std::ranges::all_of(names, is_shown_name)) {
            return false; // the setting's own name
        }
        return std::ranges::any_of(names, is_hidden_name) || shares_part(text, hidden) ||
               std::ranges::any_of(util::split(hidden, '\n'),
                                   [&](std::string_view it) { return !text.empty() && it == text; });
    };
    const std::string_view text = words.text();
    std::string result;
    std::size_t done = 0;
    for (const auto& part : words.outside()) {
        result += text.substr(done, part.start - done);
        result += is_hidden(words.part(part)) ? k_mask : words.part(part);
        done = part.start + part.size;
    }
    return result.append(text.substr(done));
}

const Redactor& Redactors::of(const Document& document) {
    const auto found = m_redactors.find(&document);
    return found != m_redactors.end() ? found->second
                                      : m_redactors.emplace(&document, Redactor(document)).first->second;
}

std::string Redactors::shown(const util::Words& words, const Place& place) {
    return without_secrets(place && !words.outside().empty() ? of(*place.document).shown(words, place) : words.text());
}

std::string shown_pointer(const Document& document, const document::PathId& path) {
    auto pointer = document.pointer(path);
    const auto parts = parts_of(pointer);
    if (std::ranges::none_of(parts, &Part::hidden)) {
        return pointer;
    }
    std::string result;
    std::size_t number = 0;
    for (const auto text : util::split(pointer, '/')) {
        result += number == 0 ? "" : "/";
        result += parts[number].hidden ? k_mask : text;
        ++number;
    }
    return result;
}

} // namespace oidcgen::report
