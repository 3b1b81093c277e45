#include "lint/unpack.hpp"

#include "document/env_reader.hpp"
#include "systems.hpp"
#include "util/base64.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace oidcgen::lint {

namespace {

using document::Cursor;
using document::Document;
using document::Excerpt;
using document::Node;
using document::NodeId;
using document::NodeKind;

constexpr std::size_t k_deepest = 6; ///< texts within texts; real ones have two or three levels

/// True when a system's settings may be in the text, as far as words tell.
bool may_hold_settings(std::string_view text) {
    return std::ranges::any_of(systems(), [&](const oidc::System* system) {
        return std::ranges::any_of(system->marks,
                                   [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
    });
}

bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

/// True when there is more than comments and markers.
bool has_content(std::string_view lines) {
    while (!lines.empty()) {
        const auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        const auto text = util::trimmed(line);
        if (!text.empty() && !text.starts_with('#') && !text.starts_with('%') && text != "---" && text != "...") {
            return true;
        }
    }
    return false;
}

/// A place of values, and the names on the way to it.
struct ValuesSteps {
    const oidc::ValuesPlace* place = nullptr;
    std::vector<std::string_view> steps{};
};

std::vector<ValuesSteps> values_steps() {
    std::vector<ValuesSteps> result;
    for (const auto* const system : systems()) {
        for (const auto& place : system->values_places) {
            result.push_back({&place, util::split(place.path, '.')});
        }
    }
    return result;
}

/// The mappings of that kind in a document, in order.
std::vector<document::Span> of_kind(const Document& document, std::string_view kind) {
    std::vector<document::Span> result;
    for (NodeId id = 0; id < document.node_count(); ++id) {
        const auto& node = document.node(id);
        for (std::uint32_t member = 0; node.kind == NodeKind::mapping && member < node.count; ++member) {
            if (document.node(document.child(node, 2 * member)).text == "kind" &&
                document.node(document.child(node, 2 * member + 1)).text == kind) {
                result.push_back(node.span);
            }
        }
    }
    std::ranges::sort(result, {}, &document::Span::start);
    return result;
}

bool is_in(const std::vector<document::Span>& spans, const Node& node) {
    const auto next = std::ranges::upper_bound(spans, node.span.start, {}, &document::Span::start);
    return next != spans.begin() && node.span.end <= std::prev(next)->end;
}

/// What a member of a Secret's `data` stands for; nothing when it is not encoded.
std::optional<std::string> decoded(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '='; });
    return digits.empty() ? std::nullopt : util::from_base64(digits, util::k_standard_alphabet);
}

/// `.env`, `stack.env`, `.env.example`.
bool is_env_name(std::string_view path) {
    const auto name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
    return name.ends_with(".env") || name.starts_with(".env.");
}

class Unpacker {
  public:
    Unpacker(const Options& options, Unpacked& result)
        : m_options(options)
        , m_result(result) {
        m_options.kind = nullptr;
    }

    /// False when nothing was found; then the result is what it was.
    bool take(const Input& input) {
        if (is_utf16(input.text)) {
            return take_one(input);
        }
        const auto lines = document::documents_of(input.text);
        const auto filled = [&](document::Span it) {
            return has_content(std::string_view(input.text).substr(it.start, it.end - it.start));
        };
        if (lines.size() > 1 && std::ranges::count_if(lines, filled) > 1) {
            return take_documents(input, lines);
        }
        return take_one(input);
    }

    /// A file of environment variables.
    void take_variables(const Input& input) {
        if (auto env = document::read_env(input.path, input.text)) {
            m_result.containers.push_back(std::move(*env));
            look_for_variables(*m_result.containers.back(), m_result.deployment, m_result.findings);
        }
    }

  private:
    enum class Broken : std::uint8_t { taken, left }; ///< what becomes of a document with syntax errors

