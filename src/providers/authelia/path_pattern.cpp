#include "providers/authelia/path_pattern.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace oidcgen::providers::authelia {

namespace {

/// Where names chosen by the user, as Authelia's comparison of paths takes them, can end when one begins at one of the
/// places. Both in order.
std::vector<std::size_t> ends_of_names(std::string_view path, const std::vector<std::size_t>& starts,
                                       const Release& release) {
    const auto is_outer = [&](char byte) {
        return util::is_alphanumeric(byte) && (release.has_capital_names || !util::is_capital_letter(byte));
    };
    std::vector<std::size_t> ends;
    auto next = starts.begin();
    bool is_in_name = false; // one that began somewhere before, with nothing but characters of names since
    for (std::size_t at = starts.empty() ? path.size() : starts.front(); at < path.size(); ++at) {
        const char byte = path[at];
        if (next != starts.end() && *next == at) {
            is_in_name = is_in_name || is_outer(byte);
            ++next;
        }
        is_in_name = is_in_name && (is_outer(byte) || release.name_marks.find(byte) != std::string_view::npos);
        const bool may_end = at + 1 == path.size() || path[at + 1] == '.' || path[at + 1] == '[';
        if (is_in_name && is_outer(byte) && may_end) {
            ends.push_back(at + 1);
        }
    }
    return ends;
}

} // namespace

bool matches(std::string_view path, std::string_view pattern, const Release& release) {
    const auto parts = util::split(pattern, '*');
    if (parts.size() == 1 || !path.starts_with(parts.front())) {
        return path == pattern;
    }
    std::vector<std::size_t> starts{parts.front().size()};
    for (const auto part : std::span(parts).subspan(1)) {
        std::vector<std::size_t> behind;
        for (const auto end : ends_of_names(path, starts, release)) {
            if (path.substr(end).starts_with(part)) {
                behind.push_back(end + part.size());
            }
        }
        starts = std::move(behind);
    }
    return !starts.empty() && starts.back() == path.size();
}

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('.') + 1); }

} // namespace oidcgen::providers::authelia
