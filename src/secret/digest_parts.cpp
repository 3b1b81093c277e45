#include "secret/digest_parts.hpp"

#include "util/text.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::secret {

tl::unexpected<DigestFault> fault(std::string message) {
    return tl::unexpected(DigestFault{.message = std::move(message)});
}

tl::unexpected<DigestFault> fault_when_checked(std::string message) {
    return tl::unexpected(DigestFault{.message = std::move(message), .when_checked = true});
}

std::optional<std::int64_t> to_signed(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) {
            return std::nullopt;
        }
    }
    return to_number<std::int64_t>(text);
}

std::optional<std::vector<Parameter>> to_parameters(std::string_view text) {
    std::vector<Parameter> parameters;
    for (const std::string_view part : util::split(text, ',')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos) {
            return std::nullopt;
        }
        parameters.push_back({part.substr(0, equals), part.substr(equals + 1)});
    }
    return parameters;
}

std::string not_a_number(std::string_view parameter) { return fmt::format("its {} is not a number", parameter); }

std::uint64_t product(std::uint64_t left, std::uint64_t right) {
    std::uint64_t result = 0;
    return __builtin_mul_overflow(left, right, &result) ? std::numeric_limits<std::uint64_t>::max() : result;
}

std::uint64_t sum(std::uint64_t left, std::uint64_t right) {
    std::uint64_t result = 0;
    return __builtin_add_overflow(left, right, &result) ? std::numeric_limits<std::uint64_t>::max() : result;
}

} // namespace oidcgen::secret
