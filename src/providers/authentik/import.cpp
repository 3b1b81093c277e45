#include "providers/authentik/import.hpp"

#include "providers/authentik/rules.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using document::Cursor;

constexpr std::array k_structure_sources{"https://docs.goauthentik.io/customize/blueprints/v1/structure/"sv};
constexpr std::array k_model_sources{"https://docs.goauthentik.io/customize/blueprints/v1/models/"sv,
                                     "https://goauthentik.io/blueprints/schema.json"sv};

} // namespace

const rule::Rule k_model_unknown{
    .code = "OG1206",
    .name = "blueprint-model-unknown",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "there is no model of that name, or entries cannot make objects of it",
    .why = "A model is named by its app and its own name, with a dot between them. With a name that does not exist "
           "nothing of the file is applied.",
    .bad = "model: authentik_providers_oauth2.oauthprovider",
    .good = "model: authentik_providers_oauth2.oauth2provider",
    .sources = k_model_sources,
};

const rule::Rule k_identifiers_unusable{
    .code = "OG1207",
    .name = "blueprint-identifiers-unusable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "the identifiers of an entry do not find an object",
    .why = "Identifiers are fields of the model by which an object that exists is found; a new object gets them, too. "
           "An entry without any, or with a name that is not a field, is refused.",
    .bad = "model: authentik_core.application\nidentifiers: {title: Immich}",
    .good = "model: authentik_core.application\nidentifiers: {slug: immich}",
    .sources = k_structure_sources,
};

const rule::Rule k_object_repeated{
    .code = "OG1208",
    .name = "blueprint-object-repeated",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "two entries make objects that must not share a value",
    .why = "Names and client ids of providers are unique, slugs of applications too, and each provider belongs to one "
           "application. An entry with the same identifiers as an earlier one updates that object; with others it is "
           "refused.",
    .bad = "- model: authentik_core.application\n  identifiers: {slug: photos}\n"
           "  attrs: {name: Photos, provider: !KeyOf immich-provider}\n"
           "- model: authentik_core.application\n  identifiers: {slug: immich}\n"
           "  attrs: {name: Immich, provider: !KeyOf immich-provider}",
    .good = "- model: authentik_core.application\n  identifiers: {slug: immich}\n"
            "  attrs: {name: Immich, provider: !KeyOf immich-provider}",
    .sources = k_structure_sources,
};

const rule::Rule k_binding_unusable{
    .code = "OG1209",
    .name = "policy-binding-unusable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a policy binding does not have exactly one group, policy or user, or not an application as its target",
    .why = "A binding lets one group, one user or one policy decide who may use its target. The target is the "
           "application; a provider cannot have bindings.",
    .bad = "model: authentik_policies.policybinding\nidentifiers: {target: !KeyOf immich-app, order: 0}",
    .good = "model: authentik_policies.policybinding\nidentifiers: {target: !KeyOf immich-app, order: 0}\n"
            "attrs: {group: !Find [authentik_core.group, [name, immich-users]]}",
    .sources = k_model_sources,
};

document::Place Object::place_of(std::string_view name) const {
    const auto* const value = fields.find(name);
    if (value != nullptr && value->at) {
        return value->at.place();
    }
    return attributes ? attributes.missing(name) : entry.missing("attrs");
}

Import::Import(const document::Document& document, const oidc::InspectOptions& options, rule::Findings& findings)
    : m_document(document)
    , m_options(options)
    , m_findings(findings)
    , m_release(authentik::release(options.version)) {
    const auto context = document.root().find("context");
    for (const auto& child : context.is_mapping() ? context.children() : std::vector<Cursor>{}) {
        m_context.emplace(child.key(), child);
    }
}

void Import::add(const rule::Rule& rule, util::Words message, const document::Place& place, util::Words help) {
    if (m_told.emplace(&rule, place.span.start).second) {
        m_findings.add(rule::finding(rule, std::move(message), place, std::move(help)));
    }
}

void Import::run() {
    if (m_document.fatal() != nullptr) {
        m_is_open = true; // what was read is looked at, and what is behind it is not known
    }
    const bool has_tags = check_tags();
    if (!check_file() || !has_tags) {
        m_is_open = true;
    }
    for (const auto& entry : entries()) {
        if (entry.is_mapping()) {
            apply(entry);
        }
    }
    connect();
    for (auto& finding : m_nulls) {
        if (!m_told.contains({&k_field_invalid, finding.place.span.start})) {
            m_findings.add(std::move(finding));
        }
    }
}

