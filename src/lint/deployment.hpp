#pragma once

#include "document/document.hpp"
#include "oidc/system.hpp"
#include "rule/findings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::lint {

/// A release that some file says is run.
struct Running {
    const oidc::System* system = nullptr;
    std::string release; ///< as a person would ask for it
    document::Place place;
};

/// A file that settings are read from.
struct Mounted {
    const oidc::System* system =
        nullptr;      ///< that a service gives it to; null: a generator that does not say whose it is
    std::string path; ///< as the file says it, relative to its folder or absolute
    document::Place place;
    std::size_t service = 0; ///< number of the service, from 1; it merges its files in this order. 0: none
};

/// Settings that a container gets, and what its program passes them through before it reads them.
struct Fed {
    const oidc::System* system = nullptr;
    std::string file;                             ///< as path_of(): a file of their own; empty: they are in an object
    std::string object;                           ///< the kind and name of what holds them, with a slash between them
    std::string key;                              ///< the member of the object
    const document::Document* document = nullptr; ///< that says so
    std::string service;                          ///< the name of the service in it; empty: it is not a service
    std::optional<oidc::Filters> filters;         ///< nothing: part of what decides about them cannot be seen
    std::vector<std::string> env_files;           ///< that may set them where nothing else does, as path_of()
};

/// A file that becomes a member of an object.
struct Generated {
    std::string object; ///< as in Fed
    std::string key;
    std::string file; ///< as path_of()
};

/// What files that run systems in containers say about them.
struct Deployment {
    std::vector<Running> running;
    std::vector<Mounted> mounted;
    std::vector<Fed> fed;
    std::vector<Generated> generated;
    std::vector<document::Place> secrets; ///< values of variables, which may be secrets whatever they are called
    /// What kind of file it was, when it says anything about a system: `compose`, `manifest`, `values`, `env`.
    std::string_view kind{};
};

/// Of `NAME=VALUE`, the value; all of a text without an equals sign.
[[nodiscard]] document::Place value_of_variable(document::Place variable);

/// The path of a mounted file as the program that reads the other one would open it.
[[nodiscard]] std::string path_of(const Mounted& mounted);

/// That path, which the file of the document says relative to its folder, in the same way.
[[nodiscard]] std::string path_beside(const document::Document& document, std::string_view path);

/// Looks for containers of systems in a Compose file, in manifests of Kubernetes and in values of charts: their images,
/// the variables in their environment and the files they get. Images without a release (`latest`) say nothing.
void look_for_containers(const document::Document& document, Deployment& deployment, rule::Findings& findings);

/// The files that a kustomization makes ConfigMaps and Secrets of.
void look_for_generators(const document::Document& document, Deployment& deployment);

/// The same in a file of environment variables, when a variable in it tells whose it is.
void look_for_variables(const document::Document& env, Deployment& deployment, rule::Findings& findings);

} // namespace oidcgen::lint
