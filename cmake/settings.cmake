add_library(oidcgen_settings INTERFACE)
target_compile_features(oidcgen_settings INTERFACE cxx_std_20)

# What makes a fault hard to exploit. In every build, so that the tests run with it; test_hardening looks for its effects.
# The linked program carries the note of control-flow protection where the start-up files of the C library do too, which
# Debian 12's do not.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-fcf-protection=full OIDCGEN_HAS_CF_PROTECTION)
target_compile_options(oidcgen_settings INTERFACE -fPIE -fstack-protector-strong -fstack-clash-protection
  $<$<BOOL:${OIDCGEN_HAS_CF_PROTECTION}>:-fcf-protection=full>)
target_link_options(oidcgen_settings INTERFACE $<IF:$<BOOL:${OIDCGEN_STATIC}>,-static-pie,-pie> LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
# Only optimised code can have this, and sanitizers look closer.
if(NOT OIDCGEN_SANITIZE)
  target_compile_options(oidcgen_settings INTERFACE
    $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=3>)
endif()
# __FILE__ in macros of libraries tells nobody where the program was built.
target_compile_options(oidcgen_settings INTERFACE "-fmacro-prefix-map=${PROJECT_BINARY_DIR}/=build/"
  "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")

if(OIDCGEN_SANITIZE)
  # Left out are checks that double what the address sanitizer finds, or that x86 does not need: they cost a quarter of the
  # time to compile.
  target_compile_options(oidcgen_settings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-sanitize=null,alignment,vptr,object-size -fno-omit-frame-pointer)
  target_link_options(oidcgen_settings INTERFACE -fsanitize=address,undefined)
endif()

if(OIDCGEN_COVERAGE)
  target_compile_options(oidcgen_settings INTERFACE --coverage -fprofile-abs-path -fprofile-update=atomic)
  target_link_options(oidcgen_settings INTERFACE --coverage)
endif()

if(OIDCGEN_FUZZ)
  target_compile_options(oidcgen_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(oidcgen_warnings INTERFACE)
target_compile_options(oidcgen_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
  -Wold-style-cast -Wnull-dereference -Wformat=2)
if(OIDCGEN_WERROR)
  target_compile_options(oidcgen_warnings INTERFACE -Werror)
endif()

# What most sources include, compiled once for each target with many of them. Only the presets asan and clang do it, for
# speed: everywhere else a source has what it includes itself and nothing more, so that a missing include is found.
set(OIDCGEN_PRECOMPILED <algorithm> <array> <charconv> <cstddef> <cstdint> <functional> <iterator> <limits> <map> <memory>
  <optional> <set> <span> <string> <string_view> <system_error> <tuple> <unordered_map> <unordered_set> <utility> <variant>
  <vector> <fmt/format.h> <fmt/ranges.h> <tl/expected.hpp> "${PROJECT_SOURCE_DIR}/src/oidc/system.hpp"
  "${PROJECT_SOURCE_DIR}/src/rule/findings.hpp")
set(CMAKE_PCH_PROLOGUE "") # which would silence the warnings of our own headers among them
