#include "diagnose/recognise.hpp"

#include "diagnose/answers.hpp"
#include "oidc/login/login.hpp"
#include "report/suspicion.hpp"
#include "systems.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <tuple>

namespace oidcgen::diagnose {

namespace {

/// Whatever a format may write in another way.
bool is_escaped(char byte) {
    constexpr std::string_view k_marks = "\"\\<>&/";
    return k_marks.find(byte) != std::string_view::npos || byte < ' ' || byte == '\x7f';
}

std::vector<std::string_view> fragments() {
    std::vector<std::string_view> result;
    for (const auto* const system : systems()) {
        if (system->log != nullptr) {
            for (const auto& row : system->log->messages) {
                result.push_back(unescaped_part(row.text));
            }
        }
    }
    for (const auto& row : answers()) {
        result.push_back(row.text);
    }
    std::ranges::sort(result);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

/// Without the names in mail addresses, which are those of people.
std::string without_people(std::string_view text) {
    const auto is_name_byte = [](char byte) {
        return util::is_alphanumeric(byte) || std::string_view("._%+-").find(byte) != std::string_view::npos;
    };
    std::string result;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@')) {
        auto start = at;
        while (start > 0 && is_name_byte(text[start - 1])) {
            --start;
        }
        result += text.substr(0, start);
        result += start < at ? report::k_mask : std::string_view();
        result += '@';
        text.remove_prefix(at + 1);
    }
    return result += text;
}

/// What is behind that text in the line, to the end of the value: the quote or bracket that closes it, or a blank.
std::string value_behind(std::string_view line, std::string_view before) {
    const auto at = before.empty() ? std::string_view::npos : line.find(before);
    if (at == std::string_view::npos) {
        return {};
    }
    auto value = line.substr(at + before.size());
    const bool is_quoted = before.ends_with('\'') || before.find('\'') != std::string_view::npos;
    value = value.substr(0, value.find_first_of(is_quoted ? "'" : " '\",;)]"));
    while (!is_quoted && (value.ends_with('.') || value.ends_with(':'))) {
        value.remove_suffix(1);
    }
    return without_people(util::start_of(value, k_longest_value));
}

/// How much a message says: the cause rather than that something failed, and then the longer text.
std::tuple<bool, bool, std::size_t> weight(const oidc::LogMessage& row) {
    return {!row.is_general, !row.rules.front().empty() || !row.cause.empty() || !row.what.empty(),
            row.text.size() + row.also.size()};
}

} // namespace

std::string_view unescaped_part(std::string_view text) {
    std::string_view longest;
    while (!text.empty()) {
        const auto end = std::ranges::find_if(text, is_escaped);
        const auto part = text.substr(0, static_cast<std::size_t>(end - text.begin()));
        if (part.size() > longest.size()) {
            longest = part;
        }
        text.remove_prefix(std::min(part.size() + 1, text.size()));
    }
    return longest;
}

Messages::Messages()
    : m_finder(fragments()) {
    for (const auto* const system : systems()) {
        if (system->log != nullptr) {
            for (const auto& row : system->log->messages) {
                m_entries.push_back({&row, system});
            }
            m_clients.insert(m_clients.end(), system->log->clients.begin(), system->log->clients.end());
        }
    }
    for (const auto& row : answers()) {
        m_entries.push_back({&row, nullptr});
    }
}

std::optional<Message> Messages::recognise(std::string_view line, std::string_view head) const {
    const auto holds = [&](std::string_view text) {
        return line.find(text) != std::string_view::npos || head.find(text) != std::string_view::npos;
    };
    const Entry* best = nullptr;
    const Entry* staged = nullptr; // of those that say no more than where it failed
    for (const auto& entry : m_entries) {
        const auto& row = *entry.row;
        const bool is_there =
            entry.system == nullptr ? is_answered(line, row.text) : line.find(row.text) != std::string_view::npos;
        if (!is_there || (!row.also.empty() && !holds(row.also))) {
            continue;
        }
        if (best == nullptr || weight(row) > weight(*best->row)) {
            best = &entry;
        }
        if (entry.system != nullptr && row.is_general && row.stage &&
            (staged == nullptr || weight(row) > weight(*staged->row))) {
            staged = &entry;
        }
    }
    if (best == nullptr) {
        return std::nullopt;
    }
    Message result{best->row, best->system, best->row->stage, {}, value_behind(line, best->row->before)};
    if (!result.stage && staged != nullptr) {
        result.stage = staged->row->stage;
    }
    for (const auto before : m_clients) {
        if (result.client.empty()) {
            result.client = value_behind(line, before);
        }
    }
    return result;
}

} // namespace oidcgen::diagnose