void Import::connect() {
    for (const auto& object : m_objects) {
        if (object.is_deleted) {
            continue;
        }
        if (object.model == k_application) {
            m_makes_application = true;
            const auto* const provider = object.find("provider");
            m_has_open_application = m_has_open_application || (provider != nullptr && provider->is_unknown());
            if (provider != nullptr && provider->is(Kind::object) && provider->made != nullptr) {
                m_applications[provider->made] = &object;
            }
        } else if (object.model == k_binding) {
            const auto* const target = object.find("target");
            const auto* const enabled = object.find("enabled");
            if (target == nullptr || (enabled != nullptr && !is_truth(*enabled, true))) {
                continue;
            }
            m_has_open_binding = m_has_open_binding || target->is_unknown();
            if (target->is(Kind::object) && target->made != nullptr) {
                m_bindings[target->made].push_back(&object);
            }
        } else if (object.model == k_provider) {
            const auto* const mappings = object.find("property_mappings");
            for (const auto& item : mappings == nullptr ? std::vector<Value>{} : mappings->items) {
                if (item.is(Kind::object) && item.made != nullptr) {
                    m_used.insert(item.made);
                }
            }
        }
    }
}

const Object* Import::application_of(const Object& provider) const {
    const auto found = m_applications.find(&provider);
    return found == m_applications.end() ? nullptr : found->second;
}

std::vector<const Object*> Import::bindings_of(const Object& application) const {
    const auto found = m_bindings.find(&application);
    return found == m_bindings.end() ? std::vector<const Object*>{} : found->second;
}

Import::State Import::state_of(const Cursor& entry) {
    const auto at = entry.find("state");
    if (!at) {
        return State::present;
    }
    const auto value = resolve(at);
    if (value.is_unknown()) {
        return State::unknown;
    }
    return value.text == "absent"         ? State::absent
           : value.text == "must_created" ? State::must_created
           : value.text == "created"      ? State::created
                                          : State::present;
}

bool Import::check_identifiers(const Cursor& entry, const Model* model, const Value& identifiers) {
    const auto at = entry.find("identifiers");
    if (identifiers.members.empty()) {
        add(k_identifiers_unusable, "an entry must have identifiers", at ? at.place() : entry.missing("identifiers"),
            "add a field that finds the object, such as its name");
        return false;
    }
    bool fits = true;
    for (const auto& child : at.children()) {
        if (model != nullptr && !is_identifier(*model, child.key())) {
            std::vector<std::string_view> names;
            std::ranges::transform(model->fields, std::back_inserter(names), &Field::name);
            auto finding = rule::finding(
                k_identifiers_unusable,
                util::words("{} does not have a field {}", util::own(model->name), util::outside(child.key())),
                child.key_place(), "write a field of the model");
            finding.suggestion = util::did_you_mean(child.key(), names);
            m_findings.add(std::move(finding));
            fits = false;
        }
    }
    return fits;
}

namespace {

/// Under which an object is found that has this value; nothing for values that are compared one by one.
std::optional<std::string> index_key(std::string_view model, std::string_view field, const Value& value) {
    constexpr std::size_t k_longest = 256;
    if (value.is_unknown()) {
        return std::nullopt;
    }
    if (value.is(Kind::text) && value.text.size() <= k_longest) {
        return fmt::format("{} {} text {}", model, field, value.text);
    }
    if (value.is(Kind::integer) || value.is(Kind::real)) {
        return fmt::format("{} {} number {}", model, field, value.number);
    }
    if (value.is(Kind::object)) {
        return fmt::format("{} {} object {} {}", model, field, fmt::ptr(value.made), fmt::ptr(value.shipped));
    }
    return std::nullopt;
}

} // namespace

