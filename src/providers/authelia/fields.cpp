#include "providers/authelia/fields.hpp"

namespace oidcgen::providers::authelia {

namespace {

constexpr std::array k_key_fields{
    Field<KeyEntry>{"key_id", member<&KeyEntry::key_id>},           Field<KeyEntry>{"use", member<&KeyEntry::use>},
    Field<KeyEntry>{"algorithm", member<&KeyEntry::algorithm>},     Field<KeyEntry>{"key", member<&KeyEntry::key>},
    Field<KeyEntry>{"certificate_chain", member<&KeyEntry::chain>},
};

} // namespace

void read_keys(Decoder& decoder, KeyListSetting& keys, const document::Cursor& at) {
    keys.at = at;
    for (const auto& item : decoder.structures(at, keys.is_unknown)) {
        KeyEntry entry;
        entry.at = item;
        if (item.is_mapping()) {
            read_fields(decoder, entry, item.children(), k_key_fields);
        }
        keys.entries.push_back(std::move(entry));
    }
}

} // namespace oidcgen::providers::authelia
