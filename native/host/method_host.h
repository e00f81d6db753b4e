// Loads, keeps and destroys the methods of a program.

#ifndef WSB_NATIVE_HOST_METHOD_HOST_H_
#define WSB_NATIVE_HOST_METHOD_HOST_H_

#include <executorch/runtime/backend/backend_options_map.h>
#include <executorch/runtime/executor/method.h>

#include <string>

namespace wsb {

// One way to load methods with ExecuTorch. Its destructor destroys the methods that are still
// loaded, the last one loaded first, and then the program.
class MethodHost {
 public:
  virtual ~MethodHost() = default;

  // Loads a method; a null map passes null on to ExecuTorch. ExecuTorch's error, or
  // MemoryAllocationFailed for a method whose planned memory is larger than the host gives.
  virtual executorch::runtime::Error Load(
      const std::string& name, const executorch::runtime::LoadBackendOptionsMap* options) = 0;

  // The loaded method of that name, or null. Loads nothing.
  virtual executorch::runtime::Method* Find(const std::string& name) = 0;

  // Destroys the method; nothing when it is not loaded.
  virtual void Unload(const std::string& name) = 0;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_METHOD_HOST_H_
