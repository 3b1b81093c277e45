#include "fuzz_reader.hpp"

#include <cstddef>

/// The first byte chooses whose YAML it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace oidcgen::document;
    if (size == 0) {
        return 0;
    }
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    Limits limits;
    limits.js_yaml = (data[0] & 2U) != 0 ? JsYaml::v4_1 : JsYaml::v4_2;
    oidcgen::fuzz::read(text, (data[0] & 1U) != 0 ? Dialect::js_yaml : Dialect::go_yaml, limits);
    return 0;
}
