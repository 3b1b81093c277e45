#include "rule/list_item.hpp"

#include "document/value.hpp"
#include "util/ascii.hpp"

#include <algorithm>
#include <string>

namespace oidcgen::rule {

namespace {

/// An item as people write it: without quotes where every reader takes it as it is.
util::Words written(std::string_view item) {
    constexpr std::string_view k_marks = "_-./:";
    const bool is_plain = !item.empty() && util::is_letter(item.front()) && util::is_alphanumeric(item.back()) &&
                          std::ranges::all_of(item, [&](char byte) {
                              return util::is_alphanumeric(byte) || k_marks.find(byte) != std::string_view::npos;
                          });
    return is_plain ? util::bare(item) : util::bare(document::yaml_scalar(item));
}

} // namespace

util::Words item_to_add(const document::Place& place, std::string_view name, std::string_view item) {
    const auto value = written(item);
    if (!place || place.kind == document::PlaceKind::missing) {
        return util::words("add `{}: [{}]`", name, value);
    }
    const auto text = place.document->source().text();
    const auto start = place.span.start;
    const char first = start < text.size() ? text[start] : '\0';
    if (first == '[') {
        const bool is_json = place.document->dialect() == document::Dialect::json;
        return is_json ? util::words("add \"{}\" to {}", item, name)
                       : util::words("add {0} to {1}: write `, {0}]` at its end", value, name);
    }
    if (first != '-') {
        return util::words("add {} to {}", value, name);
    }
    const auto line = place.document->source().line_span(place.document->source().line_of(start));
    const auto before = text.substr(line.start, start - line.start);
    const bool is_indented = before.find_first_not_of(' ') == std::string_view::npos;
    return is_indented ? util::words("add this line to {}: `{}- {}`", name, util::own(before), value)
                       : util::words("add `- {}` to {}", value, name);
}

} // namespace oidcgen::rule
