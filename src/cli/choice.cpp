#include "cli/choice.hpp"

#include "report/redact.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::cli {

void name_words(CLI::Option& option, std::span<const std::string_view> words) {
    option.type_name(fmt::format("{}", fmt::join(words, "|")));
}

void limit_to_words(CLI::Option& option, std::span<const std::string_view> words) {
    name_words(option, words);
    option.check(CLI::Validator(
        [kept = std::vector<std::string_view>(words.begin(), words.end())](const std::string& value) {
            if (std::ranges::find(kept, value) != kept.end()) {
                return std::string();
            }
            const auto why = util::words("{} is not {}{}", util::outside(value), util::own(util::alternatives(kept)),
                                         util::did_you_mean(value, kept));
            return report::shown(why).text();
        },
        ""));
}

CLI::Option* may_be_repeated(CLI::Option* option) {
    return option->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

CLI::Validator from_to(std::uint64_t least, std::uint64_t most) {
    return {[least, most](const std::string& value) {
                std::uint64_t number = 0;
                const bool fits = CLI::detail::lexical_cast(value, number) && number >= least && number <= most;
                return fits ? std::string() : fmt::format("a number from {} to {} is expected", least, most);
            },
            ""};
}

} // namespace oidcgen::cli
