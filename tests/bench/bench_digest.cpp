// One digest against its raw compressions and against OpenSSL's own PBKDF2, and many digests over all processors.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "secret/digest.hpp"
#include "secret/pbkdf2.hpp"

#include <benchmark/benchmark.h>
#include <openssl/sha.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace {

using namespace oidcgen::secret;

constexpr std::string_view k_secret = "a secret that is made of seventy-two characters, as the guide proposes..";
constexpr std::string_view k_salt = "sixteen bytes of";

void one_digest(benchmark::State& state) {
    const Secret secret(k_secret);
    for (auto _ : state) {
        benchmark::DoNotOptimize(make_digest(secret));
    }
}

void raw_compressions(benchmark::State& state) {
    SHA512_CTX context{};
    SHA512_Init(&context);
    std::array<unsigned char, SHA512_CBLOCK> block{};
    for (auto _ : state) {
        for (std::uint32_t i = 0; i < 2 * k_default_iterations; ++i) {
            SHA512_Transform(&context, block.data());
        }
        benchmark::DoNotOptimize(context);
    }
}

void library(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            pbkdf2_of_library(Hash::sha512, k_secret, k_salt, k_default_iterations, hash_bytes(Hash::sha512)));
    }
}

void eight_digests(benchmark::State& state) {
    std::vector<Secret> secrets;
    for (std::size_t i = 0; i < 8; ++i) {
        secrets.emplace_back(k_secret);
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(make_digests(secrets));
    }
}

} // namespace

BENCHMARK(one_digest)->Unit(benchmark::kMillisecond);
BENCHMARK(raw_compressions)->Unit(benchmark::kMillisecond);
BENCHMARK(library)->Unit(benchmark::kMillisecond);
BENCHMARK(eight_digests)->Unit(benchmark::kMillisecond)->UseRealTime();

BENCHMARK_MAIN();
