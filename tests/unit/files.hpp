#pragma once

#include "util/error.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

namespace oidcgen::test {

/// A folder of mode 0700 for one test case.
class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "oidcgen-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        m_path = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(m_path); }

    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return m_path / name; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(m_path)) {
            found.push_back(entry.path().filename().string());
        }
        return found;
    }

  private:
    std::filesystem::path m_path;
};

/// A standard stream that goes elsewhere while this lives.
class Redirected {
  public:
    Redirected(int stream, int to)
        : m_stream(stream)
        , m_before(::dup(stream)) {
        ::dup2(to, stream);
    }
    Redirected(const Redirected&) = delete;
    Redirected& operator=(const Redirected&) = delete;
    ~Redirected() {
        ::dup2(m_before, m_stream);
        ::close(m_before);
    }

  private:
    int m_stream;
    int m_before;
};

inline void put(const std::filesystem::path& path, std::string_view content) {
    std::ofstream(path, std::ios::binary) << content;
}

/// True for an error whose message holds that text.
template <class T>
bool mentions(const util::Expected<T>& result, std::string_view text) {
    return !result && result.error().message.text().find(text) != std::string::npos;
}

} // namespace oidcgen::test
