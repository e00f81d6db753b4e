# The host of the released upstream delegate (upstream/README.md): target `upstream`, where its wheels are unpacked.

set(WSB_UPSTREAM_DELEGATE "" CACHE PATH "Folder of the libraries of upstream's wheel")
set(WSB_UPSTREAM_HEADERS "" CACHE PATH "Folder of the headers of the ExecuTorch in it")
if(WSB_UPSTREAM_DELEGATE STREQUAL "")
  return()
endif()

string(JSON upstream_version GET "${wsb_wheels}" upstream version)
string(JSON upstream_executorch GET "${wsb_wheels}" upstreamHeaders version)
set(upstream "${PROJECT_BINARY_DIR}/upstream")

# Its libraries, each under the name by which it is looked for.
set(upstream_libraries _portable_lib.so libaoti_cuda_shims.so libextension_cuda.so)
configure_file("${WSB_UPSTREAM_DELEGATE}/_portable_lib.cpython-312-x86_64-linux-gnu.so"
  "${upstream}/_portable_lib.so" COPYONLY)
foreach(library libaoti_cuda_shims.so libextension_cuda.so)
  configure_file("${WSB_UPSTREAM_DELEGATE}/${library}" "${upstream}/${library}" COPYONLY)
endforeach()
list(TRANSFORM upstream_libraries PREPEND "${upstream}/")

# What it wants of the CUDA runtime, and of torch and Python, which are not there.
add_custom_command(OUTPUT "${upstream}/missing_cuda.cpp" "${upstream}/missing_symbols.cpp"
  COMMAND "${CMAKE_COMMAND}" "-DNM=${CMAKE_NM}" "-DFOLDER=${upstream}" -DCUDART=libcudart.so.13
          -P "${PROJECT_SOURCE_DIR}/cmake/write-stubs.cmake"
  DEPENDS cmake/write-stubs.cmake ${upstream_libraries} VERBATIM)

wsb_simulated_library(upstream_nvinfer wsb_nvinfer upstream/libnvinfer.so.11)
wsb_simulated_library(upstream_cudart wsb_cudart upstream/libcudart.so.13
  "${upstream}/missing_cuda.cpp" upstream/stubs/cuda_registration.cpp)
wsb_version_symbols(upstream_cudart libcudart.so.13)
add_library(upstream_torch_cpu SHARED
  "${upstream}/missing_symbols.cpp" upstream/stubs/processor.cpp upstream/stubs/string_replace.cpp)
target_link_libraries(upstream_torch_cpu PRIVATE wsb_settings)
foreach(library c10 torch torch_cuda torch_python)
  add_library(upstream_${library} SHARED upstream/stubs/empty.cpp)
endforeach()
foreach(library c10 torch torch_cpu torch_cuda torch_python)
  set_target_properties(upstream_${library} PROPERTIES
    OUTPUT_NAME ${library} LIBRARY_OUTPUT_DIRECTORY "${upstream}")
endforeach()

list(TRANSFORM wsb_host_sources PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE upstream_host_sources)
add_executable(wsb-host-upstream EXCLUDE_FROM_ALL
  upstream/wsb_host_upstream.cpp ${wsb_host_sources} ${wsb_serve_sources})
set_target_properties(wsb-host-upstream PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${upstream}" INSTALL_RPATH "$ORIGIN/..;$ORIGIN")
target_compile_definitions(wsb-host-upstream PRIVATE
  C10_USING_CUSTOM_GENERATED_MACROS ET_EVENT_TRACER_ENABLED
  "WSB_EXECUTORCH_VERSION=\"${upstream_executorch}\"" "WSB_UPSTREAM_VERSION=\"${upstream_version}\"")
# The wheel lacks the headers of Module and of the data loaders, whose layout is that of our ExecuTorch.
foreach(root "${WSB_UPSTREAM_HEADERS}" "${EXECUTORCH_ROOT}")
  target_include_directories(wsb-host-upstream SYSTEM PRIVATE
    "${root}/include" "${root}/include/executorch/runtime/core/portable_type/c10")
endforeach()
# Its path is found through the executable by libraries that do not say where to look.
target_link_options(wsb-host-upstream PRIVATE -Wl,--disable-new-dtags -Wl,-rpath-link,upstream)
target_link_libraries(wsb-host-upstream PRIVATE wsb_settings wsb_slots wsb_json ${upstream_libraries})
add_dependencies(wsb-host-upstream upstream_nvinfer upstream_cudart upstream_c10 upstream_torch upstream_torch_cpu
  upstream_torch_cuda upstream_torch_python)

# Our delegate for that ExecuTorch, where upstream's has the name that programs carry.
get_target_property(delegate_sources wsb_delegate_objects SOURCES)
get_target_property(tensorrt_sources wsb_tensorrt SOURCES)
list(TRANSFORM delegate_sources PREPEND "${PROJECT_SOURCE_DIR}/")
list(TRANSFORM tensorrt_sources PREPEND "${PROJECT_SOURCE_DIR}/")
add_library(upstream_tensorrt_delegate SHARED EXCLUDE_FROM_ALL ${delegate_sources} ${tensorrt_sources})
set_target_properties(upstream_tensorrt_delegate PROPERTIES
  OUTPUT_NAME tensorrt_delegate LIBRARY_OUTPUT_DIRECTORY "${upstream}")
target_compile_definitions(upstream_tensorrt_delegate PRIVATE
  C10_USING_CUSTOM_GENERATED_MACROS ET_EVENT_TRACER_ENABLED "WSB_BACKEND_ID=\"TensorRTBackendOfTheSuite\"")
target_include_directories(upstream_tensorrt_delegate SYSTEM PRIVATE
  "${WSB_UPSTREAM_HEADERS}/include" "${WSB_UPSTREAM_HEADERS}/include/executorch/runtime/core/portable_type/c10")
target_link_options(upstream_tensorrt_delegate PRIVATE -Wl,--disable-new-dtags -Wl,-rpath-link,upstream)
target_link_libraries(upstream_tensorrt_delegate PRIVATE wsb_settings wsb_slots ${upstream_libraries})
add_dependencies(upstream_tensorrt_delegate upstream_nvinfer upstream_cudart upstream_c10 upstream_torch
  upstream_torch_cpu upstream_torch_cuda upstream_torch_python)

add_custom_target(upstream DEPENDS wsb-host-upstream upstream_tensorrt_delegate)
set_property(TARGET upstream_nvinfer upstream_cudart upstream_c10 upstream_torch upstream_torch_cpu upstream_torch_cuda
  upstream_torch_python PROPERTY EXCLUDE_FROM_ALL ON)
