// Methods that Program::load_method() made.

#ifndef WSB_NATIVE_HOST_LOADED_METHODS_H_
#define WSB_NATIVE_HOST_LOADED_METHODS_H_

#include <executorch/runtime/executor/method.h>
#include <executorch/runtime/executor/program.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/method_memory.h"

namespace wsb {

// Owns methods with their memory, several of one name too. What is left at the end is destroyed,
// the one loaded last first.
class LoadedMethods {
 public:
  // `pool` has to outlive it.
  explicit LoadedMethods(MethodMemoryPool* pool) : pool_(pool) {}
  ~LoadedMethods();
  LoadedMethods(const LoadedMethods&) = delete;
  LoadedMethods& operator=(const LoadedMethods&) = delete;

  // Loads one more method; it gets what it allocates from `shared`, when that is not null. The
  // program and `shared` have to outlive this object.
  executorch::runtime::Error Load(const executorch::runtime::Program& program,
                                  const std::string& name,
                                  const executorch::runtime::LoadBackendOptionsMap* options,
                                  executorch::runtime::MemoryAllocator* shared = nullptr);
  // Of several, the one loaded last; null when there is none.
  executorch::runtime::Method* Find(const std::string& name);
  // Destroys that one, if there is one.
  void Unload(const std::string& name);

 private:
  struct Loaded {
    std::string name;
    MethodMemory* memory;
    executorch::runtime::Method method;
  };

  std::optional<size_t> IndexOf(const std::string& name) const;
  void Destroy(size_t index);

  MethodMemoryPool* const pool_;
  // In the order of loading. Emptied rather than removed from: a Method can't be assigned.
  std::vector<std::optional<Loaded>> methods_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_LOADED_METHODS_H_
