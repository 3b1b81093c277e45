#pragma once

#include "report/style.hpp"
#include "util/terminal.hpp"
#include "util/words.hpp"

#include <iosfwd>
#include <string_view>

namespace oidcgen::cli {

/// A sentence behind the program's name, and what to do below it, where that is given: as standard error has them.
[[nodiscard]] util::Shown said(const util::Words& sentence, const util::Words& help = {},
                               const report::Style& style = {});

/// Where a command's results and its talk go. A text gets there as a sentence that knows what of it came from outside,
/// as a report that was made for showing, or as the product that is handed over; nothing else compiles.
class Streams {
  public:
    /// `out` takes results, `err` talk; each of them may lead to a terminal.
    Streams(std::ostream& out, std::ostream& err, util::Terminal out_terminal = {}, util::Terminal err_terminal = {});

    /// What the person wants of colours, as soon as it is known.
    void set_colour(report::Colour wish);
    /// How what show() takes is to look.
    [[nodiscard]] const report::Style& style() const { return m_out_style; }
    /// How what say() takes is to look.
    [[nodiscard]] const report::Style& talk_style() const { return m_err_style; }

    /// Talk, as said() has it.
    void say(const util::Words& sentence, const util::Words& help = {}) { say(said(sentence, help, m_err_style)); }
    void say(const util::Shown& text);
    /// A question, behind which the person types, in the width of the terminal.
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
    util::Terminal m_out_terminal;
    util::Terminal m_err_terminal;
    report::Style m_out_style;
    report::Style m_err_style;
};

} // namespace oidcgen::cli
