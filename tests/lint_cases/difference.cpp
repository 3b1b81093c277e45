#include "difference.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::test {

namespace {

std::vector<std::string> lines(std::string_view text) {
    std::vector<std::string> result(1);
    for (const char c : text) {
        if (c == '\n') {
            result.emplace_back();
        } else if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') {
            result.back() += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        } else {
            result.back() += c;
        }
    }
    if (result.back().empty()) {
        result.pop_back();
    } else {
        result.emplace_back("\\ no line break at the end");
    }
    return result;
}

} // namespace

std::string difference(std::string_view wanted, std::string_view got) {
    if (wanted == got) {
        return {};
    }
    const auto before = lines(wanted);
    const auto after = lines(got);
    // common[i][j]: how many lines the texts have in common from those lines on.
    std::vector<std::vector<std::size_t>> common(before.size() + 1, std::vector<std::size_t>(after.size() + 1));
    for (auto i = before.size(); i-- > 0;) {
        for (auto j = after.size(); j-- > 0;) {
            common[i][j] =
                before[i] == after[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
        }
    }
    std::string result;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() || j < after.size()) {
        if (i < before.size() && j < after.size() && before[i] == after[j]) {
            result += fmt::format("  {}\n", before[i++]);
            ++j;
        } else if (i < before.size() && (j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
            result += fmt::format("- {}\n", before[i++]);
        } else {
            result += fmt::format("+ {}\n", after[j++]);
        }
    }
    return result;
}

} // namespace oidcgen::test
