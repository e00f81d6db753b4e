# Unit tests, run by ctest: target `check` builds and runs them. A test lies beside what it tests.

enable_testing()
wsb_library(wsb_testing testing/fake_engine.cpp testing/main.cpp)
target_link_libraries(wsb_testing PUBLIC wsb_tensorrt)
add_custom_target(unit-tests)
add_custom_target(check COMMAND "${CMAKE_CTEST_COMMAND}" --output-on-failure USES_TERMINAL DEPENDS unit-tests VERBATIM)

# Adds the unit test SOURCE; further arguments are the libraries that it tests.
function(wsb_unit_test source)
  cmake_path(GET source STEM name)
  add_executable(${name} EXCLUDE_FROM_ALL ${source})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests" INSTALL_RPATH "$ORIGIN/..")
  target_link_libraries(${name} PRIVATE wsb_testing ${ARGN})
  add_dependencies(unit-tests ${name})
  add_test(NAME ${name} COMMAND ${name})
endfunction()

wsb_unit_test(delegate/application/apply_budget_test.cpp wsb_delegate)
wsb_unit_test(delegate/application/available_memory_test.cpp wsb_delegate)
wsb_unit_test(delegate/application/open_loads_test.cpp wsb_delegate)
wsb_unit_test(delegate/application/report_budget_test.cpp wsb_delegate)
wsb_unit_test(delegate/blob/blob_test.cpp wsb_delegate)
wsb_unit_test(delegate/blob/json_reader_test.cpp wsb_json)
wsb_unit_test(delegate/blob/json_scanner_test.cpp wsb_json)
wsb_unit_test(delegate/budget/choose_budget_test.cpp wsb_delegate)
wsb_unit_test(delegate/budget/fitting_budget_test.cpp wsb_delegate)
wsb_unit_test(delegate/budget/parse_budget_test.cpp wsb_delegate)
wsb_unit_test(simulator/core/plan_test.cpp wsb_plan)
wsb_unit_test(tensorrt/testing/slots_test.cpp wsb_slots)

# What tests in TypeScript run.

add_executable(simulator-driver EXCLUDE_FROM_ALL
  simulator/testing/case.cpp
  simulator/testing/driver.cpp
  simulator/testing/misuse_scenarios.cpp
  simulator/testing/model_scenarios.cpp
  simulator/testing/plan_scenarios.cpp)
target_link_libraries(simulator-driver PRIVATE wsb_settings wsb_slots nvinfer cudart trtsim)
add_dependencies(unit-tests simulator-driver)
add_test(NAME simulator_threads COMMAND simulator-driver)

add_executable(concurrent-requests EXCLUDE_FROM_ALL host/testing/concurrent_requests.cpp)
target_link_libraries(concurrent-requests PRIVATE wsb_host_library)
add_dependencies(concurrent-requests tensorrt_delegate nvinfer cudart trtsim)

add_executable(changing-budget EXCLUDE_FROM_ALL host/testing/changing_budget.cpp)
target_link_libraries(changing-budget PRIVATE wsb_host_library)
add_dependencies(changing-budget tensorrt_delegate nvinfer cudart trtsim)

add_executable(sanitizer-canary EXCLUDE_FROM_ALL testing/sanitizer_canary.cpp)
target_link_libraries(sanitizer-canary PRIVATE wsb_settings)

# The starting points for vendors as CMake builds them, for the sanitizers: of the sources that kit/backend.args names.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/kit/backend.args")
file(STRINGS kit/backend.args kit_sources REGEX "^native/.*\\.cpp$")
list(TRANSFORM kit_sources REPLACE "^native/" "")
add_library(kit-backend SHARED EXCLUDE_FROM_ALL ${kit_sources})
set_target_properties(kit-backend PROPERTIES
  PREFIX "" OUTPUT_NAME backend LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/kit" INSTALL_RPATH "$ORIGIN/..")
target_link_libraries(kit-backend PRIVATE wsb_settings wsb_executorch)
add_executable(kit-subject EXCLUDE_FROM_ALL kit/subject.cpp)
set_target_properties(kit-subject PROPERTIES
  OUTPUT_NAME subject RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/kit")
target_link_libraries(kit-subject PRIVATE wsb_settings)

# Its operator new is that of the libraries, too.
add_executable(failing-allocations EXCLUDE_FROM_ALL host/testing/failing_allocations.cpp host/testing/failing_new.cpp)
set_target_properties(failing-allocations PROPERTIES ENABLE_EXPORTS ON)
target_link_libraries(failing-allocations PRIVATE wsb_host_library)
add_dependencies(failing-allocations tensorrt_delegate nvinfer cudart trtsim)

add_executable(layer-weights EXCLUDE_FROM_ALL engine-builder/testing/layer_weights.cpp engine-builder/layer_weights.cpp)
target_link_libraries(layer-weights PRIVATE wsb_settings)

# A TensorRT that ends the process; the name is that of the library that it stands for.
add_library(dying_nvinfer SHARED EXCLUDE_FROM_ALL recorder/testing/dying_nvinfer.cpp)
set_target_properties(dying_nvinfer PROPERTIES
  OUTPUT_NAME nvinfer LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/dying")
target_compile_definitions(dying_nvinfer PRIVATE "SIMULATED_NVINFER=\"$<TARGET_FILE:nvinfer>\"")
target_compile_features(dying_nvinfer PRIVATE cxx_std_17)
target_compile_options(dying_nvinfer PRIVATE -Wall -Wextra -Werror)
target_link_libraries(dying_nvinfer PRIVATE ${CMAKE_DL_LIBS})
