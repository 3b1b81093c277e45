#include "providers/authelia/decode.hpp"

#include "document/placeholder.hpp"
#include "lang/go/values.hpp"
#include "providers/authelia/duration.hpp"
#include "providers/authelia/rules.hpp"
#include "util/base64.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using document::PlaceholderUse;
using document::Scalar;
using document::ScalarType;
using oidc::Known;
using namespace std::string_view_literals;

constexpr std::array k_decoding_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/"sv,
    "https://github.com/authelia/authelia/blob/master/internal/configuration/decode_hooks.go"sv};
constexpr std::array k_duration_sources{"https://www.authelia.com/configuration/prologue/common/#duration"sv,
                                        "https://github.com/authelia/authelia/blob/master/internal/utils/time.go"sv};
constexpr std::array k_network_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#networks"sv};
constexpr auto k_one_text = "text"sv;

/// A date is a structure to Go, though one without settings in it.
bool is_date(const Cursor& at) { return at.is_scalar() && at.scalar().type == ScalarType::timestamp; }

bool is_structure(const Cursor& at) { return at.is_mapping() || is_date(at); }

/// What a !!binary value holds; its reader has made sure that it is base64.
std::string binary_text(std::string_view text) {
    std::string bare(text);
    std::erase_if(bare, [](char byte) { return byte == '\n' || byte == '\r' || byte == '='; });
    return util::from_base64(bare, util::k_standard_alphabet).value_or(std::string());
}

bool is_text(const Scalar& scalar) { return scalar.type == ScalarType::text || scalar.type == ScalarType::binary; }

} // namespace

const rule::Rule k_value_of_wrong_type{
    .code = "OG1101",
    .name = "value-of-wrong-type",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a setting has a value of the wrong type",
    .why = "Authelia decodes the whole configuration into typed settings before it checks any of them. It cannot "
           "decode a list where one text is expected, text where a mapping is expected, or a date. After such a value "
           "nothing else is checked.",
    .bad = "client_name: [Immich]",
    .good = "client_name: Immich",
    .ignore = {},
    .sources = k_decoding_sources,
};

const rule::Rule k_switch_unreadable{
    .code = "OG1102",
    .name = "switch-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a boolean setting is neither true nor false",
    .why = "Authelia accepts true and false in a few spellings, and numbers. To its YAML parser, words such as yes, "
           "no, on and off are text, and Authelia refuses them.",
    .bad = "public: no",
    .good = "public: false",
    .ignore = {},
    .sources = k_decoding_sources,
};

const rule::Rule k_number_unreadable{
    .code = "OG1103",
    .name = "number-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a setting that takes a whole number has another value",
    .why = "Authelia cannot turn the text into a whole number and refuses the configuration.",
    .bad = "minimum_parameter_entropy: 'eight'",
    .good = "minimum_parameter_entropy: 8",
    .ignore = {},
    .sources = k_decoding_sources,
};

const rule::Rule k_duration_unreadable{
    .code = "OG1104",
    .name = "duration-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a duration is not in a form that Authelia reads",
    .why = "A duration is a number of seconds, or numbers from 1 on that each have a unit. Decimals, the number 0, "
           "unknown units and text after the last unit are refused.",
    .bad = "access_token: 1.5h",
    .good = "access_token: 1h 30m",
    .ignore = {},
    .sources = k_duration_sources,
};

const rule::Rule k_address_unreadable{
    .code = "OG1105",
    .name = "address-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "an address cannot be parsed",
    .why = "Authelia parses this address while it reads the file, and refuses the file when that fails.",
    .bad = "jwks_uri: https://photos.example.com:port/jwks.json",
    .good = "jwks_uri: https://photos.example.com/jwks.json",
    .ignore = {},
    .sources = k_decoding_sources,
};

const rule::Rule k_network_unreadable{
    .code = "OG1106",
    .name = "network-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a network is neither an address range nor the name of a defined network",
    .why = "The networks of a policy rule are addresses, ranges with a mask, or names from definitions.network. "
           "Authelia refuses anything else while it reads the file.",
    .bad = "networks: [10.0.0.0/99]",
    .good = "networks: [10.0.0.0/8]",
    .ignore = "when the name is defined in another file of the same configuration",
    .sources = k_network_sources,
};

