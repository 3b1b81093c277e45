# oidcgen_embed(TARGET NAME FILE): compiles FILE into TARGET as `std::string_view oidcgen::templates::NAME`.
function(oidcgen_embed target name file)
  set(source "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
  file(READ "${source}" content)
  file(CONFIGURE OUTPUT "${output}" CONTENT [=[
#include <string_view>

namespace oidcgen::templates {
extern const std::string_view @name@;
const std::string_view @name@ = R"template(@content@)template";
} // namespace oidcgen::templates
]=] @ONLY)
  target_sources(${target} PRIVATE "${output}")
endfunction()
