#include "cli/streams.hpp"

#include "report/redact.hpp"

#include <ostream>

namespace oidcgen::cli {

util::Shown said(const util::Words& sentence, const util::Words& help) {
    auto result = report::shown(util::words("oidcgen: {}\n", sentence));
    if (!help.empty()) {
        result += report::shown(util::words("   = help: {}\n", help));
    }
    return result;
}

void Streams::say(const util::Shown& text) { m_err << text.text(); }

void Streams::ask(const util::Words& question) { m_err << report::shown(question).text() << std::flush; }

void Streams::show(const util::Shown& text) { m_out << text.text(); }

void Streams::hand_over(std::string_view product) { m_out << product; }

} // namespace oidcgen::cli