Object* Import::existing(std::string_view model, const Members& members) {
    const auto fits = [&](const Object& object) {
        return object.model == model && !object.is_deleted && std::ranges::all_of(members, [&](const auto& member) {
                   const auto* const value = object.find(member.first);
                   return value != nullptr && is_equal(*value, member.second);
               });
    };
    const std::vector<std::size_t>* fewest = nullptr;
    for (const auto& [name, value] : members) {
        if (const auto key = index_key(model, name, value)) {
            const auto found = m_index.find(*key);
            if (found == m_index.end()) {
                return nullptr;
            }
            fewest = fewest == nullptr || found->second.size() < fewest->size() ? &found->second : fewest;
        }
    }
    if (fewest == nullptr) {
        const auto found = std::ranges::find_if(m_objects, fits);
        return found == m_objects.end() ? nullptr : &*found;
    }
    const auto found = std::ranges::find_if(*fewest, [&](std::size_t number) { return fits(m_objects[number]); });
    return found == fewest->end() ? nullptr : &m_objects[*found];
}

void Import::rename(Object& object, std::string_view id) {
    if (const auto before = m_ids.find(object.id); before != m_ids.end() && before->second == object.number) {
        m_ids.erase(before);
    }
    object.id = id;
    if (!id.empty()) {
        m_ids.emplace(id, object.number);
    }
}

void Import::add_to_index(const Object& object, const Members& members) {
    for (const auto& [name, value] : members) {
        if (const auto key = index_key(object.model, name, value)) {
            auto& numbers = m_index[*key];
            const auto place = std::ranges::lower_bound(numbers, object.number);
            if (place == numbers.end() || *place != object.number) {
                numbers.insert(place, object.number);
            }
        }
    }
}

Object& Import::add_object(Object object) {
    auto& result = m_objects.emplace_back(std::move(object));
    result.number = m_objects.size() - 1;
    rename(result, result.id);
    add_to_index(result, result.fields.members);
    return result;
}

void Import::update(Object& object, Members members) {
    add_to_index(object, members);
    put_members(object.fields.members, std::move(members));
}

void Import::check_unique(const Model& model, const Object* own, const Value& fields) {
    for (const auto name : model.unique) {
        const auto* const value = fields.find(name);
        if (value == nullptr || value->is(Kind::null)) {
            continue;
        }
        const auto* const other = existing(model.name, {{name, *value}});
        if (other != nullptr && other != own) {
            const auto* const theirs = other->find(name);
            const bool is_provider = value->is(Kind::object);
            auto finding = rule::finding(
                k_object_repeated,
                is_provider
                    ? util::Words("this provider belongs to another application already")
                    : util::words("another entry has the {} {} already", util::own(name), util::outside(value->text)),
                value->at.place(),
                is_provider
                    ? "make a provider for each application"
                    : "give both entries the same identifiers if they mean one object, or choose another value");
            finding.notes.push_back({"the other entry is here", theirs->at.place()});
            m_findings.add(std::move(finding));
        }
    }
}

void Import::check_binding(const Object& object) {
    std::size_t set = 0;
    bool is_open = false;
    for (const auto name : {"group"sv, "policy"sv, "user"sv}) {
        const auto* const value = object.find(name);
        is_open = is_open || (value != nullptr && value->is_unknown());
        set += value != nullptr && !value->is(Kind::null) && !value->is_unknown() ? 1 : 0;
    }
    const auto place = object.attributes ? object.attributes.place() : object.entry.place();
    if (set > 1 || (set == 0 && !is_open)) {
        add(k_binding_unusable,
            set == 0 ? "this binding has no group, policy or user"
                     : "this binding has more than one of group, policy and user",
            document::Place{place.document, place.span, place.path}, "set exactly one of group, policy and user");
    }
    const auto* const target = object.find("target");
    const bool is_no_target = target != nullptr && target->is(Kind::object) &&
                              ((target->made != nullptr && target->made->table != nullptr &&
                                (target->made->model == k_provider || target->made->model == k_mapping ||
                                 target->made->model == k_group || target->made->model == k_policy)));
    if (is_no_target) {
        add(k_binding_unusable, "the target of a binding must be the application", target->at.place(),
            "write the id of the entry that makes the application");
    }
}

