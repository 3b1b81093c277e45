// Runs a fuzz target over the files given, so that what it once found stays found without a fuzzer.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
    for (int at = 1; at < count; ++at) {
        std::ifstream file(arguments[at], std::ios::binary);
        if (!file) {
            std::fprintf(stderr, "cannot read %s\n", arguments[at]);
            return 1;
        }
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    }
    std::printf("%d files read\n", count - 1);
    return count > 1 ? 0 : 1;
}
