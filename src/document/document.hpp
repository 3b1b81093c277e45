#pragma once

#include "document/fault.hpp"
#include "document/path.hpp"
#include "document/source.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace oidcgen::document {

/// Which generation of js-yaml 4 a text is read for: from 4.2 on it takes `30_000` and what exceeds a double for text,
/// and follows no more than 100 levels. 4.2 alone merges no more than 20 mappings of one list.
enum class JsYaml : std::uint8_t { v4_1, v4_2, v4_3 };

/// By whose rules a text is read.
enum class Dialect : std::uint8_t {
    go_yaml, ///< YAML 1.1 scalars as go-yaml v3 decodes them, first document only
    js_yaml, ///< as js-yaml 4 reads it, `.json` too
    py_yaml, ///< as PyYAML reads it: YAML 1.1, of a key that is written twice the last value
    json,    ///< strict JSON (RFC 8259)
    env,     ///< lines of KEY=VALUE, see read_env
};

enum class NodeKind : std::uint8_t { scalar, sequence, mapping, alias };

enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded, block, flow };

/// One node of the tree. Text of aliases and anchors is never copied into the place that uses them.
struct Node {
    NodeKind kind = NodeKind::scalar;
    Style style = Style::plain;
    bool merges = false;     ///< mapping: has a merge key
    bool repeats = false;    ///< mapping: has a duplicate key
    Span span;               ///< scalars with their quotes; collections from the first to the last byte that is theirs
    std::string_view text;   ///< scalar: its value after quoting, folding and filling; alias: the anchor's name
    std::uint32_t first = 0; ///< collections: position in the list of children
    std::uint32_t count = 0; ///< collections: number of items, or of members
    NodeId target = k_no_node;  ///< alias: the node it refers to; nothing when that is unknown or encloses the alias
    NodeId parent = k_no_node;  ///< the collection that holds it; nothing for the root
    std::uint32_t position = 0; ///< among the parent's children
};

/// A scalar's meaning by the rules of the document's dialect.
enum class ScalarType : std::uint8_t { null, boolean, integer, floating, text, timestamp, binary };

struct Scalar {
    ScalarType type = ScalarType::text;
    bool boolean = false;
    bool negative = false;       ///< integer: the sign
    std::uint64_t magnitude = 0; ///< integer: the absolute value
    double number = 0;           ///< integer and floating: nearest double
    std::string_view text;       ///< as written, after quoting and folding
};

class Document;
struct Excerpt;
struct Filling;

/// What a place shows.
enum class PlaceKind : std::uint8_t {
    value,   ///< the value of a setting
    key,     ///< the key of a setting
    missing, ///< a setting that is missing: the span shows where it belongs
};

/// Where something is in a document.
struct Place {
    const Document* document = nullptr; ///< null: nowhere (a default, a flag)
    Span span;
    PathId path{}; ///< of the setting
    PlaceKind kind = PlaceKind::value;

    explicit operator bool() const { return document != nullptr; }
};

/// A view of one node: aliases followed, merge keys applied. Cheap to copy; valid as long as its document.
class Cursor {
  public:
    Cursor() = default;
    Cursor(const Document& document, NodeId node, NodeId key, PathId path);

    explicit operator bool() const { return m_node != k_no_node; }
    [[nodiscard]] NodeKind kind() const;
    [[nodiscard]] bool is_scalar() const;
    [[nodiscard]] bool is_sequence() const;
    [[nodiscard]] bool is_mapping() const;
    /// A scalar that the dialect reads as null (`~`, `null`, nothing).
    [[nodiscard]] bool is_null() const;

    /// The scalar's text after quoting and folding; empty for collections.
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] Style style() const;
    /// The explicit tag, as in Document::tag().
    [[nodiscard]] std::string_view tag() const;
    [[nodiscard]] Scalar scalar() const;
    /// True for a scalar whose text has holes in the source, all of which were filled.
    [[nodiscard]] bool is_filled() const;

    /// Items of a sequence, or members of a mapping with merged ones after the mapping's own; a duplicate key
    /// counts once, with its first value (in JSON and for PyYAML with its last one, as they have it).
    [[nodiscard]] std::vector<Cursor> children() const;
    /// The member with that key; an empty cursor when it does not exist or this is not a mapping.
    [[nodiscard]] Cursor find(std::string_view key) const;

    /// The key of a mapping's member; empty for items and the root.
    [[nodiscard]] std::string_view key() const;
    /// What the key means by the rules of the dialect; a null for items, the root, and keys that are not scalars.
    [[nodiscard]] Scalar key_scalar() const;
    /// False for items, the root, and members whose key is not a scalar.
    [[nodiscard]] bool has_name() const;

    [[nodiscard]] Place place() const;     ///< the value, with its pointer
    [[nodiscard]] Place key_place() const; ///< the key, with the pointer of its value; the value itself for items
    /// Where a member of that name belongs: the span of this node's key (or of its first line), its pointer with
    /// the name added.
    [[nodiscard]] Place missing(std::string_view key) const;

    [[nodiscard]] NodeId node() const { return m_node; } ///< aliases not followed
    [[nodiscard]] const PathId& path() const { return m_path; }
    [[nodiscard]] const Document& document() const { return *m_document; }

  private:
    [[nodiscard]] NodeId target_id() const;
    [[nodiscard]] const Node& target() const;
    [[nodiscard]] std::vector<NodeId> merged_mappings() const;
    [[nodiscard]] Cursor item(NodeId sequence, std::uint32_t index) const;
    [[nodiscard]] Cursor member(NodeId mapping, std::uint32_t index) const;
    /// True when the children of that collection stand below this cursor in the tree itself.
    [[nodiscard]] bool stands_at(NodeId collection) const;

    const Document* m_document = nullptr;
    NodeId m_node = k_no_node;
    NodeId m_key = k_no_node;
    PathId m_path;
};

