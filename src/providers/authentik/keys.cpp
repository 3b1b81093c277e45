#include "providers/authentik/keys.hpp"

#include "providers/authentik/models.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using oidc::Key;
using oidc::ValueType;

ValueType type_of(FieldType type) {
    switch (type) {
    case FieldType::boolean:
        return ValueType::boolean;
    case FieldType::integer:
        return ValueType::integer;
    case FieldType::choices:
    case FieldType::references:
        return ValueType::text_list;
    case FieldType::duration:
        return ValueType::duration;
    case FieldType::address:
        return ValueType::url;
    case FieldType::redirect_uris:
        return ValueType::object_list;
    case FieldType::anything:
        return ValueType::object;
    case FieldType::text:
    case FieldType::slug:
    case FieldType::word:
    case FieldType::choice:
    case FieldType::expression:
    case FieldType::reference:
        break;
    }
    return ValueType::text;
}

/// The table of keys, from those of the models.
class Keys {
  public:
    Keys() {
        for (const auto& key : {
                 Key{.path = "version", .type = ValueType::integer},
                 Key{.path = "metadata", .type = ValueType::object},
                 Key{.path = "metadata.name"},
                 Key{.path = "metadata.labels", .type = ValueType::object},
                 Key{.path = "context", .type = ValueType::object},
                 Key{.path = "entries", .type = ValueType::object_list},
                 Key{.path = "entries[].model"},
                 Key{.path = "entries[].id"},
                 Key{.path = "entries[].state"},
                 Key{.path = "entries[].conditions", .type = ValueType::text_list},
                 Key{.path = "entries[].permissions", .type = ValueType::object_list},
                 Key{.path = "entries[].identifiers", .type = ValueType::object},
                 Key{.path = "entries[].attrs", .type = ValueType::object},
             }) {
            m_keys.push_back(key);
        }
        for (const auto name : {k_provider, k_application, k_mapping, k_binding}) {
            for (const auto& field : find_model(name)->fields) {
                auto path = fmt::format("entries[].attrs.{}", field.name);
                const bool is_shared = std::ranges::any_of(m_keys, [&](const Key& key) {
                    return key.path == path && field.versions.holds(key.versions.since);
                });
                if (is_shared) {
                    continue; // several models have a name, for example
                }
                m_keys.push_back({.path = keep(std::move(path)),
                                  .type = type_of(field.type),
                                  .allowed = field.choices,
                                  .versions = field.versions});
            }
        }
        for (const auto* const name : {"matching_mode", "url", "redirect_uri_type"}) {
            m_keys.push_back({.path = keep(fmt::format("entries[].attrs.redirect_uris[].{}", name))});
        }
    }

    [[nodiscard]] std::span<const Key> all() const { return m_keys; }

  private:
    std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }

    std::deque<std::string> m_texts;
    std::vector<Key> m_keys;
};

} // namespace

std::span<const Key> keys() {
    static const Keys k_keys;
    return k_keys.all();
}

} // namespace oidcgen::providers::authentik