std::string_view kind_of(const Cursor& at) {
    if (at.is_sequence()) {
        return "a list";
    }
    if (at.is_mapping()) {
        return "a mapping";
    }
    switch (at.scalar().type) {
    case ScalarType::null:
        return "null";
    case ScalarType::boolean:
        return "true or false";
    case ScalarType::integer:
    case ScalarType::floating:
        return "a number";
    case ScalarType::timestamp:
        return "a date";
    case ScalarType::text:
    case ScalarType::binary:
        break;
    }
    return "text";
}

Decoder::Decoder(const oidc::InspectOptions& options, rule::Findings& findings)
    : m_release(authelia::release(options.version))
    , m_now(options.now)
    , m_literal(options.placeholders == oidc::Placeholders::literal)
    , m_filters(options.filters)
    , m_form(options.form)
    , m_findings(findings) {}

void Decoder::refuse(const rule::Rule& rule, const Cursor& at, util::Words message, util::Words help) {
    auto found = rule::finding(rule, std::move(message), at.place(), std::move(help));
    found.client = m_client;
    m_findings.add(std::move(found));
}

void Decoder::refuse_type(const Cursor& at, std::string_view wanted) {
    if (at.kind() == document::NodeKind::alias) {
        return; // it refers to nothing, which the reader has reported
    }
    if (wanted == k_one_text && is_date(at)) {
        refuse(k_value_of_wrong_type, at, "without quotes this is a date, and text is expected", "put it in quotes");
        return;
    }
    refuse(k_value_of_wrong_type, at, util::words("expected {}, found {}", wanted, kind_of(at)));
}

std::string_view Decoder::text_of(const Cursor& at, const Scalar& scalar) {
    if (scalar.type == ScalarType::binary) {
        return at.document().keep(binary_text(at.text()));
    }
    return is_text(scalar) ? at.text() : at.document().keep(lang::go::to_text(scalar));
}

bool Decoder::is_placeholder(const Cursor& at, PlaceholderUse use) {
    if (m_literal || !at.is_scalar() || !document::is_placeholder(at.text(), use)) {
        return false;
    }
    m_findings.doubt(at.place(), rule::Doubt::placeholder);
    return true;
}

Decoder::Kind Decoder::kind_at(const Cursor& at, PlaceholderUse use) {
    if (is_placeholder(at, use)) {
        return Kind::placeholder;
    }
    if (is_structure(at)) {
        return Kind::structure;
    }
    if (!at.is_scalar()) {
        return Kind::other;
    }
    const auto scalar = at.scalar();
    return scalar.type == ScalarType::null ? Kind::null : is_text(scalar) ? Kind::text : Kind::scalar;
}

void Decoder::read(TextSetting& setting, const Cursor& at) {
    const auto item = item_of(at, PlaceholderUse::identifier);
    setting.value = item.text;
    setting.at = at;
    setting.known = item.is_unknown ? Known::unknown : at.is_null() ? Known::defaulted : known_at(at);
}

bool Decoder::is_unreadable(const Cursor& at, std::string_view wanted) {
    const auto kind = kind_at(at, PlaceholderUse::identifier);
    if (kind == Kind::structure || kind == Kind::other) {
        refuse_type(at, wanted);
    }
    return kind == Kind::placeholder || kind == Kind::structure || kind == Kind::other;
}

template <class T>
void Decoder::read_scalar(Setting<T>& setting, const Cursor& at, const Conversion<T>& conversion) {
    setting.at = at;
    setting.known = Known::unknown;
    if (is_unreadable(at, conversion.wanted)) {
        return;
    }
    const auto scalar = at.scalar();
    const auto value = conversion.convert(scalar);
    if (!value) {
        refuse(conversion.rule, at, util::words("{} is {}", util::outside(scalar.text), conversion.fault),
               util::own(conversion.help));
        return;
    }
    setting.value = *value;
    setting.known = known_at(at);
}

void Decoder::read(SwitchSetting& setting, const Cursor& at) {
    read_scalar<bool>(
        setting, at,
        {lang::go::to_bool, "true or false", k_switch_unreadable, "neither true nor false", "write true or false"});
}

void Decoder::read(Setting<std::int64_t>& setting, const Cursor& at) {
    read_scalar<std::int64_t>(
        setting, at,
        {lang::go::to_int, "a whole number", k_number_unreadable, "not a whole number", "write digits only"});
}

