#include "document/holes.hpp"

#include "util/text.hpp"

#include <array>

namespace oidcgen::document {

namespace {

struct Marks {
    std::string_view open;
    std::string_view close;
};

constexpr std::array<Marks, 4> k_marks{{{"{{", "}}"}, {"{%", "%}"}, {"${", "}"}, {"$(", ")"}}};

/// Where a mark that was opened closes again, behind what is nested in it; the end of the text when it does not.
std::size_t end_of(std::string_view text, std::size_t start, const Marks& marks) {
    std::size_t depth = 0;
    for (auto at = start + marks.open.size(); at < text.size();) {
        const auto rest = text.substr(at);
        if (rest.starts_with(marks.open)) {
            ++depth;
            at += marks.open.size();
        } else if (rest.starts_with(marks.close)) {
            at += marks.close.size();
            if (depth == 0) {
                return at;
            }
            --depth;
        } else {
            ++at;
        }
    }
    return text.size();
}

/// What is named between the marks: without trimming marks and without a default (`:-`, `:=`, `-`, `:?`).
std::string_view named(std::string_view inner, const Marks& marks) {
    inner = util::trimmed(inner);
    if (marks.open == "${") {
        return inner.substr(0, inner.find_first_of(":-=?+"));
    }
    if (inner.starts_with('-')) {
        inner.remove_prefix(1);
    }
    if (inner.ends_with('-')) {
        inner.remove_suffix(1);
    }
    return util::trimmed(inner);
}

} // namespace

std::vector<Hole> holes(std::string_view text, PlaceholderUse use) {
    std::vector<Hole> result;
    if (!is_placeholder(text, use)) {
        return result;
    }
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        const Marks* found = nullptr;
        for (const auto& marks : k_marks) {
            found = found == nullptr && rest.starts_with(marks.open) ? &marks : found;
        }
        if (found == nullptr) {
            ++at;
            continue;
        }
        const auto end = end_of(text, at, *found);
        const auto closed = text.substr(0, end).ends_with(found->close) ? found->close.size() : 0;
        const auto first = at + found->open.size();
        result.push_back({at, end, named(text.substr(first, end - closed - first), *found)});
        at = end;
    }
    if (result.empty()) { // `$NAME` or a filler in place of the whole text
        const auto bare = util::trimmed(text);
        const auto start = static_cast<std::size_t>(bare.data() - text.data());
        result.push_back({start, start + bare.size(), bare.starts_with('$') ? bare.substr(1) : bare});
    }
    return result;
}

} // namespace oidcgen::document
