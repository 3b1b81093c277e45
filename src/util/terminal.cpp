#include "util/terminal.hpp"

#include <charconv>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <sys/ioctl.h>
#include <unistd.h>

namespace oidcgen::util {

namespace {

std::size_t columns_in_environment() {
    const char* const text = std::getenv("COLUMNS");
    if (text == nullptr) {
        return 0;
    }
    constexpr std::size_t k_most = 10'000;
    const std::string_view digits(text);
    std::size_t columns = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), columns);
    const bool is_number = error == std::errc() && end == digits.data() + digits.size();
    return is_number && columns <= k_most ? columns : 0;
}

} // namespace

Terminal terminal_at(int descriptor) {
    Terminal result;
    result.is_terminal = ::isatty(descriptor) == 1;
    if (result.is_terminal) {
        winsize size{};
        const bool is_known = ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
        result.columns = is_known ? size.ws_col : columns_in_environment();
    }
    return result;
}

} // namespace oidcgen::util
