# `cpack` in the build folder makes a Debian package of what `cmake --install` installs, with what Debian asks of one besides:
# compressed pages, a copyright file and a changelog (cmake/debian-files.cmake).
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME oidcgen)
set(CPACK_PACKAGE_VENDOR "the oidcgen authors")
# A package must name an address; there is none that takes mail. SECURITY.md says how to report a vulnerability.
set(CPACK_PACKAGE_CONTACT "the oidcgen authors <oidcgen@oidcgen.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "writer and checker of the two configurations of a login")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "A login to a self-hosted application through a provider of OpenID Connect
works only if two configurations agree. oidcgen reads both and tells on which
device the login will fail, at which step, and which line to change. It writes
both, too.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
configure_file(cmake/debian-files.cmake.in debian-files.cmake @ONLY)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_BINARY_DIR}/debian-files.cmake")
include(CPack)
