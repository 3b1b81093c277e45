#include "apps/immich/settings.hpp"

#include "apps/immich/booleans.hpp"
#include "apps/immich/keys.hpp"
#include "apps/immich/sections.hpp"
#include "document/placeholder.hpp"
#include "util/assert.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <system_error>
#include <utility>

namespace oidcgen::apps::immich {

namespace {

using Type = JsValue::Type;

/// https://github.com/immich-app/immich/pull/9517 changed how a file is read.
constexpr util::VersionRange k_looks_up{{}, {1, 106, 0}};

/// Before, getKeysDeep in server/src/utils/misc.ts looked for settings below dates, and found none.
constexpr util::VersionRange k_skips_dates{{}, {1, 110, 0}};

JsValue make_object() {
    JsValue result;
    result.type = Type::object;
    return result;
}

/// The settings of a fresh installation: of sections that have nothing to do with logins, only that they are there.
JsValue defaults(const util::Version& version) {
    JsValue result = make_object();
    for (const auto& section : sections()) {
        if (!section.versions.holds(version)) {
            continue;
        }
        JsValue& members = result.add_member(section.name);
        members.type = Type::object;
        for (const auto& key : section.keys) {
            if (key.versions.holds(version)) {
                members.add_member(key.path) = default_value(key);
            }
        }
    }
    return result;
}

/// Immich asks lodash for the value at the joined path, which takes a name with dots at the top level for the path.
const JsValue* value_of(const js::Leaf& leaf, const JsValue& written, bool has_dotted_names) {
    if (has_dotted_names && written.is(Type::object)) {
        if (const JsValue* dotted = written.member(js::joined(leaf.steps))) {
            return dotted;
        }
    }
    return leaf.is_plain() ? leaf.value : js::get(written, leaf.path());
}

/// Sections and their objects stand where the document has them.
void adopt_places(JsValue& values, const JsValue& written) {
    for (std::size_t at = 0; at < written.names.size(); ++at) {
        JsValue* value = written.values[at].is(Type::object) ? values.member(written.names[at]) : nullptr;
        if (value != nullptr && value->is(Type::object)) {
            value->is_given = true;
            value->span = written.values[at].span;
            value->key_span = written.values[at].key_span;
            adopt_places(*value, written.values[at]);
        }
    }
}

/// server/src/utils/config.ts: each leaf of the file is set in a copy of the defaults.
void overlay(JsValue& values, const JsValue& written, const util::Version& version) {
    const bool has_dotted_names = std::any_of(written.names.begin(), written.names.end(), js::is_property_path);
    std::size_t room = js::k_room;
    const js::Dates dates = k_skips_dates.holds(version) ? js::Dates::empty_objects : js::Dates::values;
    js::for_each_leaf(written, dates, [&](const js::Leaf& leaf) {
        const JsValue* value = value_of(leaf, written, has_dotted_names);
        JsValue nothing;
        nothing.span = leaf.value->span;
        nothing.key_span = leaf.value->key_span;
        js::set(values, leaf.path(), value == nullptr ? nothing : *value, room);
    });
    adopt_places(values, written);
}

Path path_below(const Section& section, std::string_view names) {
    Path result;
    result.emplace_back(section.name);
    for (const std::string_view name : util::split(names, '.')) {
        result.emplace_back(name);
    }
    return result;
}

/// Calls `visit` with the path of everything that the version knows.
template <class Visit>
void for_each_known(const util::Version& version, Visit visit) {
    for (const auto& section : sections()) {
        if (!section.versions.holds(version)) {
            continue;
        }
        for (const auto& key : section.keys) {
            if (key.versions.holds(version)) {
                visit(path_below(section, key.path));
            }
        }
        for (const auto& name : section.names) {
            if (name.versions.holds(version)) {
                visit(path_below(section, name.path));
            }
        }
    }
}

JsValue without_known(const JsValue& values, const util::Version& version) {
    JsValue result = values;
    for_each_known(version, [&](Path path) { js::unset_deep(result, std::move(path)); });
    return result;
}

/// Until 1.105: each known setting is looked up in the file by its path, and taken out of it. Returns what is left.
JsValue look_up(JsValue& values, const JsValue& written, const util::Version& version) {
    JsValue rest = written.is(Type::object) ? written : make_object();
    std::size_t room = js::k_room;
    for_each_known(version, [&](const Path& path) {
        const std::string name = js::joined(path);
        const JsValue* dotted = rest.member(name);
        const JsValue* value = dotted != nullptr ? dotted : js::get(rest, path);
        if (value != nullptr && find_section(path.front())->names.empty()) {
            js::set(values, path, *value, room);
        }
        if (dotted != nullptr) {
            rest.remove_member(name);
        } else {
            js::unset_deep(rest, path);
        }
    });
    adopt_places(values, written);
    return rest;
}

/// JSON has no word for numbers beyond a double: on their way to the server they become null.
void send_as_json(JsValue& value) {
    if (value.is(Type::number) && !std::isfinite(value.number)) {
        value.type = Type::null;
    }
    std::ranges::for_each(value.items, send_as_json);
    std::ranges::for_each(value.values, send_as_json);
}

/// web/src: `{...config, ...JSON.parse(text)}`, of which the server keeps what it knows.
void replace_sections(JsValue& values, const JsValue& written) {
    for (std::size_t at = 0; at < written.names.size(); ++at) {
        JsValue& section = values.add_member(written.names[at]);
        section = written.values[at];
        send_as_json(section);
    }
}

/// The server stores what is none of these: updateConfig in server/src/utils/config.ts.
bool is_unset(const JsValue& value) {
    return value.is(Type::undefined) || value.is(Type::null) || (value.is(Type::text) && value.text.empty());
}

document::PlaceholderUse use_of(std::string_view key) {
    constexpr std::array<std::string_view, 6> k_fillable{"accountManagementUrl", "clientSecret", "endSessionEndpoint",
                                                         "externalDomain",       "issuerUrl",    "mobileRedirectUri"};
    return std::find(k_fillable.begin(), k_fillable.end(), key) != k_fillable.end()
               ? document::PlaceholderUse::secret_or_address
               : document::PlaceholderUse::identifier;
}

} // namespace

JsValue default_value(const oidc::Key& key) {
    JsValue result;
    const std::string_view literal = key.default_value;
    if (literal == "null") {
        result.type = Type::null;
    } else if (literal == "true" || literal == "false") {
        result.type = Type::boolean;
        result.boolean = literal == "true";
    } else if (literal.starts_with('"')) {
        result.type = Type::text;
        result.text = literal.substr(1, literal.size() - 2);
    } else {
        int number = 0;
        const auto [end, error] = std::from_chars(literal.data(), literal.data() + literal.size(), number);
        OIDCGEN_ASSERT(error == std::errc() && end == literal.data() + literal.size());
        result.type = Type::number;
        result.number = number;
    }
    return result;
}

const JsValue* Settings::find(std::string_view section, std::string_view key) const {
    const JsValue* members = values.member(section);
    return members == nullptr || !members->is(Type::object) ? nullptr : members->member(key);
}

document::Place Settings::section_place(std::string_view section) const {
    const JsValue* members = values.member(section);
    const document::PathId place = path({std::string(section)});
    if (members != nullptr && members->is_given) {
        return {document, members->span, place};
    }
    document::Place result = document->root().missing(section);
    result.document = document;
    result.path = place;
    result.kind = document::PlaceKind::missing;
    return result;
}

document::Place Settings::place(std::string_view section, std::string_view key) const {
    const document::PathId place = path({std::string(section), std::string(key)});
    const JsValue* value = find(section, key);
    if (value != nullptr && value->is_given) {
        return {document, value->span, place};
    }
    document::Place result = section_place(section);
    const JsValue* members = values.member(section);
    if (members != nullptr && members->is_given) {
        result.span = members->key_span;
    }
    result.path = place;
    result.kind = document::PlaceKind::missing;
    return result;
}

document::PathId Settings::path(const Path& path) const {
    document::PathId result = document::k_root_path;
    std::size_t step = form == Form::bare_section && !path.empty() && path.front() == k_oauth ? 1 : 0;
    for (; step < path.size(); ++step) {
        result = result.child(path[step]);
    }
    return result;
}

bool Settings::is_unknown(std::string_view key, const JsValue& value) const {
    return value.is(Type::unknown) ||
           (value.is(Type::text) && value.is_given && placeholders == oidc::Placeholders::recognised &&
            document::is_placeholder(value.text, use_of(key)));
}

Settings read_settings(const document::Document& document, const oidc::InspectOptions& options, Form form) {
    Settings result;
    result.document = &document;
    result.version = options.version;
    result.use = options.use;
    result.placeholders = options.placeholders;
    result.form = form;
    result.written = js::to_js(document.root(), options.placeholders == oidc::Placeholders::recognised
                                                    ? js::TemplateActions::unknown
                                                    : js::TemplateActions::literal);
    if (form == Form::bare_section) {
        JsValue root = make_object();
        root.add_member(k_oauth) = std::move(result.written);
        result.written = std::move(root);
    }
    result.values = defaults(options.version);
    if (options.use == oidc::Use::file && k_looks_up.holds(options.version)) {
        result.loader = Loader::known_keys;
        result.unknown = look_up(result.values, result.written, options.version);
        return result;
    }
    if (options.use == oidc::Use::import) {
        replace_sections(result.values, result.written);
    } else {
        overlay(result.values, result.written, options.version);
    }
    result.unknown = without_known(result.values, options.version);
    return result;
}

bool is_bare_section(const Settings& settings) {
    const JsValue& root = settings.written;
    if (!root.is(Type::object) || root.member(k_oauth) != nullptr) {
        return false;
    }
    constexpr std::array<std::string_view, 3> k_telling{"issuerUrl", "clientId", "clientSecret"};
    return std::count_if(k_telling.begin(), k_telling.end(),
                         [&](std::string_view name) { return root.member(name) != nullptr; }) >= 2;
}

Settings taken(Settings settings) {
    const bool is_import = settings.use == oidc::Use::import;
    const BooleanTexts texts = boolean_texts(settings.version);
    const bool converts = texts == BooleanTexts::converted || (is_import && texts != BooleanTexts::refused);
    for (const auto& section : sections()) {
        JsValue* members = settings.values.member(section.name);
        if (members == nullptr || !members->is(Type::object)) {
            continue;
        }
        for (const auto& key : section.keys) {
            JsValue* value = members->member(key.path);
            if (!key.versions.holds(settings.version) || (value == nullptr && !is_import)) {
                continue;
            }
            if (value == nullptr) {
                members->add_member(key.path) = default_value(key);
                continue;
            }
            const auto boolean =
                key.type == oidc::ValueType::boolean ? to_boolean(*value, settings.version) : std::nullopt;
            if (boolean && converts) {
                value->type = Type::boolean;
                value->boolean = *boolean;
                value->items.clear();
            }
            if (is_import && is_unset(*value)) {
                const JsValue otherwise = default_value(key);
                value->type = otherwise.type;
                value->text = otherwise.text;
                value->number = otherwise.number;
            }
        }
    }
    return settings;
}

} // namespace oidcgen::apps::immich
