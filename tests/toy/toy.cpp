#include "toy.hpp"

#include "cli/run.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include <doctest/doctest.h>

namespace oidcgen::toy {

Folder::Folder()
    : m_before(std::filesystem::current_path()) {
    auto path = (std::filesystem::temp_directory_path() / "oidcgen-toy-XXXXXX").string();
    REQUIRE(::mkdtemp(path.data()) != nullptr);
    m_path = path;
    std::filesystem::current_path(m_path);
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::current_path(m_before, ignored);
    std::filesystem::remove_all(m_path, ignored);
}

Run run(std::vector<std::string> arguments) {
    std::ostringstream out;
    std::ostringstream err;
    cli::Streams streams{out, err};
    const int exit = cli::run(std::move(arguments), streams);
    return {exit, out.str(), err.str()};
}

void write(const std::string& name, std::string_view text) {
    std::ofstream file(name, std::ios::binary);
    file << text;
    REQUIRE(file.flush().good());
}

std::string read(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace oidcgen::toy
