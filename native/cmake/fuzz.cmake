# Fuzz targets: build/fuzz/fuzz/blob_fuzz is libFuzzer's with WSB_FUZZ, and else a unit test, which replays mutations of the
# seeds. build/fuzz/blob_reader answers what trt-conformance fuzz compares with the readers in TypeScript.

add_custom_target(fuzzers)
add_custom_target(readers)

# Adds an executable of the target NAME with another main(); further arguments are the libraries that it fuzzes.
function(wsb_fuzz_executable target name main)
  add_executable(${target} EXCLUDE_FROM_ALL fuzz/${name}_fuzz.cpp fuzz/${main})
  set_target_properties(${target} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/fuzz" INSTALL_RPATH "$ORIGIN/..")
  target_link_libraries(${target} PRIVATE wsb_settings ${ARGN})
endfunction()

function(wsb_fuzz_target name)
  wsb_fuzz_executable(${name}_reader ${name} answer.cpp ${ARGN})
  add_dependencies(readers ${name}_reader)
  if(WSB_FUZZ)
    wsb_fuzz_executable(${name}_fuzz ${name} libfuzzer.cpp ${ARGN})
    target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers ${name}_fuzz ${name}_reader)
  elseif(TARGET unit-tests)
    wsb_fuzz_executable(${name}_fuzz ${name} replay.cpp ${ARGN})
    file(GLOB seeds "${PROJECT_SOURCE_DIR}/../conformance/fuzz/corpus/${name}/*")
    add_dependencies(unit-tests ${name}_fuzz ${name}_reader)
    add_test(NAME ${name}_fuzz COMMAND ${name}_fuzz ${seeds})
  endif()
endfunction()

wsb_fuzz_target(blob wsb_delegate)
wsb_fuzz_target(budget wsb_delegate)
wsb_fuzz_target(json wsb_json)
wsb_fuzz_target(plan wsb_plan)
