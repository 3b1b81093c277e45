#include "lang/cel/functions.hpp"

#include <array>

namespace oidcgen::lang::cel {

namespace {

using namespace std::string_view_literals;

/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions and
/// https://github.com/google/cel-go/tree/master/ext
constexpr std::array k_overloads{Overload{"size", false, "t", 'i'},        Overload{"size", false, "y", 'i'},
                                 Overload{"size", false, "l", 'i'},        Overload{"size", false, "m", 'i'},
                                 Overload{"size", true, "t", 'i'},         Overload{"size", true, "y", 'i'},
                                 Overload{"size", true, "l", 'i'},         Overload{"size", true, "m", 'i'},
                                 Overload{"contains", true, "tt", 'b'},    Overload{"startsWith", true, "tt", 'b'},
                                 Overload{"endsWith", true, "tt", 'b'},    Overload{"matches", true, "tt", 'b'},
                                 Overload{"matches", false, "tt", 'b'},    Overload{"int", false, "i", 'i'},
                                 Overload{"int", false, "u", 'i'},         Overload{"int", false, "d", 'i'},
                                 Overload{"int", false, "t", 'i'},         Overload{"int", false, "?", 'i'},
                                 Overload{"uint", false, "i", 'u'},        Overload{"uint", false, "u", 'u'},
                                 Overload{"uint", false, "d", 'u'},        Overload{"uint", false, "t", 'u'},
                                 Overload{"double", false, "i", 'd'},      Overload{"double", false, "u", 'd'},
                                 Overload{"double", false, "d", 'd'},      Overload{"double", false, "t", 'd'},
                                 Overload{"bool", false, "b", 'b'},        Overload{"bool", false, "t", 'b'},
                                 Overload{"string", false, "t", 't'},      Overload{"string", false, "b", 't'},
                                 Overload{"string", false, "y", 't'},      Overload{"string", false, "i", 't'},
                                 Overload{"string", false, "u", 't'},      Overload{"string", false, "d", 't'},
                                 Overload{"string", false, "?", 't'},      Overload{"bytes", false, "y", 'y'},
                                 Overload{"bytes", false, "t", 'y'},       Overload{"dyn", false, "*", '*'},
                                 Overload{"type", false, "*", '*'},        Overload{"duration", false, "t", '?'},
                                 Overload{"duration", false, "i", '?'},    Overload{"duration", false, "?", '?'},
                                 Overload{"timestamp", false, "t", '?'},   Overload{"timestamp", false, "i", '?'},
                                 Overload{"timestamp", false, "?", '?'},   Overload{"charAt", true, "ti", 't'},
                                 Overload{"indexOf", true, "tt", 'i'},     Overload{"indexOf", true, "tti", 'i'},
                                 Overload{"lastIndexOf", true, "tt", 'i'}, Overload{"lastIndexOf", true, "tti", 'i'},
                                 Overload{"join", true, "L", 't'},         Overload{"join", true, "Lt", 't'},
                                 Overload{"lowerAscii", true, "t", 't'},   Overload{"upperAscii", true, "t", 't'},
                                 Overload{"replace", true, "ttt", 't'},    Overload{"replace", true, "ttti", 't'},
                                 Overload{"split", true, "tt", 'L'},       Overload{"split", true, "tti", 'L'},
                                 Overload{"substring", true, "ti", 't'},   Overload{"substring", true, "tii", 't'},
                                 Overload{"trim", true, "t", 't'}};

constexpr std::array k_others{
    "getDate"sv, "getDayOfMonth"sv, "getDayOfWeek"sv, "getDayOfYear"sv, "getFullYear"sv, "getHours"sv,
    "getMilliseconds"sv, "getMinutes"sv, "getMonth"sv, "getSeconds"sv, "distinct"sv, "first"sv, "flatten"sv, "format"sv,
    "hasValue"sv, "last"sv, "or"sv, "orValue"sv, "reverse"sv, "slice"sv, "sort"sv, "unwrapOpt"sv, "value"sv,
    // macros
    "all"sv, "exists"sv, "exists_one"sv, "existsOne"sv, "filter"sv, "has"sv, "map"sv, "optFlatMap"sv, "optMap"sv,
    "sortBy"sv, "transformList"sv, "transformMap"sv, "transformMapEntry"sv};

constexpr std::array k_libraries{"base64"sv, "cel"sv,   "lists"sv, "math"sv,   "optional"sv,
                                 "proto"sv,  "regex"sv, "sets"sv,  "strings"sv};

constexpr std::array k_types{"bool"sv,      "bytes"sv,  "double"sv, "dyn"sv,  "int"sv,    "list"sv,         "map"sv,
                             "null_type"sv, "string"sv, "type"sv,   "uint"sv, "google"sv, "optional_type"sv};

} // namespace

std::span<const Overload> overloads() { return k_overloads; }
std::span<const std::string_view> other_functions() { return k_others; }
std::span<const std::string_view> libraries() { return k_libraries; }
std::span<const std::string_view> type_names() { return k_types; }

Type type_of(char letter) {
    switch (letter) {
    case 't':
        return {Kind::text};
    case 'i':
        return {Kind::integer};
    case 'u':
        return {Kind::unsigned_integer};
    case 'd':
        return {Kind::floating};
    case 'b':
        return {Kind::boolean};
    case 'y':
        return {Kind::bytes};
    case 'l':
        return {Kind::list, {Type{}}};
    case 'L':
        return {Kind::list, {Type{Kind::text}}};
    case 'm':
        return {Kind::map, {Type{}, Type{}}};
    default:
        return {};
    }
}

} // namespace oidcgen::lang::cel
