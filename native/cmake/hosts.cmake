# What runs delegates: Node's addon, processes, and programs that measure and check them on a device.

set(wsb_host_sources
  host/arena_allocator.cpp
  host/backend_options.cpp
  host/baton.cpp
  host/cuda_allocator.cpp
  host/decision_engine.cpp
  host/decision_host.cpp
  host/execute_method.cpp
  host/executorch_runtime.cpp
  host/host.cpp
  host/loaded_methods.cpp
  host/log_capture.cpp
  host/method_memory.cpp
  host/module_host.cpp
  host/option_steps.cpp
  host/outcome.cpp
  host/planned_memory.cpp
  host/process_use.cpp
  host/request.cpp
  host/subject.cpp
  host/threaded_request.cpp)
set(wsb_serve_sources
  process/serve/command_line.cpp
  process/serve/forwarding_backend.cpp
  process/serve/hello.cpp
  process/serve/host_process.cpp
  process/serve/messages.cpp
  process/serve/progress_file.cpp
  process/serve/session.cpp)

wsb_library(wsb_json delegate/blob/json_reader.cpp delegate/blob/json_scanner.cpp)
wsb_library(wsb_host_library ${wsb_host_sources})
target_link_libraries(wsb_host_library PUBLIC wsb_slots wsb_executorch)
target_compile_definitions(wsb_host_library PRIVATE "WSB_EXECUTORCH_VERSION=\"${WSB_EXECUTORCH_PACKAGE_VERSION}\"")

foreach(package node-api-headers node-addon-api)
  string(TOUPPER "WSB_${package}" variable)
  string(REPLACE "-" "_" variable "${variable}")
  set(${variable} "${PROJECT_SOURCE_DIR}/../node_modules/${package}" CACHE PATH "Folder of the npm package ${package}")
endforeach()
# Node's own functions are found when Node loads it.
add_library(conformance MODULE addon/addon.cpp addon/decision_object.cpp)
set_target_properties(conformance PROPERTIES PREFIX "" SUFFIX ".node")
target_compile_definitions(conformance PRIVATE
  NAPI_VERSION=8 NAPI_DISABLE_CPP_EXCEPTIONS)
target_include_directories(conformance SYSTEM PRIVATE "${WSB_NODE_API_HEADERS}/include" "${WSB_NODE_ADDON_API}")
target_link_libraries(conformance PRIVATE wsb_host_library)

add_executable(wsb-host process/wsb_host.cpp ${wsb_serve_sources})
target_link_libraries(wsb-host PRIVATE wsb_host_library wsb_json)

add_executable(wsb-reaper process/wsb_reaper.cpp)
target_link_libraries(wsb-reaper PRIVATE wsb_settings)

# Preloaded into programs of others that run on the simulated libraries.
add_library(wsb-observer SHARED upstream/observer.cpp)
target_link_libraries(wsb-observer PRIVATE wsb_settings trtsim)

# For Python's ExecuTorch, which has no allocator for CUDA memory.
add_library(wsb-device-allocator SHARED python/device_allocator.cpp)
target_link_libraries(wsb-device-allocator PRIVATE wsb_host_library)

add_executable(wsb-measure
  common/held_memory.cpp
  measure/budget_log.cpp
  measure/device_program.cpp
  measure/direct_engine.cpp
  measure/machine.cpp
  measure/session.cpp
  measure/wsb_measure.cpp)
target_link_libraries(wsb-measure PRIVATE wsb_host_library wsb_tensorrt)

add_executable(device-check
  common/held_memory.cpp
  device-check/bench.cpp
  device-check/delegate_checks.cpp
  device-check/loaded_program.cpp
  device-check/main.cpp
  device-check/tensorrt_checks.cpp)
target_link_libraries(device-check PRIVATE wsb_host_library wsb_tensorrt wsb_checksums)
