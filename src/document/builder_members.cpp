#include "document/builder.hpp"

#include "document/scalar.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

// What a builder checks of the members of a mapping.

namespace oidcgen::document {

namespace {

/// Up to this many members each key is compared with all others.
constexpr std::uint32_t k_few_members = 32;
/// How many items of a list js-yaml 4.2 merges (its option maxMergeSeqLength).
constexpr std::uint32_t k_most_merged = 20;

/// True for plain text that can only stand for itself as a key: no number, date, boolean or null begins like this.
bool is_name(const Node& key) {
    if (key.kind != NodeKind::scalar) {
        return false;
    }
    if (key.style != Style::plain) {
        return true;
    }
    constexpr std::string_view k_doubtful = "0123456789+-.~ntfNTF";
    return !key.text.empty() && k_doubtful.find(key.text.front()) == std::string_view::npos;
}

} // namespace

void Builder::check_members(Node& mapping) {
    for (std::uint32_t member = 0; member < mapping.count; ++member) {
        const NodeId id = m_document.child(mapping, 2 * member);
        const Node& key = m_document.m_nodes[id];
        if (is_name(key)) {
            if (m_document.is_merge_key(id)) {
                mapping.merges = true;
                check_merge(mapping, member);
            }
        } else {
            check_unusual_key(id);
        }
    }
    check_repeated(mapping);
}

void Builder::check_unusual_key(NodeId id) {
    const NodeId behind = m_document.behind_alias(id);
    const Node& key = m_document.m_nodes[behind];
    const bool is_js = m_document.m_dialect == Dialect::js_yaml;
    if (key.kind == NodeKind::scalar) {
        if (is_js) {
            const Scalar scalar = m_document.scalar(behind);
            if (scalar.type != ScalarType::text) {
                m_document.m_key_texts.emplace(id, property_name(scalar));
            }
        }
        return;
    }
    if (is_js && key.kind == NodeKind::mapping) {
        m_document.m_key_texts.emplace(id, "[object Object]");
        return;
    }
    if (is_js && key.kind == NodeKind::sequence) {
        std::string joined;
        bool is_nested = false;
        for (std::uint32_t item = 0; item < key.count; ++item) {
            const NodeId item_id = m_document.behind_alias(m_document.child(key, item));
            const Node& node = m_document.m_nodes[item_id];
            is_nested = is_nested || node.kind == NodeKind::sequence;
            joined += item == 0 ? "" : ",";
            const Scalar scalar = m_document.scalar(item_id);
            joined += node.kind == NodeKind::mapping    ? "[object Object]"
                      : scalar.type == ScalarType::null ? std::string()
                                                        : property_name(scalar);
        }
        if (!is_nested) {
            m_document.m_key_texts.emplace(id, std::move(joined));
            return;
        }
    }
    add_fault({FaultKind::bad_key, m_document.m_nodes[id].span, {}, "a key must be a scalar"});
}

void Builder::check_repeated(Node& mapping) {
    if (mapping.count <= k_few_members) {
        std::array<std::string_view, k_few_members> keys;
        for (std::uint32_t member = 0; member < mapping.count; ++member) {
            keys[member] = identity(mapping, member);
        }
        for (std::uint32_t second = 1; second < mapping.count; ++second) {
            for (std::uint32_t first = 0; first < second; ++first) {
                if (keys[first] == keys[second] && is_repeated(mapping, first, second)) {
                    report_repeated(mapping, first, second);
                    break;
                }
            }
        }
        return;
    }
    // Sorted rather than hashed: nobody can make up keys that collide.
    m_keys.clear();
    for (std::uint32_t member = 0; member < mapping.count; ++member) {
        m_keys.push_back({identity(mapping, member), member});
    }
    std::sort(m_keys.begin(), m_keys.end(), [](const Key& one, const Key& other) {
        if (one.text.size() != other.text.size()) {
            return one.text.size() < other.text.size();
        }
        const int order = one.text.compare(other.text);
        return order != 0 ? order < 0 : one.member < other.member;
    });
    std::vector<std::pair<std::uint32_t, std::uint32_t>> repeated;
    std::size_t first = 0;
    for (std::size_t at = 1; at < m_keys.size(); ++at) {
        if (m_keys[at].text != m_keys[first].text) {
            first = at;
        } else if (is_repeated(mapping, m_keys[first].member, m_keys[at].member)) {
            repeated.emplace_back(m_keys[at].member, m_keys[first].member);
        }
    }
    std::sort(repeated.begin(), repeated.end());
    for (const auto& [second, original] : repeated) {
        report_repeated(mapping, original, second);
    }
}

std::string_view Builder::identity(const Node& mapping, std::uint32_t member) const {
    return m_document.key_text(m_document.child(mapping, 2 * member));
}

bool Builder::is_repeated(const Node& mapping, std::uint32_t first, std::uint32_t second) const {
    const Node& one = m_document.m_nodes[m_document.child(mapping, 2 * first)];
    const Node& other = m_document.m_nodes[m_document.child(mapping, 2 * second)];
    const auto is_collection = [](const Node& node) {
        return node.kind == NodeKind::sequence || node.kind == NodeKind::mapping;
    };
    switch (m_document.m_dialect) {
    case Dialect::go_yaml:
        // go-yaml compares the texts of the nodes, aliases by their names; collections are refused as keys anyway.
        return one.kind == other.kind && one.text == other.text && !is_collection(one);
    case Dialect::js_yaml:
        return !m_document.is_merge_key(m_document.child(mapping, 2 * first)) &&
               !m_document.is_merge_key(m_document.child(mapping, 2 * second));
    case Dialect::py_yaml:
    case Dialect::json:
    case Dialect::env:
        break;
    }
    return true;
}

void Builder::report_repeated(Node& mapping, std::uint32_t first, std::uint32_t second) {
    mapping.repeats = true;
    if (m_document.m_dialect == Dialect::py_yaml || m_document.m_faults.size() >= k_most_faults) {
        return;
    }
    const NodeId key = m_document.child(mapping, 2 * second);
    Fault fault;
    fault.kind = FaultKind::duplicate_key;
    fault.span = m_document.m_nodes[key].span;
    fault.other = m_document.m_nodes[m_document.child(mapping, 2 * first)].span;
    fault.message = util::words("duplicate key {}", util::outside(m_document.key_text(key)));
    const NodeId value = m_document.child(mapping, 2 * second + 1);
    const NodeKind kind = m_document.m_nodes[value].kind;
    fault.path = PathId(value);
    fault.holds_more = kind == NodeKind::mapping || kind == NodeKind::sequence;
    add_fault(std::move(fault));
}

void Builder::check_merge(const Node& mapping, std::uint32_t member) {
    const NodeId value_id = m_document.child(mapping, 2 * member + 1);
    const Node& value = m_document.m_nodes[m_document.behind_alias(value_id)];
    const bool is_js = m_document.m_dialect == Dialect::js_yaml;
    // A cyclic alias is a fault of its own.
    const auto can_merge = [&](NodeId id) {
        const Node& node = m_document.m_nodes[m_document.behind_alias(id)];
        const bool is_js_object =
            node.kind == NodeKind::sequence ||
            (node.kind == NodeKind::scalar && m_document.scalar(id).type >= ScalarType::timestamp);
        return node.kind == NodeKind::mapping || node.kind == NodeKind::alias || (is_js && is_js_object);
    };
    bool fits = can_merge(value_id);
    // go-yaml takes a list only if it is written here, not through an alias.
    if (value.kind == NodeKind::sequence && (is_js || m_document.m_nodes[value_id].kind == NodeKind::sequence)) {
        fits = true;
        for (std::uint32_t item = 0; item < value.count; ++item) {
            fits = fits && can_merge(m_document.child(value, item));
        }
    }
    if (m_document.m_dialect == Dialect::js_yaml && m_document.m_js_yaml == JsYaml::v4_2 &&
        value.kind == NodeKind::sequence && value.count > k_most_merged) {
        add_fault({FaultKind::bad_merge,
                   m_document.m_nodes[value_id].span,
                   {},
                   util::words("a merge key takes at most {} mappings", k_most_merged)});
    }
    if (!fits) {
        add_fault({FaultKind::bad_merge,
                   m_document.m_nodes[value_id].span,
                   {},
                   "a merge key needs a mapping or a list of mappings"});
    }
}

} // namespace oidcgen::document
