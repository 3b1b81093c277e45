// usage: write_plainly FILE no|yes owner|umask TEXT
// Writes TEXT to FILE as the program does. Built without sanitizers, whose own system calls would hide the writer's.
#include "util/file.hpp"

#include <iostream>
#include <string_view>

int main(int count, char** arguments) {
    using namespace oidcgen::util;
    if (count != 5) {
        std::cerr << "usage: write_plainly FILE no|yes owner|umask TEXT\n";
        return 2;
    }
    const auto overwrite = std::string_view(arguments[2]) == "yes" ? Overwrite::yes : Overwrite::no;
    const auto readable_by = std::string_view(arguments[3]) == "owner" ? ReadableBy::owner : ReadableBy::umask;
    const auto written = write_file(arguments[1], arguments[4], overwrite, readable_by);
    if (!written) {
        std::cerr << written.error().message.text() << '\n';
    }
    return written ? 0 : 1;
}
