#include "cli/output.hpp"

#include <filesystem>
#include <system_error>

namespace oidcgen::cli {

void add_output(CLI::App& command, OutputOptions& options) {
    command.add_option("--output", options.path, "write to this file instead of standard output")
        ->type_name("FILE")
        ->check(
            [](const std::string& path) { return path.empty() ? std::string("the name is empty") : std::string(); });
    command.add_flag("--force", options.force, "replace an existing file");
}

util::Expected<void> write_output(const OutputOptions& options, std::string_view content, util::ReadableBy readable_by,
                                  Streams& streams) {
    if (options.path.empty() || options.path == "-") {
        streams.hand_over(content);
        return {};
    }
    return util::write_file(options.path, content, options.force ? util::Overwrite::yes : util::Overwrite::no,
                            readable_by);
}

} // namespace oidcgen::cli
