#include "providers/authentik/tags.hpp"

#include "document/placeholder.hpp"
#include "document/reader.hpp"
#include "providers/authentik/import.hpp"
#include "providers/authentik/rules.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_tag_sources{"https://docs.goauthentik.io/customize/blueprints/v1/tags/"sv};

} // namespace

const rule::Rule k_blueprint_tag_unusable{
    .code = "OG1203",
    .name = "blueprint-tag-unusable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a tag of the blueprint has arguments that it cannot work with",
    .why = "A tag such as !Format or !If is worked out while the blueprint is applied. An argument that is missing or "
           "has the wrong form raises an exception, and nothing of the file is applied.",
    .bad = "client_secret: !Env [IMMICH_CLIENT_SECRET]",
    .good = "client_secret: !Env IMMICH_CLIENT_SECRET",
    .sources = k_tag_sources,
};

const rule::Rule k_key_of_unresolved{
    .code = "OG1204",
    .name = "key-of-unresolved",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "!KeyOf names an entry that does not come before it",
    .why = "Entries are applied in the order of the file, so !KeyOf finds only the object of an entry further up that "
           "has this id and was not skipped or deleted. From 2025.12 on, the same message also appears in the log for "
           "other faults of an entry with !KeyOf in it, because writing the entry to the log resolves the tag.",
    .bad = "- model: authentik_core.application\n  identifiers: {slug: immich}\n"
           "  attrs: {name: Immich, provider: !KeyOf immich-provider}\n"
           "- model: authentik_providers_oauth2.oauth2provider\n  id: immich-provider\n  identifiers: {name: Immich}",
    .good = "- model: authentik_providers_oauth2.oauth2provider\n  id: immich-provider\n  identifiers: {name: Immich}\n"
            "- model: authentik_core.application\n  identifiers: {slug: immich}\n"
            "  attrs: {name: Immich, provider: !KeyOf immich-provider}",
    .sources = k_tag_sources,
};

const rule::Rule k_find_unresolved{
    .code = "OG1205",
    .name = "find-unresolved",
    .consequence = rule::Consequence::provider_refuses,
    .also = {rule::Consequence::risk},
    .summary = "!Find names a model, a field or an object that does not exist",
    .why = "A model or field that does not exist raises an exception. An object that does not exist gives null without "
           "a word: a signing key that is not found means that tokens are signed with HS256.",
    .bad = "signing_key: !Find [authentik_crypto.certificate, [name, authentik Self-signed Certificate]]",
    .good = "signing_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]",
    .sources = k_tag_sources,
};

namespace {

using document::Cursor;

/// authentik/blueprints/v1/common.py, the newest last.
constexpr std::array k_tags{"!KeyOf"sv,   "!Find"sv,      "!Env"sv,        "!Context"sv,  "!Format"sv,
                            "!If"sv,      "!Condition"sv, "!Enumerate"sv,  "!Value"sv,    "!Index"sv,
                            "!AtIndex"sv, "!File"sv,      "!FindObject"sv, "!ParseJSON"sv};

struct Since {
    util::Version version;
    std::size_t count = 0;
};
constexpr std::array k_since{Since{{2025, 8, 0}, 14}, Since{{2024, 12, 0}, 11}, Since{{}, 10}};

/// The node itself, when it is a list, or a list of it alone.
std::vector<Cursor> arguments(const Cursor& at) { return at.is_sequence() ? at.children() : std::vector<Cursor>{at}; }

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// The node behind an alias.
document::NodeId target_of(const Cursor& at) {
    const auto& node = at.document().node(at.node());
    return node.kind == document::NodeKind::alias ? node.target : at.node();
}

/// One conversion of a format, as Python's % reads it.
struct Conversion {
    std::size_t size = 0; ///< bytes behind the %; 0: it is incomplete, or there is no such conversion
    char type = '\0';
    std::size_t stars = 0; ///< arguments for width and precision
    bool is_named = false;
};

Conversion conversion_of(std::string_view text) {
    Conversion result;
    std::size_t at = 0;
    const auto skip = [&](std::string_view bytes) {
        while (at < text.size() && bytes.find(text[at]) != std::string_view::npos) {
            result.stars += text[at] == '*' ? 1 : 0;
            ++at;
        }
    };
    if (at < text.size() && text[at] == '(') {
        result.is_named = true;
        at = std::min(text.find(')'), text.size() - 1) + 1;
    }
    skip("#0- +");
    skip("0123456789*");
    skip(".");
    skip("0123456789*");
    skip("hlL");
    constexpr std::string_view k_types = "diouxXeEfFgGcrsa%";
    if (at < text.size() && k_types.find(text[at]) != std::string_view::npos) {
        result.type = text[at];
        result.size = at + 1;
    }
    return result;
}

} // namespace

