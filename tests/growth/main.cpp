// Counts what the program does for input that grows. Runs below callgrind, which counts instructions; the library code
// is among them. test_growth.py starts it and judges the numbers.
//
// usage: growth PART/PARTS FOLDER
//        growth CASE FOLDER
//        growth --self-check FOLDER
//
// Each case is run at n, 2n and 4n, with the report as text and, of `lint`, as JSON. For every run callgrind dumps its
// counters with the words `CASE N` as reason. Files are written below FOLDER.

#include "cases.hpp"
#include "cli/run.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <valgrind/callgrind.h>

namespace {

namespace fs = std::filesystem;
using oidcgen::growth::Case;
using oidcgen::growth::File;

constexpr std::array<std::size_t, 3> k_factors{1, 2, 4};

void begin_counting() { CALLGRIND_ZERO_STATS; }

void end_counting(const std::string& reason) { CALLGRIND_DUMP_STATS_AT(reason.c_str()); }

std::string numbered(std::string_view pattern, std::size_t number) {
    std::string result;
    for (const char byte : pattern) {
        if (byte == '@') {
            result += fmt::format("{}", number);
        } else {
            result += byte;
        }
    }
    return result;
}

std::string repeated(std::string_view pattern, std::size_t count) {
    std::string result;
    for (std::size_t number = 0; number < count; ++number) {
        result += numbered(pattern, number);
    }
    return result;
}

std::vector<std::string> write(const File& file, const fs::path& folder, std::size_t count) {
    std::vector<std::string> paths;
    const bool is_many = file.name.find('@') != std::string_view::npos;
    for (std::size_t number = 0; number < (is_many ? count : 1); ++number) {
        const auto path = folder / numbered(file.name, number);
        std::ofstream stream(path, std::ios::binary);
        if (is_many) {
            stream << file.above << numbered(file.head, number);
        } else {
            stream << file.above << file.head << repeated(file.first, count) << file.middle
                   << repeated(file.last, count) << file.tail;
        }
        paths.push_back(path.string());
    }
    return paths;
}

std::vector<std::string> arguments(const Case& it, const fs::path& folder, std::size_t count) {
    std::vector<std::string> result;
    std::istringstream words{std::string(it.command)};
    for (std::string word; words >> word;) {
        result.push_back(word);
    }
    for (const auto& file : it.files) {
        if (file.name.empty()) {
            continue;
        }
        if (&file == &it.files.back() && !it.second_option.empty()) {
            result.emplace_back(it.second_option);
        }
        std::ranges::copy(write(file, folder, count), std::back_inserter(result));
    }
    return result;
}

void count_case(const Case& it, const fs::path& folder) {
    for (const auto factor : k_factors) {
        const auto count = it.count * factor;
        fs::remove_all(folder);
        fs::create_directories(folder);
        const auto words = arguments(it, folder, count);
        const bool has_json = it.command.starts_with("lint") && !it.is_text_alone;
        std::ostringstream out;
        std::ostringstream err;
        oidcgen::cli::Streams streams{out, err};
        begin_counting();
        auto status = oidcgen::cli::run(words, streams);
        if (has_json) {
            auto json = words;
            json.insert(json.begin() + 1, {"--format", "json"});
            status = std::max(status, oidcgen::cli::run(json, streams));
        }
        end_counting(fmt::format("{} {}", it.name, count));
        fmt::print(std::cout, "{} {} status {} size {} {}\n", it.name, count, status, out.str().size(),
                   err.str().substr(0, err.str().find('\n')));
    }
}

void check_self() {
    constexpr std::size_t k_count = 1000;
    for (const std::string_view kind : {"linear", "quadratic"}) {
        for (const auto factor : k_factors) {
            begin_counting();
            volatile auto result = oidcgen::growth::work(kind, k_count * factor);
            static_cast<void>(result);
            end_counting(fmt::format("{} {}", kind, k_count * factor));
        }
    }
}

/// The cases that are meant: one of so many parts, or one by name.
std::vector<Case> chosen(std::string_view which) {
    std::vector<Case> result;
    std::size_t part = 0;
    std::size_t parts = 0;
    const auto slash = which.find('/');
    if (slash != std::string_view::npos) {
        std::from_chars(which.data(), which.data() + slash, part);
        std::from_chars(which.data() + slash + 1, which.data() + which.size(), parts);
    }
    std::size_t number = 0;
    for (const auto& it : oidcgen::growth::cases()) {
        const bool is_meant = parts == 0 ? it.name == which : number % parts + 1 == part;
        if (is_meant) {
            result.push_back(it);
        }
        ++number;
    }
    return result;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    if (words.size() != 2) {
        std::cerr << "usage: growth PART/PARTS|CASE|--self-check FOLDER\n";
        return EXIT_FAILURE;
    }
    if (words.front() == "--self-check") {
        check_self();
        return EXIT_SUCCESS;
    }
    const auto meant = chosen(words.front());
    for (const auto& it : meant) {
        count_case(it, fs::path(words.back()) / "files");
    }
    return meant.empty() ? EXIT_FAILURE : EXIT_SUCCESS;
}