/// A scalar in whose text holes were filled.
struct FilledScalar {
    Span span;
    NodeId node = k_no_node;
    std::vector<const Filling*> by; ///< that its holes name, used or not; they outlive the document
    bool is_whole = false;          ///< no hole is left
};

/// A text read into a tree in which every node and key knows its bytes. Made by read_document, and the same ever since;
/// not copied or moved, since nodes hold views into it.
class Document {
  public:
    Document(Source source, Dialect dialect, JsYaml js_yaml = JsYaml::v4_2,
             std::shared_ptr<const Excerpt> excerpt = nullptr);
    ~Document(); ///< overwrites its texts, which may hold secrets
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    [[nodiscard]] const Source& source() const { return m_source; }
    [[nodiscard]] Dialect dialect() const { return m_dialect; }
    [[nodiscard]] JsYaml js_yaml() const { return m_js_yaml; }
    /// What the text is an excerpt of; null when it is all of a file.
    [[nodiscard]] const Excerpt* excerpt() const { return m_excerpt.get(); }
    [[nodiscard]] const std::vector<Fault>& faults() const { return m_faults; }
    /// The first fault that stopped the reader, if any.
    [[nodiscard]] const Fault* fatal() const;

    /// The root of the (first) document; empty when there is none (an empty text, or nothing could be read).
    [[nodiscard]] Cursor root() const;

    [[nodiscard]] const Node& node(NodeId id) const { return m_nodes[id]; }
    /// An item of a sequence. The members of a mapping lie key, value, key, value: member n has its key at 2n.
    [[nodiscard]] NodeId child(const Node& parent, std::uint32_t index) const {
        return m_children[parent.first + index];
    }
    [[nodiscard]] std::size_t node_count() const { return m_nodes.size(); }
    /// The explicit tag of a node (`!!str`, `!x`), or empty.
    [[nodiscard]] std::string_view tag(NodeId id) const;

    /// Keeps a text that somebody made of the document's own, as long as the document. The same text costs once.
    [[nodiscard]] std::string_view keep(std::string text) const { return *m_kept.insert(std::move(text)).first; }

    /// What a key is called: its text, or what the dialect makes of it (`0x10` is `16` in JavaScript).
    [[nodiscard]] std::string_view key_text(NodeId id) const;

    /// The scalar's meaning by the dialect's rules.
    [[nodiscard]] Scalar scalar(NodeId id) const;

    /// The scalars that were filled, in order of their spans.
    [[nodiscard]] const std::vector<FilledScalar>& filled() const { return m_filled; }
    /// The one with that span; null when it was not filled.
    [[nodiscard]] const FilledScalar* filled_at(Span span) const;

    /// RFC 6901. Names of more than 1024 bytes are cut, with an ellipsis, and so are the steps after the first 1024
    /// bytes: a report that repeats them for every place must not be much longer than the file.
    [[nodiscard]] std::string pointer(const PathId& path) const;

    /// The node at that place in the tree itself; nothing for what is missing or is reached through an alias or merge.
    [[nodiscard]] NodeId node_at(const PathId& path) const;
    /// The node that what is missing there should be a member or item of; nothing when that is missing as well.
    [[nodiscard]] NodeId holder_of(const PathId& path) const;
    /// The key of a mapping's member; nothing for items and the root.
    [[nodiscard]] NodeId key_of(NodeId id) const;

  private:
    friend class Builder;
    friend class Cursor;
    friend class HoleFiller;

    [[nodiscard]] NodeId behind_alias(NodeId id) const;
    [[nodiscard]] bool is_merge_key(NodeId id) const;

    Source m_source;
    Dialect m_dialect;
    JsYaml m_js_yaml;
    std::shared_ptr<const Excerpt> m_excerpt;
    std::vector<Node> m_nodes;
    std::vector<NodeId> m_children;
    std::unordered_map<NodeId, std::string> m_tags;
    std::unordered_map<NodeId, std::string> m_key_texts; ///< of keys that are not called what their text says
    std::deque<std::string> m_texts;                     ///< values that differ from their source bytes
    mutable std::unordered_set<std::string> m_kept;      ///< see keep(): no part of the document itself
    std::vector<Fault> m_faults;
    std::vector<FilledScalar> m_filled;
    NodeId m_root = k_no_node;
};

} // namespace oidcgen::document
