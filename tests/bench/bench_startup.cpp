// usage: bench_startup OIDCGEN EMPTY
// CPU time of `OIDCGEN --version` beside that of EMPTY, a program that does nothing and starts with the same libraries.
// Both are started in turn, so that whatever else the machine does falls on both alike.

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace {

constexpr int k_rounds = 400;
constexpr double k_budget = 2.0; // milliseconds above the empty program

double milliseconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

/// CPU time of one run in milliseconds. Ends this program when the other one cannot be run or fails.
double cpu_time(std::vector<std::string> command) {
    std::vector<char*> arguments;
    for (std::string& word : command) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    std::array<char*, 1> no_environment{nullptr};
    pid_t child = 0;
    const int failure =
        posix_spawn(&child, command.front().c_str(), &actions, nullptr, arguments.data(), no_environment.data());
    posix_spawn_file_actions_destroy(&actions);

    int status = 0;
    rusage usage{};
    if (failure != 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fmt::print(stderr, "bench_startup: {} does not run\n", command.front());
        std::exit(2);
    }
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: bench_startup OIDCGEN EMPTY\n");
        return 2;
    }
    std::vector<double> program;
    std::vector<double> empty;
    for (int round = 0; round < k_rounds; ++round) {
        program.push_back(cpu_time({argv[1], "--version"}));
        empty.push_back(cpu_time({argv[2]}));
    }
    const double above = median(program) - median(empty);
    fmt::print("start-up, CPU time, median of {}: oidcgen {:.2f} ms, empty program {:.2f} ms, "
               "ratio {:.2f}, difference {:.2f} ms (budget {:.0f} ms)\n",
               k_rounds, median(program), median(empty), median(program) / median(empty), above, k_budget);
    return above <= k_budget ? 0 : 1;
}
