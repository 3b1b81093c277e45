#include "apps/immich/booleans.hpp"
#include "apps/immich/check/check.hpp"
#include "apps/immich/sections.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace oidcgen::apps::immich {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_sources{"https://github.com/immich-app/immich/blob/main/server/src/utils/config.ts"sv,
                               "https://docs.immich.app/install/config-file"sv};
constexpr std::array k_boolean_sources{"https://github.com/immich-app/immich/blob/v2.7.5/server/src/validation.ts"sv,
                                       "https://github.com/immich-app/immich/blob/main/server/src/utils/config.ts"sv};

} // namespace

const rule::Rule k_file_without_settings{
    .code = "OG2110",
    .name = "file-without-settings",
    .consequence = rule::Consequence::feature_lost,
    .also = {rule::Consequence::advice},
    .summary = "the file sets nothing, and Immich does not say so",
    .why = "Immich reads settings from objects only. With an empty file, a word, a number or lines like KEY=value it "
           "silently starts with its defaults, and with OAuth off.",
    .bad = "OAUTH_ENABLED=true",
    .good = "oauth:\n  enabled: true",
    .ignore = "while the file is empty on purpose",
    .sources = k_sources,
};

const rule::Rule k_empty_value_ignored{
    .code = "OG2111",
    .name = "empty-value-ignored",
    .consequence = rule::Consequence::feature_lost,
    .summary = "an empty object (until 1.105 also an empty section) sets nothing",
    .why =
        "Immich sets what it finds in the objects of the file. {} has nothing in it, so the setting silently keeps its "
        "default. Until 1.105 Immich looked settings up by their names, and a section that is null did not have any.",
    .bad = "{\"oauth\": {\"clientId\": {}}}",
    .good = "{\"oauth\": {\"clientId\": \"immich\"}}",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_dotted_setting{
    .code = "OG2112",
    .name = "dotted-setting",
    .consequence = rule::Consequence::advice,
    .also = {rule::Consequence::feature_lost},
    .summary = "a top-level key with dots acts like a nested setting, and overrides it",
    .why = "Immich sets each key by its path, so a top-level key \"oauth.clientId\" is the setting clientId of the "
           "section oauth. It works by accident, and overrides the nested setting wherever that is in the file.",
    .bad = "{\"oauth\": {\"clientId\": \"a\"}, \"oauth.clientId\": \"b\"}",
    .good = "{\"oauth\": {\"clientId\": \"b\"}}",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_boolean_as_text{
    .code = "OG2113",
    .name = "boolean-as-text",
    .consequence = rule::Consequence::advice,
    .also = {rule::Consequence::feature_lost},
    .summary = "true or false is in quotes",
    .why = "From 1.98.1 to 1.119 the text passes the check but stays a text, so that \"false\" counts as true. From "
           "1.120 on it is converted.",
    .bad = "{\"oauth\": {\"autoLaunch\": \"false\"}}",
    .good = "{\"oauth\": {\"autoLaunch\": false}}",
    .ignore = "from 1.120 on",
    .sources = k_boolean_sources,
};

const rule::Rule k_default_restored_by_import{
    .code = "OG2114",
    .name = "default-restored-by-import",
    .consequence = rule::Consequence::advice,
    .summary = "an imported setting that is empty gets its default back",
    .why = "The server stores only values that differ from the defaults and are neither null nor empty. So a scope or "
           "claim that was emptied gets its default back. A configuration file can empty it.",
    .bad = "{\"oauth\": {\"storageLabelClaim\": \"\"}}",
    .good = "{\"oauth\": {\"storageLabelClaim\": \"a_claim_that_nobody_sends\"}}",
    .ignore = "when the default is what you want",
    .sources = k_sources,
};

namespace {

using Type = JsValue::Type;

void check_root(const Settings& settings, rule::Findings& findings) {
    const JsValue& root = settings.written;
    const bool sets_nothing = settings.use == oidc::Use::import ? !root.is(Type::object) : !root.is_collection();
    if (!sets_nothing || root.is(Type::unknown)) {
        return;
    }
    const document::Place place{settings.document, root.span, document::k_root_path};
    if (root.is(Type::undefined) || root.is(Type::null)) {
        auto finding = rule::finding(k_file_without_settings, "the file has no settings", place);
        rule::set_consequence(finding, rule::Consequence::advice);
        findings.add(std::move(finding));
        return;
    }
    findings.add(
        rule::finding(k_file_without_settings,
                      util::words("Immich reads the whole file as {}, which sets nothing", util::own(root.kind())),
                      place, "write an object with the section oauth"));
}

void check_dotted(const Settings& settings, rule::Findings& findings) {
    const JsValue& root = settings.written;
    for (std::size_t at = 0; at < root.names.size(); ++at) {
        const std::string& name = root.names[at];
        const Path path = js::property_path(name);
        const bool is_looked_up = settings.loader == Loader::leaves || js::joined(path) == name;
        if (!is_looked_up || path.size() < 2 || find_section(path.front()) == nullptr) {
            continue;
        }
        const JsValue* nested = js::get(root, path);
        auto finding = rule::finding(
            k_dotted_setting,
            util::words("{} is read as the setting {} of the section {}", util::outside(name), path[1], path.front()),
            {settings.document, root.values[at].key_span, settings.path(path), document::PlaceKind::key},
            util::words("write it below {}", path.front()));
        if (nested != nullptr) {
            rule::set_consequence(finding, rule::Consequence::feature_lost);
            finding.message += " and overrides the one there";
            finding.notes.push_back({"this one has no effect", {settings.document, nested->span, settings.path(path)}});
        }
        findings.add(std::move(finding));
    }
}

bool is_boolean_in_list(const JsValue& value) {
    const JsValue* item = &value;
    while (item->is(Type::list) && item->items.size() == 1) {
        item = &item->items.front();
    }
    return item->is(Type::boolean);
}

void check_boolean(const Settings& settings, const Section& section, const oidc::Key& key, const JsValue& value,
                   rule::Findings& findings) {
    if (key.type != oidc::ValueType::boolean || value.is(Type::boolean)) {
        return;
    }
    const auto boolean = to_boolean(value, settings.version);
    if (!boolean) {
        return;
    }
    const bool is_kept = boolean_texts(settings.version) == BooleanTexts::kept && settings.use == oidc::Use::file;
    const bool is_in_list = is_boolean_in_list(value);
    auto finding = rule::finding(
        k_boolean_as_text,
        util::words("{} is {}, not a boolean", setting_name(section.name, key.path), is_in_list ? "a list" : "a text"),
        settings.place(section.name, key.path),
        util::words("write {}, without {}", *boolean, is_in_list ? "brackets" : "quotes"));
    if (is_kept && !*boolean) {
        finding.message += ", and counts as true";
        rule::set_consequence(finding, rule::Consequence::feature_lost);
    }
    findings.add(std::move(finding));
}

void check_empty_object(const Settings& settings, const Section& section, const oidc::Key& key,
                        rule::Findings& findings) {
    const JsValue* members = settings.written.member(section.name);
    const JsValue* value = members == nullptr ? nullptr : members->member(key.path);
    if (value == nullptr || !value->is(Type::object) || !value->names.empty()) {
        return;
    }
    const Path path{std::string(section.name), std::string(key.path)};
    findings.add(rule::finding(
        k_empty_value_ignored,
        util::words("{} keeps its default, because {{}} sets nothing", setting_name(section.name, key.path)),
        {settings.document, value->span, settings.path(path)}));
}

/// Until 1.105 a section that is null does not count as a section.
void check_empty_section(const Settings& settings, const Section& section, rule::Findings& findings) {
    const JsValue* members = settings.written.member(section.name);
    if (members != nullptr && members->is(Type::null)) {
        findings.add(rule::finding(k_empty_value_ignored,
                                   util::words("the section {} is null and sets nothing", section.name),
                                   {settings.document, members->span, settings.path({std::string(section.name)})}));
    }
}

void check_restored(const Settings& settings, const Section& section, const oidc::Key& key, const JsValue& value,
                    rule::Findings& findings) {
    const bool is_emptied = value.is(Type::null) || (value.is(Type::text) && value.text.empty());
    if (is_emptied && key.default_value != "\"\"" && key.default_value != "null") {
        findings.add(rule::finding(
            k_default_restored_by_import,
            util::words("{} becomes {} when this is imported", setting_name(section.name, key.path), key.default_value),
            settings.place(section.name, key.path)));
    }
}

} // namespace

void check_traps(const Settings& settings, rule::Findings& findings) {
    check_root(settings, findings);
    if (settings.use == oidc::Use::file) {
        check_dotted(settings, findings);
    }
    const bool is_looked_up = settings.use == oidc::Use::file && settings.loader == Loader::known_keys;
    const bool is_set_by_leaves = settings.use == oidc::Use::file && settings.loader == Loader::leaves;
    for (const auto& section : sections()) {
        if (is_looked_up && !section.keys.empty()) {
            check_empty_section(settings, section, findings);
        }
        for (const auto& key : section.keys) {
            if (!section.versions.holds(settings.version) || !key.versions.holds(settings.version)) {
                continue;
            }
            if (is_set_by_leaves) {
                check_empty_object(settings, section, key, findings);
            }
            const JsValue* value = settings.find(section.name, key.path);
            if (value == nullptr || !value->is_given || settings.is_unknown(key.path, *value)) {
                continue;
            }
            check_boolean(settings, section, key, *value, findings);
            if (settings.use == oidc::Use::import) {
                check_restored(settings, section, key, *value, findings);
            }
        }
    }
}

} // namespace oidcgen::apps::immich