    /// Each document of a stream. When the first one is a system's settings and no other holds anything else, it is
    /// the system's business what it makes of the rest.
    bool take_documents(const Input& input, const std::vector<document::Span>& lines) {
        const auto before = m_result.inputs.size();
        const auto& stream = container(input, std::nullopt);
        bool is_mixed = false;
        const oidc::System* first = nullptr;
        std::size_t number = 0;
        for (const auto span : lines) {
            ++number;
            auto part = within(input, document::excerpt_of_lines(stream, span, number));
            if (!has_content(part.text)) {
                continue;
            }
            const auto known = m_result.inputs.size();
            const bool is_found = take_one(part);
            const bool is_direct = is_found && m_result.inputs[known].excerpt == part.excerpt;
            const auto* const system = is_direct ? m_result.inputs[known].recognised->system : nullptr;
            if (first == nullptr && !is_mixed) {
                first = system;
            }
            is_mixed = is_mixed || (is_found && (system == nullptr || system != first));
        }
        if (!is_mixed) {
            m_result.inputs.resize(before);
        }
        return is_mixed || (first != nullptr && take_recognised(input));
    }

    bool take_one(const Input& input) {
        // Reading a manifest by the rules of each system would cost as much as all that is in it.
        if (input.text.starts_with("apiVersion:") || input.text.find("\napiVersion:") != std::string::npos) {
            const auto& document = container(input, limits());
            if (document.fatal() == nullptr && is_of_another_tool(document)) {
                return depth_of(input) < k_deepest && take_from(input, document);
            }
            m_result.containers.pop_back();
        }
        if (!take_recognised(input)) {
            return take_parts(input);
        }
        // A system that takes JSON alone cannot read a sound file of another tool.
        if (m_result.inputs.back().recognised->document->fatal() != nullptr) {
            auto broken = std::move(m_result.inputs.back());
            m_result.inputs.pop_back();
            if (!take_parts(input, Broken::left)) {
                m_result.inputs.push_back(std::move(broken));
            }
        }
        return true;
    }

    bool take_recognised(const Input& input) {
        const bool is_embedded = depth_of(input) > 0;
        if (is_embedded && !may_hold_settings(input.text)) {
            return false;
        }
        auto recognised = std::make_shared<Recognised>(recognise(input, m_options));
        const auto& document = *recognised->document;
        const bool is_whole = document.fatal() == nullptr || stops_at_action(document, m_options);
        if (recognised->system == nullptr || (is_embedded && !is_whole && !is_named_like_settings(input))) {
            return false;
        }
        m_result.inputs.push_back(input);
        m_result.inputs.back().recognised = std::move(recognised);
        return true;
    }

    /// How many texts the text stands within.
    static std::size_t depth_of(const Input& input) {
        std::size_t result = 0;
        for (const auto* at = input.excerpt.get(); at != nullptr; at = at->outer->excerpt()) {
            result += at->number == 0 ? 1 : 0;
        }
        return result;
    }

    /// By its key, by a path beside it (of a patch, of a file to write), or in front of it.
    static bool is_named_like_settings(const Input& input) {
        constexpr std::array<std::string_view, 4> k_endings{".yml", ".yaml", ".json", ".tpl"};
        const auto is_name = [&](std::string_view name) {
            return std::ranges::any_of(k_endings, [&](std::string_view ending) { return name.ends_with(ending); });
        };
        const auto* excerpt = input.excerpt.get();
        while (excerpt->number > 0 && excerpt->outer->excerpt() != nullptr) {
            excerpt = excerpt->outer->excerpt();
        }
        const auto& outer = *excerpt->outer;
        const auto node = outer.node_at(excerpt->path);
        const auto parent = node == document::k_no_node ? node : outer.node(node).parent;
        if (is_name(outer.pointer(excerpt->path))) {
            return true;
        }
        if (parent == document::k_no_node) {
            return false;
        }
        const auto beside = Cursor(outer, parent, document::k_no_node, document::PathId(parent)).find("path");
        return (beside && is_name(beside.text())) || is_name(name_in_front(outer.node(node).text));
    }

    /// Of a generator's literal, which is the name of a file, an equals sign, and its content; empty when it is none.
    static std::string_view name_in_front(std::string_view text) {
        const auto name = text.substr(0, text.find_first_of("= \t\n:{\"'#"));
        return name.size() < text.size() && text[name.size()] == '=' ? name : std::string_view();
    }

