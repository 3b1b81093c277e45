#pragma once

#include "document/document.hpp"
#include "document/excerpt.hpp"
#include "lint/deployment.hpp"
#include "lint/lint.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace oidcgen::lint {

/// A file that has no settings and says how systems are run.
struct Beside {
    const document::Document* document = nullptr;
    std::string_view kind; ///< as in Deployment
};

/// Texts with settings, and what they were found in.
struct Unpacked {
    std::vector<Input> inputs;
    /// Documents that hold others; the excerpts of the inputs point into them.
    std::vector<std::unique_ptr<document::Document>> containers;
    /// Values in them that may hold secrets, whatever they are called: all of a Secret, and texts of several lines.
    std::vector<document::Place> secrets;
    Deployment deployment;
    rule::Findings findings; ///< about files that have no settings, or more than settings
    std::vector<Beside> beside;
};

/// Finds settings within other documents: in the values of ConfigMaps, Secrets (base64, too), templates of secrets,
/// patches, generators and Compose configs, in values of charts, and in each document of a stream. A text in which
/// nothing is found stays as it is.
[[nodiscard]] Unpacked unpack(const std::vector<Input>& inputs, const Options& options);

/// A program, an archive, a picture: text has no NUL bytes, except UTF-16, which begins with a byte order mark.
[[nodiscard]] bool is_binary(std::string_view text);

/// False for a text that has neither settings nor anything about containers, as far as words tell.
[[nodiscard]] bool is_worth_reading(std::string_view path, std::string_view text);

/// True for a file of a tool that has settings of others within its own, or beside them.
[[nodiscard]] bool is_of_another_tool(const document::Document& document);

} // namespace oidcgen::lint
