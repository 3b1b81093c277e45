#include "oidc/site_view.hpp"

#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::oidc {

const SiteValue* SiteFields::find_even_empty(std::string_view field) const {
    const auto found = m_values.find(field);
    return found == m_values.end() || found->second.empty() ? nullptr : &found->second.front();
}

const SiteValue* SiteFields::find(std::string_view field) const {
    const auto* const value = find_even_empty(field);
    if (value != nullptr && value->text.empty()) {
        problem(*value, field, "is empty", "give it a value, or leave the field out for its default");
        return nullptr;
    }
    return value;
}

std::span<const SiteValue> SiteFields::all(std::string_view field) const {
    const auto found = m_values.find(field);
    return found == m_values.end() ? std::span<const SiteValue>() : std::span(found->second);
}

std::string SiteFields::text(std::string_view field, std::string_view otherwise) const {
    const auto* const value = find(field);
    return value == nullptr ? std::string(otherwise) : value->text;
}

std::string SiteFields::one_of(const SiteField& field, std::string_view otherwise) const {
    const auto* const value = find(field.name);
    if (value == nullptr) {
        return std::string(otherwise);
    }
    const auto found = std::ranges::find(field.allowed, util::lowered(value->text));
    if (found == field.allowed.end()) {
        problem(*value, field.name,
                util::words("is not {}{}", util::own(util::alternatives(field.allowed)),
                            util::did_you_mean(value->text, field.allowed)));
        return std::string(otherwise);
    }
    return std::string(*found);
}

void SiteFields::problem(const SiteValue& value, std::string_view field, const util::Words& what,
                         util::Words help) const {
    const auto name = value.flag.empty() ? std::string(field) : value.flag;
    auto message = value.text.empty() ? util::words("{} {}", name, what)
                                      : util::words("{} {} {}", name, util::outside(value.text), what);
    add({std::move(message), std::move(help), value.place, value.flag});
}

void SiteFields::missing(std::string_view field, util::Words help) const {
    add({util::words("{} is missing", field), std::move(help), {}, {}, true});
}

void SiteFields::add(SiteProblem problem) const {
    if (m_problems == nullptr) {
        return;
    }
    const bool is_told = std::ranges::any_of(*m_problems, [&](const SiteProblem& other) {
        return other.message == problem.message && other.place.document == problem.place.document &&
               other.place.span == problem.place.span;
    });
    if (!is_told) {
        m_problems->push_back(std::move(problem));
    }
}

} // namespace oidcgen::oidc
