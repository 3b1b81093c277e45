# oidcgen_add_cases(FOLDER): one test for each folder below FOLDER that holds a file `cmd`, named after its path.
function(oidcgen_add_cases folder)
  file(GLOB_RECURSE commands CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/cases" "${folder}/*/cmd")
  foreach(command IN LISTS commands)
    cmake_path(GET command PARENT_PATH case)
    add_test(NAME "${case}" COMMAND Python3::Interpreter "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/run_case.py"
      "$<TARGET_FILE:oidcgen>" "${CMAKE_CURRENT_SOURCE_DIR}/cases/${case}")
    set_tests_properties("${case}" PROPERTIES TIMEOUT 120)
  endforeach()
endfunction()