Item Decoder::item_of(const Cursor& at, PlaceholderUse use) {
    Item item;
    item.at = at;
    switch (kind_at(at, use)) {
    case Kind::placeholder:
        item.is_unknown = true;
        break;
    case Kind::null:
        break;
    case Kind::text:
    case Kind::scalar:
        item.text = text_of(at, at.scalar());
        break;
    case Kind::structure:
    case Kind::other:
        refuse_type(at, k_one_text);
        item.is_unknown = true;
        break;
    }
    return item;
}

std::vector<Item> Decoder::split_items(std::string_view text, const Cursor& at) const {
    std::vector<Item> result;
    if (!text.empty()) {
        for (const auto part : util::split(text, ',')) {
            result.push_back({part, at});
        }
    }
    return result;
}

void Decoder::read_list(ListSetting& setting, const Cursor& at, Split split) {
    const auto use = split == Split::never ? PlaceholderUse::secret_or_address : PlaceholderUse::identifier;
    setting.at = at;
    setting.known = Known::given;
    if (at.is_sequence()) {
        // `['{{ env "X" | join "', '" }}']` is one action, though its quotes and comma make two items of it.
        bool is_in_action = false;
        for (const auto& item : at.children()) {
            auto& added = setting.value.emplace_back(item_of(item, use));
            const bool opens = !m_literal && item.is_scalar() && document::opens_action(item.text());
            if (!added.is_unknown && (is_in_action || opens)) {
                added.is_unknown = true;
                m_findings.doubt(item.place(), rule::Doubt::placeholder);
            }
            is_in_action = opens || (is_in_action && !document::closes_action(item.text()));
        }
        return;
    }
    if (at.is_null()) {
        setting.known = Known::defaulted;
        return;
    }
    if (at.is_mapping() && at.children().empty()) {
        return;
    }
    const auto item = item_of(at, use);
    if (item.is_unknown && (split == Split::at_commas || !at.is_scalar())) {
        setting.known = Known::unknown;
        return;
    }
    if (split == Split::at_commas && is_text(at.scalar())) {
        setting.value = split_items(item.text, at);
    } else {
        setting.value.push_back(item);
    }
}

void Decoder::read(ListSetting& setting, const Cursor& at) { read_list(setting, at, Split::at_commas); }

void Decoder::read_uris(ListSetting& setting, const Cursor& at) { read_list(setting, at, Split::never); }

/// False when nothing is known of it.
bool Decoder::read_address(Address& address, const Cursor& at) {
    switch (kind_at(at, PlaceholderUse::secret_or_address)) {
    case Kind::placeholder:
        return false;
    case Kind::null:
        return true;
    case Kind::structure:
        address.is_set = true; // decoded into the parts of an address, whatever is in it
        return true;
    case Kind::scalar:
    case Kind::other:
        refuse_type(at, "an address");
        return false;
    case Kind::text:
        break;
    }
    const auto text = text_of(at, at.scalar());
    if (text.empty()) {
        return true;
    }
    auto url = lang::go::parse_url(text, m_release.host_colons);
    if (!url) {
        refuse(k_address_unreadable, at,
               util::words("{} is not a valid address: {}", util::outside(text), url.error().message));
        return false;
    }
    address.is_set = true;
    address.url = std::move(*url);
    return true;
}

void Decoder::read(AddressSetting& setting, const Cursor& at) {
    setting.at = at;
    setting.known = read_address(setting.value, at) ? known_at(at) : Known::unknown;
}

void Decoder::read(AddressListSetting& setting, const Cursor& at) {
    setting.at = at;
    setting.known = Known::given;
    const auto add = [&](const Cursor& item_at) {
        AddressItem item;
        item.at = item_at;
        item.is_unknown = !read_address(item.address, item_at);
        setting.value.push_back(std::move(item));
    };
    if (at.is_sequence()) {
        std::ranges::for_each(at.children(), add);
    } else if (at.is_null() || (at.is_mapping() && at.children().empty())) {
        setting.known = Known::defaulted;
    } else {
        add(at);
    }
}

