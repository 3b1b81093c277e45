#pragma once

#include "document/holes.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::document {

/// A text with the holes in it. What the holes are filled with is not known.
struct HoleText {
    std::string_view text;
    std::vector<Hole> holes{}; ///< in order; none for a text that stands for itself
};

/// With its holes when it `may_have_holes`. A text with more than 32 of them is one hole.
[[nodiscard]] HoleText hole_text(std::string_view text, bool may_have_holes,
                                 PlaceholderUse use = PlaceholderUse::secret_or_address);

/// What is the same for two holes that are filled with the same value, as far as a text can tell: marks, name and
/// default. Blanks and trimming marks do not count.
[[nodiscard]] std::string hole_key(std::string_view text, const Hole& hole);

/// Whether two texts are the same once their holes are filled.
enum class Likeness : std::uint8_t {
    same,
    different, ///< nothing that fills the holes can make them the same
    open,      ///< that depends on what fills the holes
};

struct Comparison {
    Likeness likeness = Likeness::open;
    /// The answer holds only if holes of the same key are filled with the same value.
    bool rests_on_holes = false;
};

/// Holes of the same key are equal, and nothing else is known of a hole: it may be filled with an empty text.
[[nodiscard]] Comparison compare(const HoleText& left, const HoleText& right);

/// The holes of the left text, with their marks, that the right one has too; each once.
[[nodiscard]] std::vector<std::string> shared_holes(const HoleText& left, const HoleText& right);

/// Names in place of holes, so that what reads addresses can take a text with holes apart: lower case letters and
/// digits in a host, digits alone where a port is. Holes of the same key get the same name.
class HoleNames {
  public:
    [[nodiscard]] std::string named(const HoleText& text);
    /// The text with the holes again, as they were first written.
    [[nodiscard]] std::string restored(std::string_view text) const;
    /// True when a name is in the text, so that a part of it is not known.
    [[nodiscard]] bool holds_any(std::string_view text) const;

  private:
    struct Entry {
        std::string key;
        bool is_port = false;
        std::string name;
        std::string hole; ///< with its marks
    };
    const std::string& name_of(const HoleText& text, const Hole& hole, bool is_port);

    std::vector<Entry> m_entries;
};

/// The text with the letter `x` in place of every byte of a hole, to find its parts: all else is where it was.
[[nodiscard]] std::string without_holes(const HoleText& text);

} // namespace oidcgen::document
