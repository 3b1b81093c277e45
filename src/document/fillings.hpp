#pragma once

#include "document/document.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::document {

/// What a name in a hole stands for.
struct Filling {
    std::string name;
    std::string text;
    Place place{};          ///< of the value in the file that gives it; nowhere for an option
    bool is_secret = false; ///< reports show it nowhere
};

/// Values for names, the same in every file. Not copied: documents that are filled refer to its members.
class Fillings {
  public:
    Fillings() = default;
    ~Fillings(); ///< overwrites its texts, which may be secrets
    Fillings(const Fillings&) = delete;
    Fillings& operator=(const Fillings&) = delete;

    /// In place of an earlier one of that name.
    void add(Filling filling);
    /// From now on a name that has no value is taken for one that is not set, so that defaults (`${X:-default}`) count.
    /// Only a file that says what the environment holds can tell: a single value says nothing about other names.
    void set_complete() { m_is_complete = true; }

    [[nodiscard]] const Filling* find(std::string_view name) const;
    [[nodiscard]] bool is_complete() const { return m_is_complete; }
    [[nodiscard]] bool empty() const { return m_fillings.empty() && !m_is_complete; }

  private:
    std::map<std::string, Filling, std::less<>> m_fillings;
    bool m_is_complete = false;
};

/// A text whose holes were filled, as far as there are values for them.
struct FilledText {
    std::string text;
    std::vector<const Filling*> by; ///< each once, in the order of the holes
    bool is_changed = false;        ///< at least one hole was filled, by a value or by its own default
    bool is_whole = false;          ///< no hole is left
};

/// Fills `${X}`, `$X`, `{{ env "X" }}`, `{{ .Values.a }}` (also with `| quote`, `| squote` and `| trim`) and whatever
/// else holes() names exactly as a filling. `${X:-default}`, `${X-default}` and `${X:+other}` are what a shell makes of
/// them. At most `most` bytes: what would be longer is left as it is.
[[nodiscard]] FilledText filled(std::string_view text, const Fillings& fillings, std::size_t most);

/// The names that a hole of the text can be filled by, one for each hole: `X` for `${X:-…}` and `{{ env "X" }}`.
[[nodiscard]] std::vector<std::string_view> names_in(std::string_view text);

} // namespace oidcgen::document
