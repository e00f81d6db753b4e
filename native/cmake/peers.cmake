# The same decisions as other tools would check them, which `npm run bench -- --peers` measures. Built by name.

wsb_library(wsb_peers peers/agreement.cpp peers/decision_model.cpp)
target_link_libraries(wsb_peers PUBLIC wsb_host_library wsb_delegate)

function(wsb_peer name source)
  add_executable(peer-${name} EXCLUDE_FROM_ALL peers/${source})
  set_target_properties(peer-${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/peers" INSTALL_RPATH "$ORIGIN/..")
  target_link_libraries(peer-${name} PRIVATE wsb_peers ${ARGN})
endfunction()

if(WSB_FUZZ)
  wsb_peer(libfuzzer libfuzzer.cpp -fsanitize=fuzzer)
  return()
endif()

wsb_peer(pure-cpp pure_cpp.cpp)

find_package(GTest QUIET)
if(GTest_FOUND)
  wsb_peer(googletest googletest.cpp GTest::gtest_main)
endif()

add_library(peer-decisions SHARED EXCLUDE_FROM_ALL peers/decision_library.cpp)
set_target_properties(peer-decisions PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/peers" INSTALL_RPATH "$ORIGIN/..")
target_link_libraries(peer-decisions PRIVATE wsb_host_library)
