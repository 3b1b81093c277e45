// Reads a file through libyaml's event parser and does nothing with it: what lint's cost is compared with.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include <yaml.h>

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: bench_parse FILE\n", stderr);
        return 2;
    }
    std::ifstream file(arguments[1], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    bool done = false;
    while (!done) {
        yaml_event_t event;
        if (yaml_parser_parse(&parser, &event) == 0) {
            std::fputs("not readable\n", stderr);
            return 1;
        }
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return 0;
}
