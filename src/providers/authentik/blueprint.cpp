#include "providers/authentik/import.hpp"
#include "providers/authentik/rules.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

// The file as a whole, as the classes in authentik/blueprints/v1/common.py take it.

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using document::Cursor;

constexpr std::array k_structure_sources{"https://docs.goauthentik.io/customize/blueprints/v1/structure/"sv};

} // namespace

const rule::Rule k_blueprint_unreadable{
    .code = "OG1201",
    .name = "blueprint-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a part of the blueprint has the wrong form, so nothing of it is read",
    .why = "The file is read into a fixed shape: version is a whole number, metadata has a name, every entry has a "
           "model, its identifiers and attrs are mappings, its id is text, its state is one of four words. With a "
           "single part of another form the whole file is refused, with a message that does not name that part.",
    .bad = "entries:\n  - model: authentik_core.application\n    state: Present",
    .good = "entries:\n  - model: authentik_core.application\n    state: present",
    .sources = k_structure_sources,
};

const rule::Rule k_blueprint_version_unknown{
    .code = "OG1202",
    .name = "blueprint-version-unknown",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "the version of the blueprint is not 1",
    .why = "The only version of the blueprint format is 1, which is also the default.",
    .bad = "version: 2",
    .good = "version: 1",
    .sources = k_structure_sources,
};

namespace {

bool has_tag(const Cursor& at) {
    const auto tag = at.tag();
    return tag.size() > 1 && tag.starts_with('!') && !tag.starts_with("!!");
}

bool is_text(const Cursor& at) {
    return at.is_scalar() && !has_tag(at) && at.scalar().type == document::ScalarType::text;
}

bool is_plain_mapping(const Cursor& at) { return at.is_mapping() && !has_tag(at); }

} // namespace

bool Import::refuse_file(const document::Place& place, util::Words message, util::Words help) {
    add(k_blueprint_unreadable, std::move(message), place, std::move(help));
    return false;
}

std::vector<Cursor> Import::entries() const {
    const auto all = m_document.root().find("entries");
    if (all.is_sequence()) {
        return all.children();
    }
    std::vector<Cursor> result;
    for (const auto& list : all.children()) {
        if (list.is_sequence()) {
            std::ranges::move(list.children(), std::back_inserter(result));
        }
    }
    return result;
}

bool Import::check_metadata(const Cursor& at) {
    if (!at || at.is_null()) {
        return true;
    }
    if (!is_plain_mapping(at)) {
        return refuse_file(at.place(), "metadata must be a mapping", "write a mapping with a name");
    }
    const auto name = at.find("name");
    bool fits = true;
    if (!name) {
        fits = refuse_file(at.missing("name"), "metadata does not have a name", "add a name");
    } else if (!is_text(name)) {
        fits = refuse_file(name.place(), "the name of the metadata must be text", "put the name into quotes");
    }
    const auto labels = at.find("labels");
    if (labels && !is_plain_mapping(labels)) {
        return refuse_file(labels.place(), "labels must be a mapping", "write a mapping, or remove it");
    }
    for (const auto& label : labels.children()) {
        if (!is_text(label)) {
            fits = refuse_file(label.place(), "the value of a label must be text", "put the value into quotes");
        }
    }
    return fits;
}

bool Import::check_entry(const Cursor& entry) {
    if (!is_plain_mapping(entry)) {
        return refuse_file(entry.place(), "an entry must be a mapping", "write a mapping with a model");
    }
    bool fits = true;
    const auto check = [&](std::string_view name, bool is_right, std::string_view must, std::string_view help) {
        const auto at = entry.find(name);
        if (at && !is_right) {
            fits = refuse_file(at.place(), util::words("{} must be {}", util::own(name), util::own(must)),
                               util::own(help));
        }
    };
    const auto at = [&](std::string_view name) { return entry.find(name); };
    if (!at("model")) {
        fits = refuse_file(entry.missing("model"), "an entry must have a model", "add the model");
    }
    check("model", is_text(at("model")) || has_tag(at("model")), "text", "write the name of a model");
    check("identifiers", is_plain_mapping(at("identifiers")), "a mapping", "write the fields that find the object");
    check("attrs", is_plain_mapping(at("attrs")) || at("attrs").is_null(), "a mapping", "write fields and values");
    check("id", is_text(at("id")) || at("id").is_null(), "text", "put the id into quotes");
    check("conditions", at("conditions").is_sequence() && !has_tag(at("conditions")), "a list",
          "write a list of conditions");
    check("permissions", at("permissions").is_sequence() && !has_tag(at("permissions")), "a list",
          "write a list of permissions");
    constexpr std::array k_states{"present"sv, "created"sv, "must_created"sv, "absent"sv};
    if (const auto state = at("state"); state && !has_tag(state)) {
        if (!is_text(state) || std::ranges::find(k_states, state.text()) == k_states.end()) {
            add(k_blueprint_unreadable, util::words("there is no state {}", util::outside(state.text())), state.place(),
                "use present, created, must_created or absent");
            fits = false;
        }
    }
    for (const auto& permission : at("permissions").children()) {
        if (!is_plain_mapping(permission) || !permission.find("permission")) {
            fits = refuse_file(permission.place(), "a permission must be a mapping with the name of a permission",
                               "write {permission: …, role: …}");
        }
    }
    return fits;
}

bool Import::check_file() {
    const auto root = m_document.root();
    if (!root || root.is_scalar()) {
        const bool is_empty = !root || root.is_null();
        return refuse_file({&m_document, root ? root.place().span : document::Span{}, document::k_root_path},
                           is_empty ? "the file is empty" : "the file is not a mapping",
                           "write a blueprint with version, metadata and entries");
    }
    if (root.is_sequence()) {
        return false; // read as a blueprint without entries
    }
    bool fits = true;
    if (const auto version = root.find("version")) {
        const auto scalar = version.scalar();
        const bool is_number =
            version.is_scalar() && !has_tag(version) &&
            (scalar.type == document::ScalarType::integer || scalar.type == document::ScalarType::boolean);
        if (!is_number) {
            fits = refuse_file(version.place(), "version must be a whole number", "write version: 1");
        } else if (scalar.type == document::ScalarType::integer ? scalar.number != 1 : !scalar.boolean) {
            add(k_blueprint_version_unknown, util::words("there is no version {}", version.text()), version.place(),
                "write version: 1");
            fits = false;
        }
    }
    fits = check_metadata(root.find("metadata")) && fits;
    if (const auto context = root.find("context"); context && !is_plain_mapping(context)) {
        fits = refuse_file(context.place(), "context must be a mapping", "write a mapping, or remove it");
    }
    const auto all = root.find("entries");
    const bool is_mapping = is_plain_mapping(all) && m_release.takes_mapping_of_entries;
    if (all && !is_mapping && (!all.is_sequence() || has_tag(all))) {
        return refuse_file(all.place(), "entries must be a list", "write a list of entries");
    }
    for (const auto& list : is_mapping ? all.children() : std::vector<Cursor>{}) {
        if (!list.is_sequence() || has_tag(list)) {
            fits = refuse_file(list.place(), "entries must be a list", "write a list of entries");
        }
    }
    for (const auto& entry : entries()) {
        fits = check_entry(entry) && fits;
    }
    return fits;
}

} // namespace oidcgen::providers::authentik
