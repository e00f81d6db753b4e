# Delegates with one replacement in one source: mutants.json lists deliberate errors, baselines.json what
# measurements are compared with. Target mutant-NAME builds mutants/NAME/libtensorrt_delegate.so; `mutants` all of
# mutants.json. Only the changed source is compiled; the other objects are the delegate's.

add_custom_target(mutants)

function(wsb_add_mutant list index)
  string(JSON name GET "${content}" ${index} name)
  string(JSON file GET "${content}" ${index} file)
  set(folder "${PROJECT_BINARY_DIR}/mutants/${name}")
  set(original "${PROJECT_SOURCE_DIR}/delegate/${file}")
  cmake_path(GET file FILENAME source)
  add_custom_command(OUTPUT "${folder}/${source}"
    COMMAND "${CMAKE_COMMAND}" "-DLIST=${list}" -DINDEX=${index} "-DORIGINAL=${original}"
            "-DRESULT=${folder}/${source}" -P "${PROJECT_SOURCE_DIR}/cmake/apply-mutation.cmake"
    DEPENDS "${list}" "${original}" cmake/apply-mutation.cmake
    COMMENT "Writing mutant ${name}" VERBATIM)
  cmake_path(GET source STEM stem)
  add_library(mutant-${name} SHARED EXCLUDE_FROM_ALL "${folder}/${source}"
    "$<FILTER:$<TARGET_OBJECTS:wsb_delegate_objects>,EXCLUDE,/${stem}\\.cpp\\.o$>")
  set_target_properties(mutant-${name} PROPERTIES
    OUTPUT_NAME tensorrt_delegate LIBRARY_OUTPUT_DIRECTORY "${folder}" INSTALL_RPATH "$ORIGIN/../..")
  target_link_libraries(mutant-${name} PRIVATE wsb_tensorrt wsb_executorch)
  if(list MATCHES "/mutants\\.json$")
    add_dependencies(mutants mutant-${name})
  endif()
endfunction()

foreach(file mutants.json baselines.json)
  set(list "${PROJECT_SOURCE_DIR}/mutants/${file}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${list}")
  file(READ "${list}" content)
  string(JSON length LENGTH "${content}")
  math(EXPR last "${length} - 1")
  foreach(index RANGE ${last})
    wsb_add_mutant("${list}" ${index})
  endforeach()
endforeach()
