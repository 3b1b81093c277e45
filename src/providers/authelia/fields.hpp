#pragma once

#include "lang/go/values.hpp"
#include "providers/authelia/decode.hpp"
#include "providers/authelia/settings.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace oidcgen::providers::authelia {

/// A setting of a structure, and what reads it.
template <class T>
struct Field {
    std::string_view name;
    void (*read)(Decoder&, T&, const document::Cursor&);
};

template <auto Member, class T>
void member(Decoder& decoder, T& owner, const document::Cursor& at) {
    decoder.read(owner.*Member, at);
}

/// Every member of a structure that has a field of its name; exact names win over names in other letter case.
template <class T, std::size_t N>
void read_fields(Decoder& decoder, T& owner, const std::vector<document::Cursor>& members,
                 const std::array<Field<T>, N>& fields) {
    for (const auto& at : members) {
        const auto* field = std::ranges::find(fields, at.key(), &Field<T>::name);
        if (field == fields.end()) {
            field = std::ranges::find_if(fields,
                                         [&](const Field<T>& it) { return lang::go::equal_fold(it.name, at.key()); });
            const bool is_taken =
                field != fields.end() &&
                std::ranges::any_of(members, [&](const document::Cursor& it) { return it.key() == field->name; });
            if (field == fields.end() || is_taken) {
                continue;
            }
        }
        field->read(decoder, owner, at);
    }
}

/// A list of keys, of the provider or of a client.
void read_keys(Decoder& decoder, KeyListSetting& keys, const document::Cursor& at);

template <auto Member, class T>
void key_list(Decoder& decoder, T& owner, const document::Cursor& at) {
    read_keys(decoder, owner.*Member, at);
}

} // namespace oidcgen::providers::authelia