void Import::check_permissions(const Cursor& entry) {
    constexpr util::VersionRange k_global{{2026, 2, 0}};
    for (const auto& permission : entry.find("permissions").children()) {
        const auto name = permission.find("permission");
        const auto value = name ? resolve(name) : Value{};
        constexpr std::array k_usual{"add_"sv, "change_"sv, "delete_"sv, "view_"sv};
        if (!value.is(Kind::text) || value.has_hole || value.text.find('.') != std::string_view::npos) {
            continue;
        }
        if (!k_global.holds(m_options.version)) {
            const auto starts = [&](std::string_view it) { return value.text.starts_with(it); };
            if (std::ranges::none_of(k_usual, starts)) {
                static_cast<void>(unknown(name, rule::Doubt::settings));
            }
        } else {
            add(k_blueprint_unreadable,
                util::words("the permission {} does not name its app", util::outside(value.text)), name.place(),
                "write app_label.codename");
        }
    }
}

void Import::apply(const Cursor& entry) {
    bool is_certain = true;
    for (const auto& condition : entry.find("conditions").children()) {
        const auto value = resolve(condition);
        if (!value.is_unknown() && !is_true(value)) {
            return;
        }
        is_certain = is_certain && !value.is_unknown();
    }
    const auto model_at = entry.find("model");
    const auto model_value = model_at ? resolve(model_at) : Value{};
    if (model_value.is_unknown() || !model_value.is(Kind::text)) {
        m_is_open = true;
        return;
    }
    m_is_open = m_is_open || !is_certain;
    const auto name = m_document.keep(util::lowered(model_value.text));
    const auto known = look_up_model(name, m_options.version);
    if (known != ModelName::known && !m_options.newer_than_known) {
        auto finding = rule::finding(k_model_unknown,
                                     known == ModelName::refused
                                         ? util::words("entries cannot make objects of the model {}", util::own(name))
                                         : util::words("there is no model {}", util::outside(model_value.text)),
                                     model_at.place(), "write the name of a model");
        finding.suggestion = util::did_you_mean(name, model_names());
        m_findings.add(std::move(finding));
        m_is_open = true;
        return;
    }
    const auto* const model = find_model(name);
    const auto identifiers_at = entry.find("identifiers");
    const auto identifiers = identifiers_at ? resolve(identifiers_at) : Value{};
    const auto state = state_of(entry);
    const auto attributes_at = entry.find("attrs");
    const bool has_attributes = attributes_at && !attributes_at.is_null() && state != State::absent;
    auto attributes = has_attributes ? resolve(attributes_at) : Value{};
    if (name == "authentik_blueprints.metaapplyblueprint") {
        static_cast<void>(unknown(entry, rule::Doubt::settings)); // what that file makes is not in this one
        return;
    }
    if (!check_identifiers(entry, model, identifiers)) {
        m_is_open = true;
        return;
    }
    auto* const before = existing(name, identifiers.members);
    if (state == State::absent) {
        if (before != nullptr) {
            before->is_deleted = true;
        }
        Object gone;
        gone.model = name;
        gone.table = model;
        gone.id = entry.find("id").text();
        gone.entry = entry;
        gone.is_deleted = true;
        add_object(std::move(gone));
        return;
    }
    check_permissions(entry);
    if (before != nullptr && state == State::must_created) {
        add(k_object_repeated, "an earlier entry makes this object, and its state here is must_created",
            entry.find("state").place(), "write state: present");
    }
    if (before != nullptr && state == State::created) {
        rename(*before, entry.find("id").text());
        return;
    }
    // What is written in both comes from the identifiers.
    Value fields;
    fields.kind = Kind::map;
    fields.members = std::move(attributes.members);
    put_members(fields.members, identifiers.members);
    const bool is_shipped = std::ranges::any_of(identifiers.members, [&](const auto& member) {
        return find_shipped(name, member.first, member.second.text, m_options.version) != nullptr;
    });
    Object object;
    object.model = name;
    object.table = model;
    object.id = entry.find("id").text();
    object.entry = entry;
    object.attributes = attributes_at;
    object.fields = fields;
    const bool is_partial = before != nullptr || is_shipped || !is_certain;
    if (model != nullptr) {
        check_fields(object, fields, is_partial ? Partial::yes : Partial::no);
        check_unique(*model, before, fields);
    }
    if (before == nullptr) {
        const auto& made = add_object(std::move(object));
        if (name == k_binding && !is_partial) {
            check_binding(made);
        }
        return;
    }
    rename(*before, object.id);
    before->entry = entry;
    before->attributes = attributes_at;
    update(*before, std::move(fields.members));
}

} // namespace oidcgen::providers::authentik
