#include "lint/supply.hpp"

#include "document/env_reader.hpp"
#include "document/reader.hpp"
#include "report/redact.hpp"
#include "report/suspicion.hpp"
#include "util/ascii.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::lint {

namespace {

using document::Cursor;
using document::Document;
using document::Filling;
using document::ScalarType;

constexpr std::size_t k_longest_value = 65536;   ///< bytes of what one name stands for
constexpr std::size_t k_longest_variable = 1024; ///< bytes of `${X…}` in a value

bool is_name_start(char byte) { return util::is_letter(byte) || byte == '_'; }
bool is_name_byte(char byte) { return util::is_alphanumeric(byte) || byte == '_'; }

/// `$id$…`: a digest, in which nothing is a variable. Its id has no capitals, as variables have.
bool looks_like_digest(std::string_view text) {
    const auto end = text.starts_with('$') ? text.find('$', 1) : std::string_view::npos;
    return end != std::string_view::npos && end > 1 && std::ranges::all_of(text.substr(1, end - 1), [](char byte) {
               return util::is_digit(byte) || (byte >= 'a' && byte <= 'z') || byte == '-';
           });
}

/// The bytes of the `$X` or `${X…}` that the text begins with; 0 when it begins with something else.
std::size_t variable_size(std::string_view text) {
    if (text.size() < 2 || text[0] != '$' || (text[1] != '{' && !is_name_start(text[1]))) {
        return 0;
    }
    std::size_t depth = 0;
    text = text.substr(0, k_longest_variable);
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[1] != '{' && !is_name_byte(text[at])) {
            return at;
        }
        depth += text[at] == '{' ? 1 : 0;
        if (text[1] == '{' && text[at] == '}' && --depth == 0) {
            return at + 1;
        }
    }
    return text[1] == '{' ? 0 : text.size();
}

/// What Helm makes of a scalar: its YAML knows the words of YAML 1.1. Nothing for null and for other types.
std::optional<std::string> helm_text(const Cursor& at) {
    const auto scalar = at.scalar();
    constexpr std::array<std::string_view, 4> k_words{"yes", "on", "no", "off"};
    switch (scalar.type) {
    case ScalarType::boolean:
        return scalar.boolean ? "true" : "false";
    case ScalarType::integer:
        return fmt::format("{}{}", scalar.negative ? "-" : "", scalar.magnitude);
    case ScalarType::floating:
        return fmt::format("{}", scalar.number);
    case ScalarType::text:
        if (at.style() == document::Style::plain) {
            const auto lowered = util::lowered(at.text());
            const auto word = std::ranges::find(k_words, lowered);
            if (word != k_words.end()) {
                return word - k_words.begin() < 2 ? "true" : "false";
            }
        }
        return std::string(at.text());
    case ScalarType::null:
    case ScalarType::timestamp:
    case ScalarType::binary:
        break;
    }
    return std::nullopt;
}

/// True below a setting that holds a secret, as reports hide it.
bool is_in_secret(const Document& document, document::NodeId id) {
    for (auto node = id; node != document::k_no_node; node = document.node(node).parent) {
        const auto key = document.key_of(node);
        const auto& value = document.node(node);
        if (key == document::k_no_node) {
            continue;
        }
        const auto name = document.key_text(key);
        const bool is_section = value.kind == document::NodeKind::mapping && report::names_section(name);
        if (report::names_secret(name) && !is_section && !report::is_about_secrets(name, value)) {
            return true;
        }
    }
    return false;
}

} // namespace

bool Supply::add(document::Filling filling) {
    const auto size = filling.text.size();
    if (size > std::min(k_longest_value, m_room)) {
        return false;
    }
    m_room -= size;
    m_fillings.add(std::move(filling));
    return true;
}

void Supply::resolve(const Document& document) {
    constexpr std::string_view k_secret = "secret \"";
    constexpr std::string_view k_content = "fileContent \"";
    for (document::NodeId id = 0; id < document.node_count(); ++id) {
        const auto& node = document.node(id);
        if (node.kind != document::NodeKind::scalar) {
            continue;
        }
        for (const auto name : document::names_in(node.text)) {
            if (m_fillings.find(name) != nullptr) {
                continue;
            }
            const bool is_secret = name.starts_with(k_secret);
            if ((is_secret || name.starts_with(k_content)) && name.ends_with('"')) {
                const auto start = is_secret ? k_secret.size() : k_content.size();
                resolve_file(name, name.substr(start, name.size() - std::min(name.size(), start + 1)), is_secret);
            } else if (!name.empty() && is_name_start(name.front()) && std::ranges::all_of(name, is_name_byte)) {
                resolve_variable(name);
            }
        }
    }
}

