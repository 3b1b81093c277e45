// Runs the program's commands one after the other in one process, for tests that run hundreds of them: under sanitizers
// a process start costs more than most commands. What a process of its own has more (main, the terminal, signals) is
// tested by the cases of commands and by the tests that start it.
//
// A request on standard input is a list of texts, each as `LENGTH LF BYTES`: the folder, what stands on standard input,
// the number of arguments, the arguments, and the environment as `NAME=VALUE`; before them their number and LF. The
// answer has three texts of that form: the exit status, standard output, standard error. Ends with its input.

#include "cli/run.hpp"

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

namespace {

std::optional<std::size_t> read_number(std::FILE* from) {
    std::size_t number = 0;
    if (std::fscanf(from, "%zu", &number) != 1) {
        return std::nullopt;
    }
    return std::fgetc(from) == '\n' ? std::optional(number) : std::nullopt;
}

std::string read_text(std::FILE* from) {
    const auto size = read_number(from);
    std::string text(size.value_or(0), '\0');
    if (!size || std::fread(text.data(), 1, text.size(), from) != text.size()) {
        throw std::runtime_error("the request is cut off");
    }
    return text;
}

void write_text(const std::string& text) { std::cout << text.size() << '\n' << text; }

void set_stdin(const std::string& text) {
    const int file = ::memfd_create("stdin", MFD_CLOEXEC);
    if (file < 0 || ::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        ::lseek(file, 0, SEEK_SET) != 0 || ::dup2(file, STDIN_FILENO) < 0) {
        throw std::runtime_error("no standard input");
    }
    ::close(file);
}

/// Keeps the texts of the environment, which `putenv` points to.
void set_environment(std::vector<std::string>& variables) {
    ::clearenv();
    for (auto& variable : variables) {
        ::putenv(variable.data());
    }
}

void run_one(std::FILE* requests, std::size_t count) {
    std::filesystem::current_path(read_text(requests));
    set_stdin(read_text(requests));
    const auto arguments_count = std::stoul(read_text(requests));
    std::vector<std::string> arguments;
    static std::vector<std::string> environment;
    std::vector<std::string> variables;
    for (std::size_t at = 3; at < count; ++at) {
        (arguments.size() < arguments_count ? arguments : variables).push_back(read_text(requests));
    }
    set_environment(variables);
    environment = std::move(variables);

    std::ostringstream out;
    std::ostringstream err;
    oidcgen::cli::Streams streams{out, err};
    const auto exit = oidcgen::cli::run(std::move(arguments), streams);
    write_text(std::to_string(exit));
    write_text(out.str());
    write_text(err.str());
    std::cout.flush();
}

} // namespace

int main() {
    std::setlocale(LC_CTYPE, "C.UTF-8"); // as in the program
    std::FILE* const requests = ::fdopen(::dup(STDIN_FILENO), "rb");
    try {
        while (const auto count = read_number(requests)) {
            run_one(requests, *count);
        }
    } catch (const std::exception& error) {
        std::cerr << "run_many: " << error.what() << '\n';
        return 1;
    }
    std::fclose(requests);
    return 0;
}
