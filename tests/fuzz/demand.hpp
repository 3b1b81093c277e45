#pragma once

#include "util/words.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace oidcgen::fuzz {

/// Stops the fuzzer at an input for which something does not hold that must.
inline void demand(bool condition, const char* what = "a property of every input") {
    if (!condition) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Messages never repeat what they are about; a short text may be in one by accident.
inline void demand_not_repeated(std::string_view message, std::string_view text) {
    constexpr std::size_t k_no_accident = 40;
    demand(!message.empty(), "a refusal says why");
    demand(text.size() < k_no_accident || message.find(text) == std::string_view::npos, "a message holds no input");
}

/// The same of a sentence that knows what of it came from outside.
inline void demand_not_repeated(const util::Words& message, std::string_view text) {
    constexpr std::size_t k_no_accident = 40;
    demand(!message.empty(), "a refusal says why");
    for (const auto& part : message.outside()) {
        demand(text.size() < k_no_accident || message.raw(part).find(text) == std::string_view::npos,
               "a message holds no input");
    }
}

} // namespace oidcgen::fuzz
