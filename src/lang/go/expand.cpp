#include "lang/go/expand.hpp"

#include "util/ascii.hpp"

#include <cstddef>

namespace oidcgen::lang::go {

namespace {

bool is_special(char byte) {
    return util::is_digit(byte) || std::string_view("*#$@!?-").find(byte) != std::string_view::npos;
}

bool is_of_name(char byte) { return byte == '_' || util::is_digit(byte) || util::is_letter(byte); }

/// A name and how many bytes it takes, with its braces. Without a name, what those bytes hold is dropped.
struct Found {
    std::string_view name{};
    std::size_t length = 0;
};

Found name_in(std::string_view text) {
    if (text.front() == '{') {
        if (text.size() > 2 && is_special(text[1]) && text[2] == '}') {
            return {text.substr(1, 1), 3};
        }
        const auto end = text.find('}');
        if (end == std::string_view::npos) {
            return {{}, 1};
        }
        return {text.substr(1, end - 1), end + 1};
    }
    if (is_special(text.front())) {
        return {text.substr(0, 1), 1};
    }
    std::size_t length = 0;
    while (length < text.size() && is_of_name(text[length])) {
        ++length;
    }
    return {text.substr(0, length), length};
}

} // namespace

std::string expand(std::string_view text, const std::function<std::string(std::string_view)>& value_of) {
    std::string result;
    while (!text.empty()) {
        const auto dollar = text.find('$');
        if (dollar == std::string_view::npos || dollar + 1 == text.size()) {
            break;
        }
        result += text.substr(0, dollar);
        text.remove_prefix(dollar + 1);
        const auto [name, length] = name_in(text);
        if (!name.empty()) {
            result += value_of(name);
        } else if (length == 0) {
            result += '$';
        }
        text.remove_prefix(length);
    }
    result += text;
    return result;
}

} // namespace oidcgen::lang::go
