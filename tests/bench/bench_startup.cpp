// usage: bench_startup OIDCGEN EMPTY
// CPU time of `OIDCGEN --version` beside that of EMPTY, a program that does nothing and starts with the same libraries.

#include "process_time.hpp"

int main(int argc, char** argv) {
    constexpr int k_rounds = 400;
    constexpr double k_budget = 2.0; // milliseconds above the empty program
    if (argc != 3) {
        fmt::print(stderr, "usage: bench_startup OIDCGEN EMPTY\n");
        return 2;
    }
    const auto times = oidcgen::bench::compared({argv[1], "--version"}, {argv[2]}, k_rounds);
    const double above = times.first - times.second;
    fmt::print("start-up, CPU time, median of {}: oidcgen {:.2f} ms, empty program {:.2f} ms, "
               "ratio {:.2f}, difference {:.2f} ms (budget {:.0f} ms)\n",
               k_rounds, times.first, times.second, times.first / times.second, above, k_budget);
    return above <= k_budget ? 0 : 1;
}
