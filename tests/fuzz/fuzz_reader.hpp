#pragma once

#include "demand.hpp"
#include "document/document.hpp"
#include "document/reader.hpp"

#include <cstdint>
#include <string>

namespace oidcgen::fuzz {

/// Looks at everything that a cursor offers, down to a depth, and checks what must hold of every document.
inline void walk(const document::Document& document, const document::Cursor& cursor, int depth, int& left) {
    const auto size = document.source().text().size();
    const auto place = cursor.place();
    demand(place.span.start <= place.span.end && place.span.end <= size);
    demand(document.pointer(place.path).size() < (size + 32) * 64);
    static_cast<void>(document.source().position(place.span.start));
    if (cursor.is_scalar()) {
        static_cast<void>(cursor.scalar());
        return;
    }
    if (depth == 0) {
        return;
    }
    for (const auto& child : cursor.children()) {
        if (--left <= 0) {
            return;
        }
        if (cursor.is_mapping()) {
            demand(static_cast<bool>(cursor.find(child.key())));
            const auto key = child.key_place();
            demand(key.span.start <= key.span.end && key.span.end <= size);
        }
        walk(document, child, depth - 1, left);
    }
}

/// Reads the text and looks at all of it.
inline void read(std::string text, document::Dialect dialect, const document::Limits& limits) {
    constexpr int k_depth = 40;
    const auto document = document::read_document("fuzz", std::move(text), dialect, limits);
    const auto size = document->source().text().size();
    for (const auto& fault : document->faults()) {
        demand(fault.span.start <= fault.span.end && fault.span.end <= size);
        demand(!fault.message.empty());
    }
    int left = 20'000;
    if (const auto root = document->root()) {
        walk(*document, root, k_depth, left);
    }
}

} // namespace oidcgen::fuzz
