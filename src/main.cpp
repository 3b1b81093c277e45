#include "cli/run.hpp"
#include "report/redact.hpp"
#include "secret/process.hpp"
#include "util/file.hpp"
#include "util/terminal.hpp"
#include "util/wipe.hpp"

#include <clocale>
#include <csignal>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

int main(int count, char** arguments) {
    oidcgen::secret::keep_memory_private();
    std::signal(SIGXFSZ, SIG_IGN); // a limit on file sizes is an error of the write, which then takes the file away
    std::setlocale(LC_CTYPE, "C.UTF-8"); // names and messages are UTF-8 whatever the person's locale
    // What a command prints may hold a secret.
    std::basic_ostringstream<char, std::char_traits<char>, oidcgen::util::WipingAllocator<char>> out;
    oidcgen::cli::Streams streams{out, std::cerr, oidcgen::util::terminal_at(STDOUT_FILENO),
                                  oidcgen::util::terminal_at(STDERR_FILENO)};
    auto exit = oidcgen::cli::run(std::vector<std::string>(arguments + 1, arguments + count), streams);
    if (const auto text = out.view(); !text.empty()) {
        if (const auto written = oidcgen::util::write_stdout(text); !written) {
            std::cerr << "oidcgen: " << oidcgen::report::shown(written.error().message).text() << '\n';
            exit = 2;
        }
    }
    return exit;
}
