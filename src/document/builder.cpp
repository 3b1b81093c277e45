#include "document/builder.hpp"

#include "document/scalar.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_set>
#include <utility>

namespace oidcgen::document {

namespace {

/// js-yaml follows this many levels from 4.2 on (its option maxDepth).
constexpr std::size_t k_js_depth = 100;

constexpr std::string_view k_blanks = " \t\r\n";
constexpr std::string_view k_yaml_tags = "tag:yaml.org,2002:";

std::string short_tag(std::string_view tag) {
    return tag.starts_with(k_yaml_tags) ? fmt::format("!!{}", tag.substr(k_yaml_tags.size())) : std::string(tag);
}

/// Whether go-yaml v3 calls this "excessive aliasing" (decode.go, allowedAliasRatio).
bool is_excessive_for_go(std::uint64_t aliased, std::uint64_t all) {
    constexpr double k_low = 400'000;
    constexpr double k_high = 4'000'000;
    if (aliased <= 100 || all <= 1000) {
        return false;
    }
    const double size = std::clamp(static_cast<double>(all), k_low, k_high);
    const double allowed = 0.99 - 0.89 * ((size - k_low) / (k_high - k_low));
    return static_cast<double>(aliased) / static_cast<double>(all) > allowed;
}

std::uint64_t sum(std::uint64_t one, std::uint64_t other) {
    return one > UINT64_MAX - other ? UINT64_MAX : one + other;
}

} // namespace

Builder::Builder(Document& document, const Limits& limits)
    : m_document(document)
    , m_limits(limits) {
    const bool follows_less = document.m_dialect == Dialect::js_yaml && document.m_js_yaml != JsYaml::v4_1;
    if (follows_less) {
        m_limits.depth = std::min(m_limits.depth, k_js_depth);
    }
    m_document.m_nodes.reserve(text().size() / 16);
    m_document.m_children.reserve(text().size() / 16);
}

std::string_view Builder::kept(std::string_view text) { return m_document.m_texts.emplace_back(text); }

void Builder::restart() {
    m_document.m_nodes.clear();
    m_document.m_children.clear();
    m_document.m_tags.clear();
    m_document.m_key_texts.clear();
    m_document.m_texts.clear();
    m_document.m_faults.clear();
    m_document.m_root = k_no_node;
    m_frames.clear();
    m_pending.clear();
    m_anchors.clear();
    m_anchor_names.clear();
    m_has_tag = false;
    m_has_anchor = false;
    m_stopped = false;
    m_alias_nodes = 0;
}

std::size_t Builder::flow_indent() const {
    for (auto frame = m_frames.rbegin(); frame != m_frames.rend(); ++frame) {
        const Node& node = m_document.m_nodes[frame->node];
        if (node.style == Style::block) {
            const bool has_key = node.kind == NodeKind::mapping && frame->pending < m_pending.size();
            const std::size_t start =
                has_key ? m_document.m_nodes[m_pending[frame->pending]].span.start : node.span.start;
            const std::size_t before = start == 0 ? std::string_view::npos : text().find_last_of("\r\n", start - 1);
            return start - (before == std::string_view::npos ? 0 : before + 1) + 1;
        }
    }
    return 0;
}

bool Builder::expects_first_block_key() const {
    if (m_frames.empty() || m_frames.back().pending != m_pending.size()) {
        return false;
    }
    const Node& node = m_document.m_nodes[m_frames.back().node];
    return node.kind == NodeKind::mapping && node.style == Style::block;
}

bool Builder::expects_value() const {
    return !m_frames.empty() && m_document.m_nodes[m_frames.back().node].kind == NodeKind::mapping &&
           (m_pending.size() - m_frames.back().pending) % 2 != 0;
}

bool Builder::expects_key() const {
    return !m_frames.empty() && m_document.m_nodes[m_frames.back().node].kind == NodeKind::mapping &&
           m_document.m_nodes[m_frames.back().node].style == Style::block && !expects_value();
}

void Builder::tag_next(std::string_view tag) {
    m_has_tag = true;
    m_tag = short_tag(tag);
}

void Builder::anchor_next(std::string_view name) {
    m_has_anchor = true;
    m_anchor = name;
}

NodeId Builder::add(const Node& node) {
    const auto id = static_cast<NodeId>(m_document.m_nodes.size());
    m_document.m_nodes.push_back(node);
    if (m_frames.empty()) {
        if (m_document.m_root == k_no_node) {
            m_document.m_root = id;
        }
    } else {
        m_pending.push_back(id);
        m_frames.back().size = sum(m_frames.back().size, 1);
        if (m_document.m_dialect == Dialect::js_yaml) {
            check_flow_key(node);
        }
    }
    if (m_frames.size() >= m_limits.depth) {
        fatal(FaultKind::too_deep, node.span, util::words("nested more than {} levels deep", m_limits.depth));
    }
    return id;
}

void Builder::scalar(Style style, Span span, std::string_view text) {
    Node node;
    node.style = style;
    node.span = span;
    node.text = text;
    const NodeId id = add(node);
    if (m_has_tag) {
        check_scalar_tag({text, style, m_tag}, id);
        m_document.m_tags.emplace(id, std::exchange(m_tag, {}));
        m_has_tag = false;
    }
    if (m_has_anchor) {
        static_cast<void>(take_anchor({id, 1, false}));
    }
}

void Builder::alias(Span span, std::string_view name) {
    Node node;
    node.kind = NodeKind::alias;
    node.span = span;
    node.text = name;
    const auto found = m_anchor_names.find(std::string(name));
    if (found == m_anchor_names.end()) {
        const auto message = util::words("no anchor {} is defined before this alias", util::outside(name));
        if (m_document.m_dialect == Dialect::json) {
            fault(FaultKind::unknown_alias, span, message);
        } else {
            fatal(FaultKind::unknown_alias, span, message);
        }
        return;
    }
    const Anchor& anchor = m_anchors[found->second];
    if (!anchor.is_open) {
        node.target = anchor.node;
    }
    add(node);
    if (anchor.is_open) {
        // js-yaml merges what it has read of the mapping so far, which ends well.
        const bool is_js_merge = m_document.m_dialect == Dialect::js_yaml && m_pending.size() > 1 &&
                                 m_document.is_merge_key(m_pending[m_pending.size() - 2]);
        if (is_js_merge) {
            return;
        }
        add_fault({FaultKind::cyclic_alias, span, m_document.m_nodes[anchor.node].span,
                   util::words("alias {} is inside the value that it refers to", util::outside(name))});
        return;
    }
    count_alias(anchor.size, span);
}

void Builder::count_alias(std::uint64_t size, Span span) {
    m_alias_nodes = sum(m_alias_nodes, size);
    if (!m_frames.empty()) {
        m_frames.back().size = sum(m_frames.back().size, size);
    }
    const std::uint64_t own_nodes = m_document.m_nodes.size();
    const bool is_excessive = m_document.m_dialect == Dialect::go_yaml
                                  ? is_excessive_for_go(m_alias_nodes, sum(m_alias_nodes, own_nodes))
                                  : m_alias_nodes > sum(m_limits.aliases, 4 * own_nodes);
    if (is_excessive) {
        fatal(FaultKind::too_many_aliases, span, "the aliases expand to far more than the text itself");
    }
}

void Builder::open(NodeKind kind, Style style, Span start) {
    Node node;
    node.kind = kind;
    node.style = style;
    node.span = start;
    const NodeId id = add(node);
    Frame frame;
    frame.node = id;
    frame.pending = static_cast<std::uint32_t>(m_pending.size());
    if (m_has_tag) {
        frame.has_tag = true;
        check_collection_tag(kind, start);
        m_document.m_tags.emplace(id, std::exchange(m_tag, {}));
        m_has_tag = false;
    }
    if (m_has_anchor) {
        frame.anchor = take_anchor({id, 1, true}) + 1;
    }
    m_frames.push_back(frame);
}

void Builder::close(std::uint32_t end) {
    const Frame frame = m_frames.back();
    Node& node = m_document.m_nodes[frame.node];
    auto count = static_cast<std::uint32_t>(m_pending.size()) - frame.pending;
    if (node.kind == NodeKind::mapping) {
        if (count % 2 != 0) {
            m_pending.pop_back();
        }
        count /= 2;
    }
    const auto first_child = m_pending.begin() + static_cast<std::ptrdiff_t>(frame.pending);
    if (node.style == Style::flow && end != 0) {
        node.span.end = end;
    } else if (first_child != m_pending.end()) {
        node.span.end = std::max(node.span.end, m_document.m_nodes[m_pending.back()].span.end);
    }
    node.first = static_cast<std::uint32_t>(m_document.m_children.size());
    node.count = count;
    m_document.m_children.insert(m_document.m_children.end(), first_child, m_pending.end());
    for (std::uint32_t position = 0; first_child + position != m_pending.end(); ++position) {
        Node& child = m_document.m_nodes[*(first_child + position)];
        child.parent = frame.node;
        child.position = position;
    }
    if (node.kind == NodeKind::mapping && !is_template_action(node)) {
        check_members(node);
    }
    if (frame.has_tag && m_document.m_dialect == Dialect::js_yaml) {
        check_tagged(node, m_document.tag(frame.node));
    }
    m_pending.resize(frame.pending);
    m_frames.pop_back();
    if (!m_frames.empty()) {
        m_frames.back().size = sum(m_frames.back().size, frame.size);
    }
    if (frame.anchor != 0) {
        m_anchors[frame.anchor - 1].is_open = false;
        m_anchors[frame.anchor - 1].size = sum(frame.size, 1);
    }
}

bool Builder::is_template_action(Node& node) {
    const bool is_doubled =
        node.style == Style::flow && node.count == 1 && m_document.source().text(node.span).starts_with("{{");
    if (m_document.m_dialect != Dialect::go_yaml || !is_doubled) {
        return false;
    }
    add_fault({FaultKind::template_syntax, node.span, {}, k_template_message});
    node.kind = NodeKind::scalar;
    node.style = Style::plain;
    node.text = m_document.source().text(node.span);
    node.count = 0;
    return true;
}

std::uint32_t Builder::take_anchor(Anchor anchor) {
    m_has_anchor = false;
    const auto number = static_cast<std::uint32_t>(m_anchors.size());
    m_anchors.push_back(anchor);
    m_anchor_names.insert_or_assign(std::exchange(m_anchor, {}), number);
    return number;
}

bool Builder::is_own_tag(std::string_view tag) const {
    constexpr std::array<std::string_view, 3> k_filled_in{"!vault", "!vault-encrypted", "!unsafe"};
    return std::ranges::find(m_limits.tags, tag) != m_limits.tags.end() ||
           (m_limits.actions == TemplateActions::filled_in && std::ranges::find(k_filled_in, tag) != k_filled_in.end());
}

void Builder::check_scalar_tag(const WrittenScalar& written, NodeId id) {
    if (is_own_tag(written.tag) || tag_fits(written, {m_document.m_dialect, m_document.m_js_yaml})) {
        return;
    }
    const bool is_known = written.tag.starts_with("!!");
    add_fault({FaultKind::bad_tag,
               m_document.m_nodes[id].span,
               {},
               is_known ? util::words("the value does not fit its tag {}", util::outside(written.tag))
                        : util::words("unknown tag {}", util::outside(written.tag))});
}

void Builder::check_collection_tag(NodeKind kind, Span span) {
    const bool takes_any = m_document.m_dialect != Dialect::js_yaml && m_document.m_dialect != Dialect::py_yaml;
    if (takes_any || m_tag == "!" || is_own_tag(m_tag)) {
        return;
    }
    constexpr std::array<std::string_view, 3> k_sequence_tags{"!!seq", "!!omap", "!!pairs"};
    constexpr std::array<std::string_view, 2> k_mapping_tags{"!!map", "!!set"};
    const bool fits = kind == NodeKind::sequence
                          ? std::find(k_sequence_tags.begin(), k_sequence_tags.end(), m_tag) != k_sequence_tags.end()
                          : std::find(k_mapping_tags.begin(), k_mapping_tags.end(), m_tag) != k_mapping_tags.end();
    if (!fits) {
        add_fault({FaultKind::bad_tag, span, {}, util::words("tag {} does not fit here", util::outside(m_tag))});
    }
}

void Builder::check_tagged(const Node& collection, std::string_view tag) {
    const auto behind = [&](NodeId id) -> const Node& { return m_document.m_nodes[m_document.behind_alias(id)]; };
    bool fits = true;
    // A tag that is for another kind of collection is a fault already.
    if (tag == "!!set" && collection.kind == NodeKind::mapping) {
        for (std::uint32_t member = 0; member < collection.count; ++member) {
            const NodeId value = m_document.child(collection, 2 * member + 1);
            fits = fits && behind(value).kind == NodeKind::scalar && m_document.scalar(value).type == ScalarType::null;
        }
    } else if ((tag == "!!omap" || tag == "!!pairs") && collection.kind == NodeKind::sequence) {
        std::unordered_set<std::string_view> keys;
        for (std::uint32_t item = 0; item < collection.count; ++item) {
            const Node& pair = behind(m_document.child(collection, item));
            const bool is_pair = pair.kind == NodeKind::mapping && pair.count == 1;
            fits = fits && is_pair && (keys.insert(identity(pair, 0)).second || tag == "!!pairs");
        }
    }
    if (!fits) {
        add_fault({FaultKind::bad_tag,
                   collection.span,
                   {},
                   util::words("the value does not fit its tag {}", util::outside(tag))});
    }
}

void Builder::check_flow_key(const Node& value) {
    const Frame& frame = m_frames.back();
    const std::size_t position = m_pending.size() - 1 - frame.pending;
    const Node& mapping = m_document.m_nodes[frame.node];
    if (mapping.kind != NodeKind::mapping || mapping.style != Style::flow || position % 2 == 0) {
        return;
    }
    const Node& key = m_document.m_nodes[m_pending[m_pending.size() - 2]];
    const std::string_view before = text().substr(0, value.span.start);
    if (before.find_first_of("\r\n", key.span.start) == std::string_view::npos) {
        return;
    }
    std::size_t colon = before.find_first_not_of(k_blanks, key.span.end);
    while (colon != std::string_view::npos && before[colon] == '#') {
        colon = before.find_first_not_of(k_blanks, before.find_first_of("\r\n", colon));
    }
    const bool is_parted = colon != std::string_view::npos && before[colon] == ':' &&
                           before.substr(0, colon).find_first_of("\r\n", key.span.start) != std::string_view::npos;
    const std::size_t front =
        key.span.start == 0 ? std::string_view::npos : before.find_last_not_of(k_blanks, key.span.start - 1);
    const bool is_explicit = front != std::string_view::npos && before[front] == '?';
    if (is_parted && !is_explicit) {
        const auto at = static_cast<std::uint32_t>(colon);
        fatal(FaultKind::syntax, {at, at + 1}, "the colon must be on the line where its key begins");
    }
}

void Builder::add_fault(Fault fault) {
    if (m_document.m_faults.size() < k_most_faults) {
        m_document.m_faults.push_back(std::move(fault));
    }
}

void Builder::fault(FaultKind kind, Span span, util::Words message) { add_fault({kind, span, {}, std::move(message)}); }

void Builder::drop_scalar(Span span) {
    if (m_frames.empty() || m_pending.size() <= m_frames.back().pending) {
        return;
    }
    const Node& last = m_document.m_nodes[m_pending.back()];
    if (last.kind == NodeKind::scalar && last.span == span) {
        m_pending.pop_back();
    }
}

void Builder::fatal(FaultKind kind, Span span, util::Words message) {
    if (!m_stopped) {
        m_stopped = true;
        std::erase_if(m_document.m_faults,
                      [&](const Fault& known) { return known.kind == kind && known.span == span; });
        m_document.m_faults.push_back({kind, span, {}, std::move(message), true});
    }
}

void Builder::finish() {
    while (!m_frames.empty()) {
        close(0);
    }
    std::stable_sort(m_document.m_faults.begin(), m_document.m_faults.end(),
                     [](const Fault& one, const Fault& other) { return one.span.start < other.span.start; });
}

} // namespace oidcgen::document
