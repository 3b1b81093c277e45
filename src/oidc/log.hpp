#pragma once

#include "util/version.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace oidcgen::oidc {

enum class Stage : std::uint8_t; // in oidc/login/login.hpp

/// What a line of a log says, known by a short piece of it that is the same in every release. Texts are those of the
/// message itself, before a format of logs escapes it.
struct LogMessage {
    std::string_view text;        ///< the line holds it
    std::string_view also{};      ///< so does the line, or the one that it goes on from; empty: nothing else
    std::optional<Stage> stage{}; ///< where the login stopped; nothing: the rest of the line says that
    /// Names of the rules that find the cause in files, the likeliest first. Without a `cause` the first one is named.
    std::array<std::string_view, 8> rules{};
    std::string_view cause{};  ///< name of one that is not in the files (diagnose/causes.hpp); empty: a rule is named
    bool is_general = false;   ///< it says that something failed, and hardly why: any other message counts more
    std::string_view what{};   ///< what happened, a clause in lower case; empty: as the rule or cause says it
    std::string_view help{};   ///< what to do, a clause; empty: as the cause says it
    std::string_view before{}; ///< text in front of a value that the line tells; empty: it tells none
    std::string_view advice{}; ///< `help` when the value is known, which goes in place of `{}`
    util::VersionRange versions{}; ///< releases that write it
};

/// What a system logs about logins.
struct Log {
    std::span<const LogMessage> messages;
    /// Texts in front of the id of the client that a line is about, ended by the quote around it.
    std::span<const std::string_view> clients{};
};

} // namespace oidcgen::oidc
