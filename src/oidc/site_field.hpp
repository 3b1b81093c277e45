#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace oidcgen::oidc {

struct SiteView;

enum class FieldKind : std::uint8_t { text, list };

/// One field of a site description. Its flag has the same name with dashes.
struct SiteField {
    std::string_view name;
    std::string_view value_name;                 ///< what stands for the value in help texts
    std::string_view about;                      ///< for help texts, without the default
    std::string_view otherwise{};                ///< the default in help texts; empty: there is none to tell
    std::span<const std::string_view> allowed{}; ///< empty: any text, checked by what it means
    FieldKind kind = FieldKind::text;
    /// The default of a site, where `otherwise` only describes it; null: `otherwise` is the value itself.
    std::string (*default_for)(const SiteView&) = nullptr;
    std::string_view question{}; ///< that a person is asked who does not give it; empty: nobody is asked
};

} // namespace oidcgen::oidc
