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
  delegate/application/apply_budget.cpp
  delegate/application/automatic_policy.cpp
  delegate/application/available_memory.cpp
  delegate/backend.cpp
  delegate/blob/binding_names.cpp
  delegate/blob/blob.cpp
  delegate/blob/blob_metadata.cpp
  delegate/application/budget_observer.cpp
  delegate/application/carry_out_budget.cpp
  delegate/budget/choose_budget.cpp
  delegate/application/decide_budget.cpp
  delegate/application/delegate_mark.cpp
  delegate/engine/engine_handle.cpp
  delegate/engine/execute_engine.cpp
  delegate/application/fit_budget.cpp
  delegate/application/free_memory.cpp
  delegate/budget/fitting_budget.cpp
  delegate/engine/init_engine.cpp
  delegate/blob/json_reader.cpp
  delegate/blob/json_scanner.cpp
  delegate/engine/libraries.cpp
  delegate/engine/element_type.cpp
  delegate/engine/link_aliases.cpp
  delegate/engine/match_names.cpp
  delegate/application/open_loads.cpp
  delegate/application/process_budget.cpp
  delegate/budget/parse_budget.cpp
  delegate/engine/read_profiles.cpp
  delegate/application/report_budget.cpp
  delegate/engine/tensor_shape.cpp
  delegate/engine/release_memory.cpp
  delegate/engine/releasing_engines.cpp
  delegate/engine/change_budget.cpp
  delegate/engine/live_engines.cpp
  delegate/engine/set_option.cpp)
target_link_libraries(wsb_delegate_objects PUBLIC wsb_settings wsb_executorch)

wsb_library(wsb_delegate $<TARGET_OBJECTS:wsb_delegate_objects>)
set_target_properties(wsb_delegate PROPERTIES LINKER_LANGUAGE CXX)
target_link_libraries(wsb_delegate PUBLIC wsb_tensorrt wsb_executorch)

add_library(tensorrt_delegate SHARED $<TARGET_OBJECTS:wsb_delegate_objects>)
add_library(trt_conformance::delegate ALIAS tensorrt_delegate)
set_target_properties(tensorrt_delegate PROPERTIES EXPORT_NAME delegate LINKER_LANGUAGE CXX)
target_link_libraries(tensorrt_delegate PRIVATE wsb_tensorrt wsb_executorch)
target_include_directories(tensorrt_delegate INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>" "$<INSTALL_INTERFACE:include/trt_conformance>")
