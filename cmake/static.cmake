# A toolchain for a program that needs nothing but the kernel. Takes OIDCGEN_ARCH, a Debian architecture (amd64 or arm64), and
# OIDCGEN_SYSROOT, the folder that tools/sysroot made for it.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES OIDCGEN_ARCH OIDCGEN_SYSROOT)
set(CMAKE_SYSTEM_NAME Linux)
if(OIDCGEN_ARCH STREQUAL "amd64")
  set(CMAKE_SYSTEM_PROCESSOR x86_64)
elseif(OIDCGEN_ARCH STREQUAL "arm64")
  set(CMAKE_SYSTEM_PROCESSOR aarch64)
else()
  message(FATAL_ERROR "OIDCGEN_ARCH is amd64 or arm64, not \"${OIDCGEN_ARCH}\"")
endif()
set(triplet "${CMAKE_SYSTEM_PROCESSOR}-linux-gnu")
set(CMAKE_CXX_COMPILER "${triplet}-g++")
set(CMAKE_LIBRARY_ARCHITECTURE "${triplet}")
set(CMAKE_SYSROOT "${OIDCGEN_SYSROOT}")
# The C library of the folder, too, where the compiler brings one of its own. Paths of the build stay out of the program.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-B${OIDCGEN_SYSROOT}/usr/lib/${triplet} -L${OIDCGEN_SYSROOT}/usr/lib/${triplet}")
set(CMAKE_CXX_FLAGS_INIT "-ffile-prefix-map=${OIDCGEN_SYSROOT}=")

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_SYSROOT_DIR} "${OIDCGEN_SYSROOT}")
set(ENV{PKG_CONFIG_LIBDIR} "${OIDCGEN_SYSROOT}/usr/lib/${triplet}/pkgconfig:${OIDCGEN_SYSROOT}/usr/share/pkgconfig")

set(OIDCGEN_STATIC ON CACHE BOOL "" FORCE)
