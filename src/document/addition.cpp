#include "document/addition.hpp"

#include "document/excerpt.hpp"

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

/// How far the keys of a mapping are indented; the first key of a block may come after the dash of a list.
std::optional<std::size_t> indentation_of_keys(const Document& document, const Node& mapping) {
    if (mapping.kind != NodeKind::mapping || mapping.count == 0) {
        return std::nullopt;
    }
    const auto key = document.node(document.child(mapping, 0)).span.start;
    const auto& source = document.source();
    const auto line = source.line_span(source.line_of(key));
    const auto before = source.text({line.start, key});
    const auto* const may_precede = mapping.style == Style::block ? " -" : " ";
    return before.find_first_not_of(may_precede) == std::string_view::npos ? std::optional(before.size())
                                                                           : std::nullopt;
}

/// The mapping that a missing setting belongs into; null when that is missing too, or not in the tree itself.
const Node* mapping_of(const Place& missing) {
    const auto& document = *missing.document;
    auto holder = document.holder_of(missing.path);
    if (holder == k_no_node) {
        auto mapping = document.root();
        const auto steps = steps_of(document.pointer(missing.path));
        for (std::size_t at = 1; at + 1 < steps.size(); ++at) { // the first one stands for the root
            mapping = mapping.find(steps[at]);
        }
        holder = mapping ? document.node_at(mapping.place().path) : k_no_node;
    }
    return holder == k_no_node ? nullptr : &document.node(holder);
}

/// How much further the text is indented in its file than by itself; nothing where its lines are none of the file.
std::optional<std::size_t> indentation_in_file(const Document& document, std::uint32_t offset) {
    for (const auto* at = &document; at->excerpt() != nullptr; at = at->excerpt()->outer) {
        const auto& excerpt = *at->excerpt();
        const auto node = excerpt.outer->node_at(excerpt.path);
        const bool is_lines = excerpt.number > 0;
        const auto style = is_lines || node == k_no_node ? Style::block : excerpt.outer->node(node).style;
        if (excerpt.pieces.empty() || (style != Style::block && style != Style::literal)) {
            return std::nullopt;
        }
    }
    const auto [file, span] = in_file(document, {offset, offset});
    const auto outer = file->position(span.start).column;
    const auto inner = document.source().position(offset).column;
    return outer < inner ? std::nullopt : std::optional(outer - inner);
}

std::string in_single_quotes(std::string_view text) {
    std::string quoted(text);
    for (auto at = quoted.find('\''); at != std::string::npos; at = quoted.find('\'', at + 2)) {
        quoted.insert(at, 1, '\'');
    }
    return "'" + quoted + "'";
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

std::optional<std::string> addition_to(const Place& list, std::span<const std::string> items) {
    if (!list || list.document->dialect() == Dialect::json || !std::ranges::all_of(items, is_printable)) {
        return std::nullopt;
    }
    const auto& document = *list.document;
    const auto further = indentation_in_file(document, list.span.start);
    if (!further) {
        return std::nullopt;
    }
    std::optional<std::size_t> indent;
    std::string lines;
    if (list.kind == PlaceKind::missing) {
        const auto* const mapping = mapping_of(list);
        if (mapping == nullptr || mapping->style != Style::block) {
            return std::nullopt;
        }
        if (indent = indentation_of_keys(document, *mapping); indent) {
            lines = fmt::format("{:{}}{}:", "", *indent + *further, steps_of(document.pointer(list.path)).back());
            *indent += 2;
        }
    } else if (const auto node = document.node_at(list.path); node != k_no_node) {
        indent = indentation_of_items(document, document.node(node));
    }
    if (!indent) {
        return std::nullopt;
    }
    *indent += *further;
    for (const auto& item : items) {
        lines += fmt::format("{}{:{}}- {}", lines.empty() ? "" : "\n", "", *indent, in_single_quotes(item));
    }
    return lines;
}

std::optional<LineToSet> line_to_set(const Place& missing, Quotes quotes) {
    if (!missing || missing.kind != PlaceKind::missing) {
        return std::nullopt;
    }
    const auto& document = *missing.document;
    const auto* const mapping = mapping_of(missing);
    auto indent = mapping == nullptr ? std::nullopt : indentation_of_keys(document, *mapping);
    const auto further = indent ? indentation_in_file(document, mapping->span.start) : std::nullopt;
    if (!further) {
        return std::nullopt;
    }
    *indent += *further;
    const bool is_first = mapping->style == Style::flow;
    const std::string name_mark = is_first ? "\"" : "";
    const std::string mark = quotes == Quotes::no ? "" : is_first ? "\"" : "'";
    return LineToSet{.before = fmt::format("{:{}}{}{}{}: {}", "", *indent, name_mark,
                                           steps_of(document.pointer(missing.path)).back(), name_mark, mark),
                     .after = mark + (is_first ? "," : ""),
                     .is_first = is_first};
}

} // namespace oidcgen::document
