#include "lint/deployment.hpp"

#include "lint/filters.hpp"
#include "systems.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::lint {

namespace {

using document::Cursor;
using document::Document;
using document::NodeId;
using document::NodeKind;

/// The name of an image without tag and digest, and its tag.
std::pair<std::string_view, std::string_view> split_image(std::string_view image) {
    image = image.substr(0, image.find('@'));
    const auto colon = image.rfind(':');
    const bool is_port = colon != std::string_view::npos && image.find('/', colon) != std::string_view::npos;
    if (colon == std::string_view::npos || is_port) {
        return {image, {}};
    }
    return {image.substr(0, colon), image.substr(colon + 1)};
}

const oidc::System* system_of_image(std::string_view name) {
    for (const auto* const system : systems()) {
        for (const auto image : system->containers.images) {
            if (name.ends_with(image) && (name.size() == image.size() || name[name.size() - image.size() - 1] == '/')) {
                return system;
            }
        }
    }
    return nullptr;
}

/// The release that a tag names; empty when it names none (`latest`, a placeholder).
std::string release_of(std::string_view tag) {
    const auto number = tag.starts_with('v') ? tag.substr(1) : tag;
    const auto end = std::min(number.find_first_not_of("0123456789."), number.size());
    const bool is_number =
        !number.empty() && util::is_digit(number.front()) && (end == number.size() || number[end] == '-');
    return is_number && util::is_digit(number[end - 1]) ? std::string(number.substr(0, end)) : std::string();
}

class Containers {
  public:
    Containers(Deployment& deployment, rule::Findings& findings)
        : m_deployment(deployment)
        , m_findings(findings) {}

    /// A mapping that may describe a container.
    void look_at(const Cursor& container) {
        const auto image = container.find("image");
        const oidc::System* system = nullptr;
        if (image && image.is_scalar()) {
            const auto [name, tag] = split_image(image.text());
            system = system_of_image(name);
            add_release(system, tag, image.place());
        } else if (image && image.is_mapping()) {
            system = system_of_image(image.find("repository") ? image.find("repository").text() : std::string_view());
            for (const auto* const it : systems()) { // values of a chart of that name
                const bool is_run = !it->containers.images.empty();
                if (system == nullptr && is_run && !image.find("repository") && container.find(it->name).is_mapping()) {
                    system = it;
                }
            }
            if (const auto tag = image.find("tag"); system != nullptr && tag && tag.is_scalar()) {
                add_release(system, tag.text().substr(0, tag.text().find('@')), tag.place());
            }
        }
        if (system == nullptr) {
            return;
        }
        m_is_any = true;
        ++m_service;
        std::string files(system->containers.files_path);
        for (const auto* const name : {"environment", "env"}) {
            look_at_variables(*system, container.find(name), files);
        }
        look_at_arguments(*system, container, files);
        const auto first = m_deployment.mounted.size();
        look_at_volumes(*system, container.find("volumes"), files);
        add_fed(*system, container, files, std::span(m_deployment.mounted).subspan(first), m_deployment.fed);
    }

    /// The variables of one service; `files` becomes what they say about where its settings are.
    void look_at_variables(const oidc::System& system, const Cursor& variables, std::string& files) {
        if (!variables || variables.is_scalar()) {
            return;
        }
        const auto& containers = system.containers;
        std::vector<std::string_view> unread;
        document::Place first;
        for (const auto& it : variables.children()) {
            auto name = it.key();
            std::string_view value = it.is_scalar() ? it.text() : std::string_view();
            if (it.is_mapping() && name.empty()) { // - name: X
                name = it.find("name") ? it.find("name").text() : std::string_view();
                value = it.find("value") ? it.find("value").text() : std::string_view();
            } else if (name.empty()) { // - X=Y
                name = value.substr(0, value.find('='));
                value = value.substr(std::min(name.size() + 1, value.size()));
            }
            if (const auto at = it.is_mapping() ? it.find("value") : it; at && !value.empty()) {
                const bool is_whole = it.is_scalar() && it.key().empty();
                m_deployment.secrets.push_back(is_whole ? value_of_variable(at.place()) : at.place());
            }
            const bool is_unread = std::ranges::any_of(containers.unread_variables,
                                                       [&](std::string_view start) { return name.starts_with(start); });
            if (is_unread) {
                first = unread.empty() ? it.key_place() : first;
                unread.push_back(name);
            }
            if (!name.empty() && name == containers.files_variable) {
                files = value;
            }
        }
        if (!unread.empty()) {
            const auto others = unread.size() - 1;
            m_findings.add(rule::finding(
                *containers.unread_rule,
                others == 0 ? util::words("no release of {} reads the variable {}", util::own(system.title),
                                          util::bare(unread.front()))
                            : util::words("no release of {} reads the variable {}, nor {} more like it",
                                          util::own(system.title), util::bare(unread.front()), others),
                first,
                util::words("set this on the administration page of {}, or in the file that {} names, which "
                            "`oidcgen {}` writes",
                            util::own(system.title), util::own(containers.files_variable), util::own(system.name))));
        }
    }

    [[nodiscard]] bool is_any() const { return m_is_any; }

  private:
    void add_release(const oidc::System* system, std::string_view tag, const document::Place& place) {
        if (auto release = release_of(tag); system != nullptr && !release.empty() && !system->releases.empty()) {
            m_deployment.running.push_back({system, std::move(release), place});
        }
    }

