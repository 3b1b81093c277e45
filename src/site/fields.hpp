#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace oidcgen::site {

enum class FieldKind : std::uint8_t { text, list };

/// One field of the site description. Its flag has the same name with dashes.
struct Field {
    std::string_view name;
    std::string_view value_name; ///< what stands for the value in help texts
    std::string_view about;
    std::span<const std::string_view> allowed{}; ///< empty: any text, checked by what it means
    FieldKind kind = FieldKind::text;
};

/// Every field, in the order in which a site file is written.
[[nodiscard]] std::span<const Field> fields();

/// The field of that name; null when there is none.
[[nodiscard]] const Field* find_field(std::string_view name);

} // namespace oidcgen::site