std::span<const std::string_view> tags(const util::Version& version) {
    const auto* const row = std::ranges::find_if(k_since, [&](const Since& it) { return it.version <= version; });
    return std::span(k_tags).first(row->count);
}

Value Import::unknown(const Cursor& at, rule::Doubt why) {
    const auto place = at.place();
    if (m_doubted.insert(place.span.start).second) {
        m_findings.doubt(place, why);
    }
    Value result;
    result.kind = Kind::unknown;
    result.is_written = false;
    result.at = at;
    return result;
}

Value Import::raised(const Cursor& at, util::Words message, util::Words help) {
    add(k_blueprint_tag_unusable, std::move(message), at.place(), std::move(help));
    Value result;
    result.kind = Kind::unknown;
    result.is_written = false;
    result.at = at;
    return result;
}

Value Import::text_value(const Cursor& at, std::string text) const {
    Value result;
    result.kind = Kind::text;
    result.text = m_document.keep(std::move(text));
    result.is_written = false;
    result.at = at;
    return result;
}

Value Import::plain(const Cursor& at) const {
    Value result;
    result.at = at;
    result.text = at.text();
    result.is_filled = at.is_filled();
    const auto scalar = at.scalar();
    switch (scalar.type) {
    case document::ScalarType::null:
        result.kind = Kind::null;
        break;
    case document::ScalarType::boolean:
        result.kind = Kind::boolean;
        result.boolean = scalar.boolean;
        break;
    case document::ScalarType::integer:
        result.kind = Kind::integer;
        result.number = scalar.number;
        break;
    case document::ScalarType::floating:
        result.kind = Kind::real;
        result.number = scalar.number;
        break;
    case document::ScalarType::timestamp:
        result.kind = Kind::date;
        break;
    case document::ScalarType::text:
    case document::ScalarType::binary:
        result.kind = Kind::text;
        result.has_hole = m_options.placeholders == oidc::Placeholders::recognised &&
                          document::is_placeholder(result.text, document::PlaceholderUse::identifier);
        break;
    }
    return result;
}

Value Import::resolve(const Cursor& at) {
    if (m_budget == 0) {
        return unknown(at, rule::Doubt::cost);
    }
    --m_budget;
    const auto tag = at.tag();
    if (tag.starts_with('!') && !tag.starts_with("!!") && tag.size() > 1) {
        return resolve_tag(at, tag);
    }
    if (at.is_scalar()) {
        return plain(at);
    }
    Value result;
    result.at = at;
    result.kind = at.is_sequence() ? Kind::list : Kind::map;
    for (const auto& child : at.children()) {
        auto value = resolve(child);
        if (at.is_sequence()) {
            result.items.push_back(std::move(value));
        } else {
            result.members.emplace_back(child.key(), std::move(value));
        }
    }
    return result;
}

Value Import::resolve_tag(const Cursor& at, std::string_view tag) {
    struct Row {
        std::string_view tag;
        Value (Import::*resolve)(const Cursor&);
    };
    static constexpr std::array k_rows{
        Row{"!KeyOf", &Import::key_of},        Row{"!Find", &Import::find},
        Row{"!Env", &Import::variable},        Row{"!Context", &Import::context},
        Row{"!Format", &Import::format},       Row{"!If", &Import::choose},
        Row{"!Condition", &Import::condition}, Row{"!Enumerate", &Import::enumerate},
        Row{"!AtIndex", &Import::at_index},    Row{"!ParseJSON", &Import::parsed},
    };
    if (tag == "!Value" || tag == "!Index") {
        return loop_value(at, tag == "!Index");
    }
    if (m_unusable.contains(target_of(at))) {
        Value nothing;
        nothing.kind = Kind::unknown;
        nothing.at = at;
        return nothing;
    }
    const auto* const row = std::ranges::find(k_rows, tag, &Row::tag);
    auto result = row == k_rows.end() ? unknown(at) : (this->*row->resolve)(at);
    result.at = at;
    result.is_written = false;
    return result;
}