    /// What the values of the document hold.
    bool take_parts(const Input& input, Broken broken = Broken::taken) {
        if (depth_of(input) >= k_deepest) {
            return false;
        }
        const auto& document = container(input, limits());
        return document.root() && (broken == Broken::taken || document.fatal() == nullptr) &&
               take_from(input, document);
    }

    [[nodiscard]] document::Limits limits() const {
        document::Limits result;
        if (m_options.placeholders == oidc::Placeholders::recognised) {
            result.actions = document::TemplateActions::filled_in;
        }
        return result;
    }

    bool take_from(const Input& input, const Document& document) {
        const auto before = m_result.inputs.size();
        look_for_containers(document, m_result.deployment, m_result.findings);
        look_for_generators(document, m_result.deployment);
        const auto secrets = of_kind(document, "Secret");
        const auto take_value = [&](NodeId id) { take_scalar(input, document, id, is_in(secrets, document.node(id))); };
        for (NodeId id = 0; id < document.node_count(); ++id) {
            const auto& node = document.node(id);
            if (node.kind == NodeKind::mapping) {
                for (std::uint32_t member = 0; member < node.count; ++member) {
                    const auto value = document.child(node, 2 * member + 1);
                    take_values(input, document, document.child(node, 2 * member), value);
                    take_value(value);
                }
            } else if (node.kind == NodeKind::sequence) {
                for (std::uint32_t item = 0; item < node.count; ++item) {
                    take_value(document.child(node, item));
                }
            }
        }
        return m_result.inputs.size() > before;
    }

    /// The values of a chart, in a file of values or within another one's settings.
    void take_values(const Input& input, const Document& document, NodeId key, NodeId value) {
        for (const auto& [place, steps] : m_values) {
            if (document.node(key).text != steps.front()) {
                continue;
            }
            Cursor at(document, value, key, document::PathId(value));
            for (auto step = std::next(steps.begin()); at && step != steps.end(); ++step) {
                at = at.find(*step);
            }
            if (!at || !at.is_mapping() || !at.find(place->mark) ||
                document.node(at.node()).kind != NodeKind::mapping || needs_others(document, at.node())) {
                continue;
            }
            auto part = within(input, document::excerpt_of_part(document, at.node()));
            part.form = place->form;
            take_recognised(part);
        }
    }

    /// True when an alias in it stands for something outside.
    static bool needs_others(const Document& document, NodeId node) {
        const auto whole = document.node(node).span;
        for (NodeId id = 0; id < document.node_count(); ++id) {
            const auto& it = document.node(id);
            const bool is_inside = it.span.start >= whole.start && it.span.end <= whole.end;
            if (it.kind == NodeKind::alias && is_inside &&
                (it.target == document::k_no_node || document.node(it.target).span.start < whole.start)) {
                return true;
            }
        }
        return false;
    }

    void take_scalar(const Input& input, const Document& document, NodeId id, bool is_secret) {
        const auto& node = document.node(id);
        if (node.kind != NodeKind::scalar) {
            return;
        }
        const bool has_lines = node.text.find('\n') != std::string_view::npos;
        // A literal of a generator, or a variable.
        const bool is_variable = node.parent != document::k_no_node &&
                                 document.node(node.parent).kind == NodeKind::sequence &&
                                 !name_in_front(node.text).empty();
        if (is_secret || has_lines || is_variable) {
            const document::Place place{&document, node.span, document::PathId(id)};
            m_result.secrets.push_back(is_secret || has_lines ? place : value_of_variable(place));
        }
        if (is_secret && !has_lines) {
            const auto text = decoded(node.text);
            if (text && may_hold_settings(*text)) {
                take(within(input, document::excerpt_of_decoded(document, id, *text)));
                return;
            }
        }
        const auto name = name_in_front(node.text);
        const auto content = node.text.substr(name.empty() ? 0 : name.size() + 1);
        const bool is_object = util::trimmed(content).starts_with('{');
        // What is encoded in a Secret does not show its words.
        if ((!has_lines && !is_object) || !(may_hold_settings(content) || content.find("Secret") != content.npos)) {
            return;
        }
        if (!name.empty() && take(within(input, document::excerpt_of_rest(document, id, name.size() + 1)))) {
            return;
        }
        auto excerpt = document::excerpt_of_scalar(document, id);
        take(within(input, is_interpolated(document, node) ? document::with_single_dollars(std::move(excerpt))
                                                           : std::move(excerpt)));
    }

