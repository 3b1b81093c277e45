#pragma once

#include "diagnose/recognise.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace oidcgen::diagnose {

/// A line with a message.
struct Sighting {
    Message message;
    std::size_t line = 0;             ///< from 1
    std::size_t record = 0;           ///< line that it goes on from, or its own
    std::optional<std::int64_t> time; ///< seconds since 1970
};

/// Logins that failed for the same reason.
struct Reason {
    std::vector<Sighting> first; ///< lines of the first time; the one that says most about the cause is in front
    std::string client;          ///< that any of them names
    std::size_t times = 1;
    std::size_t last_line = 0;
    std::optional<std::int64_t> last_time;
};

/// Joins the lines of one login, by time and client, and logins that failed for the same reason. What it keeps does not
/// grow with the log: of logins that may still get lines the newest ones, and of reasons the first ones.
class Stories {
  public:
    static constexpr std::int64_t k_together = 30; ///< seconds between lines of one login, or lines without times
    static constexpr std::size_t k_most_open = 64;
    static constexpr std::size_t k_most_reasons = 100;
    static constexpr std::size_t k_most_lines = 8; ///< of a login

    void add(Sighting sighting);
    /// All reasons, in the order of the log; to be called once, at its end.
    [[nodiscard]] std::vector<Reason> finish();
    /// Reasons beyond those.
    [[nodiscard]] std::size_t more() const { return m_more; }

  private:
    struct Key {
        std::string name;        ///< of rule or cause
        bool is_general = false; ///< that is a guess
        std::optional<oidc::Stage> stage;
        std::string client;
        std::string value;

        friend auto operator<=>(const Key&, const Key&) = default;
    };

    void close(Reason& reason);

    std::vector<Reason> m_open; ///< the oldest first
    std::vector<Reason> m_reasons;
    std::map<Key, std::size_t> m_numbers;
    std::size_t m_more = 0;
};

} // namespace oidcgen::diagnose
