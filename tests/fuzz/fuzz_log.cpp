// Logs: cut into blocks of any size they say the same, and nothing that is shown could forge a line.
#include "demand.hpp"
#include "diagnose/diagnose.hpp"
#include "report/diagnosis.hpp"

#include <algorithm>

using namespace oidcgen;
using fuzz::demand;

namespace {

report::Diagnosis read(std::string_view text, std::size_t block) {
    diagnose::Reader reader;
    for (; !text.empty(); text.remove_prefix(std::min(block, text.size()))) {
        reader.take(text.substr(0, block));
    }
    return diagnose::diagnosis(reader.finish(), nullptr);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t k_small = 7;
    const std::string text = fuzz::text_of(data, size);
    const auto whole = read(text, std::max<std::size_t>(size, 1));
    const auto shown = to_text(whole).text();
    demand(shown == to_text(read(text, k_small)).text(), "blocks of any size say the same");
    demand(std::ranges::none_of(shown, [](char byte) { return byte != '\n' && byte >= 0 && byte < ' '; }),
           "control characters are escaped");
    for (const auto& story : whole.stories) {
        demand(!story.message.empty() && !story.help.empty() && !story.lines.empty(), "each reason is told");
        demand(story.lines.front().number >= 1 && story.lines.front().number <= whole.lines, "a line is in the log");
        demand(story.last_line <= whole.lines, "a line is in the log");
    }
    return 0;
}
