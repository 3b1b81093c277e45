#pragma once

#include "util/version.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace oidcgen::providers::authentik {

// The models that entries of a blueprint make objects of: authentik/*/models.py and the serializers in authentik/*/api.

inline constexpr std::string_view k_provider = "authentik_providers_oauth2.oauth2provider";
inline constexpr std::string_view k_application = "authentik_core.application";
inline constexpr std::string_view k_mapping = "authentik_providers_oauth2.scopemapping";
inline constexpr std::string_view k_binding = "authentik_policies.policybinding";
inline constexpr std::string_view k_flow = "authentik_flows.flow";
inline constexpr std::string_view k_certificate = "authentik_crypto.certificatekeypair";
inline constexpr std::string_view k_group = "authentik_core.group";
inline constexpr std::string_view k_user = "authentik_core.user";
inline constexpr std::string_view k_policy = "authentik_policies_expression.expressionpolicy";

/// What a serializer makes of a value.
enum class FieldType : std::uint8_t {
    text,
    slug,
    word, ///< text without blanks
    choice,
    choices, ///< a list of them
    boolean,
    integer,
    duration,   ///< `hours=1;minutes=2`
    address,    ///< http or https
    expression, ///< Python
    reference,  ///< the primary key of an object
    references,
    redirect_uris,
    anything, ///< not looked at
};

enum class Need : std::uint8_t { optional, required };
enum class Null : std::uint8_t { refused, taken };
enum class Blank : std::uint8_t { refused, taken };

struct Field {
    std::string_view name;
    FieldType type = FieldType::text;
    Need need = Need::optional;
    Null null = Null::refused;
    Blank blank = Blank::refused;
    std::size_t longest = 0;                       ///< characters; 0: any
    std::span<const std::string_view> choices{};   ///< of a choice
    std::span<const std::string_view> perhaps{};   ///< further ones, which not every release of these may have
    std::span<const std::string_view> refers_to{}; ///< models, of a reference; empty: any
    util::VersionRange versions{};                 ///< in which it is a field
};

struct Model {
    std::string_view name;
    std::span<const Field> fields;                   ///< a row for each range of versions
    std::span<const std::string_view> identifiers{}; ///< names that find an object, beside the fields
    bool has_number = false;                         ///< its primary key is a number, else a UUID
    std::span<const std::string_view> unique{};      ///< fields that no two objects share
};

/// The model of that name, when its fields are known.
[[nodiscard]] const Model* find_model(std::string_view name);

enum class ModelName : std::uint8_t {
    known,
    refused, ///< a model that entries are not allowed to make
    unknown, ///< there is none
};
[[nodiscard]] ModelName look_up_model(std::string_view name, const util::Version& version);

/// Names of models, for suggestions.
[[nodiscard]] std::span<const std::string_view> model_names();

/// A field of a model in a version; null when it does not have it.
[[nodiscard]] const Field* find_field(const Model& model, std::string_view name, const util::Version& version);

/// True for a name by which objects of a model are found.
[[nodiscard]] bool is_identifier(const Model& model, std::string_view name);

/// An object that every installation has.
struct Shipped {
    std::string_view model;
    std::string_view key; ///< the field that names it
    std::string_view value;
    std::string_view scope{}; ///< of a mapping
    util::VersionRange versions{};
};

/// The object that every installation has under that name; null when it is not one of them.
[[nodiscard]] const Shipped* find_shipped(std::string_view model, std::string_view key, std::string_view value,
                                          const util::Version& version);

/// True for a value of `managed` that only the product itself gives to its objects, all of which are known.
[[nodiscard]] bool is_own_name(std::string_view model, std::string_view key, std::string_view value);

/// All of them.
[[nodiscard]] std::span<const Shipped> shipped();

} // namespace oidcgen::providers::authentik
