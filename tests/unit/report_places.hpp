#pragma once

#include "document/reader.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

namespace oidcgen::test {

inline std::unique_ptr<document::Document> yaml(std::string text) {
    return document::read_document("a.yml", std::move(text), document::Dialect::go_yaml);
}

/// The first place of that text.
inline document::Place at(const document::Document& document, std::string_view what) {
    const auto start = document.source().text().find(what);
    REQUIRE(start != std::string_view::npos);
    return {&document, {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(start + what.size())}};
}

} // namespace oidcgen::test