Value Import::key_of(const Cursor& at) {
    const auto id = at.text();
    const auto number = m_ids.find(id);
    const auto* const made = number == m_ids.end() ? nullptr : &m_objects[number->second];
    Value result;
    if (made != nullptr && !made->is_deleted) {
        result.kind = Kind::object;
        result.made = made;
        return result;
    }
    if (m_is_open) {
        return unknown(at);
    }
    result.kind = Kind::unknown;
    const auto place = at.place();
    if (!m_told.emplace(&k_key_of_unresolved, place.span.start).second ||
        !m_findings.takes(k_key_of_unresolved, place)) {
        return result;
    }
    std::vector<std::string_view> ids;
    bool is_later = false;
    for (const auto& entry : entries()) {
        const auto other = entry.find("id").text();
        if (!other.empty()) {
            ids.push_back(other);
            is_later = is_later || other == id;
        }
    }
    rule::Finding finding = rule::finding(
        k_key_of_unresolved,
        made != nullptr ? util::words("the entry with the id {} deletes its object", util::outside(id))
        : is_later      ? util::words("the entry with the id {} comes after this one, or is skipped", util::outside(id))
                        : util::words("no entry has the id {}", util::outside(id)),
        place, is_later ? "move that entry in front of this one" : "write the id of an entry further up");
    if (!is_later) {
        finding.suggestion = util::did_you_mean(id, ids);
    }
    m_findings.add(std::move(finding));
    return result;
}

Value Import::found(const Cursor& at, std::string_view model, const Members& conditions) {
    Value result;
    if (const auto* const made = conditions.empty() ? nullptr : existing(model, conditions)) {
        result.kind = Kind::object;
        result.made = made;
        return result;
    }
    const bool is_one = conditions.size() == 1 && conditions.front().second.is(Kind::text);
    const auto key = is_one ? conditions.front().first : std::string_view();
    const auto value = is_one ? conditions.front().second.text : std::string_view();
    if (const auto* const it = find_shipped(model, key, value, m_options.version)) {
        result.kind = Kind::object;
        result.shipped = it;
        return result;
    }
    if (m_is_open || m_options.newer_than_known || !is_own_name(model, key, value)) {
        return unknown(at, rule::Doubt::settings);
    }
    std::vector<std::string_view> names;
    for (const auto& it : shipped()) {
        if (it.model == model && it.key == key) {
            names.push_back(it.value);
        }
    }
    auto finding = rule::finding(
        k_find_unresolved,
        util::words("there is no object with {} {}, so this is null", util::own(key), util::outside(value)), at.place(),
        "write the name of an object that exists");
    finding.suggestion = util::did_you_mean(value, names);
    rule::set_consequence(finding, rule::Consequence::risk);
    if (m_told.emplace(&k_find_unresolved, at.place().span.start).second) {
        m_nulls.push_back(std::move(finding));
    }
    return result; // null
}

Value Import::find(const Cursor& at) {
    const auto all = arguments(at);
    const auto model_value = resolve(all.front());
    Members conditions;
    bool is_known = !model_value.is_unknown();
    for (std::size_t number = 1; number < all.size(); ++number) {
        const auto pair = all[number].children();
        if (pair.size() < 2) {
            return raised(at, "!Find needs pairs of a field and a value", "write [field, value]");
        }
        const auto key = resolve(pair[0]);
        auto value = resolve(pair[1]);
        is_known = is_known && !key.is_unknown() && !value.is_unknown();
        conditions.emplace_back(key.text, std::move(value));
    }
    const auto name = m_document.keep(util::lowered(model_value.text));
    if (is_known) {
        if (look_up_model(name, m_options.version) != ModelName::known && !m_options.newer_than_known) {
            auto finding =
                rule::finding(k_find_unresolved, util::words("there is no model {}", util::outside(model_value.text)),
                              all.front().place(), "write the name of a model");
            finding.suggestion = util::did_you_mean(name, model_names());
            if (m_told.emplace(&k_find_unresolved, all.front().place().span.start).second) {
                m_findings.add(std::move(finding));
            }
            is_known = false;
        }
        const auto* const model = find_model(name);
        for (const auto& [key, value] : conditions) {
            if (model != nullptr && !is_identifier(*model, key)) {
                add(k_find_unresolved, util::words("{} does not have a field {}", name, util::outside(key)), at.place(),
                    "write a field that the model has");
                is_known = false;
            }
        }
        if (!is_known) {
            Value result;
            result.kind = Kind::unknown;
            return result;
        }
    }
    return is_known ? found(at, name, conditions) : unknown(at);
}

