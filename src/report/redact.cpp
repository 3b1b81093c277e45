#include "report/redact.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace oidcgen::report {

namespace {

using namespace std::string_view_literals;
using document::Document;
using document::NodeKind;
using document::Place;
using document::Span;

constexpr std::array k_secret_words{"secret"sv,      "password"sv,   "passphrase"sv,     "passwd"sv, "hmac"sv,
                                    "private_key"sv, "privatekey"sv, "encryption_key"sv, "digest"sv};
/// Words that are compared with a typing mistake allowed.
constexpr std::array k_misspelt_words{"secret"sv, "password"sv};
constexpr std::array k_secret_endings{"token"sv, "api_key"sv, "api-key"sv, "apikey"sv, "credential"sv, "credentials"sv};
/// Settings about tokens and passwords: lists of claims, durations, a section.
constexpr std::array k_about_secrets{"id_token"sv, "access_token"sv, "refresh_token"sv, "reset_password"sv};
/// What stands below settings that hold a secret without being one: the Helm chart's way to write them.
constexpr std::array k_harmless_below{"value"sv, "path"sv, "disabled"sv, "secret_name"sv, "<<"sv};

bool is_word_byte(char byte) {
    return util::is_alphanumeric(byte) || byte == '_' || byte == '-' || static_cast<unsigned char>(byte) >= 0x80;
}

bool is_name(std::string_view text) {
    constexpr std::size_t k_longest = 64;
    return text.size() <= k_longest && std::ranges::all_of(text, is_word_byte);
}

/// At most one letter inserted, left out, replaced, or swapped with its neighbour.
bool is_nearly(std::string_view text, std::string_view word) {
    std::size_t at = 0;
    while (at < text.size() && at < word.size() && text[at] == word[at]) {
        ++at;
    }
    const auto text_rest = text.substr(at);
    const auto word_rest = word.substr(at);
    if (text_rest.empty() || word_rest.empty()) {
        return text_rest.size() + word_rest.size() <= 1;
    }
    const bool swapped = text_rest.size() >= 2 && word_rest.size() >= 2 && text_rest[0] == word_rest[1] &&
                         text_rest[1] == word_rest[0] && text_rest.substr(2) == word_rest.substr(2);
    return swapped || text_rest.substr(1) == word_rest.substr(1) || text_rest.substr(1) == word_rest ||
           text_rest == word_rest.substr(1);
}

bool holds_nearly(std::string_view name, std::string_view word) {
    for (std::size_t start = 0; start + word.size() <= name.size() + 1; ++start) {
        for (const auto size : {word.size() - 1, word.size(), word.size() + 1}) {
            if (start + size <= name.size() && is_nearly(name.substr(start, size), word)) {
                return true;
            }
        }
    }
    return false;
}

/// Text that nobody gave as a name: long, of small and capital letters and digits in no order.
bool looks_random(std::string_view text) {
    constexpr std::size_t k_shortest = 16;
    constexpr int k_fewest_digits = 3;
    if (text.size() < k_shortest) {
        return false;
    }
    const auto kind = [](char byte) {
        return util::is_digit(byte) ? 1 : util::is_small_letter(byte) ? 2 : util::is_capital_letter(byte) ? 3 : 0;
    };
    constexpr int k_fewest_letters = 3;
    int digits = 0;
    int letters = 0;
    std::size_t changes = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        digits += kind(text[i]) == 1 ? 1 : 0;
        letters += kind(text[i]) > 1 ? 1 : 0;
        changes += i > 0 && kind(text[i]) != kind(text[i - 1]) ? 1U : 0U;
    }
    return digits >= k_fewest_digits && letters >= k_fewest_letters && changes * 3 >= text.size();
}

/// The same without the IPv4 address and port that it may begin with.
bool is_random(std::string_view text) {
    const auto host = text.substr(0, text.find_first_of(":/"));
    if (util::is_ip_address(host)) {
        const auto behind = text.substr(host.size());
        text = behind.substr(std::min(behind.find_first_not_of(":0123456789"), behind.size()));
    }
    return looks_random(text);
}

