// A TensorRT that can build engines, loaded at run time.

#ifndef WSB_NATIVE_ENGINE_BUILDER_BUILDING_LIBRARY_H_
#define WSB_NATIVE_ENGINE_BUILDER_BUILDING_LIBRARY_H_

#include <cstdint>
#include <memory>
#include <string>

#include "engine-builder/builder.h"
#include "engine-builder/builder_slots.h"
#include "tensorrt/logger.h"
#include "tensorrt/runtime.h"
#include "tensorrt/slots.h"

namespace wsb {

// Sees to it that libraries asked for by name alone are looked for in `folder` first: libnvinfer
// opens libnvinfer_builder_resource that way. The loader reads LD_LIBRARY_PATH once, so where
// `folder` does not lead it this starts the program anew with `words`, the argument list of main(),
// and does not return. Does nothing when the folder does not exist or the program can't be started.
void PutFirstOnLibraryPath(const std::string& folder, char** words);

// A loaded libnvinfer of whose builder and runtime the binary interface is known. It has to outlive
// every object that it made.
class BuildingLibrary {
 public:
  // Loads libnvinfer from `folder`. Null when it can't be loaded, can't build, or is of a version
  // that is not known; `error` then says which, and what to do.
  static std::unique_ptr<BuildingLibrary> Load(const std::string& folder, LogSink log,
                                               std::string* error);

  // As getInferLibVersion() returns it.
  int32_t version() const { return version_; }

  // A null runtime when TensorRT can't make one, as without a driver.
  Runtime CreateRuntime();
  // To be called only where a runtime could be made: without a driver TensorRT 10.6 throws out of
  // the builder's factory, which is declared not to throw, and that ends the process.
  Builder CreateBuilder();

 private:
  explicit BuildingLibrary(LogSink log) : logger10_(log), logger11_(log) {}
  void* LoggerAddress();

  int32_t version_ = 0;
  const SlotTable* slots_ = nullptr;
  const BuilderSlots* builder_slots_ = nullptr;
  void* (*create_infer_builder_)(void* logger, int32_t version) = nullptr;
  void* (*create_infer_runtime_)(void* logger, int32_t version) = nullptr;
  Logger10 logger10_;
  Logger11 logger11_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_BUILDING_LIBRARY_H_