Value Import::variable(const Cursor& at) {
    const auto all = arguments(at);
    const auto& name = all.front();
    if (!name.is_filled()) {
        return unknown(at);
    }
    if (name.text().empty()) { // not set, or empty, which is the same
        return all.size() > 1 ? resolve(all[1]) : Value{};
    }
    Value result;
    result.kind = Kind::text;
    result.text = name.text();
    result.is_filled = true;
    return result;
}

Cursor Import::in_context(std::string_view name) const {
    const auto found = m_context.find(name);
    return found == m_context.end() ? Cursor{} : found->second;
}

Value Import::context(const Cursor& at) {
    constexpr std::size_t k_deepest = 32;
    const auto all = arguments(at);
    const auto key = all.front().text();
    const auto value = in_context(key);
    if (value) {
        if (m_depth >= k_deepest) {
            return raised(at, util::words("{} refers to itself", util::outside(key)), "write a value");
        }
        ++m_depth;
        auto result = resolve(value);
        --m_depth;
        return result;
    }
    return all.size() > 1 ? resolve(all[1]) : unknown(at);
}

void Import::add_secrets(const Cursor& at, bool is_secret, std::set<std::string_view>& names,
                         std::size_t& budget) const {
    if (budget == 0) {
        return;
    }
    --budget;
    if (is_secret && at.tag() == "!Context") {
        const auto name = arguments(at).front().text();
        const auto value = in_context(name);
        if (value && names.insert(name).second) {
            add_secrets(value, true, names, budget);
        }
    }
    for (const auto& child : at.children()) {
        constexpr std::array k_words{"secret"sv, "password"sv, "token"sv, "key_data"sv};
        const auto key = at.is_mapping() ? child.key() : std::string_view();
        const bool is_named = std::ranges::any_of(
            k_words, [&](std::string_view word) { return key.find(word) != std::string_view::npos; });
        add_secrets(child, is_secret || is_named, names, budget);
    }
}

std::vector<document::Place> Import::secrets() const {
    std::set<std::string_view> names;
    std::size_t budget = m_document.node_count();
    for (const auto& entry : entries()) {
        add_secrets(entry, false, names, budget);
    }
    std::vector<document::Place> result;
    std::ranges::transform(names, std::back_inserter(result),
                           [&](std::string_view name) { return in_context(name).place(); });
    return result;
}

Value Import::format(const Cursor& at) {
    const auto all = arguments(at);
    const auto pattern = resolve(all.front());
    std::vector<Value> values;
    bool is_known = !pattern.is_unknown();
    for (std::size_t number = 1; number < all.size(); ++number) {
        values.push_back(resolve(all[number]));
        const auto& value = values.back();
        is_known =
            is_known && !value.is_unknown() && !value.is(Kind::list) && !value.is(Kind::map) && !value.is(Kind::object);
    }
    if (!pattern.is(Kind::text)) {
        return pattern.is_unknown() ? unknown(at)
                                    : raised(at, "!Format needs a text with %s in it", "put the text into quotes");
    }
    std::string text;
    std::size_t used = 0;
    for (std::size_t byte = 0; byte < pattern.text.size(); ++byte) {
        if (pattern.text[byte] != '%') {
            text += pattern.text[byte];
            continue;
        }
        const auto conversion = conversion_of(pattern.text.substr(byte + 1));
        if (conversion.size == 0 || conversion.is_named) {
            return raised(at, "the text has a % that is not a conversion like %s", "write %% for a percent sign");
        }
        byte += conversion.size;
        if (conversion.type == '%') {
            text += '%';
            continue;
        }
        used += 1 + conversion.stars;
        if (used <= values.size()) {
            is_known = is_known && conversion.type == 's' && conversion.size == 1;
            text += text_of(values[used - 1]);
        }
    }
    if (used != values.size()) {
        return raised(at, util::words("the text has {} conversions, and there are {} values", used, values.size()),
                      "write one %s for each value");
    }
    return is_known ? text_value(at, std::move(text)) : unknown(at);
}

