#include "diagnose/stories.hpp"

#include "diagnose/causes.hpp"
#include "oidc/login/login.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace oidcgen::diagnose {

namespace {

/// Settings that keep a side from starting are told apart, because each is a fault of its own.
bool is_of_start(const Sighting& it) {
    return it.message.stage == oidc::Stage::config_provider || it.message.stage == oidc::Stage::config_app;
}

bool is_near(const Sighting& left, const Sighting& right) {
    if (left.time && right.time) {
        return std::abs(*left.time - *right.time) <= Stories::k_together;
    }
    return !left.time && !right.time && right.line - left.line <= static_cast<std::size_t>(Stories::k_together);
}

/// True when the line tells more of that login, and not of another one.
bool belongs(const Sighting& line, const Reason& login) {
    const auto& client = line.message.client;
    if (login.first.size() >= Stories::k_most_lines ||
        (!client.empty() && !login.client.empty() && client != login.client)) {
        return false;
    }
    const auto goes_with = [&](const Sighting& other) {
        if (line.record == other.record) {
            return true;
        }
        const bool is_said_again = line.message.row == other.message.row;
        const bool is_by_same = line.message.system == other.message.system;
        const bool is_elsewhere =
            line.message.stage && other.message.stage && line.message.stage != other.message.stage;
        // What fails at discovery gets no further. At later stages a general message may name the wrong one.
        const bool is_certain =
            line.message.stage == oidc::Stage::discovery || other.message.stage == oidc::Stage::discovery;
        const bool are_causes = !line.message.row->is_general && !other.message.row->is_general;
        return !is_said_again && !(are_causes && is_by_same) && !(is_elsewhere && (are_causes || is_certain));
    };
    const bool is_start = is_of_start(line) || std::ranges::any_of(login.first, is_of_start);
    const auto is_same_record = [&](const Sighting& other) { return line.record == other.record; };
    if (is_start) {
        return std::ranges::any_of(login.first, is_same_record) && line.message.row->is_general;
    }
    return std::ranges::all_of(login.first, goes_with) &&
           std::ranges::any_of(login.first, [&](const Sighting& it) { return is_near(it, line); });
}

/// The line that says most about the cause: one that names it, the first of those.
void put_in_front(std::vector<Sighting>& lines) {
    const auto best = std::ranges::max_element(lines, [](const Sighting& left, const Sighting& right) {
        const auto& one = *left.message.row;
        const auto& other = *right.message.row;
        const auto says = [](const oidc::LogMessage& it) {
            return std::pair(!it.is_general, !it.rules.front().empty() || !it.cause.empty() || !it.what.empty());
        };
        return says(one) < says(other);
    });
    std::rotate(lines.begin(), best, std::next(best));
}

} // namespace

void Stories::add(Sighting sighting) {
    const auto login =
        std::find_if(m_open.rbegin(), m_open.rend(), [&](const Reason& it) { return belongs(sighting, it); });
    if (login == m_open.rend()) {
        if (m_open.size() >= k_most_open) {
            close(m_open.front());
            m_open.erase(m_open.begin());
        }
        Reason begun;
        begun.client = sighting.message.client;
        begun.last_line = sighting.line;
        begun.last_time = sighting.time;
        begun.first.push_back(std::move(sighting));
        m_open.push_back(std::move(begun));
        return;
    }
    if (login->client.empty()) {
        login->client = sighting.message.client;
    }
    login->last_line = sighting.line;
    login->first.push_back(std::move(sighting));
}

void Stories::close(Reason& reason) {
    put_in_front(reason.first);
    const auto& said = reason.first.front().message;
    const auto name = !said.row->cause.empty()           ? said.row->cause
                      : !said.row->rules.front().empty() ? said.row->rules.front()
                                                         : k_unknown_cause;
    Key key{std::string(name), said.row->is_general, said.stage, reason.client, said.value};
    const auto known = m_numbers.find(key);
    if (known != m_numbers.end()) {
        auto& earlier = m_reasons[known->second];
        ++earlier.times;
        earlier.last_line = std::max(earlier.last_line, reason.last_line);
        earlier.last_time = reason.last_time ? reason.last_time : earlier.last_time;
    } else if (m_reasons.size() < k_most_reasons) {
        m_numbers.emplace(std::move(key), m_reasons.size());
        m_reasons.push_back(std::move(reason));
    } else {
        ++m_more;
    }
}

std::vector<Reason> Stories::finish() {
    for (auto& reason : m_open) {
        close(reason);
    }
    m_open.clear();
    std::ranges::sort(m_reasons, {}, [](const Reason& it) { return it.first.front().line; });
    return std::move(m_reasons);
}

} // namespace oidcgen::diagnose
