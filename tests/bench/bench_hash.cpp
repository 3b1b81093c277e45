// usage: bench_hash OIDCGEN COMPRESS
// `OIDCGEN hash` as a whole process: CPU time of one digest beside that of its bare compressions and of OpenSSL's own
// PBKDF2 (which COMPRESS does), and how long eight digests take beside one.

#include "process_time.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <thread>

#include <unistd.h>

namespace {

using oidcgen::bench::compared;
using oidcgen::bench::cpu_time;

constexpr int k_rounds = 25;
constexpr double k_compression_budget = 1.15; // times the bare compressions
constexpr double k_eight_budget = 4.3;        // times one digest, on two processors

/// The shortest of many runs: whatever else the machine does can only add to it.
double shortest(const std::vector<std::string>& command) {
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < k_rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        static_cast<void>(cpu_time(command));
        best =
            std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: bench_hash OIDCGEN COMPRESS\n");
        return 2;
    }
    const std::string oidcgen = argv[1];
    const std::string compress = argv[2];
    const auto base = std::filesystem::temp_directory_path() / fmt::format("oidcgen-bench-{}", ::getpid());
    const auto one = base.string() + ".one";
    const auto eight = base.string() + ".eight";
    std::ofstream(one) << "q7-Rk2_vXp9.LmT4wZs8bd\n";
    for (int line = 0; line < 8; ++line) {
        std::ofstream(eight, std::ios::app) << "q7-Rk2_vXp9.LmT4wZs8bd\n";
    }

    const auto with_raw = compared({oidcgen, "hash", one}, {compress, "raw"}, k_rounds);
    const auto with_library = compared({oidcgen, "hash", one}, {compress, "library"}, k_rounds);
    const double ratio = with_raw.first / with_raw.second;
    fmt::print(
        "one digest, CPU time, median of {}: oidcgen {:.1f} ms, its compressions {:.1f} ms, ratio {:.3f} (budget "
        "{:.2f}); OpenSSL's own {:.1f} ms, {:.2f} times oidcgen\n",
        k_rounds, with_raw.first, with_raw.second, ratio, k_compression_budget, with_library.second,
        with_library.second / with_library.first);

    const double alone = shortest({oidcgen, "hash", one});
    const double together = shortest({oidcgen, "hash", "--each", eight});
    const double cpu = cpu_time({oidcgen, "hash", "--each", eight});
    fmt::print(
        "eight digests, shortest of {}: {:.1f} ms on {} processors, one {:.1f} ms, ratio {:.2f} (budget {:.1f} on "
        "two); CPU time {:.1f} ms\n",
        k_rounds, together, std::thread::hardware_concurrency(), alone, together / alone, k_eight_budget, cpu);
    std::filesystem::remove(one);
    std::filesystem::remove(eight);

    const bool enough_processors = std::thread::hardware_concurrency() >= 2;
    const bool met = ratio <= k_compression_budget && with_library.second > with_library.first &&
                     (!enough_processors || together / alone <= k_eight_budget);
    return met ? 0 : 1;
}