    /// True for the content of a Compose config, in which each dollar sign of the text is written twice.
    static bool is_interpolated(const Document& document, const Node& node) {
        const auto key = [&](NodeId id) {
            const auto of = id == document::k_no_node ? id : document.key_of(id);
            return of == document::k_no_node ? std::string_view() : document.key_text(of);
        };
        if (node.parent == document::k_no_node || document.node(node.parent).kind != NodeKind::mapping) {
            return false;
        }
        const auto name = document.node(document.child(document.node(node.parent), node.position - node.position % 2));
        const auto configs = document.node(node.parent).parent;
        return name.text == "content" && key(configs) == "configs" && bool(document.root().find("services"));
    }

    [[nodiscard]] static Input within(const Input& input, Excerpt excerpt) {
        Input result{input.path, excerpt.text};
        result.is_found = input.is_found;
        result.site = input.site;
        result.excerpt = std::make_shared<const Excerpt>(std::move(excerpt));
        return result;
    }

    /// A document that others are found in; without limits it is only its text.
    const Document& container(const Input& input, const std::optional<document::Limits>& limits) {
        const bool is_json = util::trimmed(input.text).starts_with('{');
        const auto dialect = is_json ? document::Dialect::js_yaml : document::Dialect::go_yaml;
        auto& containers = m_result.containers;
        if (!limits) {
            containers.push_back(std::make_unique<Document>(document::Source(input.path, input.text), dialect,
                                                            document::JsYaml::v4_2, input.excerpt));
        } else if (input.excerpt != nullptr) {
            containers.push_back(document::read_excerpt(input.excerpt, dialect, *limits));
        } else {
            containers.push_back(document::read_document(input.path, input.text, dialect, *limits));
        }
        return *containers.back();
    }

    Options m_options;
    Unpacked& m_result;
    std::vector<ValuesSteps> m_values = values_steps();
};

} // namespace

Unpacked unpack(const std::vector<Input>& inputs, const Options& options) {
    Unpacked result;
    Unpacker unpacker(options, result);
    for (const auto& input : inputs) {
        result.deployment.kind = {};
        if (unpacker.take(input)) {
            continue;
        }
        if (is_env_name(input.path)) {
            unpacker.take_variables(input);
        }
        if (result.deployment.kind.empty()) {
            if (!input.is_found) {
                result.inputs.push_back(input);
            }
        } else {
            result.beside.push_back({result.containers.back().get(), result.deployment.kind});
        }
    }
    return result;
}

bool is_binary(std::string_view text) {
    constexpr std::size_t k_start = 8000;
    const bool is_compressed = text.starts_with("\x1F\x8B");
    return is_compressed || (!is_utf16(text) && text.substr(0, k_start).find('\0') != std::string_view::npos);
}

bool is_worth_reading(std::string_view path, std::string_view text) {
    const auto holds = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
    return may_hold_settings(text) || is_env_name(path) || (holds("Secret") && holds("data")) ||
           std::ranges::any_of(systems(), [&](const oidc::System* system) {
               return std::ranges::any_of(system->containers.images, holds);
           });
}

bool is_of_another_tool(const Document& document) {
    constexpr std::array k_kustomize{"configMapGenerator", "secretGenerator", "patches",  "patchesStrategicMerge",
                                     "patchesJson6902",    "kustomization",   "resources"};
    const auto root = document.root();
    if (!root.is_mapping()) {
        return false;
    }
    const auto services = root.find("services").children();
    const auto runs = [](const Cursor& it) { return it.find("image") || it.find("build"); };
    return root.find("apiVersion") || std::ranges::any_of(services, runs) ||
           std::ranges::any_of(k_kustomize, [&](const char* name) { return bool(root.find(name)); });
}

} // namespace oidcgen::lint
