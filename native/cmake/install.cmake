# `cmake --install` puts the delegate, the runtime that it was built against, and the headers of its C functions where
# find_package(trt_conformance) finds them. The rest is for the suite, which runs it from the build folder.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS tensorrt_delegate EXPORT trt_conformance LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES "${PROJECT_BINARY_DIR}/libexecutorch.so" DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES delegate/observer.h DESTINATION include/trt_conformance/delegate)
install(EXPORT trt_conformance NAMESPACE trt_conformance::
  FILE trt_conformance-config.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/trt_conformance)
write_basic_package_version_file(trt_conformance-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/trt_conformance-config-version.cmake"
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/trt_conformance)
