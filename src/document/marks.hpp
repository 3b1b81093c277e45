#pragma once

#include "document/holes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::document {

enum class Search : std::uint8_t {
    all,  ///< every hole
    first ///< as soon as it is certain that there is one
};

/// The marks of placeholders in a text, of every kind that the table knows, in their order. Fillers without marks, such
/// as `CHANGEME`, are none of them. Cost is linear in the length of the text.
[[nodiscard]] std::vector<Hole> marked_holes(std::string_view text, PlaceholderUse use, Search search);

/// The marks around a hole as people write them, with what is between them left out: `${…}`, `{{ … }}`. Empty for a
/// filler. `hole` is the text of the hole with its marks.
[[nodiscard]] std::string shown_marks(std::string_view hole);

/// Where a template action (`{{ … }}`, `{% … %}`, `{# … #}`) that begins at `at` ends; npos when none begins there, or
/// it is not closed.
class Actions {
  public:
    explicit Actions(std::string_view text)
        : m_text(text) {}
    [[nodiscard]] std::size_t end_of(std::size_t at);

  private:
    std::string_view m_text;
    bool m_nests = true;
    std::array<bool, 3> m_is_over{}; ///< no such action is closed any more
};

/// What is named between the marks of an action: without its marks, blanks and the signs that trim blanks.
[[nodiscard]] std::string_view named_in_action(std::string_view action);

} // namespace oidcgen::document
