# What only tests need, built when they ask for it.

add_executable(simulator-driver EXCLUDE_FROM_ALL
  simulator/testing/case.cpp
  simulator/testing/driver.cpp
  simulator/testing/misuse_scenarios.cpp
  simulator/testing/model_scenarios.cpp
  simulator/testing/plan_scenarios.cpp)
target_link_libraries(simulator-driver PRIVATE wsb_settings wsb_slots nvinfer cudart trtsim)

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
