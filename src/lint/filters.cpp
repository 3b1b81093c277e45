#include "lint/filters.hpp"

#include "document/env_reader.hpp"
#include "document/excerpt.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::lint {

namespace {

using document::Cursor;
using document::Document;
using oidc::Filters;

/// False for a text that something else fills in before the container gets it.
bool is_literal(std::string_view text) {
    return text.find('$') == std::string_view::npos && text.find("{{") == std::string_view::npos;
}

/// The names in a value; nothing when it is filled in later.
std::optional<Filters> filters_in(std::string_view value, const document::Place& place) {
    if (!is_literal(value)) {
        return std::nullopt;
    }
    Filters result{{}, place};
    for (const auto name : util::split(value, ',')) {
        if (!name.empty()) {
            result.names.push_back(util::lowered(name));
        }
    }
    return result;
}

/// A word of a command line, and where it is.
struct Word {
    std::string_view text;
    document::Place place;
};

/// What a container runs. Nothing when a shell, a wrapper or a template decides about it.
std::optional<std::vector<Word>> command_of(const oidc::System& system, const Cursor& container) {
    std::vector<Word> result;
    for (const auto* const name : {"entrypoint", "command", "args"}) {
        const auto at = container.find(name);
        if (!at || at.is_null()) {
            continue;
        }
        if (at.is_scalar()) {
            for (const auto word : util::words(at.text())) {
                result.push_back({word, at.place()});
            }
            continue;
        }
        for (const auto& it : at.children()) {
            if (!it.is_scalar()) {
                return std::nullopt;
            }
            result.push_back({it.text(), it.place()});
        }
    }
    const auto is_plain = [](const Word& it) {
        return is_literal(it.text) && it.text.find_first_of("\"'\\`;|&") == std::string_view::npos;
    };
    if (!std::ranges::all_of(result, is_plain)) {
        return std::nullopt;
    }
    if (!result.empty() && !result.front().text.starts_with('-')) {
        const auto program = result.front().text.substr(result.front().text.rfind('/') + 1);
        if (std::ranges::find(system.containers.programs, program) == system.containers.programs.end()) {
            return std::nullopt;
        }
    }
    return result;
}

/// The same for what filters it has from the command line; without names and place when that says nothing of them.
std::optional<Filters> filters_of_command(const oidc::System& system, const Cursor& container) {
    const auto words = command_of(system, container);
    if (!words) {
        return std::nullopt;
    }
    Filters result;
    for (auto word = words->begin(); word != words->end(); ++word) {
        for (const auto flag : system.containers.filters_flags) {
            const auto value = word->text.starts_with(flag) ? word->text.substr(flag.size()) : std::string_view();
            const bool is_apart = word->text == flag && std::next(word) != words->end();
            if (!is_apart && !value.starts_with('=')) {
                continue;
            }
            const auto more = filters_in(is_apart ? std::next(word)->text : value.substr(1), word->place);
            result.place = result.place ? result.place : word->place;
            std::ranges::copy(more->names, std::back_inserter(result.names));
        }
    }
    return result;
}

/// What the environment says of one variable.
struct Variable {
    bool is_set = false;
    std::optional<std::string_view> value{}; ///< nothing: it comes from somewhere else
    document::Place place{};
};

/// Nothing when the variables themselves are filled in later.
std::optional<Variable> variable_in(const Cursor& variables, std::string_view wanted) {
    Variable result;
    if (!variables || variables.is_null()) {
        return result;
    }
    if (variables.is_scalar()) {
        return std::nullopt;
    }
    for (const auto& it : variables.children()) {
        auto name = it.key();
        std::optional<std::string_view> value;
        if (it.is_mapping() && name.empty()) { // - name: X
            const auto written = it.find("value");
            name = it.find("name") ? it.find("name").text() : std::string_view();
            value = written.is_scalar() ? std::optional(written.text()) : std::nullopt;
        } else if (it.is_mapping()) { // X: {value: Y}
            const auto written = it.find("value");
            value = written.is_scalar() ? std::optional(written.text()) : std::nullopt;
        } else if (!name.empty()) {
            value = it.is_scalar() && !it.is_null() ? std::optional(it.text()) : std::nullopt;
        } else { // - X=Y
            const auto text = it.is_scalar() ? it.text() : std::string_view();
            name = text.substr(0, text.find('='));
            value = name.size() < text.size() ? std::optional(text.substr(name.size() + 1)) : std::nullopt;
        }
        if (!is_literal(name)) {
            return std::nullopt;
        }
        if (name == wanted) {
            result = {true, value, it.place()};
        }
    }
    return result;
}

bool holds_anything(const Cursor& at) { return at && !at.is_null() && (at.is_scalar() || !at.children().empty()); }

/// What decides about the filters of a container is written into `fed`.
void add_filters(const oidc::System& system, const Cursor& container, Fed& fed) {
    const auto& text = container.document().source().text();
    const auto span = container.place().span;
    if (text.substr(span.start, span.end - span.start).find("{{") != std::string_view::npos) {
        return; // a template, which may add anything
    }
    auto from_command = filters_of_command(system, container);
    if (!from_command || from_command->place) {
        fed.filters = std::move(from_command);
        return;
    }
    Variable variable;
    for (const auto* const name : {"environment", "env"}) {
        const auto found = variable_in(container.find(name), system.containers.filters_variable);
        if (!found) {
            return;
        }
        variable = found->is_set ? *found : variable;
    }
    if (variable.is_set) {
        fed.filters = variable.value ? filters_in(*variable.value, variable.place) : std::nullopt;
        return;
    }
    if (holds_anything(container.find("envFrom")) || holds_anything(container.find("extends"))) {
        return;
    }
    const auto env_files = container.find("env_file");
    const auto add_file = [&](const Cursor& at) {
        const auto path = at.is_mapping() ? at.find("path") : at;
        const bool is_known = path.is_scalar() && is_literal(path.text());
        fed.env_files.push_back(is_known ? path_beside(container.document(), path.text()) : std::string());
    };
    if (env_files && env_files.is_sequence()) {
        std::ranges::for_each(env_files.children(), add_file);
    } else if (holds_anything(env_files)) {
        add_file(env_files);
    }
    fed.filters = Filters{{}, container.find("image").place()};
}

/// The member of what is mounted that becomes the wanted file; nothing when it becomes another one.
std::optional<std::string> member_for(std::string_view wanted, std::string_view target, std::string_view sub_path,
                                      const Cursor& items) {
    std::string_view path;
    if (!sub_path.empty()) {
        path = target == wanted ? sub_path : path;
    } else if (wanted.starts_with(target) && wanted.substr(target.size()).starts_with('/')) {
        path = wanted.substr(target.size() + 1);
    }
    if (path.empty()) {
        return std::nullopt;
    }
    if (!items || !items.is_sequence()) {
        return std::string(path);
    }
    for (const auto& item : items.children()) {
        if (item.is_mapping() && item.find("path").is_scalar() && item.find("path").text() == path &&
            item.find("key").is_scalar()) {
            return std::string(item.find("key").text());
        }
    }
    return std::nullopt;
}

std::string_view text_at(const Cursor& mapping, std::string_view name) {
    const auto found = mapping && mapping.is_mapping() ? mapping.find(name) : Cursor();
    return found && found.is_scalar() ? found.text() : std::string_view();
}

/// The mapping around the list that the container is in.
Cursor pod_of(const Cursor& container) {
    const auto& document = container.document();
    const auto list = document.node(container.node()).parent;
    const auto pod = list == document::k_no_node ? list : document.node(list).parent;
    return pod == document::k_no_node ? Cursor() : Cursor(document, pod, document.key_of(pod), document::PathId(pod));
}

/// From objects that a pod mounts.
void add_mounted_objects(const Fed& like, const Cursor& container, std::string_view wanted, std::vector<Fed>& fed) {
    const auto mounts = container.find("volumeMounts");
    const auto pod = pod_of(container);
    const auto volumes = pod && pod.is_mapping() ? pod.find("volumes") : Cursor();
    if (!mounts || !mounts.is_sequence() || !volumes || !volumes.is_sequence()) {
        return;
    }
    std::size_t longest = 0;
    Fed best = like;
    for (const auto& mount : mounts.children()) {
        auto target = text_at(mount, "mountPath");
        while (target.size() > 1 && target.ends_with('/')) {
            target.remove_suffix(1);
        }
        const bool holds = !target.empty() && wanted.starts_with(target) &&
                           (wanted.size() == target.size() || wanted[target.size()] == '/');
        if (!holds || target.size() <= longest) {
            continue;
        }
        longest = target.size();
        best.object.clear();
        for (const auto& volume : volumes.children()) {
            if (text_at(volume, "name") != text_at(mount, "name")) {
                continue;
            }
            const auto map = volume.find("configMap");
            const auto held = map ? map : volume.find("secret");
            const auto name = text_at(held, map ? "name" : "secretName");
            const auto items = held && held.is_mapping() ? held.find("items") : Cursor();
            auto key = member_for(wanted, target, text_at(mount, "subPath"), items);
            if (key && !name.empty()) {
                best.object = fmt::format("{}/{}", map ? "ConfigMap" : "Secret", name);
                best.key = std::move(*key);
            }
        }
    }
    if (!best.object.empty()) {
        fed.push_back(std::move(best));
    }
}

/// From the configs of a Compose file.
void add_configs(const Fed& like, const Cursor& container, std::string_view wanted, std::vector<Fed>& fed) {
    const auto used = container.find("configs");
    const auto root = container.document().root();
    const auto configs = root.is_mapping() ? root.find("configs") : Cursor();
    if (!used || !used.is_sequence() || !configs || !configs.is_mapping()) {
        return;
    }
    for (const auto& it : used.children()) {
        const auto name = it.is_scalar() ? it.text() : text_at(it, "source");
        const auto target = it.is_scalar() ? std::string_view() : text_at(it, "target");
        const auto config = configs.find(name);
        if ((target.empty() ? fmt::format("/{}", name) : std::string(target)) != wanted || !config) {
            continue;
        }
        auto& one = fed.emplace_back(like);
        if (const auto file = text_at(config, "file"); !file.empty()) {
            one.file = path_beside(container.document(), file);
        } else {
            one.object = fmt::format("configs/{}", name);
            one.key = "content";
        }
    }
}

/// True for the text that the container gets.
bool is_fed(const Fed& fed, const Input& input, const Deployment& deployment) {
    const auto& excerpt = input.excerpt;
    if (excerpt == nullptr || excerpt->is_merged) {
        const auto path = std::filesystem::path(input.path).lexically_normal().string();
        return fed.object.empty() ? fed.file == path
                                  : std::ranges::any_of(deployment.generated, [&](const Generated& it) {
                                        return it.object == fed.object && it.key == fed.key && it.file == path;
                                    });
    }
    if (fed.object.empty() || excerpt->number > 0) {
        return false;
    }
    const auto& outer = *excerpt->outer;
    const auto root = outer.root();
    const auto at = outer.pointer(excerpt->path);
    if (fed.object.starts_with("configs/")) {
        return fed.document == &outer && at == fmt::format("/{}/{}", fed.object, fed.key);
    }
    const auto metadata = root.is_mapping() ? root.find("metadata") : Cursor();
    return metadata && fed.object == fmt::format("{}/{}", text_at(root, "kind"), text_at(metadata, "name")) &&
           std::ranges::any_of(std::array{"data", "stringData"},
                               [&](const char* name) { return at == fmt::format("/{}/{}", name, fed.key); });
}

/// True when another file changes the same service.
bool is_overridden(const Fed& fed, std::span<const std::unique_ptr<Document>> containers) {
    return !fed.service.empty() && std::ranges::any_of(containers, [&](const auto& it) {
        const auto root = it->root();
        const auto services = root && root.is_mapping() ? root.find("services") : Cursor();
        return it->source().name() != fed.document->source().name() && services && services.is_mapping() &&
               services.find(fed.service);
    });
}

/// The same with what files of variables say.
std::optional<Filters> with_env_files(const Fed& fed, const std::vector<Input>& given,
                                      std::span<const std::unique_ptr<Document>> containers) {
    auto result = fed.filters;
    for (const auto& file : fed.env_files) {
        const auto input = std::ranges::find_if(
            given, [&](const Input& it) { return std::filesystem::path(it.path).lexically_normal().string() == file; });
        const auto env = input == given.end() ? util::Expected<std::unique_ptr<Document>>(nullptr)
                                              : document::read_env(input->path, input->text);
        if (!env || *env == nullptr) {
            return std::nullopt;
        }
        const auto variable = variable_in((*env)->root(), fed.system->containers.filters_variable);
        if (!variable) {
            return std::nullopt;
        }
        if (!variable->is_set) {
            continue;
        }
        const auto kept = std::ranges::find_if(containers, [&](const auto& it) { // it outlives the run
            return it->source().name() == input->path && it->dialect() == document::Dialect::env;
        });
        auto place = variable->place;
        place.document = kept == containers.end() ? nullptr : kept->get();
        result = variable->value ? filters_in(*variable->value, place) : std::nullopt;
    }
    return result;
}

/// False for a file that by its name something else makes another one of.
bool is_final(std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1);
    return (name.ends_with(".yml") || name.ends_with(".yaml") || name.ends_with(".json")) &&
           path.find("templates/") == std::string_view::npos;
}

} // namespace

