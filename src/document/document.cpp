#include "document/document.hpp"

#include "document/scalar.hpp"
#include "util/text.hpp"
#include "util/wipe.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>
#include <utility>

namespace oidcgen::document {

namespace {

constexpr std::string_view k_ellipsis = "…";

void append_escaped(std::string& pointer, std::string_view key) {
    constexpr std::size_t k_longest_name = 1024;
    const auto start = util::start_of(key, k_longest_name);
    for (const char byte : start) {
        if (byte == '~') {
            pointer += "~0";
        } else if (byte == '/') {
            pointer += "~1";
        } else {
            pointer += byte;
        }
    }
    if (start.size() != key.size()) {
        pointer += k_ellipsis;
    }
}

/// Of a key that is written several times the last value counts.
bool takes_last(Dialect dialect) { return dialect == Dialect::json || dialect == Dialect::py_yaml; }

} // namespace

Document::~Document() {
    std::ranges::for_each(m_texts, util::wipe);
    while (!m_kept.empty()) {
        util::wipe(m_kept.extract(m_kept.begin()).value());
    }
}

Document::Document(Source source, Dialect dialect, JsYaml js_yaml, std::shared_ptr<const Excerpt> excerpt)
    : m_source(std::move(source))
    , m_dialect(dialect)
    , m_js_yaml(js_yaml)
    , m_excerpt(std::move(excerpt)) {}

const Fault* Document::fatal() const {
    const auto first = std::find_if(m_faults.begin(), m_faults.end(), [](const Fault& fault) { return fault.fatal; });
    return first == m_faults.end() ? nullptr : &*first;
}

Cursor Document::root() const { return {*this, m_root, k_no_node, k_root_path}; }

std::string_view Document::tag(NodeId id) const {
    if (m_tags.empty()) {
        return {};
    }
    const auto found = m_tags.find(id);
    return found == m_tags.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Document::key_text(NodeId id) const {
    if (!m_key_texts.empty()) {
        if (const auto found = m_key_texts.find(id); found != m_key_texts.end()) {
            return found->second;
        }
    }
    return m_nodes[behind_alias(id)].text;
}

Scalar Document::scalar(NodeId id) const {
    const NodeId behind = behind_alias(id);
    const Node& node = m_nodes[behind];
    if (node.kind != NodeKind::scalar) {
        return {};
    }
    return resolve_scalar({node.text, node.style, tag(behind)}, {m_dialect, m_js_yaml});
}

NodeId Document::behind_alias(NodeId id) const {
    const Node& node = m_nodes[id];
    return node.kind == NodeKind::alias && node.target != k_no_node ? node.target : id;
}

bool Document::is_merge_key(NodeId id) const {
    const Node& key = m_nodes[id];
    if (key.kind != NodeKind::scalar || key.text != "<<" || m_dialect == Dialect::json) {
        return false;
    }
    const std::string_view key_tag = tag(id);
    const bool is_untagged = key_tag.empty() || (key_tag == "!" && m_dialect == Dialect::go_yaml);
    return (key.style == Style::plain && is_untagged) || key_tag == "!!merge";
}

const FilledScalar* Document::filled_at(Span span) const {
    const auto found =
        std::ranges::lower_bound(m_filled, span.start, {}, [](const FilledScalar& it) { return it.span.start; });
    return found != m_filled.end() && found->span == span ? &*found : nullptr;
}

std::string Document::pointer(const PathId& path) const {
    // The tree says the steps to its nodes; from the last one back to the root.
    std::vector<const PathId::Step*> steps;
    for (const auto* step = path.m_last.get(); step != nullptr; step = step->before.get()) {
        steps.push_back(step);
    }
    std::vector<NodeId> nodes;
    for (NodeId node = path.m_node; node != k_no_node && m_nodes[node].parent != k_no_node;
         node = m_nodes[node].parent) {
        nodes.push_back(node);
    }
    constexpr std::size_t k_longest = 1024;
    std::string pointer;
    for (auto id = nodes.rbegin(); id != nodes.rend(); ++id) {
        if (pointer.size() > k_longest) {
            return pointer.append("/").append(k_ellipsis);
        }
        const Node& node = m_nodes[*id];
        const Node& parent = m_nodes[node.parent];
        pointer += '/';
        if (parent.kind == NodeKind::sequence) {
            pointer += std::to_string(node.position);
        } else {
            append_escaped(pointer, key_text(child(parent, node.position - node.position % 2)));
        }
    }
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (pointer.size() > k_longest) {
            return pointer.append("/").append(k_ellipsis);
        }
        pointer += '/';
        if ((*step)->is_index) {
            pointer += std::to_string((*step)->index);
        } else {
            append_escaped(pointer, (*step)->key);
        }
    }
    return pointer;
}

NodeId Document::node_at(const PathId& path) const {
    return path.m_last != nullptr ? k_no_node : path.m_node == k_no_node ? m_root : path.m_node;
}

NodeId Document::holder_of(const PathId& path) const {
    const bool is_one_step = path.m_last != nullptr && path.m_last->before == nullptr;
    return !is_one_step ? k_no_node : path.m_node == k_no_node ? m_root : path.m_node;
}

NodeId Document::key_of(NodeId id) const {
    const auto parent = m_nodes[id].parent;
    return parent == k_no_node || m_nodes[parent].kind != NodeKind::mapping
               ? k_no_node
               : child(m_nodes[parent], m_nodes[id].position - m_nodes[id].position % 2);
}

Cursor::Cursor(const Document& document, NodeId node, NodeId key, PathId path)
    : m_document(&document)
    , m_node(node)
    , m_key(key)
    , m_path(std::move(path)) {}

NodeId Cursor::target_id() const { return m_node == k_no_node ? k_no_node : m_document->behind_alias(m_node); }

const Node& Cursor::target() const {
    static const Node k_nothing{};
    return m_node == k_no_node ? k_nothing : m_document->m_nodes[target_id()];
}

NodeKind Cursor::kind() const { return target().kind; }

bool Cursor::is_scalar() const { return m_node != k_no_node && target().kind == NodeKind::scalar; }

bool Cursor::is_sequence() const { return target().kind == NodeKind::sequence; }

bool Cursor::is_mapping() const { return target().kind == NodeKind::mapping; }

bool Cursor::is_null() const { return is_scalar() && scalar().type == ScalarType::null; }

std::string_view Cursor::text() const { return is_scalar() ? target().text : std::string_view(); }

Style Cursor::style() const { return target().style; }

std::string_view Cursor::tag() const { return m_node == k_no_node ? std::string_view() : m_document->tag(target_id()); }

Scalar Cursor::scalar() const { return m_node == k_no_node ? Scalar{} : m_document->scalar(m_node); }

bool Cursor::is_filled() const {
    const auto* const found = m_node == k_no_node ? nullptr : m_document->filled_at(target().span);
    return found != nullptr && found->is_whole;
}

std::string_view Cursor::key() const { return m_key == k_no_node ? std::string_view() : m_document->key_text(m_key); }

Scalar Cursor::key_scalar() const {
    Scalar nothing;
    nothing.type = ScalarType::null;
    return has_name() ? m_document->scalar(m_key) : nothing;
}

bool Cursor::has_name() const { return m_key != k_no_node && m_document->node(m_key).kind == NodeKind::scalar; }

/// The mappings whose members a mapping has, itself first, in the order in which they win. Works on a list instead of
/// the call stack: merges can form long chains.
std::vector<NodeId> Cursor::merged_mappings() const {
    const Document& document = *m_document;
    std::vector<NodeId> result;
    std::vector<NodeId> waiting{target_id()};
    std::vector<NodeId> sources;
    const auto add_mapping = [&](NodeId id) {
        if (document.node(id).kind == NodeKind::mapping) {
            sources.push_back(id);
        }
    };
    while (!waiting.empty()) {
        const Node& mapping = document.node(waiting.back());
        result.push_back(waiting.back());
        waiting.pop_back();
        if (!mapping.merges) {
            continue;
        }
        sources.clear();
        for (std::uint32_t member = 0; member < mapping.count; ++member) {
            if (!document.is_merge_key(document.child(mapping, 2 * member))) {
                continue;
            }
            const NodeId id = document.behind_alias(document.child(mapping, 2 * member + 1));
            const Node& value = document.node(id);
            add_mapping(id);
            for (std::uint32_t item = 0; value.kind == NodeKind::sequence && item < value.count; ++item) {
                add_mapping(document.behind_alias(document.child(value, item)));
            }
        }
        waiting.insert(waiting.end(), sources.rbegin(), sources.rend());
    }
    return result;
}

bool Cursor::stands_at(NodeId collection) const {
    return collection == m_document->m_root ? m_path.leads_to(k_no_node) : m_path.leads_to(collection);
}

Cursor Cursor::item(NodeId sequence, std::uint32_t index) const {
    const NodeId value = m_document->child(m_document->node(sequence), index);
    return {*m_document, value, k_no_node, stands_at(sequence) ? PathId(value) : m_path.child(index)};
}

Cursor Cursor::member(NodeId mapping, std::uint32_t index) const {
    const NodeId key = m_document->child(m_document->node(mapping), 2 * index);
    const NodeId value = m_document->child(m_document->node(mapping), 2 * index + 1);
    return {*m_document, value, key, stands_at(mapping) ? PathId(value) : m_path.child(m_document->key_text(key))};
}

std::vector<Cursor> Cursor::children() const {
    std::vector<Cursor> result;
    const Node& node = target();
    const NodeId id = target_id();
    if (node.kind == NodeKind::sequence) {
        result.reserve(node.count);
        for (std::uint32_t index = 0; index < node.count; ++index) {
            result.push_back(item(id, index));
        }
        return result;
    }
    if (node.kind != NodeKind::mapping) {
        return result;
    }
    result.reserve(node.count);
    if (!node.merges && !node.repeats) {
        for (std::uint32_t index = 0; index < node.count; ++index) {
            result.push_back(member(id, index));
        }
        return result;
    }
    struct Known {
        std::size_t at = 0;
        NodeId mapping = k_no_node;
    };
    std::unordered_map<std::string_view, Known> places;
    for (const NodeId merged : merged_mappings()) {
        const Node& mapping = m_document->node(merged);
        for (std::uint32_t index = 0; index < mapping.count; ++index) {
            const NodeId key = m_document->child(mapping, 2 * index);
            if (mapping.merges && m_document->is_merge_key(key)) {
                continue;
            }
            const auto [place, is_new] = places.emplace(m_document->key_text(key), Known{result.size(), merged});
            if (is_new) {
                result.push_back(member(merged, index));
            } else if (takes_last(m_document->dialect()) && place->second.mapping == merged) {
                result[place->second.at] = member(merged, index);
            }
        }
    }
    return result;
}

Cursor Cursor::find(std::string_view key) const {
    const Node& node = target();
    if (node.kind != NodeKind::mapping) {
        return {};
    }
    const auto find_in = [&](NodeId in) -> std::optional<std::uint32_t> {
        const Node& mapping = m_document->node(in);
        const bool last_wins = takes_last(m_document->dialect());
        std::optional<std::uint32_t> found;
        for (std::uint32_t index = 0; index < mapping.count && (!found || (last_wins && mapping.repeats)); ++index) {
            const NodeId id = m_document->child(mapping, 2 * index);
            if (m_document->key_text(id) == key && !(mapping.merges && m_document->is_merge_key(id))) {
                found = index;
            }
        }
        return found;
    };
    if (!node.merges) {
        const auto index = find_in(target_id());
        return index ? member(target_id(), *index) : Cursor{};
    }
    for (const NodeId mapping : merged_mappings()) {
        if (const auto index = find_in(mapping)) {
            return member(mapping, *index);
        }
    }
    return {};
}

Place Cursor::place() const {
    return m_node == k_no_node ? Place{} : Place{m_document, m_document->node(m_node).span, m_path};
}

Place Cursor::key_place() const {
    return m_key == k_no_node ? place() : Place{m_document, m_document->node(m_key).span, m_path, PlaceKind::key};
}

Place Cursor::missing(std::string_view key) const {
    if (m_document == nullptr) {
        return {};
    }
    PathId path = m_path.child(key);
    if (m_key != k_no_node) {
        return {m_document, m_document->node(m_key).span, std::move(path), PlaceKind::missing};
    }
    const Source& source = m_document->source();
    Span span = m_node == k_no_node ? Span{} : m_document->node(m_node).span;
    span.end = std::min(span.end, source.line_span(source.line_of(span.start)).end);
    span.end = std::max(span.end, span.start);
    return {m_document, span, std::move(path), PlaceKind::missing};
}

} // namespace oidcgen::document
