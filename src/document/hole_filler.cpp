#include "document/hole_filler.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <utility>

namespace oidcgen::document {

namespace {

/// True when YAML reads the text as it is where it is written without quotes.
bool is_plain(std::string_view text, bool is_in_flow) {
    if (text.empty()) {
        return true;
    }
    constexpr std::string_view k_marks = "-?:,[]{}#&*!|>'\"%@` \t";
    const bool is_marked = k_marks.find(text.front()) != std::string_view::npos || text.back() == ' ' ||
                           text.back() == '\t' || text.back() == ':';
    return !is_marked && text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos &&
           text.find_first_of("\t\r\n") == std::string_view::npos &&
           (!is_in_flow || text.find_first_of(",[]{}") == std::string_view::npos);
}

} // namespace

bool HoleFiller::is_key(const Node& node) const {
    return node.parent != k_no_node && m_document.node(node.parent).kind == NodeKind::mapping && node.position % 2 == 0;
}

void HoleFiller::fill() {
    for (NodeId id = 0; id < m_document.node_count(); ++id) {
        if (m_document.node(id).kind == NodeKind::scalar && !is_key(m_document.node(id))) {
            names_variable(id) ? fill_variable(id) : fill_scalar(id);
        }
    }
    std::ranges::sort(m_document.m_filled, {}, [](const FilledScalar& it) { return it.span.start; });
}

bool HoleFiller::names_variable(NodeId id) const {
    const auto& node = m_document.node(id);
    if (m_limits.variable_tag.empty()) {
        return false;
    }
    const bool is_first_item =
        node.parent != k_no_node && node.position == 0 && m_document.node(node.parent).kind == NodeKind::sequence;
    return m_document.tag(id) == m_limits.variable_tag ||
           (is_first_item && m_document.tag(node.parent) == m_limits.variable_tag);
}

void HoleFiller::fill_variable(NodeId id) {
    auto& node = m_document.m_nodes[id];
    const auto* const filling = m_fillings.find(util::trimmed(node.text));
    if (filling == nullptr && !m_fillings.is_complete()) {
        return;
    }
    FilledScalar entry{node.span, id, {}, true};
    node.text = {}; // not set
    if (filling != nullptr) {
        const auto size = std::min(m_room, filling->text.size());
        m_room -= size;
        node.text = m_document.m_texts.emplace_back(filling->text, 0, size);
        entry.by.push_back(filling);
    }
    m_document.m_filled.push_back(std::move(entry));
}

void HoleFiller::fill_scalar(NodeId id) {
    auto& node = m_document.m_nodes[id];
    auto text = filled(node.text, m_fillings, m_room);
    FilledScalar entry{node.span, id, text.by, false};
    if (text.is_changed) {
        m_room -= std::min(m_room, text.text.size());
        const bool is_whole = text.is_whole;
        if (auto written = rewritten(node, std::move(text))) {
            node.text = m_document.m_texts.emplace_back(std::move(written->text));
            node.style = written->style;
            entry.is_whole = is_whole;
        }
    }
    if (!entry.by.empty() || entry.is_whole) {
        m_document.m_filled.push_back(std::move(entry));
    }
}

std::optional<HoleFiller::Written> HoleFiller::rewritten(const Node& node, FilledText filled) const {
    const auto source = m_document.source().text(node.span);
    if (node.style == Style::plain) {
        const bool is_in_flow = node.parent != k_no_node && m_document.node(node.parent).style == Style::flow;
        if (!filled.is_whole || is_plain(filled.text, is_in_flow)) {
            return Written{std::move(filled.text), node.style};
        }
        return is_in_flow ? std::nullopt : read_again(std::move(filled.text));
    }
    const bool has_lines = filled.text.find_first_of("\r\n") != std::string::npos;
    if (node.style == Style::single_quoted || node.style == Style::double_quoted) {
        const char quote = node.style == Style::single_quoted ? '\'' : '"';
        const auto special = quote == '"' ? std::string_view("\"\\") : std::string_view("'");
        if (!has_lines && filled.text.find_first_of(special) == std::string::npos) {
            return Written{std::move(filled.text), node.style};
        }
        const bool is_as_written = source.size() >= 2 && source.substr(1, source.size() - 2) == node.text;
        return is_as_written ? read_again(quote + filled.text + quote) : std::nullopt;
    }
    // A block: further lines of a value would not be indented as its own are.
    const bool adds_lines = std::ranges::count(filled.text, '\n') != std::ranges::count(node.text, '\n');
    return adds_lines ? std::nullopt : std::optional(Written{std::move(filled.text), node.style});
}

std::optional<HoleFiller::Written> HoleFiller::read_again(std::string text) const {
    if (text.find_first_of("\r\n") != std::string::npos) {
        return std::nullopt; // its lines would not be indented
    }
    const auto document = read_document({}, std::move(text), m_document.dialect(), m_limits);
    const auto root = document->root();
    if (!document->faults().empty() || (root && (!root.is_scalar() || !root.tag().empty()))) {
        return std::nullopt;
    }
    const auto rest = util::trimmed(document->source().text().substr(root ? root.place().span.end : 0));
    if (!rest.empty() && !rest.starts_with('#')) {
        return std::nullopt; // it ends where a quote of the value is
    }
    return root ? Written{std::string(root.text()), root.style()} : Written{};
}

} // namespace oidcgen::document
