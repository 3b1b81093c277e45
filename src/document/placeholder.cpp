#include "document/placeholder.hpp"

#include "document/marks.hpp"
#include "document/template_action.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace oidcgen::document {

namespace {

using util::is_digit;
using util::is_letter;

bool is_name_byte(char byte) { return util::is_alphanumeric(byte) || byte == '_'; }

bool is_repeated(std::string_view text, std::string_view bytes) {
    return bytes.find(text.front()) != std::string_view::npos &&
           text.find_first_not_of(text.front()) == std::string_view::npos;
}

/// Words that people put where their own value belongs, compared in lower case without separators.
bool is_filler_word(std::string_view text) {
    constexpr std::array<std::string_view, 24> k_words{
        "changeme",
        "changethis",
        "changemeplease",
        "pleasechange",
        "pleasechangeme",
        "replaceme",
        "replacethis",
        "replacewithyours",
        "todo",
        "tbd",
        "fixme",
        "placeholder",
        "yoursecret",
        "yourclientsecret",
        "yoursecrethere",
        "yourclientsecrethere",
        "insertsecrethere",
        "insertyoursecrethere",
        "secretgoeshere",
        "redacted",
        "yourdomain",
        "yourpassword",
        "fillme",
        "fillmein",
    };
    constexpr std::size_t k_longest = 48; // with separators
    if (text.size() > k_longest || text.find("://") != std::string_view::npos) {
        return false;
    }
    std::string bare = util::lowered(text);
    bare.erase(std::remove_if(bare.begin(), bare.end(), [](char byte) { return !is_letter(byte) && !is_digit(byte); }),
               bare.end());
    return std::find(k_words.begin(), k_words.end(), bare) != k_words.end();
}

bool is_filler(std::string_view text) {
    return is_filler_word(text) || (text.size() >= 3 && is_repeated(text, "xX*.-_?"));
}

/// `$id$…` as digests begin: pbkdf2-sha512, argon2id, 2b, 6, plaintext and the like.
bool has_digest_prefix(std::string_view text) {
    if (text.size() < 3 || text.front() != '$') {
        return false;
    }
    const std::size_t end = text.find('$', 1);
    if (end == std::string_view::npos || end == 1) {
        return false;
    }
    const std::string_view id = text.substr(1, end - 1);
    return std::all_of(id.begin(), id.end(), [](char byte) { return is_name_byte(byte) || byte == '-'; });
}

/// Where the value of a line begins: after list markers and one key.
std::size_t value_start(std::string_view line) {
    std::size_t at = line.find_first_not_of(" \t");
    while (at != std::string_view::npos && line.substr(at).starts_with("- ")) {
        at = line.find_first_not_of(" \t", at + 2);
    }
    if (at == std::string_view::npos || line[at] == '#' || line.substr(at).starts_with("{{")) {
        return at;
    }
    const bool is_quoted = line[at] == '\'' || line[at] == '"';
    const std::size_t key_end = is_quoted ? line.find(line[at], at + 1) : at;
    const std::size_t colon = key_end == std::string_view::npos ? key_end : line.find(": ", key_end);
    if (colon == std::string_view::npos || line.find_first_of("'\"", key_end + 1) < colon) {
        return at;
    }
    return line.find_first_not_of(" \t", colon + 2);
}

} // namespace

bool is_placeholder(std::string_view text, PlaceholderUse use) {
    const std::string_view bare = util::trimmed(text);
    if (bare.empty() || has_digest_prefix(bare)) {
        return false;
    }
    return !marked_holes(bare, use, Search::first).empty() ||
           (use == PlaceholderUse::secret_or_address && is_filler(bare));
}

bool opens_action(std::string_view text) {
    const auto open = text.rfind("{{");
    return open != std::string_view::npos && text.find("}}", open) == std::string_view::npos;
}

bool closes_action(std::string_view text) {
    const auto close = text.find("}}");
    return close != std::string_view::npos && text.substr(0, close).find("{{") == std::string_view::npos;
}

std::optional<Span> bare_template_action(std::string_view text) {
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view line = text.substr(start, end - start);
        if (line.find('{') != std::string_view::npos) {
            const std::size_t at = value_start(line);
            const std::string_view value = at == std::string_view::npos ? std::string_view() : line.substr(at);
            if (value.starts_with("{{") || value.starts_with("{%")) {
                const std::string_view close = value.starts_with("{{") ? "}}" : "%}";
                const std::size_t closed = value.find(close, 2);
                const std::size_t length =
                    closed == std::string_view::npos ? util::trimmed(value).size() : closed + close.size();
                const auto from = static_cast<std::uint32_t>(start + at);
                return Span{from, from + static_cast<std::uint32_t>(length)};
            }
        }
        start = end + 1;
    }
    return std::nullopt;
}

} // namespace oidcgen::document
