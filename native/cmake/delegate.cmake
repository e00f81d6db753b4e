# Our delegate, and how it reaches TensorRT.

wsb_library(wsb_slots tensorrt/slots.cpp)
wsb_library(wsb_tensorrt
  tensorrt/context.cpp
  tensorrt/cuda_api.cpp
  tensorrt/cuda_device_scope.cpp
  tensorrt/device_buffer.cpp
  tensorrt/engine.cpp
  tensorrt/logger.cpp
  tensorrt/object.cpp
  tensorrt/runtime.cpp
  tensorrt/shared_library.cpp
  tensorrt/tensorrt.cpp)
target_link_libraries(wsb_tensorrt PUBLIC wsb_slots wsb_executorch)

# Objects, and not an archive, for mutants.cmake, which replaces one of them.
add_library(wsb_delegate_objects OBJECT EXCLUDE_FROM_ALL
  delegate/apply_budget.cpp
  delegate/automatic_policy.cpp
  delegate/backend.cpp
  delegate/binding_names.cpp
  delegate/blob.cpp
  delegate/blob_metadata.cpp
  delegate/budget_observer.cpp
  delegate/carry_out_budget.cpp
  delegate/choose_budget.cpp
  delegate/decide_budget.cpp
  delegate/engine_handle.cpp
  delegate/execute_engine.cpp
  delegate/fit_budget.cpp
  delegate/fitting_budget.cpp
  delegate/init_engine.cpp
  delegate/json_reader.cpp
  delegate/json_scanner.cpp
  delegate/libraries.cpp
  delegate/link_aliases.cpp
  delegate/parse_budget.cpp
  delegate/read_profiles.cpp
  delegate/report_budget.cpp
  delegate/tensor_shape.cpp
  delegate/yield_budget.cpp
  delegate/yielding_engines.cpp)
target_link_libraries(wsb_delegate_objects PUBLIC wsb_settings wsb_executorch)

add_library(tensorrt_delegate SHARED $<TARGET_OBJECTS:wsb_delegate_objects>)
add_library(trt_conformance::delegate ALIAS tensorrt_delegate)
set_target_properties(tensorrt_delegate PROPERTIES EXPORT_NAME delegate LINKER_LANGUAGE CXX)
target_link_libraries(tensorrt_delegate PRIVATE wsb_tensorrt wsb_executorch)
target_include_directories(tensorrt_delegate INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>" "$<INSTALL_INTERFACE:include/trt_conformance>")