void Decoder::read_duration(SwitchSetting& setting, const Cursor& at) {
    setting.at = at;
    if (is_unreadable(at, "a duration")) {
        setting.known = Known::unknown;
        return;
    }
    const auto scalar = at.scalar();
    if (scalar.type == ScalarType::null) {
        return;
    }
    setting.value = true;
    setting.known = known_at(at);
    if (!is_text(scalar)) {
        return;
    }
    const auto text = text_of(at, scalar);
    if (const auto done = check_duration(text); !done) {
        refuse(k_duration_unreadable, at,
               util::words("{} is not a duration: {}", util::outside(text), done.error().message),
               "write a number of seconds, or numbers with units, like `1h 30m`, `2 weeks` or `1 year`");
        setting.known = Known::unknown;
    }
}

void Decoder::read_subjects(PolicyRule& rule, const Cursor& at) {
    rule.subject_at = at;
    if (is_placeholder(at, PlaceholderUse::identifier)) {
        rule.is_subject_unknown = true;
        return;
    }
    const auto add_group = [&](const Cursor& group) {
        ListSetting list;
        read(list, group);
        rule.is_subject_unknown = rule.is_subject_unknown || list.is_unknown();
        rule.subjects.push_back(std::move(list.value));
    };
    if (at.is_sequence()) {
        std::ranges::for_each(at.children(), add_group);
    } else if (!at.is_null() && !(at.is_mapping() && at.children().empty())) {
        add_group(at);
    }
}

void Decoder::read_networks(PolicyRule& rule, const Cursor& at, const std::unordered_set<std::string_view>& names) {
    if (is_placeholder(at, PlaceholderUse::identifier)) {
        rule.is_networks_unknown = true;
        return;
    }
    const auto add = [&](const Cursor& item) {
        ++rule.networks;
        if (is_placeholder(item, PlaceholderUse::identifier)) {
            return;
        }
        const bool is_name = item.is_scalar() && names.contains(item.text());
        const bool fits = item.is_scalar() && is_text(item.scalar()) && (is_name || lang::go::is_network(item.text()));
        if (!fits) {
            refuse(k_network_unreadable, item,
                   util::words("{} is not an address, not a range, and not the name of a network defined in this file",
                               item.is_scalar() ? util::outside(item.text()) : util::Words("this")));
        }
    };
    if (at.is_sequence()) {
        std::ranges::for_each(at.children(), add);
    } else if (at.is_mapping()) {
        rule.networks = at.children().empty() ? 0 : 1;
    } else if (is_date(at)) {
        rule.networks = 1;
    } else if (!at.is_null()) {
        add(at);
    }
}

std::vector<Cursor> Decoder::members(const Cursor& at) {
    if (at.is_mapping()) {
        return at.children();
    }
    if (at && !at.is_null() && !is_date(at) && !is_placeholder(at, PlaceholderUse::identifier)) {
        refuse_type(at, "a mapping");
    }
    return {};
}

std::vector<Cursor> Decoder::structures(const Cursor& at, bool& is_unknown) {
    if (at.is_sequence()) {
        std::vector<Cursor> result;
        for (const auto& item : at.children()) {
            if (is_placeholder(item, PlaceholderUse::identifier)) {
                is_unknown = true;
                continue;
            }
            if (!is_structure(item) && !item.is_null()) {
                refuse_type(item, "a mapping");
            }
            result.push_back(item);
        }
        return result;
    }
    if (at.is_mapping()) {
        return at.children().empty() ? std::vector<Cursor>() : std::vector<Cursor>{at};
    }
    if (is_date(at)) {
        return {at};
    }
    if (is_placeholder(at, PlaceholderUse::identifier)) {
        is_unknown = true;
    } else if (at && !at.is_null()) {
        refuse_type(at, "a list of mappings");
        is_unknown = true;
    }
    return {};
}

std::vector<Cursor> Decoder::named(const Cursor& at) {
    if (!at.is_sequence()) {
        return members(at);
    }
    // A list of mappings, or of lists of them, is read as one mapping.
    std::vector<Cursor> result;
    std::vector<Cursor> waiting = at.children();
    std::ranges::reverse(waiting);
    while (!waiting.empty()) {
        const auto item = waiting.back();
        waiting.pop_back();
        if (item.is_sequence()) {
            const auto inner = item.children();
            waiting.insert(waiting.end(), inner.rbegin(), inner.rend());
        } else {
            const auto inner = members(item);
            result.insert(result.end(), inner.begin(), inner.end());
        }
    }
    return result;
}

} // namespace oidcgen::providers::authelia
