#include "lang/cel/types.hpp"

#include <algorithm>
#include <utility>

namespace oidcgen::lang::cel {

std::string described(const Type& type) {
    switch (type.kind) {
    case Kind::null:
        return "null";
    case Kind::boolean:
        return "a bool";
    case Kind::integer:
        return "an int";
    case Kind::unsigned_integer:
        return "a uint";
    case Kind::floating:
        return "a double";
    case Kind::text:
        return "a string";
    case Kind::bytes:
        return "bytes";
    case Kind::list:
        return "a list";
    case Kind::map:
        return "a map";
    case Kind::unknown:
        break;
    }
    return "a value";
}

bool fits(const Type& one, const Type& other) {
    if (one.kind == Kind::unknown || other.kind == Kind::unknown) {
        return true;
    }
    if (one.kind != other.kind || one.of.size() != other.of.size()) {
        return false;
    }
    return std::equal(one.of.begin(), one.of.end(), other.of.begin(), fits);
}

bool may_be_nameless(const Type& type) { return type.kind == Kind::unknown || type.kind == Kind::null; }

bool is_number(Kind kind) { return kind == Kind::integer || kind == Kind::unsigned_integer || kind == Kind::floating; }

Type common(const Type& one, const Type& other) { return one == other ? one : Type{}; }

Type list_of(Type item) { return {Kind::list, {std::move(item)}}; }

} // namespace oidcgen::lang::cel
