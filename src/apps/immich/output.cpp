#include "apps/immich/output.hpp"

#include "apps/immich/read.hpp"
#include "apps/immich/write.hpp"
#include "document/value.hpp"
#include "util/wipe.hpp"

#include <array>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace oidcgen::apps::immich {

namespace {

using document::Value;
using namespace std::string_view_literals;

constexpr std::array k_formats{"json"sv, "yaml"sv};

/// One of the texts is the client secret.
void wipe(Value& value) {
    if (auto* const text = std::get_if<std::string>(&value.data)) {
        util::wipe(*text);
    } else if (auto* const list = std::get_if<Value::List>(&value.data)) {
        for (auto& item : *list) {
            wipe(item);
        }
    } else if (auto* const members = std::get_if<Value::Members>(&value.data)) {
        for (auto& [name, member] : *members) {
            wipe(member);
        }
    }
}

} // namespace

std::span<const std::string_view> formats() { return k_formats; }

util::Expected<oidc::Output> output(const oidc::RelyingParty& party, const oidc::Target& target,
                                    std::string_view format) {
    const bool is_yaml = format == "yaml";
    if (is_yaml && reading(target.used, oidc::Use::file).dialect == document::Dialect::json) {
        return util::failure(util::words("Immich {} reads only JSON; remove --format", to_string(target.used)));
    }
    auto value = write(party, target.used);
    oidc::Output result;
    result.text = is_yaml ? to_yaml(value) : to_json(value);
    wipe(value);
    return result;
}

} // namespace oidcgen::apps::immich
