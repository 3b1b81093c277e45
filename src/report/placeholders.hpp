#pragma once

#include "report/report.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace oidcgen::report {

/// How many values are filled in later by placeholders with these marks.
struct MarkedValues {
    std::string marks; ///< as people write them (`${…}`); empty: fillers without marks
    std::size_t values = 0;
};

/// Of these values, by marks, in the order in which the marks occur. A value that has several counts with each.
[[nodiscard]] std::vector<MarkedValues> by_marks(const std::vector<const rule::NotChecked*>& values);

} // namespace oidcgen::report
