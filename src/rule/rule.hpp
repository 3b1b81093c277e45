#pragma once

#include "document/document.hpp"
#include "util/words.hpp"

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::rule {

enum class Severity : std::uint8_t { error, warning, note };

/// What happens because of a finding.
enum class Consequence : std::uint8_t {
    provider_refuses, ///< the provider does not start with it
    app_refuses,      ///< the application does not start with it, or does not accept it
    provider_warns,   ///< the provider starts and logs a warning
    app_warns,        ///< the application starts and logs a warning
    login_fails,      ///< valid on each side, and the login fails
    feature_lost,     ///< the login works; quota, role, label, logout or linking does not
    risk,             ///< works, and is weaker than it should be
    advice,           ///< works; better otherwise
    not_known,        ///< a login without a verdict, when one was demanded
};

[[nodiscard]] std::string_view to_string(Severity severity);
[[nodiscard]] std::string_view to_string(Consequence consequence);

/// `risk`, `feature-lost` and `not-known` are warnings, `advice` is a note, what is refused or fails is an error.
[[nodiscard]] Severity severity_of(Consequence consequence);
/// The same of a finding that may rest on something that was taken for granted: never an error then.
[[nodiscard]] Severity severity_of(Consequence consequence, bool is_assumed);

/// Some of the consequences.
class Consequences {
  public:
    constexpr Consequences() = default;
    constexpr Consequences(std::initializer_list<Consequence> all) {
        for (const auto one : all) {
            m_bits |= bit(one);
        }
    }
    [[nodiscard]] constexpr bool holds(Consequence one) const { return (m_bits & bit(one)) != 0; }

  private:
    static constexpr std::uint32_t bit(Consequence one) { return std::uint32_t{1} << static_cast<unsigned>(one); }

    std::uint32_t m_bits = 0;
};

/// One rule: what `explain`, the manual page and the reports say of it. Code and name are never used again for another.
/// A rule outside the folders of systems names no product; what it means in one is a note of that system.
struct Rule {
    std::string_view code; ///< `OG3001`
    std::string_view name; ///< kebab case, states the fault
    Consequence consequence = Consequence::advice;
    Consequences also{};                         ///< further ones that a finding may have, by version, system or value
    bool is_told_always = false;                 ///< also beside the reason why a login fails at the same value
    std::string_view explains{};                 ///< name of a rule that says what follows from it at the same value
    std::string_view summary{};                  ///< one sentence, lower case, no full stop
    std::string_view why{};                      ///< what happens and why, in a few sentences
    std::string_view bad{};                      ///< a few lines of configuration that have the fault; may be empty
    std::string_view good{};                     ///< the same without it
    std::string_view ignore{};                   ///< when it may be ignored; empty: never
    std::span<const std::string_view> sources{}; ///< public documents
};

/// Every consequence that a finding of the rule may have, that of the rule first.
[[nodiscard]] std::vector<Consequence> consequences_of(const Rule& rule);

/// A further place that belongs to a finding.
struct Note {
    util::Words message;
    document::Place place{};
};

/// Somebody's word that a finding does not count.
struct Suppression {
    util::Words reason{};     ///< as it is written; may be empty
    document::Place place{};  ///< of the comment or the entry that says so
    bool is_in_source = true; ///< a comment; false: an entry in the settings of the project
};

struct Finding;

/// Makes a consequence that the rule names, and no other, that of the finding.
void set_consequence(Finding& finding, Consequence consequence);

/// The consequence of one finding. It can be read as if it were the plain value; only set_consequence() changes it.
class SetConsequence {
  public:
    operator Consequence() const { return m_value; }

  private:
    friend void set_consequence(Finding&, Consequence);

    Consequence m_value = Consequence::advice;
};

/// Bytes of a client's id that findings tell: enough for people, and for any id that is taken.
inline constexpr std::size_t k_longest_client = 200;

/// Something found in a file.
struct Finding {
    const Rule* rule = nullptr;
    util::Words message; ///< lower case, no full stop, never with a secret in it
    document::Place place{};
    util::Words help{};       ///< what to do, with the exact value where there is one
    util::Words suggestion{}; ///< `did you mean …` at the end of the message; may be empty
    std::vector<Note> notes{};
    std::vector<std::string_view> stops{}; ///< the ways to log in that it stops; empty: not a finding of a login
    bool stops_all = false;                ///< those are all that the application has
    std::string client{};                  ///< id of the client it is about, or its start; empty: none
    /// An unknown key: where the absent setting belongs that was probably meant. Whatever follows from the absence of
    /// that setting has this finding as its cause.
    std::optional<document::Place> meant{};
    SetConsequence consequence{};    ///< that of its rule, or another one that the rule names
    bool is_assumed = false;         ///< it rests on something that was taken for granted, so it is not an error
    std::optional<Severity> asked{}; ///< the severity that somebody wants of it
    std::optional<Suppression> suppressed{}; ///< it is kept and does not count

    [[nodiscard]] Severity severity() const { return asked.value_or(severity_of(consequence, is_assumed)); }
    /// The message with the ways that it stops and the suggestion.
    [[nodiscard]] util::Words whole_message() const;
};

/// What makes two findings the same, and their order in a report.
struct Identity {
    std::string_view document;
    std::uint32_t start = 0;
    std::string_view code;
    std::string_view message;
    std::uint32_t end = 0;

    friend auto operator<=>(const Identity&, const Identity&) = default;
};

/// Views into the finding and its document.
[[nodiscard]] Identity identity(const Finding& finding);

/// True for findings about the same bytes of a document.
[[nodiscard]] bool is_same_place(const Finding& left, const Finding& right);

/// A finding with its rule's own consequence.
[[nodiscard]] Finding finding(const Rule& rule, util::Words message, document::Place place, util::Words help = {});

/// Why something could not be judged.
enum class Doubt : std::uint8_t {
    placeholder,     ///< it is filled in later
    network,         ///< what answers at an address is not known
    snippet,         ///< the rest of the settings is not in these files
    cost,            ///< judging it takes too long
    syntax,          ///< nothing after that place could be read
    not_recognised,  ///< a whole file
    person,          ///< it depends on who signs in
    address,         ///< whether an address is reached is not in the files
    address_unknown, ///< where the application is opened is not in the files
    provider_url,    ///< where the provider is reached is not in the files
    secret,          ///< the secret was not compared
    settings,        ///< it depends on settings of a side of which there is no file
};

/// As reports name it: `address-unknown`.
[[nodiscard]] std::string_view to_string(Doubt doubt);
/// As a clause for people.
[[nodiscard]] std::string_view reason(Doubt doubt);

struct NotChecked {
    document::Place place{};
    Doubt why = Doubt::placeholder;
};

} // namespace oidcgen::rule
