# Delegates with the patch of a wrong implementation, of one that keeps state, of one with a race, of one that uses memory
# wrongly or of one that is right otherwise, and the baselines that measurements are compared with, out of
# conformance/catalogue/catalogue.json. Target mutant-NAME builds mutants/NAME/libtensorrt_delegate.so; `mutants` builds
# the wrong implementations. Only the patched sources are compiled; the other objects are the delegate's.

set(wsb_catalogue "${PROJECT_SOURCE_DIR}/../conformance/catalogue/catalogue.json")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${wsb_catalogue}")
add_custom_target(mutants)

# Writes the patch of an entry, given as JSON, to a file of its own, so that a change of another entry builds nothing.
function(wsb_add_mutant entry)
  string(JSON patch ERROR_VARIABLE none GET "${entry}" patch)
  if(none)
    return()
  endif()
  string(JSON name GET "${entry}" name)
  set(folder "${PROJECT_BINARY_DIR}/mutants/${name}")
  file(CONFIGURE OUTPUT "${folder}/patch.json" CONTENT "@entry@" @ONLY)
  string(JSON length LENGTH "${patch}")
  math(EXPR last "${length} - 1")
  set(files)
  foreach(index RANGE ${last})
    string(JSON file GET "${patch}" ${index} file)
    list(APPEND files "${file}")
  endforeach()
  list(REMOVE_DUPLICATES files)
  set(sources)
  set(stems)
  foreach(file IN LISTS files)
    cmake_path(GET file FILENAME source)
    cmake_path(GET file STEM stem)
    add_custom_command(OUTPUT "${folder}/${source}"
      COMMAND "${CMAKE_COMMAND}" "-DENTRY=${folder}/patch.json" "-DFOLDER=${PROJECT_SOURCE_DIR}/delegate"
              "-DFILE=${file}" "-DRESULT=${folder}/${source}" -P "${PROJECT_SOURCE_DIR}/cmake/apply-patch.cmake"
      DEPENDS "${folder}/patch.json" "${PROJECT_SOURCE_DIR}/delegate/${file}" cmake/apply-patch.cmake
      COMMENT "Patching ${file} for ${name}" VERBATIM)
    list(APPEND sources "${folder}/${source}")
    list(APPEND stems "${stem}")
  endforeach()
  list(JOIN stems "|" stems)
  add_library(mutant-${name} SHARED EXCLUDE_FROM_ALL ${sources}
    "$<FILTER:$<TARGET_OBJECTS:wsb_delegate_objects>,EXCLUDE,/(${stems})\\.cpp\\.o$>")
  set_target_properties(mutant-${name} PROPERTIES
    OUTPUT_NAME tensorrt_delegate LIBRARY_OUTPUT_DIRECTORY "${folder}" INSTALL_RPATH "$ORIGIN/../..")
  target_link_libraries(mutant-${name} PRIVATE wsb_tensorrt wsb_executorch)
  if(ARGC GREATER 1)
    add_dependencies(mutants mutant-${name})
  endif()
endfunction()

file(READ "${wsb_catalogue}" content)
foreach(list wrongImplementations stateful racy unsound faltering correctVariants baselines)
  string(JSON entries GET "${content}" ${list})
  string(JSON length LENGTH "${entries}")
  math(EXPR last "${length} - 1")
  foreach(index RANGE ${last})
    string(JSON entry GET "${entries}" ${index})
    if(list STREQUAL "wrongImplementations")
      wsb_add_mutant("${entry}" IN_ALL)
    else()
      wsb_add_mutant("${entry}")
    endif()
  endforeach()
endforeach()
