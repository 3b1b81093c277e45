#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::toy {

/// A temporary folder, in which the program runs as long as this lives.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

  private:
    std::filesystem::path m_before;
    std::filesystem::path m_path;
};

/// What a run of the program left.
struct Run {
    int exit = 0;
    std::string out;
    std::string err;
};

[[nodiscard]] Run run(std::vector<std::string> arguments);

void write(const std::string& name, std::string_view text);
[[nodiscard]] std::string read(const std::string& name);

} // namespace oidcgen::toy