void Supply::resolve_file(std::string_view name, std::string_view path, bool is_secret) {
    auto text = util::read_file(path, k_longest_value);
    if (!text) {
        return;
    }
    m_documents.push_back(
        std::make_unique<Document>(document::Source(std::string(path), *text), document::Dialect::go_yaml));
    const document::Place place{
        m_documents.back().get(), {0, static_cast<std::uint32_t>(text->size())}, document::k_root_path};
    while (is_secret && (text->ends_with('\n') || text->ends_with('\r'))) {
        text->pop_back();
    }
    static_cast<void>(add({std::string(name), std::move(*text), place, true}));
}

void Supply::resolve_variable(std::string_view name) {
    const std::string variable(name);
    if (const char* const text = std::getenv(variable.c_str()); text != nullptr) {
        m_documents.push_back(
            std::make_unique<Document>(document::Source("<environment>", variable), document::Dialect::go_yaml));
        const document::Place place{m_documents.back().get(), {0, 0}, document::k_root_path};
        static_cast<void>(add({variable, text, place, report::names_secret(name)}));
    }
}

util::Expected<void> Supply::add_env(std::string path, std::string text) {
    OIDCGEN_TRY(auto document, document::read_env(std::move(path), std::move(text)));
    const report::Names no_names;
    const report::Redactor redactor(*document, no_names);
    m_fillings.set_complete();
    const auto root = document->root();
    const auto& variables = document->node(root.node());
    for (std::uint32_t member = 0; member < variables.count; ++member) {
        const auto id = document->child(variables, 2 * member + 1);
        const auto& node = document->node(id);
        auto value = node.style == document::Style::single_quoted ? std::string(node.text) : expanded(node.text);
        const document::Place place{document.get(), node.span, document::PathId(id)};
        if (!add({std::string(document->node(document->child(variables, 2 * member)).text), std::move(value), place,
                  redactor.hides(place)})) {
            return util::failure(util::words("{}:{}: the value is longer than {} bytes",
                                             util::path(document->source().name()),
                                             document->source().line_of(node.span.start), k_longest_value));
        }
    }
    m_documents.push_back(std::move(document));
    return {};
}

util::Expected<void> Supply::add_values(std::string path, std::string text) {
    auto document = document::read_document(std::move(path), std::move(text), document::Dialect::go_yaml);
    const auto root = document->root();
    if (const auto* const fault = document->fatal(); fault != nullptr || (root && !root.is_mapping())) {
        const auto at = document->source().position(fault == nullptr ? 0 : fault->span.start);
        return util::failure(util::words("{}:{}:{}: this is not the YAML of a values file",
                                         util::path(document->source().name()), at.line, at.column));
    }
    const report::Names no_names;
    const report::Redactor redactor(*document, no_names);
    constexpr std::size_t k_longest_name = 1024;
    std::vector<std::pair<std::string, Cursor>> waiting{{".Values", root}};
    while (!waiting.empty()) {
        const auto [name, at] = std::move(waiting.back());
        waiting.pop_back();
        for (const auto& member : at.children()) {
            auto inner = fmt::format("{}.{}", name, member.key());
            if (inner.size() > k_longest_name || !at.is_mapping()) {
                continue;
            }
            if (member.is_mapping()) {
                waiting.emplace_back(std::move(inner), member);
                continue;
            }
            auto value = member.is_scalar() ? helm_text(member) : std::nullopt;
            if (value && !add({std::move(inner), std::move(*value), member.place(), redactor.hides(member.place())})) {
                return util::failure(
                    util::words("{}:{}: the value is longer than {} bytes", util::path(document->source().name()),
                                document->source().line_of(member.place().span.start), k_longest_value));
            }
        }
    }
    m_documents.push_back(std::move(document));
    return {};
}

util::Expected<void> Supply::define(std::string_view definition) {
    const auto sign = definition.find('=');
    if (sign == std::string_view::npos) {
        return util::failure("--define needs a name and a value, write --define NAME=VALUE");
    }
    const auto name = util::trimmed(definition.substr(0, sign));
    if (name.empty()) {
        return util::failure("--define has no name in front of the =, write --define NAME=VALUE");
    }
    const auto value = definition.substr(sign + 1);
    if (!add({std::string(name), std::string(value)})) {
        return util::failure(
            util::words("the value of --define {} is longer than {} bytes", util::bare(name), k_longest_value));
    }
    m_defined.emplace_back(name);
    return {};
}

