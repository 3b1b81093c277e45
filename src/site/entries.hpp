#pragma once

#include "document/document.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::site {

/// Something wrong with the site description, at a place in its file, or with a flag.
struct Problem {
    std::string message; ///< lower case, no full stop
    std::string help;    ///< what to do; may be empty
    document::Place place{};
    std::string flag; ///< `--domain`, when the value came from there
};

/// One value as it was written, without the white space around it.
struct Entry {
    std::string text;
    document::Place place{};
    std::string flag;
};

/// The values of each field that was given; one per item of a list.
using Entries = std::map<std::string, std::vector<Entry>, std::less<>>;

/// The fields of a site file. A value is taken as it is written: `client_id: 0123` means the four characters.
/// Everything wrong with the text itself goes to `problems`: syntax, unknown and repeated fields, values that are no
/// text.
[[nodiscard]] Entries read_entries(const document::Document& document, std::vector<Problem>& problems);

/// A value from a flag replaces the field's values from the file.
void set_from_flag(Entries& entries, std::string_view field, std::string_view flag,
                   const std::vector<std::string>& values);

} // namespace oidcgen::site
