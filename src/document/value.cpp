#include "document/value.hpp"

#include "util/assert.hpp"
#include "util/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <type_traits>

namespace oidcgen::document {

namespace {

using Json = nlohmann::json;
constexpr auto k_replace = Json::error_handler_t::replace;

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

bool is_surrogate(std::string_view text) {
    return text.size() > 2 && text[0] == '\xED' && static_cast<unsigned char>(text[1]) >= 0xA0;
}

/// A text in quotes. Surrogates without a partner, which stand in it as UTF-8 would write them, become escapes.
std::string json_of(std::string_view text) {
    std::string result;
    for (std::size_t start = 0, at = 0; at <= text.size(); ++at) {
        if (at < text.size() && !is_surrogate(text.substr(at))) {
            continue;
        }
        const std::string part = Json(text.substr(start, at - start)).dump(-1, ' ', false, k_replace);
        result += std::string_view(part).substr(1, part.size() - 2);
        if (at < text.size()) {
            const auto digits = [&](std::size_t offset) {
                return static_cast<unsigned char>(text[at + offset]) & 0x3FU;
            };
            result += fmt::format("\\u{:04x}", 0xD000U | digits(1) << 6U | digits(2));
            at += 2;
            start = at + 1;
        }
    }
    return '"' + result + '"';
}

/// Appends what is in a list or an object, each on a line of its own.
template <class Items, class Write>
void append_items(std::string& result, const Items& items, std::string_view brackets, std::size_t depth, Write write) {
    result += brackets.front();
    for (std::size_t at = 0; at < items.size(); ++at) {
        result += at == 0 ? "\n" : ",\n";
        result.append(2 * (depth + 1), ' ');
        write(items[at]);
    }
    if (!items.empty()) {
        result += '\n';
        result.append(2 * depth, ' ');
    }
    result += brackets.back();
}

void append_json(std::string& result, const Value& value, std::size_t depth) {
    OIDCGEN_ASSERT(value.tag.empty());
    std::visit(Overloaded{
                   [&](std::nullptr_t) { result += "null"; },
                   [&](bool flag) { result += flag ? "true" : "false"; },
                   [&](std::int64_t number) { result += Json(number).dump(); },
                   [&](double number) { result += Json(number).dump(); },
                   [&](const std::string& text) { result += json_of(text); },
                   [&](const Value::List& items) {
                       append_items(result, items, "[]", depth,
                                    [&](const Value& item) { append_json(result, item, depth + 1); });
                   },
                   [&](const Value::Members& members) {
                       append_items(result, members, "{}", depth, [&](const auto& member) {
                           result += json_of(member.first) + ": ";
                           append_json(result, member.second, depth + 1);
                       });
                   },
               },
               value.data);
}

/// What no person should get raw, and what is not a character at all.
bool needs_escapes(std::string_view text) {
    return text.find("\xEF\xBF\xBE") != std::string_view::npos || text.find("\xEF\xBF\xBF") != std::string_view::npos ||
           util::printable(text) != text;
}

/// A key that every reader reads as text without quotes.
bool is_plain_key(std::string_view key) {
    constexpr std::array<std::string_view, 9> k_words{"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    const auto is_letter = [](char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); };
    const auto is_key_byte = [&](char byte) { return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '_'; };
    std::string lower(key);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [&](char byte) { return is_letter(byte) ? static_cast<char>(byte | 0x20) : byte; });
    return !key.empty() && is_letter(key.front()) && std::all_of(key.begin(), key.end(), is_key_byte) &&
           std::find(k_words.begin(), k_words.end(), lower) == k_words.end();
}

void emit_text(YAML::Emitter& emitter, std::string_view text) {
    if (needs_escapes(text)) {
        emitter << YAML::DoubleQuoted << YAML::EscapeNonAscii;
    } else {
        emitter << YAML::SingleQuoted;
    }
    emitter << std::string(text);
}

void emit(YAML::Emitter& emitter, const Value& value) {
    if (!value.tag.empty()) {
        OIDCGEN_ASSERT(value.tag.starts_with('!'));
        emitter << YAML::LocalTag(value.tag.substr(1));
    }
    std::visit(Overloaded{
                   [&](std::nullptr_t) { emitter << YAML::Null; },
                   [&](bool flag) { emitter << flag; },
                   [&](std::int64_t number) { emitter << number; },
                   [&](double number) { emitter << number; },
                   [&](const std::string& text) { emit_text(emitter, text); },
                   [&](const Value::List& items) {
                       if (items.empty() || !value.tag.empty()) {
                           emitter << YAML::Flow; // the arguments of a tag are on its line
                       }
                       emitter << YAML::BeginSeq;
                       for (const Value& item : items) {
                           emit(emitter, item);
                       }
                       emitter << YAML::EndSeq;
                   },
                   [&](const Value::Members& members) {
                       if (members.empty()) {
                           emitter << YAML::Flow;
                       }
                       emitter << YAML::BeginMap;
                       for (const auto& [key, member] : members) {
                           emitter << YAML::Key;
                           if (is_plain_key(key)) {
                               emitter << key;
                           } else {
                               emit_text(emitter, key);
                           }
                           emitter << YAML::Value;
                           emit(emitter, member);
                       }
                       emitter << YAML::EndMap;
                   },
               },
               value.data);
}

} // namespace

std::string to_json(const Value& value) {
    std::string result;
    append_json(result, value, 0);
    return util::escaped_in_json(result + '\n');
}

std::string to_yaml(const Value& value) {
    YAML::Emitter emitter;
    emit(emitter, value);
    return std::string(emitter.c_str(), emitter.size()) + '\n';
}

std::string yaml_scalar(std::string_view text) {
    YAML::Emitter emitter;
    emit_text(emitter, text);
    return {emitter.c_str(), emitter.size()};
}

} // namespace oidcgen::document
