#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::document {

using NodeId = std::uint32_t;
inline constexpr NodeId k_no_node = std::numeric_limits<NodeId>::max();

/// A path into a document: a node of its tree, and the steps from there to what is missing or was reached through an
/// alias or a merge key. Never changes, and is cheap to copy; see Document::pointer.
class PathId {
  public:
    /// The root.
    PathId() = default;
    /// Where a node is in the tree.
    explicit PathId(NodeId node)
        : m_node(node) {}

    [[nodiscard]] PathId child(std::string_view key) const;
    [[nodiscard]] PathId child(std::size_t index) const;

    /// True for the path of that node itself.
    [[nodiscard]] bool leads_to(NodeId node) const { return m_node == node && m_last == nullptr; }

  private:
    friend class Document;

    struct Step {
        std::shared_ptr<Step> before;
        std::string key;
        std::size_t index = 0;
        bool is_index = false;

        ~Step();
    };

    [[nodiscard]] PathId behind(std::shared_ptr<Step> step) const;

    NodeId m_node = k_no_node;    ///< the root, or where the steps begin
    std::shared_ptr<Step> m_last; ///< the last step behind the node
};

inline const PathId k_root_path{};

/// The steps of a pointer as the names they stand for (RFC 6901 section 4); the first one, before the root, is empty.
[[nodiscard]] std::vector<std::string> steps_of(std::string_view pointer);

} // namespace oidcgen::document
