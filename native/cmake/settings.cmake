# How everything is compiled and linked.

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Every artifact finds its libraries from where it lies, in the build and wherever it is copied to.
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)
set(CMAKE_INSTALL_RPATH "$ORIGIN")

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/archives")
  if(NOT CMAKE_BUILD_TYPE)
    # Before CXXFLAGS of the environment, which may say otherwise.
    string(PREPEND CMAKE_CXX_FLAGS "-O2 ")
  endif()
endif()

# For libraries and programs of this project; the folder names in an #include are those below native/.
add_library(wsb_settings INTERFACE)
target_compile_features(wsb_settings INTERFACE cxx_std_17)
target_compile_options(wsb_settings INTERFACE -pthread -fvisibility=hidden -Wall -Wextra -Werror)
target_include_directories(wsb_settings INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")
# Every symbol has to be found when linking, but for a module, which gets some of its host.
target_link_options(wsb_settings INTERFACE -pthread -Wl,--build-id
  "$<$<NOT:$<STREQUAL:$<TARGET_PROPERTY:TYPE>,MODULE_LIBRARY>>:-Wl,--no-undefined>")
target_link_libraries(wsb_settings INTERFACE ${CMAKE_DL_LIBS})

# A static library of sources that several targets share.
function(wsb_library name)
  add_library(${name} STATIC EXCLUDE_FROM_ALL ${ARGN})
  target_link_libraries(${name} PUBLIC wsb_settings)
endfunction()
