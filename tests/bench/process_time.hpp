#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace oidcgen::bench {

inline double milliseconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

/// CPU time of one run in milliseconds, its output thrown away. Ends this program when the other one cannot be run, or
/// exits with more than 1.
inline double cpu_time(std::vector<std::string> command) {
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
    if (failure != 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        fmt::print(stderr, "{} does not run\n", command.front());
        std::exit(2);
    }
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

inline double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Medians of two commands that run in turn, so that whatever else the machine does falls on both alike.
struct Pair {
    double first = 0;
    double second = 0;
};

inline Pair compared(const std::vector<std::string>& first, const std::vector<std::string>& second, int rounds) {
    std::vector<double> of_first;
    std::vector<double> of_second;
    for (int round = 0; round < rounds; ++round) {
        of_first.push_back(cpu_time(first));
        of_second.push_back(cpu_time(second));
    }
    return {median(of_first), median(of_second)};
}

} // namespace oidcgen::bench