Value Import::choose(const Cursor& at) {
    const auto all = at.children();
    const auto decides = resolve(all.front());
    if (all.size() < 3) {
        Value result;
        result.kind = decides.is_unknown() ? Kind::unknown : Kind::boolean;
        result.boolean = is_true(decides);
        return result;
    }
    return decides.is_unknown() ? unknown(at) : resolve(all[is_true(decides) ? 1 : 2]);
}

Value Import::condition(const Cursor& at) {
    const auto all = at.children();
    constexpr std::array k_modes{"AND"sv, "NAND"sv, "OR"sv, "NOR"sv, "XOR"sv, "XNOR"sv};
    const auto mode_value = resolve(all.front());
    if (mode_value.is_unknown()) {
        return unknown(at);
    }
    std::string mode(mode_value.text);
    std::ranges::transform(mode, mode.begin(),
                           [](char byte) { return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte; });
    if (std::ranges::find(k_modes, mode) == k_modes.end()) {
        return raised(at, util::words("!Condition does not know {}", util::outside(mode_value.text)),
                      "use AND, NAND, OR, NOR, XOR or XNOR");
    }
    if (all.size() == 1) {
        return raised(at, "!Condition has nothing to judge", "write at least one value behind the mode");
    }
    std::size_t holds = 0;
    bool is_known = true;
    for (std::size_t number = 1; number < all.size(); ++number) {
        const auto value = resolve(all[number]);
        is_known = is_known && !value.is_unknown();
        holds += is_true(value) ? 1 : 0;
    }
    if (!is_known) {
        return unknown(at);
    }
    const auto inner = mode.starts_with('N') ? std::string_view(mode).substr(1) : std::string_view(mode);
    bool result = inner == "AND" ? holds == all.size() - 1 : inner == "OR" ? holds > 0 : holds % 2 == 1;
    if (mode.starts_with('N') || mode == "XNOR") {
        result = !result;
    }
    Value value;
    value.kind = Kind::boolean;
    value.boolean = result;
    return value;
}

Value Import::enumerate(const Cursor& at) {
    const auto all = at.children();
    const auto over = resolve(all[0]);
    const auto mode = resolve(all[1]);
    if (over.is_unknown() || mode.is_unknown()) {
        return unknown(at);
    }
    const auto mode_name = util::lowered(mode.text);
    if (mode_name != "seq" && mode_name != "map") {
        return raised(at, util::words("!Enumerate does not make a {}", util::outside(mode.text)), "use SEQ or MAP");
    }
    std::vector<Loop> items;
    if (over.is(Kind::list)) {
        for (std::size_t number = 0; number < over.items.size(); ++number) {
            Value index;
            index.kind = Kind::integer;
            index.number = static_cast<double>(number);
            index.text = m_document.keep(std::to_string(number));
            items.push_back({std::move(index), over.items[number]});
        }
    } else if (over.is(Kind::map)) {
        for (const auto& [key, value] : over.members) {
            items.push_back({text_value(at, std::string(key)), value});
        }
    } else if (over.is(Kind::text)) {
        return unknown(at); // letter by letter
    } else {
        return raised(at, "!Enumerate needs a list or a mapping to go through", "write a list");
    }
    Value result;
    result.kind = mode_name == "seq" ? Kind::list : Kind::map;
    bool is_known = true;
    for (auto& item : items) {
        m_loops.push_back(std::move(item));
        auto value = resolve(all[2]);
        m_loops.pop_back();
        is_known = is_known && !value.is(Kind::unknown);
        if (result.is(Kind::list)) {
            result.items.push_back(std::move(value));
        } else if (value.is(Kind::map)) {
            std::ranges::move(value.members, std::back_inserter(result.members));
        } else if (value.is(Kind::list) && value.items.size() > 1) {
            result.members.emplace_back(text_of(value.items[0]), value.items[1]);
        } else if (!value.is(Kind::unknown)) {
            return raised(at, "an item of a MAP has to be a list of a key and a value",
                          "write [key, value] for an item");
        }
    }
    return is_known ? result : unknown(at);
}

