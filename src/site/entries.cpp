#include "site/entries.hpp"

#include "site/fields.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace oidcgen::site {

namespace {

using document::Cursor;
using oidc::FieldKind;
using oidc::SiteField;
using oidc::SiteProblem;
using oidc::SiteValue;
using oidc::SiteValues;

std::vector<std::string_view> field_names() {
    std::vector<std::string_view> names;
    std::ranges::transform(fields(), std::back_inserter(names), &SiteField::name);
    return names;
}

util::Words known_fields() { return util::words("the fields are {}", util::own(util::alternatives(field_names()))); }

SiteValue entry(const Cursor& value) { return {std::string(util::trimmed(value.text())), value.place(), {}}; }

void read_field(const Cursor& value, const SiteField& field, SiteValues& entries, std::vector<SiteProblem>& problems) {
    auto& values = entries[std::string(field.name)];
    if (value.is_scalar()) {
        if (field.kind == FieldKind::text || !value.is_null()) {
            values.push_back(entry(value));
        }
        return;
    }
    if (field.kind == FieldKind::text || !value.is_sequence()) {
        problems.push_back({util::words("{} takes one value", field.name), {}, value.key_place(), {}});
        return;
    }
    for (const auto& item : value.children()) {
        if (item.is_scalar()) {
            values.push_back(entry(item));
        } else {
            problems.push_back({util::words("{} takes a list of texts", field.name), {}, item.place(), {}});
        }
    }
}

document::Place at(const document::Document& document, document::Span span) {
    return {&document, span, document::k_root_path};
}

/// `domain example.com` or `domain:example.com`: the first such line, where the file cannot be read as fields. YAML
/// itself takes it for text that goes on in the next line, and stumbles there.
std::optional<SiteProblem> missing_colon(const document::Document& document) {
    const auto root = document.root();
    if (document.fatal() == nullptr && (!root || root.is_mapping() || root.is_null())) {
        return std::nullopt;
    }
    const std::string_view text = document.source().text();
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", start), text.size());
        const std::string_view line = text.substr(start, end - start);
        const std::string_view name = line.substr(0, line.find_first_of(" \t:"));
        const std::string_view rest = line.substr(name.size());
        const std::string_view value = util::trimmed(rest.substr(rest.starts_with(':') ? 1 : 0));
        const auto* const field = find_field(name);
        const bool has_mark = rest.starts_with(": ") || rest.starts_with(":\t") || value.starts_with(':');
        if (field != nullptr && !has_mark && !value.empty()) {
            const auto first = static_cast<std::uint32_t>(start);
            return SiteProblem{rest.starts_with(':')
                                   ? util::words("a blank is missing after the colon of {}", util::own(field->name))
                                   : util::words("a colon is missing after {}", util::own(field->name)),
                               util::words("write `{}: VALUE`", util::own(field->name)),
                               at(document, {first, static_cast<std::uint32_t>(end)}),
                               {}};
        }
        start = end + 1;
    }
    return std::nullopt;
}

} // namespace

SiteValues read_entries(const document::Document& document, std::vector<SiteProblem>& problems) {
    SiteValues entries;
    if (auto problem = missing_colon(document)) {
        problems.push_back(std::move(*problem));
        return entries; // whatever else is wrong follows from it
    }
    for (const auto& fault : document.faults()) {
        problems.push_back({fault.message, {}, at(document, fault.span), {}});
    }
    const auto root = document.root();
    if (!root || root.is_null()) {
        if (document.faults().empty()) {
            problems.push_back({"the site description is empty",
                                "write at least domain, subdomain and client_id, or let `oidcgen init` do it",
                                at(document, {}),
                                {}});
        }
        return entries;
    }
    if (!root.is_mapping()) {
        if (document.fatal() == nullptr) {
            problems.push_back(
                {"the site description must consist of `field: value` lines", known_fields(), root.place(), {}});
        }
        return entries;
    }
    for (const auto& member : root.children()) {
        const auto* const field = find_field(member.key());
        if (field == nullptr) {
            problems.push_back({util::words("unknown field {}{}", util::outside(member.key()),
                                            util::did_you_mean(member.key(), field_names())),
                                known_fields(),
                                member.key_place(),
                                {}});
        } else {
            read_field(member, *field, entries, problems);
        }
    }
    return entries;
}

void set_from_flag(SiteValues& entries, std::string_view field, std::string_view flag,
                   const std::vector<std::string>& values) {
    auto& target = entries[std::string(field)];
    target.clear();
    for (const auto& value : values) {
        oidc::SiteValue entry;
        entry.text = std::string(util::trimmed(value));
        entry.flag = std::string(flag);
        target.push_back(std::move(entry));
    }
}

} // namespace oidcgen::site
