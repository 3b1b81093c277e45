#include "document/merge.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace oidcgen::document {

namespace {

constexpr std::size_t k_step = 2; ///< blanks of indentation

struct Entry {
    const Document* document = nullptr;
    NodeId key = k_no_node; ///< nothing: the root
    NodeId node = k_no_node;

    [[nodiscard]] const Node& get() const { return document->node(node); }
    [[nodiscard]] bool is_mapping() const { return get().kind == NodeKind::mapping; }
};

class Merger {
  public:
    explicit Merger(std::vector<ReplacedList>& replaced)
        : m_replaced(replaced) {}

    /// The members of mappings, of which later ones win.
    void add_mapping(const std::vector<Entry>& mappings, std::size_t indent) {
        std::vector<std::vector<Entry>> members;
        std::unordered_map<std::string_view, std::size_t> known;
        for (const auto& [document, key, node] : mappings) {
            const auto& mapping = document->node(node);
            for (std::uint32_t number = 0; number < mapping.count; ++number) {
                const auto name = document->child(mapping, 2 * number);
                const auto [entry, is_new] = known.try_emplace(document->node(name).text, members.size());
                if (is_new) {
                    members.emplace_back();
                }
                members[entry->second].push_back({document, name, document->child(mapping, 2 * number + 1)});
            }
        }
        for (const auto& values : members) {
            make(std::string(indent, ' '));
            const auto& last = values.back();
            copy(*last.document, last.document->node(last.key).span);
            make(":");
            auto first = values.end();
            while (first != values.begin() && std::prev(first)->is_mapping()) {
                --first;
            }
            if (values.end() - first > 1) {
                make("\n");
                add_mapping({first, values.end()}, indent + k_step);
                continue;
            }
            if (values.size() > 1 && last.get().kind == NodeKind::sequence) {
                const auto& before = values[values.size() - 2];
                if (before.get().kind == NodeKind::sequence) {
                    m_replaced.push_back({place_of(before), place_of(last)});
                }
            }
            add_value(last, indent);
        }
    }

    std::string text;
    std::vector<Piece> pieces;

  private:
    static Place place_of(const Entry& value) {
        return {value.document, value.document->node(value.key).span, PathId(value.node), PlaceKind::key};
    }

    void make(std::string_view bytes) { text += bytes; }

    void copy(const Document& document, Span span) {
        if (span.end > span.start) {
            pieces.push_back({static_cast<std::uint32_t>(text.size()), span.start, span.end - span.start, &document});
            text += document.source().text(span);
        }
    }

    /// A value as it is written, its lines indented below the key.
    void add_value(const Entry& value, std::size_t indent) {
        const auto& node = value.get();
        const auto source = value.document->source().text();
        const bool is_block = node.kind != NodeKind::scalar && node.style == Style::block;
        const auto strip = indentation_of_block(*value.document, node);
        make(is_block ? "\n" : " ");
        for (auto at = node.span.start; at < node.span.end;) {
            const auto end = std::min<std::size_t>(source.find('\n', at), node.span.end);
            auto start = static_cast<std::size_t>(at);
            const bool is_first = at == node.span.start;
            while (!is_first && start < end && start - at < strip && source[start] == ' ') {
                ++start;
            }
            if (is_block || !is_first) {
                make(std::string(indent + k_step, ' '));
            }
            copy(*value.document, {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
            make("\n");
            at = static_cast<std::uint32_t>(end + 1);
        }
        if (node.span.end <= node.span.start) {
            make("\n");
        }
    }

    std::vector<ReplacedList>& m_replaced;
};

bool is_plain_tree(const Document& document) {
    if (document.fatal() != nullptr || !document.root().is_mapping()) {
        return false;
    }
    for (NodeId id = 0; id < document.node_count(); ++id) {
        if (document.node(id).kind == NodeKind::alias || !document.tag(id).empty()) {
            return false;
        }
    }
    return true;
}

} // namespace

std::optional<Excerpt> merged(std::span<const Document* const> documents, std::vector<ReplacedList>& replaced) {
    if (documents.empty() || !std::ranges::all_of(documents, [](const Document* it) { return is_plain_tree(*it); })) {
        return std::nullopt;
    }
    std::vector<Entry> roots;
    for (const auto* const document : documents) {
        roots.push_back({document, k_no_node, document->root().node()});
    }
    Merger merger(replaced);
    merger.add_mapping(roots, 0);
    Excerpt result;
    result.outer = documents.front();
    result.whole = roots.front().get().span;
    result.pieces = std::move(merger.pieces);
    result.text = std::move(merger.text);
    result.is_merged = true;
    return result;
}

} // namespace oidcgen::document
