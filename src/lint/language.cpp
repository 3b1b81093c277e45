#include "lint/language.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace oidcgen::lint {

namespace {

constexpr auto k_nowhere = std::string_view::npos;

constexpr std::string_view k_nix = "Nix";
constexpr std::string_view k_hcl = "HCL (Terraform)";
constexpr std::string_view k_toml = "TOML";

struct Ending {
    std::string_view text;
    std::string_view language;
};
constexpr std::array k_endings{
    Ending{".nix", k_nix}, Ending{".tf", k_hcl},    Ending{".tfvars", k_hcl},
    Ending{".hcl", k_hcl}, Ending{".toml", k_toml},
};

bool is_name_byte(char byte) {
    return util::is_alphanumeric(byte) || byte == '_' || byte == '-' || byte == '.' || byte == '"';
}

/// `name =`, without a second `=`.
bool is_assignment(std::string_view line) {
    const auto name = static_cast<std::size_t>(std::ranges::find_if_not(line, is_name_byte) - line.begin());
    const auto sign = line.find_first_not_of(" \t", name);
    return name > 0 && sign != k_nowhere && line[sign] == '=' && !line.substr(sign).starts_with("==");
}

/// `resource "type" "name" {` and the like.
bool opens_block(std::string_view line) {
    constexpr std::array<std::string_view, 9> k_blocks{"resource", "data",   "provider",  "module", "variable",
                                                       "output",   "locals", "terraform", "import"};
    const auto word = line.substr(0, line.find_first_of(" \t{"));
    const auto rest = line.substr(word.size());
    return std::ranges::find(k_blocks, word) != k_blocks.end() && rest.ends_with('{') && rest.find(':') == k_nowhere;
}

/// `[name]` or `[[name]]`.
bool is_table(std::string_view line) {
    if (!line.starts_with('[')) {
        return false;
    }
    while (line.size() > 2 && line.front() == '[' && line.back() == ']') {
        line = line.substr(1, line.size() - 2);
    }
    return !line.empty() && std::ranges::all_of(line, is_name_byte);
}

bool begins_like_nix(std::string_view line) {
    const auto word = line.substr(0, line.find_first_of(" \t"));
    const bool opens = line.starts_with('{') && line.find_first_of("{%#", 1) != 1;
    return opens || word == "let" || word == "rec" || word == "with" || word == "inputs:" || word == "lib:" ||
           word == "pkgs:" || word == "config:";
}

/// A line of Nix that is nothing else: `a.b = c;`, `a = {`, `a = [`.
bool is_nix(std::string_view line) {
    return is_assignment(line) && std::string_view(";{[('").find(line.back()) != k_nowhere;
}

} // namespace

std::string_view language_of(std::string_view path, std::string_view text) {
    const auto* const ending =
        std::ranges::find_if(k_endings, [&](const Ending& it) { return path.ends_with(it.text); });
    if (ending != k_endings.end()) {
        return ending->language;
    }
    constexpr std::size_t k_lines = 200; // that are looked at
    std::string_view first;
    for (std::size_t start = 0, lines = 0; start < text.size() && lines < k_lines;) {
        const auto end = std::min(text.find('\n', start), text.size());
        const auto line = util::trimmed(text.substr(start, end - start));
        start = end + 1;
        if (line.empty() || line.front() == '#' || line.starts_with("//")) {
            continue;
        }
        ++lines;
        if (first.empty()) {
            first = line;
            if (opens_block(line)) {
                return k_hcl;
            }
            if (!is_table(line) && !begins_like_nix(line)) {
                return {};
            }
            continue;
        }
        if (is_table(first) ? is_assignment(line) : is_nix(line)) {
            return is_table(first) ? k_toml : k_nix;
        }
    }
    return {};
}

} // namespace oidcgen::lint
