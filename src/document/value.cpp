#include "document/value.hpp"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <type_traits>

namespace oidcgen::document {

namespace {

using Json = nlohmann::ordered_json;

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

Json json_of(const Value& value) {
    return std::visit(Overloaded{
                          [](std::nullptr_t) { return Json(nullptr); },
                          [](bool flag) { return Json(flag); },
                          [](std::int64_t number) { return Json(number); },
                          [](double number) { return Json(number); },
                          [](const std::string& text) { return Json(text); },
                          [](const Value::List& items) {
                              Json list = Json::array();
                              for (const Value& item : items) {
                                  list.push_back(json_of(item));
                              }
                              return list;
                          },
                          [](const Value::Members& members) {
                              Json object = Json::object();
                              for (const auto& [key, member] : members) {
                                  object[key] = json_of(member);
                              }
                              return object;
                          },
                      },
                      value.data);
}

/// Control characters, line breaks as any reader counts them, byte order marks and what is no character at all.
bool needs_escapes(std::string_view text) {
    constexpr std::array<std::string_view, 6> k_sequences{
        "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF", "\xEF\xBF\xBE", "\xEF\xBF\xBF",
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool is_control = byte < 0x20 || byte == 0x7F;
        const bool is_upper_control =
            byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        if (is_control || is_upper_control) {
            return true;
        }
    }
    return std::any_of(k_sequences.begin(), k_sequences.end(),
                       [&](std::string_view sequence) { return text.find(sequence) != std::string_view::npos; });
}

/// A key that every reader takes for text without quotes.
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
    std::visit(Overloaded{
                   [&](std::nullptr_t) { emitter << YAML::Null; },
                   [&](bool flag) { emitter << flag; },
                   [&](std::int64_t number) { emitter << number; },
                   [&](double number) { emitter << number; },
                   [&](const std::string& text) { emit_text(emitter, text); },
                   [&](const Value::List& items) {
                       if (items.empty()) {
                           emitter << YAML::Flow;
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
    return json_of(value).dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
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
