# The simulated TensorRT and CUDA runtime, and the interposer that stands before real ones.

wsb_library(wsb_checksums simulator/core/crc32.cpp simulator/core/sha256.cpp)
wsb_library(wsb_plan simulator/core/plan.cpp)
target_link_libraries(wsb_plan PUBLIC wsb_checksums)

add_library(trtsim SHARED
  simulator/core/control.cpp
  simulator/core/device_allocations.cpp
  simulator/core/engine_model.cpp
  simulator/core/load_plan.cpp
  simulator/core/simulation.cpp)
target_link_libraries(trtsim PRIVATE wsb_plan wsb_checksums wsb_slots)

add_library(wsb_nvinfer OBJECT EXCLUDE_FROM_ALL
  simulator/nvinfer/context.cpp
  simulator/nvinfer/engine.cpp
  simulator/nvinfer/exports.cpp
  simulator/nvinfer/runtime.cpp
  simulator/nvinfer/vtables.cpp)
target_link_libraries(wsb_nvinfer PUBLIC wsb_settings)
add_library(wsb_cudart OBJECT EXCLUDE_FROM_ALL
  simulator/cudart/cuda_errors.cpp
  simulator/cudart/device.cpp
  simulator/cudart/event.cpp
  simulator/cudart/memory.cpp)
target_link_libraries(wsb_cudart PUBLIC wsb_settings)

# Adds a simulated library: LIBRARY is its part, FILE its path below the build folder. Further arguments are sources.
function(wsb_simulated_library target part file)
  add_library(${target} SHARED $<TARGET_OBJECTS:${part}> ${ARGN})
  cmake_path(GET file PARENT_PATH folder)
  cmake_path(GET file FILENAME name)
  set_target_properties(${target} PROPERTIES
    LINKER_LANGUAGE CXX PREFIX "" SUFFIX "" OUTPUT_NAME "${name}"
    LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/${folder}")
  if(NOT folder STREQUAL "")
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN/..")
  endif()
  target_link_libraries(${target} PRIVATE wsb_settings trtsim wsb_slots)
endfunction()

# Gives a version to all that a CUDA runtime exports. The linker finds the script in the build folder, where it runs:
# in a whole path a comma would end the option.
function(wsb_version_symbols target version)
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/${version}.map" CONTENT
    "${version} { global: cuda*; __cuda*; local: *; };\n")
  target_link_options(${target} PRIVATE "-Wl,--version-script,${version}.map")
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${PROJECT_BINARY_DIR}/${version}.map")
endfunction()

wsb_simulated_library(nvinfer wsb_nvinfer libnvinfer.so)
wsb_simulated_library(cudart wsb_cudart libcudart.so)
# The same under the names that delegates of others ask for.
wsb_simulated_library(nvinfer_10 wsb_nvinfer sonames/libnvinfer.so.10)
wsb_simulated_library(nvinfer_11 wsb_nvinfer sonames/libnvinfer.so.11)
wsb_simulated_library(cudart_12 wsb_cudart sonames/libcudart.so.12)
wsb_version_symbols(cudart_12 libcudart.so.12)
wsb_simulated_library(cudart_13 wsb_cudart sonames/libcudart.so.13)
wsb_version_symbols(cudart_13 libcudart.so.13)

add_library(trtinterposer SHARED
  interposer/cudart.cpp
  interposer/exports.cpp
  interposer/interposer.cpp
  interposer/interposed_calls.cpp
  interposer/interposed_libraries.cpp)
target_link_libraries(trtinterposer PRIVATE wsb_settings wsb_tensorrt)
