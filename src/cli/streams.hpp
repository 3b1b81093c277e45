#pragma once

#include "util/words.hpp"

#include <iosfwd>
#include <string_view>

namespace oidcgen::cli {

/// A sentence behind the program's name, and what to do below it, where that is given: as standard error has them.
[[nodiscard]] util::Shown said(const util::Words& sentence, const util::Words& help = {});

/// Where a command's results and its talk go. A text gets there as a sentence that knows what of it came from outside,
/// as a report that was made for showing, or as the product that is handed over; nothing else compiles.
class Streams {
  public:
    /// `out` takes results, `err` talk.
    Streams(std::ostream& out, std::ostream& err)
        : m_out(out)
        , m_err(err) {}

    /// Talk, as said() has it.
    void say(const util::Words& sentence, const util::Words& help = {}) { say(said(sentence, help)); }
    void say(const util::Shown& text);
    /// A question, behind which the person types.
    void ask(const util::Words& question);
    /// A result for a person or a program to read.
    void show(const util::Shown& text);
    /// The product itself: a configuration, a digest, a secret that was asked for. Nothing of it is masked.
    void hand_over(std::string_view product);
    /// For a line of progress, which holds nothing but our own words.
    [[nodiscard]] std::ostream& terminal() { return m_err; }

  private:
    std::ostream& m_out;
    std::ostream& m_err;
};

} // namespace oidcgen::cli
