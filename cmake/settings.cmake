add_library(oidcgen_settings INTERFACE)
target_compile_features(oidcgen_settings INTERFACE cxx_std_20)
if(OIDCGEN_SANITIZE)
  target_compile_options(oidcgen_settings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
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
