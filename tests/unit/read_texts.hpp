#pragma once

#include "document/reader.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

namespace oidcgen::test {

using document::Cursor;
using document::Dialect;
using document::Document;
using document::Fault;
using document::JsYaml;
using document::Limits;
using document::Place;
using document::Position;
using document::read_document;

inline std::unique_ptr<Document> read(std::string text, Dialect dialect, const Limits& limits = {}) {
    return read_document("file", std::move(text), dialect, limits);
}

inline std::unique_ptr<Document> go(std::string text) { return read(std::move(text), Dialect::go_yaml); }

inline std::unique_ptr<Document> js(std::string text, JsYaml js_yaml = JsYaml::v4_2) {
    Limits limits;
    limits.js_yaml = js_yaml;
    return read(std::move(text), Dialect::js_yaml, limits);
}

inline std::unique_ptr<Document> json(std::string text) { return read(std::move(text), Dialect::json); }

inline std::string_view written(const Cursor& cursor) {
    const Place place = cursor.place();
    return place.document->source().text(place.span);
}

/// The kinds of all faults, `!` in front of fatal ones.
inline std::string faults(const Document& document) {
    constexpr std::string_view k_names[] = {
        "too_large",     "nul_byte",      "encoding",          "syntax",    "template_syntax",
        "duplicate_key", "unknown_alias", "cyclic_alias",      "bad_merge", "bad_key",
        "bad_tag",       "bad_directive", "several_documents", "too_deep",  "too_many_aliases",
    };
    std::string result;
    for (const Fault& fault : document.faults()) {
        result += result.empty() ? "" : " ";
        result += fault.fatal ? "!" : "";
        result += k_names[static_cast<std::size_t>(fault.kind)];
    }
    return result;
}

/// `line:column` and the text of the first fault.
inline std::string first_place(const Document& document) {
    REQUIRE_FALSE(document.faults().empty());
    const Fault& fault = document.faults().front();
    const Position position = document.source().position(fault.span.start);
    return std::to_string(position.line) + ":" + std::to_string(position.column) + " " +
           std::string(document.source().text(fault.span));
}

inline std::string repeated(std::string_view text, std::size_t count) {
    std::string result;
    result.reserve(text.size() * count);
    for (std::size_t index = 0; index < count; ++index) {
        result += text;
    }
    return result;
}

} // namespace oidcgen::test
