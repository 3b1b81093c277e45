#include "util/wipe.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen::util;

TEST_CASE("wipe: nothing of the text is left in its memory") {
    std::string text(100, 'v');
    text.resize(60);
    const char* const place = text.data();
    const std::size_t reserved = text.capacity();
    wipe(text);
    CHECK(text.empty());
    REQUIRE(text.data() == place);
    REQUIRE(text.capacity() == reserved);
    CHECK(std::all_of(place, place + reserved, [](char byte) { return byte == '\0'; }));

    std::string small = "velvet";
    wipe(small);
    CHECK(small.empty());
}

TEST_CASE("WipingAllocator: serves strings and streams") {
    std::basic_ostringstream<char, std::char_traits<char>, WipingAllocator<char>> out;
    for (int i = 0; i < 1000; ++i) {
        out << "velvet ";
    }
    CHECK(out.view().size() == 7000);
    std::vector<int, WipingAllocator<int>> numbers{1, 2, 3};
    numbers.resize(1000);
    CHECK(numbers.front() == 1);
}
