#include "document/addition.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace oidcgen::document {

namespace {

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// Blanks in front of a byte of its line; nothing when something else is there.
std::optional<std::size_t> indentation(const Document& document, std::size_t offset) {
    const auto& source = document.source();
    const auto line = source.line_span(source.line_of(offset));
    const auto before = source.text({line.start, static_cast<std::uint32_t>(offset)});
    return before.find_first_not_of(' ') == std::string_view::npos ? std::optional(before.size()) : std::nullopt;
}

/// The dash in front of an item of a block list; nothing when it is not on the item's line.
std::optional<std::size_t> dash_before(const Document& document, std::size_t item) {
    const auto& source = document.source();
    const auto line = source.line_span(source.line_of(item));
    const auto dash = source.text({line.start, static_cast<std::uint32_t>(item)}).rfind('-');
    return dash == std::string_view::npos ? std::nullopt : std::optional(line.start + dash);
}

/// How far the items of a list are indented that is a block of its own.
std::optional<std::size_t> indentation_of_items(const Document& document, const Node& list) {
    if (list.kind != NodeKind::sequence || list.style != Style::block || list.count == 0) {
        return std::nullopt;
    }
    const auto dash = dash_before(document, document.node(document.child(list, 0)).span.start);
    return dash ? indentation(document, *dash) : std::nullopt;
}

/// How far the keys of a mapping are indented; the first one may stand behind the dash of a list.
std::optional<std::size_t> indentation_of_keys(const Document& document, const Node& mapping) {
    if (mapping.kind != NodeKind::mapping || mapping.style != Style::block || mapping.count == 0) {
        return std::nullopt;
    }
    const auto key = document.node(document.child(mapping, 0)).span.start;
    const auto& source = document.source();
    const auto line = source.line_span(source.line_of(key));
    const auto before = source.text({line.start, key});
    return before.find_first_not_of(" -") == std::string_view::npos ? std::optional(before.size()) : std::nullopt;
}

} // namespace

Place named_at(const Place& list) {
    if (!list || list.kind != PlaceKind::value) {
        return list;
    }
    const auto node = list.document->node_at(list.path);
    const auto key = node == k_no_node ? k_no_node : list.document->key_of(node);
    return key == k_no_node ? list : Place{list.document, list.document->node(key).span, list.path, PlaceKind::key};
}

std::optional<std::string> addition_to(const Place& list, std::string_view item) {
    if (!list || list.document->dialect() == Dialect::json || !is_printable(item)) {
        return std::nullopt;
    }
    const auto& document = *list.document;
    std::string quoted(item);
    for (auto at = quoted.find('\''); at != std::string::npos; at = quoted.find('\'', at + 2)) {
        quoted.insert(at, 1, '\'');
    }
    if (list.kind == PlaceKind::missing) {
        const auto holder = document.holder_of(list.path);
        const auto indent = holder == k_no_node ? std::nullopt : indentation_of_keys(document, document.node(holder));
        const auto pointer = document.pointer(list.path);
        return indent ? std::optional(
                            fmt::format("{0:{1}}{2}:\n{0:{1}}  - '{3}'", "", *indent, steps_of(pointer).back(), quoted))
                      : std::nullopt;
    }
    const auto node = document.node_at(list.path);
    const auto indent = node == k_no_node ? std::nullopt : indentation_of_items(document, document.node(node));
    return indent ? std::optional(fmt::format("{:{}}- '{}'", "", *indent, quoted)) : std::nullopt;
}

} // namespace oidcgen::document