/// `$$` is a dollar sign, and so is `\$`, which double quotes leave.
std::string Supply::expanded(std::string_view value) const {
    if (looks_like_digest(value)) {
        return std::string(value);
    }
    std::string result;
    for (std::size_t at = 0; at < value.size() && result.size() <= k_longest_value;) {
        const auto rest = value.substr(at);
        if (rest.starts_with("$$") || rest.starts_with("\\$")) {
            result += '$';
            at += 2;
            continue;
        }
        const auto size = variable_size(rest);
        if (size == 0) {
            result += value[at++];
            continue;
        }
        // In braces, so that one without a value is known for a placeholder within a longer text.
        const auto name = rest.substr(1, size - 1);
        const auto variable = name.starts_with('{') ? fmt::format("${}", name) : fmt::format("${{{}}}", name);
        result += document::filled(variable, m_fillings, k_longest_value).text;
        at += size;
    }
    return result;
}

std::vector<Unused> unused_definitions(const Supply& supply, const std::vector<std::unique_ptr<Document>>& documents) {
    std::set<std::string_view> used;
    std::set<std::string_view> asked;
    constexpr std::size_t k_most_asked = 1000;
    for (const auto& document : documents) {
        for (const auto& scalar : document->filled()) {
            for (const auto* const filling : scalar.by) {
                used.insert(filling->name);
                if (asked.size() < k_most_asked) {
                    asked.insert(filling->name);
                }
            }
        }
    }
    std::vector<Unused> result;
    for (const auto& name : supply.defined()) {
        if (used.contains(name) || std::ranges::find(result, name, &Unused::name) != result.end()) {
            continue;
        }
        for (const auto& document : documents) {
            for (document::NodeId id = 0; asked.size() < k_most_asked && id < document->node_count(); ++id) {
                const auto& node = document->node(id);
                if (node.kind == document::NodeKind::scalar && node.text.find_first_of("${%<") != std::string::npos) {
                    const auto names = document::names_in(node.text);
                    asked.insert(names.begin(), names.end());
                }
            }
        }
        const std::vector<std::string_view> candidates(asked.begin(), asked.end());
        result.push_back({name, util::did_you_mean(name, candidates)});
    }
    return result;
}

util::Words misplaced_definition(const Document& document) {
    for (const auto& scalar : document.filled()) {
        const auto given = std::ranges::find_if(scalar.by, [](const Filling* it) { return !it->place; });
        if (given != scalar.by.end() && is_in_secret(document, scalar.node)) {
            const auto position = document.source().position(scalar.span.start);
            return util::words(
                "--define is not for secrets, and {}:{}:{} is one: put {} into a file and give that with "
                "--env-file",
                util::path(document.source().name()), position.line, position.column, util::bare((*given)->name));
        }
    }
    return {};
}

void add_supplied_secrets(const Document& document, std::vector<std::string_view>& secrets) {
    std::set<std::string_view> known(secrets.begin(), secrets.end());
    for (const auto& scalar : document.filled()) {
        for (const auto* const filling : scalar.by) {
            const bool is_new = filling->is_secret && !filling->text.empty() && !is_in_secret(document, scalar.node) &&
                                known.insert(filling->text).second;
            if (is_new) {
                secrets.push_back(filling->text);
            }
        }
    }
}

void add_secret_places(const Document& document, std::vector<document::Place>& places) {
    std::set<const Filling*> known;
    for (const auto& scalar : document.filled()) {
        for (const auto* const filling : scalar.by) {
            if (filling->place && is_in_secret(document, scalar.node) && known.insert(filling).second) {
                places.push_back(filling->place);
            }
        }
    }
}

std::vector<const Filling*> sources_of(const document::Place& place) {
    constexpr std::size_t k_most = 3;
    const auto* const scalar =
        place && place.kind == document::PlaceKind::value ? place.document->filled_at(place.span) : nullptr;
    if (scalar == nullptr) {
        return {};
    }
    return {scalar->by.begin(), scalar->by.begin() + static_cast<std::ptrdiff_t>(std::min(k_most, scalar->by.size()))};
}

} // namespace oidcgen::lint
