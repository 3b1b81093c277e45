#include "apps/immich/booleans.hpp"

#include "util/assert.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::apps::immich {

namespace {

using util::VersionRange;
using JsValue = lang::js::Value;
using Type = JsValue::Type;

struct Row {
    VersionRange versions;
    BooleanTexts texts;
};

/// server/src/validation.ts (ValidateBoolean), and whether server/src/utils/config.ts returns what was checked.
constexpr std::array k_rows{
    Row{{{}, {1, 98, 1}}, BooleanTexts::refused},
    Row{{{1, 98, 1}, {1, 120, 0}}, BooleanTexts::kept},
    Row{{{1, 120, 0}}, BooleanTexts::converted},
};

/// Until 2.7.5 values are compared with the texts by `==`, for which a list of one item is what that item is as text.
constexpr VersionRange k_compares_loosely{{1, 98, 1}, {3, 0, 0, 0}};

std::optional<bool> from_text(std::string_view text) {
    if (text == "true" || text == "false") {
        return text == "true";
    }
    return std::nullopt;
}

} // namespace

BooleanTexts boolean_texts(const util::Version& version) {
    const auto* const found = std::ranges::find_if(k_rows, [&](const Row& row) { return row.versions.holds(version); });
    OIDCGEN_ASSERT(found != k_rows.end());
    return found->texts;
}

std::optional<bool> to_boolean(const JsValue& value, const util::Version& version) {
    if (value.is(Type::boolean)) {
        return value.boolean;
    }
    if (boolean_texts(version) == BooleanTexts::refused) {
        return std::nullopt;
    }
    if (value.is(Type::text)) {
        return from_text(value.text);
    }
    const JsValue* item = &value;
    while (item->is(Type::list) && item->items.size() == 1) {
        item = &item->items.front();
    }
    if (item == &value || !k_compares_loosely.holds(version)) {
        return std::nullopt;
    }
    return item->is(Type::boolean) ? std::optional(item->boolean)
           : item->is(Type::text)  ? from_text(item->text)
                                   : std::nullopt;
}

} // namespace oidcgen::apps::immich
