// usage: bench_lint OIDCGEN EMPTY PARSE
// CPU time of `OIDCGEN lint`: of a pair beside EMPTY, a program that does nothing; of files with 1,000 and 10,000
// clients beside PARSE, which reads the same file as libyaml's events and does nothing with them.

#include "process_time.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace {

using oidcgen::bench::compared;

constexpr double k_pair_budget = 2.0;  // milliseconds above the empty program
constexpr double k_parse_budget = 3.0; // times the bare parse

std::string client(int number) {
    return fmt::format(
        "      - client_id: 'client-{0}'\n"
        "        client_name: 'Client number {0}'\n"
        "        client_secret: '$pbkdf2-sha512$310000$MDEyMzQ1Njc4OWFiY2RlZg$WCkxc.kX2xBh7icZZMQMMDvuRb."
        "RzmEc16zSLVTJSQyd1fKBZjqxjCd1a76B0SPC0YIObf7X4ziAnWWBXcjLng'\n"
        "        public: false\n"
        "        authorization_policy: 'two_factor'\n"
        "        require_pkce: true\n"
        "        pkce_challenge_method: 'S256'\n"
        "        redirect_uris:\n"
        "          - 'https://photos{0}.example.com/auth/login'\n"
        "          - 'https://photos{0}.example.com/user-settings'\n"
        "          - 'app.immich:///oauth-callback'\n"
        "        scopes:\n"
        "          - 'openid'\n"
        "          - 'profile'\n"
        "          - 'email'\n"
        "        response_types:\n"
        "          - 'code'\n"
        "        grant_types:\n"
        "          - 'authorization_code'\n"
        "        access_token_signed_response_alg: 'none'\n"
        "        userinfo_signed_response_alg: 'none'\n"
        "        token_endpoint_auth_method: 'client_secret_basic'\n",
        number);
}

std::string write_clients(const std::filesystem::path& folder, int count) {
    const auto path = folder / fmt::format("clients-{}.yml", count);
    std::ofstream file(path);
    file << "identity_providers:\n  oidc:\n    clients:\n";
    for (int number = 0; number < count; ++number) {
        file << client(number);
    }
    return path.string();
}

std::string write_application(const std::filesystem::path& folder) {
    const auto path = folder / "immich.json";
    std::ofstream(path)
        << R"({"oauth": {"enabled": true, "issuerUrl": "https://auth.example.com", "clientId": "client-0",
  "clientSecret": "${SECRET}", "scope": "openid email profile", "tokenEndpointAuthMethod": "client_secret_basic"}})";
    return path.string();
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "usage: bench_lint OIDCGEN EMPTY PARSE\n");
        return 2;
    }
    const std::string oidcgen = argv[1];
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("oidcgen-bench-{}", ::getpid());
    std::filesystem::create_directory(folder);
    bool within = true;

    constexpr int k_pair_rounds = 200;
    const auto pair =
        compared({oidcgen, "lint", write_clients(folder, 1), write_application(folder)}, {argv[2]}, k_pair_rounds);
    fmt::print(
        "lint of a pair, CPU time, median of {}: {:.2f} ms, empty program {:.2f} ms, difference {:.2f} ms (budget "
        "{:.0f} ms)\n",
        k_pair_rounds, pair.first, pair.second, pair.first - pair.second, k_pair_budget);
    within = within && pair.first - pair.second <= k_pair_budget;

    for (const int count : {1000, 10000}) {
        constexpr int k_rounds = 9;
        const auto path = write_clients(folder, count);
        const auto times = compared({oidcgen, "lint", path}, {argv[3], path}, k_rounds);
        fmt::print("lint of {} clients, CPU time, median of {}: {:.1f} ms, bare parse {:.1f} ms, ratio {:.2f} (budget "
                   "{:.0f} at "
                   "10000)\n",
                   count, k_rounds, times.first, times.second, times.first / times.second, k_parse_budget);
        within = within && (count < 10000 || times.first <= k_parse_budget * times.second);
    }
    std::filesystem::remove_all(folder);
    return within ? 0 : 1;
}
