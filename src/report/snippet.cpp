#include "report/snippet.hpp"

#include "document/excerpt.hpp"
#include "report/suspicion.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

using document::Source;
using document::Span;

constexpr std::size_t k_longest_line = 400; ///< bytes; of a longer line the part around the place is shown

bool overlap(Span left, Span right) { return left.start < right.end && right.start < left.end; }

/// A line as a terminal can take it.
std::string printable(std::string_view text) {
    std::string result(text);
    std::ranges::replace(result, '\t', ' ');
    return util::printable(result);
}

/// The line with masked secrets, and where the carets go. `marked` lies within the line.
Window shown(const Source& source, Span line, Span marked, const std::vector<Span>& secrets) {
    Window result;
    std::size_t mark_end = 0;
    bool masked_mark = false;
    bool started = false;
    const auto add = [&](Span part, bool secret) {
        const auto text = secret ? std::string(k_mask) : printable(source.text(part));
        const auto before = util::display_width(result.text);
        result.text += text;
        const bool touches = overlap(part, marked) ||
                             (marked.start == marked.end && part.start <= marked.start && marked.start < part.end);
        if (!touches) {
            return;
        }
        if (secret) {
            if (!started) {
                masked_mark = true;
                result.mark = before;
            }
        } else {
            const Span within{std::max(part.start, marked.start), std::min(part.end, marked.end)};
            if (!started) {
                result.mark = before + util::display_width(printable(source.text({part.start, within.start})));
            }
            mark_end = before + util::display_width(printable(source.text({part.start, within.end})));
        }
        started = true;
    };
    auto at = line.start;
    for (const auto secret : secrets) {
        if (secret.start < at) {
            continue;
        }
        add({at, secret.start}, false);
        add(secret, true);
        at = secret.end;
    }
    add({at, line.end}, false);
    if (!started) { // behind the last byte of the line
        result.mark = util::display_width(result.text);
    }
    result.marks = masked_mark || mark_end <= result.mark ? 1 : mark_end - result.mark;
    return result;
}

/// The part of a very long line that is shown: around the place, without cutting code points.
Span window(const Source& source, Span line, Span marked) {
    if (line.end - line.start <= k_longest_line) {
        return line;
    }
    const auto text = source.text();
    const auto is_start = [&](std::uint32_t offset) {
        return (static_cast<unsigned char>(text[offset]) & 0xC0U) != 0x80U;
    };
    constexpr std::uint32_t k_before = 60;
    auto start = marked.start - std::min(marked.start - line.start, k_before);
    while (start > line.start && !is_start(start)) {
        --start;
    }
    auto end = std::min<std::uint32_t>(line.end, start + k_longest_line);
    while (end < line.end && !is_start(end)) {
        ++end;
    }
    return {start, end};
}

} // namespace

util::Shown snippet(const document::Place& place, Redactors& redactors, const Style& style, Ink ink) {
    const auto in_file = document::in_file(*place.document, place.span);
    const auto& source = *in_file.source;
    if (source.text().empty()) {
        return {};
    }
    const auto number = source.line_of(in_file.span.start);
    const auto whole = source.line_span(number);
    const auto start = std::min(in_file.span.start, whole.end);
    const Span marked{start, std::clamp(in_file.span.end, start, whole.end)};
    const auto line = window(source, whole, marked);
    auto content = shown(source, line, marked, redactors.hidden_in(place, line));
    const auto margin = fmt::formatted_size("{}", number);
    constexpr std::size_t k_bar = 3; // columns of ` | `
    if (style.width() > margin + k_bar) {
        content = window_of(std::move(content), style.width() - margin - k_bar);
    }
    auto result = util::Shown::rendered(
        fmt::format("{:{}} |\n{} | {}\n{:{}} | {:{}}", "", margin, number, content.text, "", margin, "", content.mark));
    result += style.painted(ink, util::Shown::rendered(std::string(content.marks, '^')));
    result += util::Shown::rendered("\n");
    return result;
}

} // namespace oidcgen::report
