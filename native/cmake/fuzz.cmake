# Fuzz targets. With WSB_FUZZ they are libFuzzer's: build/fuzz/fuzz/blob_fuzz fuzz/seeds/blob. Otherwise they are unit tests, which
# replay mutations of the seeds.

add_custom_target(fuzzers)

# Adds NAME_fuzz; further arguments are the libraries that it fuzzes.
function(wsb_fuzz_target name)
  set(target ${name}_fuzz)
  add_executable(${target} EXCLUDE_FROM_ALL fuzz/${target}.cpp)
  set_target_properties(${target} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/fuzz" INSTALL_RPATH "$ORIGIN/..")
  target_link_libraries(${target} PRIVATE wsb_settings ${ARGN})
  add_dependencies(fuzzers ${target})
  if(WSB_FUZZ)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    return()
  endif()
  target_sources(${target} PRIVATE fuzz/replay.cpp)
  file(GLOB seeds "${PROJECT_SOURCE_DIR}/fuzz/seeds/${name}/*")
  add_dependencies(unit-tests ${target})
  add_test(NAME ${target} COMMAND ${target} ${seeds})
endfunction()

wsb_fuzz_target(blob wsb_delegate)
wsb_fuzz_target(parse_budget wsb_delegate)
wsb_fuzz_target(plan wsb_plan)