/// User name and password in an address: `x:y` of `https://x:y@host/`. Empty when there is none.
std::string_view userinfo_in(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    const auto authority = text.substr(scheme + 3, text.find_first_of("/?#", scheme + 3) - (scheme + 3));
    const auto at = authority.rfind('@');
    return at == std::string_view::npos ? std::string_view() : authority.substr(0, at);
}

/// Masks words that look like secrets, and the users and passwords of addresses.
std::string without_secrets(std::string_view text) {
    constexpr std::string_view k_ends = " \t\r\n\"'`,;()<>";
    std::string result;
    while (!text.empty()) {
        const auto size = std::min(text.find_first_of(k_ends), text.size());
        const auto word = text.substr(0, size);
        const auto user = userinfo_in(word);
        if (!user.empty()) {
            const auto start = static_cast<std::size_t>(user.data() - word.data());
            result += word.substr(0, start);
            result += k_mask;
            result += word.substr(start + user.size());
        } else {
            // Digests in our own texts begin with $; those of users stand in quotes, which were looked at.
            const bool is_shown = word.starts_with('$') || word.find("://") != std::string_view::npos;
            result += !is_shown && is_random(word) ? k_mask : word;
        }
        result += text.substr(size, 1);
        text.remove_prefix(std::min(size + 1, text.size()));
    }
    return result;
}

/// A value that somebody may have put below the wrong key. Identifiers are random, too, and no secrets.
bool is_hidden_value(std::string_view key, std::string_view value) {
    return is_random(value) && value.find(' ') == std::string_view::npos &&
           value.find("://") == std::string_view::npos && !util::lowered(key).ends_with("id");
}

/// The value of a setting that names a file, which is no name of a file.
bool is_no_file_name(std::string_view value) {
    return value.find('/') == std::string_view::npos &&
           (value.find('.') == std::string_view::npos || looks_random(value));
}

/// A list, a section, or a duration: nothing that is a secret by itself, below the name of one.
bool is_about_secrets(std::string_view key, const document::Node& value) {
    constexpr std::size_t k_longest_duration = 24;
    const bool is_duration = value.kind == NodeKind::scalar && value.text.size() <= k_longest_duration &&
                             !value.text.empty() && util::is_digit(value.text.front());
    return std::ranges::find(k_about_secrets, key) != k_about_secrets.end() &&
           (is_duration || value.kind == NodeKind::sequence || value.kind == NodeKind::mapping);
}

/// Few kinds of characters for its length, as text that stands in for something and no secret has.
bool is_monotonous(std::string_view text) {
    constexpr std::size_t k_most_kinds = 4;
    std::array<bool, 256> seen{};
    std::size_t kinds = 0;
    for (const char byte : text) {
        kinds += std::exchange(seen.at(static_cast<unsigned char>(byte)), true) ? 0U : 1U;
    }
    return kinds <= k_most_kinds;
}

/// A key that is a secret, or one with its value: `api_secret=…`.
bool is_hidden_name(std::string_view name) {
    constexpr std::size_t k_longest = 200; // no setting is called so
    if (name.size() > k_longest) {
        return !is_monotonous(name);
    }
    if (is_random(name) && name.find("://") == std::string_view::npos && name.find(' ') == std::string_view::npos) {
        return true;
    }
    // Marks and blanks around a name say nothing; behind one that stands inside may be the value.
    while (!name.empty() && !is_word_byte(name.front())) {
        name.remove_prefix(1);
    }
    while (!name.empty() && !is_word_byte(name.back())) {
        name.remove_suffix(1);
    }
    if (is_name(name) || !names_secret(name)) {
        return false;
    }
    // Names joined by dots are still names.
    const auto parts = util::split(name, '.');
    return !std::ranges::all_of(parts, is_name);
}

Span clipped(Span span, Span line) { return {std::max(span.start, line.start), std::min(span.end, line.end)}; }

