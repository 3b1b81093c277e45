#pragma once

#include "lang/js/lodash.hpp"
#include "lang/js/value.hpp"
#include "oidc/system.hpp"

#include <optional>
#include <string_view>

namespace oidcgen::apps::immich {

namespace js = lang::js;
using JsValue = js::Value;
using js::Path;

inline constexpr std::string_view k_oauth = "oauth";

/// How a document is taken to hold Immich's settings.
enum class Form : std::uint8_t {
    sections,     ///< as Immich reads it: sections, `oauth` among them or not
    bare_section, ///< the content of the `oauth` section alone, as if it stood below that name
};

/// How a release puts a file over its defaults.
enum class Loader : std::uint8_t {
    known_keys, ///< looks up each setting that it knows; the rest is unknown
    leaves,     ///< sets each value of the file by its path; an object itself is not a value
};

/// Immich's settings after a document was read: its values over the defaults of the version.
struct Settings {
    const document::Document* document = nullptr;
    util::Version version;
    oidc::Use use = oidc::Use::file;
    oidc::Placeholders placeholders = oidc::Placeholders::recognised;
    Form form = Form::sections;
    Loader loader = Loader::leaves;
    JsValue written; ///< the document as written
    JsValue values;  ///< an object with a member for each section
    JsValue unknown; ///< what is left without all that the version knows

    /// A setting's value; null when its section is not an object, or the setting is missing in an import.
    [[nodiscard]] const JsValue* find(std::string_view section, std::string_view key) const;
    /// The place of a setting: its value, or where it should stand.
    [[nodiscard]] document::Place place(std::string_view section, std::string_view key) const;
    [[nodiscard]] document::Place section_place(std::string_view section) const;
    /// The pointer of a path below the root.
    [[nodiscard]] document::PathId path(const Path& path) const;
    /// True for a placeholder in that setting, of which nothing is known.
    [[nodiscard]] bool is_unknown(std::string_view key, const JsValue& value) const;
};

/// Reads a document as Immich of that version does when it starts (a file) or when an admin imports it.
[[nodiscard]] Settings read_settings(const document::Document& document, const oidc::InspectOptions& options,
                                     Form form = Form::sections);

/// True for what looks like the content of the `oauth` section alone. Immich makes nothing of that.
[[nodiscard]] bool is_bare_section(const Settings& settings);

/// With the values that Immich works with once it has taken them: texts made booleans, and after an import the defaults
/// of what was empty.
[[nodiscard]] Settings taken(Settings settings);

/// The default of a setting as a value.
[[nodiscard]] JsValue default_value(const oidc::Key& key);

} // namespace oidcgen::apps::immich
