# The ExecuTorch runtime: the folder `executorch` of an installed or unpacked wheel.

file(READ "${PROJECT_SOURCE_DIR}/../scripts/build/wheels.json" wsb_wheels)
string(JSON WSB_EXECUTORCH_VERSION GET "${wsb_wheels}" executorch version)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/../scripts/build/wheels.json")

set(wsb_fetched "${PROJECT_SOURCE_DIR}/.deps/executorch-${WSB_EXECUTORCH_VERSION}")
if(NOT EXECUTORCH_ROOT AND NOT "$ENV{EXECUTORCH_ROOT}" STREQUAL "")
  set(wsb_fetched "$ENV{EXECUTORCH_ROOT}")
endif()
set(EXECUTORCH_ROOT "${wsb_fetched}" CACHE PATH "Folder with ExecuTorch's include/ and lib/libexecutorch.so")
if(NOT EXISTS "${EXECUTORCH_ROOT}/lib/libexecutorch.so")
  message(FATAL_ERROR "No ExecuTorch runtime: EXECUTORCH_ROOT is \"${EXECUTORCH_ROOT}\", which has no "
    "lib/libexecutorch.so. `npm run build` fetches executorch ${WSB_EXECUTORCH_VERSION}.")
endif()

# What the package says of itself; one that does not is taken for the pinned version.
set(WSB_EXECUTORCH_PACKAGE_VERSION "${WSB_EXECUTORCH_VERSION}")
if(EXISTS "${EXECUTORCH_ROOT}/version.py")
  file(STRINGS "${EXECUTORCH_ROOT}/version.py" wsb_version REGEX "^__version__")
  string(REGEX REPLACE "^[^\"]*\"([0-9.]+).*$" "\\1" WSB_EXECUTORCH_PACKAGE_VERSION "${wsb_version}")
endif()

# Copies beside the artifacts, where they look for them; the kernels are those of the release, and need not be there.
foreach(library executorch executorch_kernels_optimized executorch_threadpool)
  if(EXISTS "${EXECUTORCH_ROOT}/lib/lib${library}.so")
    configure_file("${EXECUTORCH_ROOT}/lib/lib${library}.so" "${PROJECT_BINARY_DIR}/lib${library}.so" COPYONLY)
  endif()
endforeach()

add_library(wsb_executorch INTERFACE)
target_compile_definitions(wsb_executorch INTERFACE C10_USING_CUSTOM_GENERATED_MACROS ET_EVENT_TRACER_ENABLED)
target_include_directories(wsb_executorch SYSTEM INTERFACE
  "$<BUILD_INTERFACE:${EXECUTORCH_ROOT}/include>"
  "$<BUILD_INTERFACE:${EXECUTORCH_ROOT}/include/executorch/runtime/core/portable_type/c10>")
target_link_libraries(wsb_executorch INTERFACE "$<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/libexecutorch.so>")
