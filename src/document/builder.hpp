#pragma once

#include "document/document.hpp"
#include "document/reader.hpp"
#include "document/scalar.hpp"
#include "util/words.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace oidcgen::document {

/// More faults than this say nothing new, and each costs memory.
inline constexpr std::size_t k_most_faults = 1000;

/// Puts a document together from what a reader meets, in its order: finds keys that stand twice, merges that cannot
/// be, aliases that lead nowhere. Lives for one reading.
class Builder {
  public:
    Builder(Document& document, const Limits& limits);

    [[nodiscard]] std::string_view text() const { return m_document.m_source.text(); }
    [[nodiscard]] Dialect dialect() const { return m_document.m_dialect; }
    [[nodiscard]] const Limits& limits() const { return m_limits; }

    /// True when the reader has to stop: a fatal fault was found.
    [[nodiscard]] bool stopped() const { return m_stopped; }

    [[nodiscard]] bool is_in_flow() const {
        return !m_frames.empty() && m_document.m_nodes[m_frames.back().node].style == Style::flow;
    }

    /// How far js-yaml wants the lines of a plain text in flow style indented: more than the block around it.
    [[nodiscard]] std::size_t flow_indent() const;

    /// True in a block mapping that has no key yet.
    [[nodiscard]] bool expects_first_block_key() const;

    /// Where the innermost collection begins.
    [[nodiscard]] std::uint32_t innermost_start() const {
        return m_frames.empty() ? 0 : m_document.m_nodes[m_frames.back().node].span.start;
    }
    /// True behind a key of a mapping.
    [[nodiscard]] bool expects_value() const;
    /// True in a mapping in block style, in front of a key.
    [[nodiscard]] bool expects_key() const;
    [[nodiscard]] bool is_in_sequence() const {
        return !m_frames.empty() && m_document.m_nodes[m_frames.back().node].kind == NodeKind::sequence;
    }

    /// Forgets everything that was built.
    void restart();

    /// A copy that lives as long as the document.
    [[nodiscard]] std::string_view kept(std::string_view text);

    /// What the next node carries in front of it. Valid for that node only.
    void tag_next(std::string_view tag);
    void anchor_next(std::string_view name);

    void scalar(Style style, Span span, std::string_view text);
    void alias(Span span, std::string_view name);
    void open(NodeKind kind, Style style, Span start);
    /// Ends the innermost collection. Block collections end with their last child whatever `end` says.
    void close(std::uint32_t end);

    /// Drops the last child of the innermost collection if it is the scalar there, which was meant for something else.
    void drop_scalar(Span span);

    /// Something wrong at a place that is not a node.
    void fault(FaultKind kind, Span span, util::Words message);
    /// The same, and the end of the reading.
    void fatal(FaultKind kind, Span span, util::Words message);

    /// The fault that ended the reading, if any.
    [[nodiscard]] const Fault* fatal() const { return m_document.fatal(); }
    [[nodiscard]] bool has_root() const { return m_document.m_root != k_no_node; }
    /// True when all that was read is a template action.
    [[nodiscard]] bool has_action_alone() const {
        const Cursor root = m_document.root();
        return root && root.is_scalar() && root.text().starts_with("{{");
    }
    /// Forgets duplicate keys that are none.
    void drop_repeated(const std::function<bool(const Fault&)>& is_none) {
        std::erase_if(m_document.m_faults,
                      [&](const Fault& it) { return it.kind == FaultKind::duplicate_key && is_none(it); });
    }

    /// Closes what is still open. A key without a value is dropped.
    void finish();

  private:
    struct Frame {
        NodeId node = k_no_node;
        std::uint32_t pending = 0; ///< where its children begin in m_pending
        std::uint32_t anchor = 0;  ///< number of its anchor plus one, 0 for none
        bool has_tag = false;
        std::uint64_t size = 0; ///< nodes below it, aliases counted as what they stand for
    };
    struct Anchor {
        NodeId node = k_no_node;
        std::uint64_t size = 1;
        bool is_open = false;
    };
    struct Key {
        std::string_view text;
        std::uint32_t member = 0;
    };

    NodeId add(const Node& node);
    std::uint32_t take_anchor(Anchor anchor);
    void count_alias(std::uint64_t size, Span span);
    /// True for a tag that the dialect need not know.
    [[nodiscard]] bool is_own_tag(std::string_view tag) const;
    void check_scalar_tag(const WrittenScalar& written, NodeId id);
    void check_collection_tag(NodeKind kind, Span span);
    /// `{{ x }}` without quotes is a mapping with a mapping as its key, which go-yaml refuses. It becomes a scalar
    /// with that text, so that who reads the tree sees a placeholder.
    bool is_template_action(Node& node);
    void check_members(Node& mapping);
    void check_unusual_key(NodeId id);
    void check_tagged(const Node& collection, std::string_view tag);
    void check_flow_key(const Node& value);
    void check_merge(const Node& mapping, std::uint32_t member);
    void check_repeated(Node& mapping);
    [[nodiscard]] std::string_view identity(const Node& mapping, std::uint32_t member) const;
    [[nodiscard]] bool is_repeated(const Node& mapping, std::uint32_t first, std::uint32_t second) const;
    void report_repeated(Node& mapping, std::uint32_t first, std::uint32_t second);
    void add_fault(Fault fault);

    Document& m_document;
    Limits m_limits;
    std::vector<Frame> m_frames;
    std::vector<NodeId> m_pending;
    std::vector<Anchor> m_anchors;
    std::unordered_map<std::string, std::uint32_t> m_anchor_names;
    std::vector<Key> m_keys;
    std::string m_tag;
    std::string m_anchor;
    bool m_has_tag = false;
    bool m_has_anchor = false;
    bool m_stopped = false;
    std::uint64_t m_alias_nodes = 0;
};

inline constexpr const char* k_template_message =
    "this template action is not in quotes, so the file is not YAML until it is filled in";

/// The two readers. Both feed a builder and leave finish() to the caller.
void read_yaml(Builder& builder);

enum class JsonFaults : std::uint8_t { report, leave };
/// Reads strict JSON. With JsonFaults::leave a text that is not JSON gives false and no fault; what was built until
/// then must be discarded with restart().
bool read_json(Builder& builder, JsonFaults faults);

} // namespace oidcgen::document
