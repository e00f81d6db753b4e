// Methods through ExecuTorch's Module.

#ifndef WSB_NATIVE_HOST_MODULE_HOST_H_
#define WSB_NATIVE_HOST_MODULE_HOST_H_

#include <executorch/extension/module/module.h>
#include <executorch/runtime/executor/program.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/method_host.h"
#include "host/method_memory.h"

namespace wsb {

// Loads with Module::load_method(). A method that is loaded already stays as it is.
class ModuleHost final : public MethodHost {
 public:
  // `pool`, and what the loader reads, have to outlive the host.
  ModuleHost(std::unique_ptr<executorch::runtime::DataLoader> loader, MethodMemoryPool* pool);
  ~ModuleHost() override;
  ModuleHost(const ModuleHost&) = delete;
  ModuleHost& operator=(const ModuleHost&) = delete;

  // Loads the program itself; to be called once, first. With options, they hold for every later
  // load that brings none; the map is copied.
  executorch::runtime::Error LoadProgram(const executorch::runtime::LoadBackendOptionsMap* options,
                                         executorch::runtime::Program::Verification verification);

  executorch::runtime::Error Load(
      const std::string& name, const executorch::runtime::LoadBackendOptionsMap* options) override;
  executorch::runtime::Method* Find(const std::string& name) override;
  void Unload(const std::string& name) override;

 private:
  MethodMemoryPool* pool_;
  executorch::extension::Module module_;
  // Those that are loaded, in the order of loading.
  std::vector<std::pair<std::string, MethodMemory*>> methods_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_MODULE_HOST_H_