void add_fed(const oidc::System& system, const Cursor& container, std::string_view files,
             std::span<const Mounted> mounted, std::vector<Fed>& fed) {
    if (system.containers.filters_variable.empty()) {
        return;
    }
    Fed like;
    like.system = &system;
    like.document = &container.document();
    like.service = container.key();
    add_filters(system, container, like);
    for (const auto& it : mounted) {
        fed.emplace_back(like).file = path_of(it);
    }
    for (const auto wanted : util::split(files, ',')) {
        add_mounted_objects(like, container, wanted, fed);
        add_configs(like, container, wanted, fed);
    }
}

std::optional<Filters> filters_of(const oidc::System& system, const Input& input, const std::vector<Input>& given,
                                  const Deployment& deployment, std::span<const std::unique_ptr<Document>> containers) {
    if (!is_final(input.path) || input.form != oidc::Form::settings) {
        return std::nullopt;
    }
    std::optional<Filters> result;
    for (const auto& fed : deployment.fed) {
        if (fed.system != &system || !is_fed(fed, input, deployment)) {
            continue;
        }
        auto filters = is_overridden(fed, containers) ? std::nullopt : with_env_files(fed, given, containers);
        if (!filters || (result && result->names != filters->names)) {
            return std::nullopt;
        }
        result = result ? std::move(result) : std::move(filters);
    }
    return result;
}

} // namespace oidcgen::lint
