#include "report/snippet.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

using namespace std::string_view_literals;
using document::Document;
using document::NodeKind;
using document::Source;
using document::Span;

constexpr std::string_view k_mask = "********";
constexpr std::size_t k_longest_line = 400; ///< bytes; of a longer line the part around the place is shown

/// Words in names of settings whose values nobody else may see. Names of files that hold a secret are none themselves.
constexpr std::array k_secret_words{"secret"sv, "password"sv,    "passphrase"sv, "passwd"sv,
                                    "hmac"sv,   "private_key"sv, "privatekey"sv, "encryption_key"sv};

bool names_secret(std::string_view name) {
    const auto lowered = util::lowered(name);
    if (lowered == "key" || lowered == "value") { // of a signing key, and of the Helm chart's client_secret
        return true;
    }
    return !lowered.ends_with("_file") && std::ranges::any_of(k_secret_words, [&](std::string_view word) {
        return lowered.find(word) != std::string::npos;
    });
}

bool overlap(Span left, Span right) { return left.start < right.end && right.start < left.end; }

/// The bytes of a line that are values of secret settings, in order.
std::vector<Span> secrets_in(const Document& document, Span line) {
    std::vector<Span> found;
    for (document::NodeId id = 0; id < document.node_count(); ++id) {
        const auto& node = document.node(id);
        if (node.kind != NodeKind::mapping || !overlap(node.span, line)) {
            continue;
        }
        for (std::uint32_t member = 0; member < node.count; ++member) {
            const auto& key = document.node(document.child(node, 2 * member));
            const auto value = document.node(document.child(node, 2 * member + 1)).span;
            if (key.kind == NodeKind::scalar && names_secret(key.text) && overlap(value, line)) {
                found.push_back({std::max(value.start, line.start), std::min(value.end, line.end)});
            }
        }
    }
    std::ranges::sort(found, {}, &Span::start);
    return found;
}

/// True for a line that, by its words alone, may show a secret: it or the line before names a setting that holds one,
/// or it is a line of a PEM block.
bool may_show_secret(const Source& source, std::size_t line) {
    const auto mentions = [&](std::size_t number) {
        const auto text = util::lowered(source.text(source.line_span(number)));
        const bool key = util::trimmed(text).starts_with("key:") || text.find("\"key\"") != std::string::npos;
        return key || std::ranges::any_of(k_secret_words,
                                          [&](std::string_view word) { return text.find(word) != std::string::npos; });
    };
    const auto text = source.text(source.line_span(line));
    constexpr std::size_t k_long_word = 40; // base64 lines of a PEM block have 64 characters
    const auto words = util::words(text);
    const bool long_word = std::ranges::any_of(words, [](std::string_view word) { return word.size() >= k_long_word; });
    return long_word || mentions(line) || (line > 1 && mentions(line - 1));
}

std::string without_tabs(std::string_view text) {
    std::string result(text);
    std::ranges::replace(result, '\t', ' ');
    return result;
}

/// Text that a terminal can take: what is not valid UTF-8, and control characters, as question marks.
std::string printable(std::string_view text) {
    std::string result;
    for (const char c : without_tabs(text)) {
        const auto byte = static_cast<unsigned char>(c);
        result += byte < 0x20 || byte == 0x7F ? '?' : c;
    }
    while (const auto bad = util::invalid_utf8(result)) {
        result[*bad] = '?';
    }
    return result;
}

struct Shown {
    std::string text;
    std::size_t caret_column = 0; ///< display columns in front of the carets
    std::size_t carets = 1;
};

/// The line with masked secrets, and where the carets go. `marked` lies within the line.
Shown shown(const Source& source, Span line, Span marked, const std::vector<Span>& secrets) {
    Shown result;
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
            masked_mark = true;
            if (!started) {
                result.caret_column = before;
            }
        } else {
            const Span within{std::max(part.start, marked.start), std::min(part.end, marked.end)};
            if (!started) {
                result.caret_column = before + util::display_width(printable(source.text({part.start, within.start})));
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
        result.caret_column = util::display_width(result.text);
    }
    result.carets = masked_mark || mark_end <= result.caret_column ? 1 : mark_end - result.caret_column;
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

std::string snippet(const document::Place& place) {
    if (!place || place.document->source().text().empty()) {
        return {};
    }
    const auto& source = place.document->source();
    const auto number = source.line_of(place.span.start);
    const auto whole = source.line_span(number);
    const auto start = std::min(place.span.start, whole.end);
    const Span marked{start, std::clamp(place.span.end, start, whole.end)};
    const auto line = window(source, whole, marked);

    const auto secrets = secrets_in(*place.document, line);
    Shown content;
    const auto* const fatal = place.document->fatal();
    const bool unread = fatal != nullptr && whole.end >= source.line_span(source.line_of(fatal->span.start)).start;
    if (unread && may_show_secret(source, number)) {
        content.text = k_mask;
    } else {
        content = shown(source, line, marked, secrets);
    }
    const auto margin = fmt::formatted_size("{}", number);
    return fmt::format("{:{}} |\n{} | {}\n{:{}} | {:{}}{:^>{}}\n", "", margin, number, content.text, "", margin, "",
                       content.caret_column, "", content.carets);
}

} // namespace oidcgen::report
