// Methods through ExecuTorch's Program.

#ifndef WSB_NATIVE_HOST_PROGRAM_HOST_H_
#define WSB_NATIVE_HOST_PROGRAM_HOST_H_

#include <executorch/runtime/executor/method.h>
#include <executorch/runtime/executor/program.h>

#include <string>

#include "host/loaded_methods.h"
#include "host/method_host.h"

namespace wsb {

// Loads with Program::load_method(). A method that is loaded again is destroyed first.
class ProgramHost final : public MethodHost {
 public:
  // `program` and `pool` have to outlive the host.
  ProgramHost(const executorch::runtime::Program* program, MethodMemoryPool* pool)
      : program_(program), methods_(pool) {}

  executorch::runtime::Error Load(
      const std::string& name, const executorch::runtime::LoadBackendOptionsMap* options) override {
    methods_.Unload(name);
    return methods_.Load(*program_, name, options);
  }
  executorch::runtime::Method* Find(const std::string& name) override {
    return methods_.Find(name);
  }
  void Unload(const std::string& name) override { methods_.Unload(name); }

 private:
  const executorch::runtime::Program* program_;
  LoadedMethods methods_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_PROGRAM_HOST_H_
