#include "document/fillings.hpp"

#include "document/holes.hpp"
#include "util/text.hpp"
#include "util/wipe.hpp"

#include <optional>
#include <unordered_set>
#include <utility>

namespace oidcgen::document {

namespace {

constexpr auto k_use = PlaceholderUse::secret_or_address;
constexpr std::size_t k_most_defaults = 8; ///< within each other

/// `X` of `env "X"`, as templates ask for a variable of the environment.
std::optional<std::string_view> variable_in(std::string_view call) {
    for (const std::string_view function : {"env", "mustEnv"}) {
        if (!call.starts_with(function) || call.size() == function.size()) {
            continue;
        }
        const auto argument = util::trimmed(call.substr(function.size()));
        const bool is_quoted = argument.size() > 2 && (argument.front() == '"' || argument.front() == '`') &&
                               argument.find(argument.front(), 1) == argument.size() - 1;
        if (is_quoted) {
            return argument.substr(1, argument.size() - 2);
        }
    }
    return std::nullopt;
}

/// The name in front of what a template does to its value.
std::string_view name_of(std::string_view pipeline) {
    const auto first = util::trimmed(pipeline.substr(0, pipeline.find('|')));
    return variable_in(first).value_or(first);
}

/// The text in quotes, as a template writes it.
std::string quoted(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char byte : text) {
        if (quote == '"' && (byte == '"' || byte == '\\')) {
            result += '\\';
        } else if (byte == quote) {
            result += quote;
        }
        if (quote == '"' && byte == '\n') {
            result += "\\n";
        } else {
            result += byte;
        }
    }
    return result + quote;
}

class Filler {
  public:
    Filler(const Fillings& fillings, std::size_t most)
        : m_fillings(fillings)
        , m_most(most) {}

    /// False when a hole is left.
    bool fill(std::string_view text, std::string& result, std::size_t depth) {
        bool is_whole = true;
        std::size_t done = 0;
        for (const auto& hole : holes(text, k_use)) {
            result += text.substr(done, hole.start - done);
            done = hole.end;
            const auto written = text.substr(hole.start, hole.end - hole.start);
            const auto value = value_of(hole, written, depth);
            const bool fits = value && result.size() + value->size() <= m_most;
            m_is_changed = m_is_changed || fits;
            is_whole = is_whole && fits;
            result += fits ? std::string_view(*value) : written;
        }
        result += text.substr(done);
        return is_whole;
    }

    [[nodiscard]] bool is_changed() const { return m_is_changed; }
    [[nodiscard]] std::vector<const Filling*> taken() && { return std::move(m_by); }

  private:
    const Filling* find(std::string_view name) {
        const auto* const found = m_fillings.find(name);
        if (found != nullptr && m_taken.insert(found).second) {
            m_by.push_back(found);
        }
        return found;
    }

    std::optional<std::string> value_of(const Hole& hole, std::string_view written, std::size_t depth) {
        if (written.starts_with("${") && written.ends_with('}')) {
            return expanded(hole.name, written, depth);
        }
        if (const auto* const found = find(hole.name)) {
            return found->text;
        }
        return written.starts_with("{{") ? piped(hole.name) : std::nullopt;
    }

    /// `${X}` with whatever stands behind the name.
    std::optional<std::string> expanded(std::string_view name, std::string_view written, std::size_t depth) {
        const auto start = static_cast<std::size_t>(name.data() - written.data()) + name.size();
        auto operation = util::trimmed(written.substr(start, written.size() - 1 - start));
        const auto* const found = find(name);
        const bool counts_empty = operation.starts_with(':'); // as if it were not set
        if (counts_empty) {
            operation.remove_prefix(1);
        }
        if (operation.empty() && !counts_empty) {
            return found == nullptr ? std::nullopt : std::optional(found->text);
        }
        const char sign = operation.empty() ? ' ' : operation.front();
        const bool is_set = found != nullptr && !(counts_empty && found->text.empty());
        if (std::string_view("-=?+").find(sign) == std::string_view::npos || depth >= k_most_defaults) {
            return std::nullopt; // a part of the value, or another language
        }
        if (is_set && sign != '+') {
            return found->text;
        }
        if (!is_set && ((found == nullptr && !m_fillings.is_complete()) || sign == '?')) {
            return std::nullopt;
        }
        if (!is_set && sign == '+') {
            return std::string();
        }
        std::string other;
        return fill(operation.substr(1), other, depth + 1) ? std::optional(std::move(other)) : std::nullopt;
    }

    /// `.Values.a | quote`
    std::optional<std::string> piped(std::string_view pipeline) {
        const auto steps = util::split(pipeline, '|');
        const auto* const found = find(name_of(pipeline));
        if (found == nullptr) {
            return std::nullopt;
        }
        std::string result = found->text;
        for (std::size_t at = 1; at < steps.size(); ++at) {
            const auto step = util::trimmed(steps[at]);
            if (step == "quote" || step == "squote") {
                result = quoted(result, step == "quote" ? '"' : '\'');
            } else if (step == "trim") {
                result = std::string(util::trimmed(result));
            } else if (step != "toString") {
                return std::nullopt;
            }
        }
        return result;
    }

    const Fillings& m_fillings;
    std::size_t m_most;
    std::vector<const Filling*> m_by;
    std::unordered_set<const Filling*> m_taken;
    bool m_is_changed = false;
};

} // namespace

Fillings::~Fillings() {
    for (auto& [name, filling] : m_fillings) {
        util::wipe(filling.text);
    }
}

void Fillings::add(Filling filling) {
    auto& kept = m_fillings[filling.name];
    util::wipe(kept.text);
    kept = std::move(filling);
}

const Filling* Fillings::find(std::string_view name) const {
    const auto found = m_fillings.find(name);
    return found == m_fillings.end() ? nullptr : &found->second;
}

FilledText filled(std::string_view text, const Fillings& fillings, std::size_t most) {
    FilledText result;
    Filler filler(fillings, most);
    result.is_whole = filler.fill(text, result.text, 0);
    result.is_changed = filler.is_changed();
    result.by = std::move(filler).taken();
    return result;
}

std::vector<std::string_view> names_in(std::string_view text) {
    std::vector<std::string_view> result;
    for (const auto& hole : holes(text, k_use)) {
        result.push_back(text.substr(hole.start).starts_with("{{") ? name_of(hole.name) : hole.name);
    }
    return result;
}

} // namespace oidcgen::document
