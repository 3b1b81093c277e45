#include "lang/cel/cel.hpp"

#include "util/text.hpp"

#include <charconv>
#include <system_error>

namespace oidcgen::lang::cel {

std::optional<Value> constant(std::string_view expression) {
    expression = util::trimmed(expression);
    if (expression == "true" || expression == "false") {
        return expression == "true";
    }
    const auto quote = expression.empty() ? '\0' : expression.front();
    if ((quote == '\'' || quote == '"') && expression.size() >= 2 &&
        expression.find(quote, 1) == expression.size() - 1 && expression.find('\\') == std::string_view::npos) {
        return std::string(expression.substr(1, expression.size() - 2));
    }
    if (expression.starts_with('[') && expression.ends_with(']') && expression.find('[', 1) == std::string_view::npos &&
        expression.find(']') == expression.size() - 1) {
        return List{};
    }
    double number = 0;
    const auto [end, error] = std::from_chars(expression.data(), expression.data() + expression.size(), number);
    if (error == std::errc() && end == expression.data() + expression.size()) {
        return number;
    }
    return std::nullopt;
}

} // namespace oidcgen::lang::cel
