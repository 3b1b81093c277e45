#pragma once

#include "diagnose/finder.hpp"
#include "oidc/log.hpp"
#include "oidc/system.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::diagnose {

/// What a line says about a login.
struct Message {
    const oidc::LogMessage* row = nullptr;
    const oidc::System* system = nullptr; ///< whose message it is; null: an answer by the standards
    std::optional<oidc::Stage> stage;     ///< of the row, or of what else the line says
    std::string client;                   ///< id that the line names; empty: none
    std::string value;                    ///< that the row's advice is about; empty: the line does not have it
};

/// Bytes of a client's id and of a value that are kept of a line.
inline constexpr std::size_t k_longest_value = 300;

/// The part of a message's text that no format of logs escapes: the longest stretch without quotes, brackets and other
/// marks.
[[nodiscard]] std::string_view unescaped_part(std::string_view text);

/// Knows every message of the systems and of the standards.
class Messages {
  public:
    Messages();

    /// Finds the lines that may hold a message, before anything is read.
    [[nodiscard]] const Finder& finder() const { return m_finder; }

    /// What a plain line says; nothing when it holds no message. `head` is the plain line that it goes on from, or
    /// empty. Of several messages the one counts that says most about the cause.
    [[nodiscard]] std::optional<Message> recognise(std::string_view line, std::string_view head) const;

  private:
    struct Entry {
        const oidc::LogMessage* row = nullptr;
        const oidc::System* system = nullptr;
    };

    std::vector<Entry> m_entries;
    std::vector<std::string_view> m_clients;
    Finder m_finder;
};

} // namespace oidcgen::diagnose
