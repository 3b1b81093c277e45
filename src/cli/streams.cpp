#include "cli/streams.hpp"

#include "report/redact.hpp"

#include <cstddef>
#include <ostream>

namespace oidcgen::cli {

util::Shown said(const util::Words& sentence, const util::Words& help, const report::Style& style) {
    auto line = style.painted(report::Ink::title, "oidcgen:");
    const auto hang = report::shown_width(line) + 1;
    line += report::shown(util::words(" {}\n", sentence));
    auto result = style.wrapped(line, hang);
    if (!help.empty()) {
        result += report::help_line(report::shown(help), style);
    }
    return result;
}

Streams::Streams(std::ostream& out, std::ostream& err, util::Terminal out_terminal, util::Terminal err_terminal)
    : m_out(out)
    , m_err(err)
    , m_out_terminal(out_terminal)
    , m_err_terminal(err_terminal) {
    set_colour(report::Colour::automatic);
}

void Streams::set_colour(report::Colour wish) {
    m_out_style = report::Style(wish, m_out_terminal);
    m_err_style = report::Style(wish, m_err_terminal);
}

void Streams::say(const util::Shown& text) { m_err << text.text(); }

void Streams::ask(const util::Words& question) {
    constexpr std::size_t k_hang = 2;
    const auto text = report::shown(question);
    const auto lines = m_err_style.wrapped(text, k_hang);
    const bool lost_blank = text.text().ends_with(' ') && !lines.text().ends_with(' ');
    m_err << lines.text() << (lost_blank ? " " : "") << std::flush;
}

void Streams::show(const util::Shown& text) { m_out << text.text(); }

void Streams::hand_over(std::string_view product) { m_out << product; }

} // namespace oidcgen::cli
