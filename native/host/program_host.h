// Methods through ExecuTorch's Program.

#ifndef WSB_NATIVE_HOST_PROGRAM_HOST_H_
#define WSB_NATIVE_HOST_PROGRAM_HOST_H_

#include <executorch/runtime/executor/method.h>
#include <executorch/runtime/executor/program.h>

#include <optional>
#include <string>
#include <vector>

#include "host/method_host.h"
#include "host/method_memory.h"

namespace wsb {

// Loads with Program::load_method(). A method that is loaded again is destroyed first.
class ProgramHost final : public MethodHost {
 public:
  // `program` and `pool` have to outlive the host.
  ProgramHost(const executorch::runtime::Program* program, MethodMemoryPool* pool)
      : program_(program), pool_(pool) {}
  ~ProgramHost() override;
  ProgramHost(const ProgramHost&) = delete;
  ProgramHost& operator=(const ProgramHost&) = delete;

  executorch::runtime::Error Load(
      const std::string& name, const executorch::runtime::LoadBackendOptionsMap* options) override;
  executorch::runtime::Method* Find(const std::string& name) override;
  void Unload(const std::string& name) override;

 private:
  struct Loaded {
    std::string name;
    MethodMemory* memory;
    executorch::runtime::Method method;
  };

  std::optional<size_t> IndexOf(const std::string& name) const;

  const executorch::runtime::Program* program_;
  MethodMemoryPool* pool_;
  // In the order of loading. Emptied rather than removed from: a Method can't be assigned.
  std::vector<std::optional<Loaded>> methods_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_PROGRAM_HOST_H_
