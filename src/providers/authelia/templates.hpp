#pragma once

#include <string_view>

/// The files of the folder `templates`, embedded at build time.
namespace oidcgen::templates {

extern const std::string_view authelia_client;
extern const std::string_view authelia_list;
extern const std::string_view authelia_provider;

} // namespace oidcgen::templates