/// Both texts have six bytes in a row in common.
bool shares_part(std::string_view text, std::string_view other) {
    constexpr std::size_t k_part = 6;
    for (std::size_t start = 0; start + k_part <= text.size(); ++start) {
        if (other.find(text.substr(start, k_part)) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

struct Part {
    std::string name;
    bool hidden = false;
};

/// The names in a pointer, and which of them are not shown.
std::vector<Part> parts_of(const std::string& pointer) {
    std::vector<Part> parts;
    bool below_secret = false;
    for (auto& name : document::steps_of(pointer)) {
        const bool is_index = name.empty() || util::is_digits(name);
        const bool harmless = is_index || std::ranges::find(k_harmless_below, name) != k_harmless_below.end();
        const bool hidden = is_hidden_name(name) || (below_secret && !harmless);
        below_secret = below_secret || util::lowered(name).ends_with("secret");
        parts.push_back({std::move(name), hidden});
    }
    return parts;
}

} // namespace

bool names_secret(std::string_view name) {
    constexpr std::size_t k_longest = 200;
    if (name.size() > k_longest) {
        return true; // no setting is called so
    }
    const auto lowered = util::lowered(name);
    if (lowered == "key" || lowered == "value") { // of a signing key, and of the Helm chart's client_secret
        return true;
    }
    return std::ranges::any_of(k_secret_words,
                               [&](std::string_view word) { return lowered.find(word) != std::string::npos; }) ||
           std::ranges::any_of(k_secret_endings, [&](std::string_view word) { return lowered.ends_with(word); }) ||
           std::ranges::any_of(k_misspelt_words, [&](std::string_view word) { return holds_nearly(lowered, word); });
}

Redactor::Redactor(const Document& document)
    : m_document(&document)
    , m_visited(document.node_count()) {
    if (document.node_count() > 0) {
        hide_if_random({}, 0); // the root, when it is a scalar
    }
    for (document::NodeId id = 0; id < document.node_count(); ++id) {
        const auto& node = document.node(id);
        if (node.kind == NodeKind::sequence) {
            for (std::uint32_t item = 0; item < node.count; ++item) {
                hide_if_random({}, document.child(node, item));
            }
        }
        for (std::uint32_t member = 0; node.kind == NodeKind::mapping && member < node.count; ++member) {
            hide_member(document.child(node, 2 * member), document.child(node, 2 * member + 1));
        }
    }
    m_names.clear();
    m_visited.clear();
    std::ranges::sort(m_hidden, {}, &Span::start);
    std::vector<Span> apart;
    for (const auto span : m_hidden) {
        if (!apart.empty() && span.start <= apart.back().end) {
            apart.back().end = std::max(apart.back().end, span.end);
        } else {
            apart.push_back(span);
        }
    }
    m_hidden = std::move(apart);
    std::ranges::sort(m_texts, {}, [](const Text& it) { return it.span.start; });
}

void Redactor::hide_member(document::NodeId key_id, document::NodeId value) {
    const auto& key = m_document->node(key_id);
    if (key.kind != NodeKind::scalar) { // no key that anything takes
        m_hidden.push_back(key.span);
        hide_texts(key_id);
        return;
    }
    if (is_hidden_name(key.text)) {
        m_hidden.push_back(key.span);
        m_texts.push_back({key.span, key.text});
    }
    auto [entry, is_new] = m_names.try_emplace(key.text, false);
    if (is_new) {
        entry->second = names_secret(key.text);
    }
    const auto& node = m_document->node(value);
    const bool names_file = node.kind == NodeKind::scalar && key.text.ends_with("_file") && !is_no_file_name(node.text);
    if (entry->second && !names_file && !is_about_secrets(key.text, node)) {
        hide_value(key, value);
    } else {
        hide_if_random(key.text, value);
    }
}

void Redactor::hide_if_random(std::string_view key, document::NodeId value) {
    const auto& node = m_document->node(value);
    if (node.kind != NodeKind::scalar) {
        return;
    }
    if (is_hidden_value(key, node.text)) {
        m_hidden.push_back(node.span);
        m_texts.push_back({node.span, node.text});
        return;
    }
    const auto hide = [&](std::string_view part) {
        const auto start = static_cast<std::uint32_t>(part.data() - m_document->source().text().data());
        m_hidden.push_back({start, start + static_cast<std::uint32_t>(part.size())});
        m_texts.push_back({m_hidden.back(), part});
    };
    const auto text = m_document->source().text(node.span);
    if (const auto user = userinfo_in(text); !user.empty()) {
        hide(user);
    }
    if (text.find(' ') == std::string_view::npos) {
        return;
    }
    for (auto rest = text; !rest.empty();) {
        const auto word = rest.substr(0, rest.find_first_of(" \r\n\"'"));
        if (is_random(word) && word.find("://") == std::string_view::npos) {
            hide(word);
        }
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
}

/// From behind the colon, so that an anchor and a tag are hidden too.
void Redactor::hide_value(const document::Node& key, document::NodeId value) {
    const auto text = m_document->source().text();
    auto span = m_document->node(value).span;
    auto start = text.find_first_not_of(" \t\r\n", key.span.end);
    if (start != std::string_view::npos && text[start] == ':') {
        start = text.find_first_not_of(" \t", start + 1);
    }
    if (start != std::string_view::npos && start > key.span.end && start < span.start) {
        span.start = static_cast<std::uint32_t>(start);
    }
    m_hidden.push_back(span);
    hide_texts(value);
}

void Redactor::hide_texts(document::NodeId value) {
    std::vector<document::NodeId> waiting{value};
    while (!waiting.empty()) {
        const auto id = waiting.back();
        waiting.pop_back();
        if (m_visited[id]) {
            continue;
        }
        m_visited[id] = true;
        const auto& node = m_document->node(id);
        if (!node.text.empty()) {
            m_texts.push_back({node.span, node.text});
        }
        if (node.kind == NodeKind::alias) {
            if (node.target != document::k_no_node) {
                m_hidden.push_back(m_document->node(node.target).span);
                waiting.push_back(node.target);
            }
            continue;
        }
        const auto children = node.kind == NodeKind::mapping ? 2 * node.count : node.count;
        for (std::uint32_t child = 0; child < children; ++child) {
            waiting.push_back(m_document->child(node, child));
        }
    }
}

std::vector<Span> Redactor::hidden_in(Span line) const {
    std::vector<Span> found;
    auto next = std::ranges::lower_bound(m_hidden, line.start + 1, {}, &Span::end);
    for (; next != m_hidden.end() && next->start < line.end; ++next) {
        found.push_back(clipped(*next, line));
    }
    if (found.empty()) {
        return found;
    }
    // People note the secret behind its digest.
    const auto rest = m_document->source().text({found.back().end, line.end});
    const auto comment = std::min(rest.find('#'), rest.find("//"));
    if (comment != std::string_view::npos) {
        const auto words = rest.find_first_not_of("#/ \t", comment);
        if (words != std::string_view::npos) {
            found.push_back({found.back().end + static_cast<std::uint32_t>(words), line.end});
        }
    }
    return found;
}

bool Redactor::mentions_secret(std::size_t line) const {
    const auto& source = m_document->source();
    auto rest = source.text(source.line_span(line));
    constexpr std::size_t k_long_word = 40; // base64 lines of a PEM block have 64 characters
    while (!rest.empty()) {
        const auto start = std::ranges::find_if(rest, is_word_byte);
        rest.remove_prefix(static_cast<std::size_t>(start - rest.begin()));
        const auto end = std::ranges::find_if_not(rest, is_word_byte);
        const auto word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        if (word.size() >= k_long_word || looks_random(word) || (!word.empty() && names_secret(word))) {
            return true;
        }
        rest.remove_prefix(word.size());
    }
    return false;
}

bool Redactor::hides_line(std::size_t line) const {
    // Where reading stopped, the tree does not tell what is a value; the words of the line must do.
    if (m_document->fatal() == nullptr) {
        return false;
    }
    if (mentions_secret(line)) {
        return true;
    }
    // The line may go on with a value of the one before it, and that too when it has no key of its own.
    const auto& source = m_document->source();
    constexpr std::size_t k_farthest = 100;
    bool goes_on = true;
    for (auto before = line; goes_on && before > 1 && line - before < k_farthest;) {
        --before;
        if (mentions_secret(before)) {
            return true;
        }
        goes_on = source.text(source.line_span(before)).find(':') == std::string_view::npos;
    }
    // A value over several lines belongs to the lines that are indented less; an item of a list may stand below its
    // key.
    const auto depth_of = [&](std::size_t number) {
        const auto text = source.text(source.line_span(number));
        const auto indentation = std::min(text.find_first_not_of(" \t"), text.size());
        return 2 * indentation + (text.substr(indentation).starts_with('-') ? 1 : 0);
    };
    auto depth = depth_of(line);
    for (auto before = line; before > 1 && line - before < k_farthest && depth > 0;) {
        --before;
        const auto blank = util::trimmed(source.text(source.line_span(before))).empty();
        const auto its_depth = depth_of(before);
        if (blank || its_depth >= depth) {
            continue;
        }
        if (mentions_secret(before)) {
            return true;
        }
        depth = its_depth;
    }
    return false;
}

std::string Redactor::hidden_at(const Place& place) const {
    constexpr std::size_t k_most = 65536; // what a message quotes is short, and stands at its place
    const auto& source = m_document->source();
    const Span span{place.span.start, std::max(place.span.end, place.span.start + 1)};
    std::string hidden;
    const auto add = [&](std::string_view text) {
        hidden += text.substr(0, k_most - std::min(hidden.size(), k_most));
        hidden += '\n';
    };
    auto next = std::ranges::lower_bound(m_hidden, span.start + 1, {}, &Span::end);
    for (; next != m_hidden.end() && next->start < span.end && hidden.size() < k_most; ++next) {
        add(source.text(*next));
        auto text = std::ranges::lower_bound(m_texts, next->start, {}, [](const Text& it) { return it.span.start; });
        for (; text != m_texts.end() && text->span.start < next->end && hidden.size() < k_most; ++text) {
            add(text->text);
        }
    }
    const auto line = source.line_of(std::min<std::size_t>(place.span.start, source.text().size()));
    if (hides_line(line)) {
        add(source.text(source.line_span(line)));
    }
    return hidden;
}

std::string Redactor::shown(const util::Words& words, const Place& place) const {
    if (words.outside().empty()) {
        return words.text();
    }
    const auto hidden = hidden_at(place);
    const auto parts = parts_of(m_document->pointer(place.path));
    const auto is_shown_name = [&](std::string_view name) {
        return std::ranges::any_of(parts, [&](const Part& part) { return !part.hidden && part.name == name; });
    };
    const auto is_hidden = [&](std::string_view text) {
        const auto names = util::split(text, '.');
        if (std::ranges::all_of(names, is_shown_name)) {
            return false; // the setting's own name
        }
        return std::ranges::any_of(names, is_hidden_name) || shares_part(text, hidden) ||
               std::ranges::any_of(util::split(hidden, '\n'),
                                   [&](std::string_view it) { return !text.empty() && it == text; });
    };
    const std::string_view text = words.text();
    std::string result;
    std::size_t done = 0;
    for (const auto& part : words.outside()) {
        result += text.substr(done, part.start - done);
        result += is_hidden(words.part(part)) ? k_mask : words.part(part);
        done = part.start + part.size;
    }
    return result.append(text.substr(done));
}

const Redactor& Redactors::of(const Document& document) {
    const auto found = m_redactors.find(&document);
    return found != m_redactors.end() ? found->second
                                      : m_redactors.emplace(&document, Redactor(document)).first->second;
}

std::string Redactors::shown(const util::Words& words, const Place& place) {
    return without_secrets(place && !words.outside().empty() ? of(*place.document).shown(words, place) : words.text());
}

std::string shown_pointer(const Document& document, document::PathId path) {
    auto pointer = document.pointer(path);
    const auto parts = parts_of(pointer);
    if (std::ranges::none_of(parts, &Part::hidden)) {
        return pointer;
    }
    std::string result;
    std::size_t number = 0;
    for (const auto text : util::split(pointer, '/')) {
        result += number == 0 ? "" : "/";
        result += parts[number].hidden ? k_mask : text;
        ++number;
    }
    return result;
}

} // namespace oidcgen::report
