#include "fuzz_reader.hpp"

#include <cstddef>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    oidcgen::fuzz::read(std::string(reinterpret_cast<const char*>(data), size), oidcgen::document::Dialect::json, {});
    return 0;
}