Value Import::loop_value(const Cursor& at, bool is_index) {
    const auto depth = whole_number(util::trimmed(at.text()));
    if (m_loops.empty()) {
        return raised(at, util::words("{} is outside of an !Enumerate", at.tag()),
                      "use it in the item of an !Enumerate");
    }
    if (!depth || *depth < 0 || static_cast<std::size_t>(*depth) >= m_loops.size()) {
        return raised(at, util::words("there are {} !Enumerate around this", m_loops.size()),
                      "write 0 for the innermost one");
    }
    const auto& loop = m_loops[m_loops.size() - 1 - static_cast<std::size_t>(*depth)];
    auto result = is_index ? loop.index : loop.value;
    result.at = at;
    result.is_written = false;
    return result;
}

Value Import::at_index(const Cursor& at) {
    const auto all = at.children();
    const auto over = resolve(all[0]);
    const auto index = resolve(all[1]);
    if (over.is_unknown() || index.is_unknown()) {
        return unknown(at);
    }
    if (over.is(Kind::list) && index.is(Kind::integer)) {
        const auto size = static_cast<double>(over.items.size());
        const auto number = index.number < 0 ? index.number + size : index.number;
        if (number >= 0 && number < size) {
            return over.items[static_cast<std::size_t>(number)];
        }
    } else if (over.is(Kind::map)) {
        if (const auto* const value = over.find(text_of(index))) {
            return *value;
        }
    }
    return all.size() > 2 ? resolve(all[2])
                          : raised(at, "there is nothing at this index", "write an index that exists, or a default");
}

Value Import::parsed(const Cursor& at) {
    const auto text = at.is_sequence() ? resolve(at.children().front()) : plain(at);
    if (text.has_hole || !text.is(Kind::text)) {
        return unknown(at);
    }
    const auto json = document::read_document({}, std::string(text.text), document::Dialect::json);
    const bool is_json = json->fatal() == nullptr && json->root();
    return is_json ? unknown(at) : raised(at, "the text is not JSON", "write JSON, with double quotes around names");
}

bool Import::check_tags() {
    struct Shape {
        std::string_view tag;
        std::size_t least = 0; ///< items of its list
        bool takes_scalar = false;
    };
    static constexpr std::array k_shapes{
        Shape{"!Env", 2, true},      Shape{"!File", 2, true},       Shape{"!Context", 2, true},
        Shape{"!Format", 1, false},  Shape{"!Find", 1, false},      Shape{"!FindObject", 1, false},
        Shape{"!If", 1, false},      Shape{"!Condition", 1, false}, Shape{"!Enumerate", 3, false},
        Shape{"!AtIndex", 2, false},
    };
    bool fits = true;
    const auto refuse = [&](document::NodeId id, util::Words message, util::Words help) {
        const document::PathId path(id);
        add(k_blueprint_tag_unusable, std::move(message), {&m_document, m_document.node(id).span, path},
            std::move(help));
        m_unusable.insert(id);
        fits = false;
    };
    for (document::NodeId id = 0; id < m_document.node_count(); ++id) {
        const auto tag = m_document.tag(id);
        const auto* const shape = std::ranges::find(k_shapes, tag, &Shape::tag);
        if (tag.empty() || shape == k_shapes.end()) {
            continue;
        }
        const auto& node = m_document.node(id);
        const bool is_list = node.kind == document::NodeKind::sequence;
        if (!is_list && !(shape->takes_scalar && node.kind == document::NodeKind::scalar)) {
            refuse(id, util::words("{} needs a list", util::own(tag)), "write a list in brackets");
        } else if (is_list && (node.count < shape->least || (tag == "!If" && node.count == 2))) {
            const auto least = tag == "!If" ? 3 : shape->least;
            refuse(id,
                   util::words("{} needs {} arguments here, and there {} {}", util::own(tag), least,
                               node.count == 1 ? "is" : "are", node.count),
                   tag == "!If"          ? "add the value for when the condition does not hold"
                   : shape->takes_scalar ? "write the name without brackets, or add a default"
                                         : "add the missing arguments");
        }
    }
    return fits;
}

} // namespace oidcgen::providers::authentik