    static void look_at_arguments(const oidc::System& system, const Cursor& container, std::string& files) {
        const auto flag = system.containers.files_flag;
        if (flag.empty()) {
            return;
        }
        std::vector<std::string> words;
        for (const auto* const name : {"command", "args"}) {
            const auto at = container.find(name);
            if (at && at.is_scalar()) {
                for (const auto word : util::split(at.text(), ' ')) {
                    words.emplace_back(word);
                }
            } else if (at) {
                for (const auto& it : at.children()) {
                    words.emplace_back(it.is_scalar() ? it.text() : std::string_view());
                }
            }
        }
        std::string found;
        for (std::size_t at = 0; at < words.size(); ++at) {
            const std::string_view word = words[at];
            if (word == flag && at + 1 < words.size()) {
                found += (found.empty() ? "" : ",") + words[at + 1];
            } else if (word.starts_with(flag) && word.substr(flag.size()).starts_with('=')) {
                found += found.empty() ? "" : ",";
                found += word.substr(flag.size() + 1);
            }
        }
        files = found.empty() ? files : found;
    }

    /// Of the files that a service reads, those that lie on the host.
    void look_at_volumes(const oidc::System& system, const Cursor& volumes, const std::string& files) {
        if (files.empty() || !volumes || !volumes.is_sequence()) {
            return;
        }
        for (const auto wanted : util::split(files, ',')) {
            std::optional<Mounted> best;
            std::size_t longest = 0;
            for (const auto& volume : volumes.children()) {
                std::string_view source;
                std::string_view target;
                if (volume.is_mapping()) {
                    source = volume.find("source") ? volume.find("source").text() : source;
                    target = volume.find("target") ? volume.find("target").text() : target;
                } else if (volume.is_scalar()) {
                    const auto parts = util::split(volume.text(), ':');
                    source = parts.size() > 1 ? parts[0] : source;
                    target = parts.size() > 1 ? parts[1] : target;
                }
                while (target.size() > 1 && target.ends_with('/')) {
                    target.remove_suffix(1);
                }
                const bool is_path = source.starts_with('.') || source.starts_with('/') || source.starts_with('~');
                const bool holds = !target.empty() && wanted.starts_with(target) &&
                                   (wanted.size() == target.size() || wanted[target.size()] == '/');
                if (is_path && holds && target.size() > longest) {
                    longest = target.size();
                    best = Mounted{&system, std::string(source) + std::string(wanted.substr(target.size())),
                                   volume.place(), m_service};
                }
            }
            if (best) {
                m_deployment.mounted.push_back(*best);
            }
        }
    }

    Deployment& m_deployment;
    rule::Findings& m_findings;
    std::size_t m_service = 0;
    bool m_is_any = false;
};

} // namespace

document::Place value_of_variable(document::Place variable) {
    const auto equals = variable.document->source().text(variable.span).find('=');
    if (equals != std::string_view::npos) {
        variable.span.start += static_cast<std::uint32_t>(equals + 1);
    }
    return variable;
}

std::string path_beside(const Document& document, std::string_view path) {
    const std::filesystem::path from(document.source().name());
    return (from.parent_path() / path).lexically_normal().string();
}

std::string path_of(const Mounted& mounted) { return path_beside(*mounted.place.document, mounted.path); }

void look_for_containers(const Document& document, Deployment& deployment, rule::Findings& findings) {
    Containers containers(deployment, findings);
    for (NodeId id = 0; id < document.node_count(); ++id) {
        const auto& node = document.node(id);
        if (node.kind != NodeKind::mapping) {
            continue;
        }
        for (std::uint32_t member = 0; member < node.count; ++member) {
            if (document.node(document.child(node, 2 * member)).text == "image") {
                containers.look_at(Cursor(document, id, document.key_of(id), document::PathId(id)));
                break;
            }
        }
    }
    const auto root = document.root();
    if (containers.is_any() && root.is_mapping()) {
        deployment.kind = root.find("services") ? "compose" : root.find("apiVersion") ? "manifest" : "values";
    }
}

void look_for_generators(const Document& document, Deployment& deployment) {
    const auto root = document.root();
    for (const auto* const kind : {"ConfigMap", "Secret"}) {
        const bool is_secret = std::string_view(kind) == "Secret";
        const auto generators =
            root.is_mapping() ? root.find(is_secret ? "secretGenerator" : "configMapGenerator") : Cursor();
        for (const auto& generator : generators ? generators.children() : std::vector<Cursor>()) {
            const auto files = generator.is_mapping() ? generator.find("files") : Cursor();
            for (const auto& file : files ? files.children() : std::vector<Cursor>()) {
                const auto text = file.is_scalar() ? file.text() : std::string_view();
                const auto path = text.substr(text.find('=') == std::string_view::npos ? 0 : text.find('=') + 1);
                if (path.empty() || path.find("://") != std::string_view::npos) {
                    continue;
                }
                deployment.mounted.push_back({nullptr, std::string(path), file.place()});
                const auto name = generator.find("name");
                const bool is_named = path.size() < text.size();
                deployment.generated.push_back(
                    {fmt::format("{}/{}", kind, name ? name.text() : std::string_view()),
                     std::string(is_named ? text.substr(0, text.find('=')) : path.substr(path.rfind('/') + 1)),
                     path_beside(document, path)});
            }
        }
    }
}

void look_for_variables(const Document& env, Deployment& deployment, rule::Findings& findings) {
    const auto root = env.root();
    for (const auto* const system : systems()) {
        const auto find = [&](std::string_view name) {
            return name.empty() || !root.is_mapping() ? Cursor() : root.find(name);
        };
        const auto release = find(system->containers.release_variable);
        if (!release && !find(system->containers.filters_variable)) {
            continue;
        }
        deployment.kind = "env";
        if (auto number = release ? release_of(release.text()) : std::string(); !number.empty()) {
            deployment.running.push_back({system, std::move(number), release.place()});
        }
        std::string files;
        Containers(deployment, findings).look_at_variables(*system, root, files);
    }
}

} // namespace oidcgen::lint
