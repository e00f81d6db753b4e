#include "tensorrt/shared_library.h"

#include <dlfcn.h>

namespace wsb {

SharedLibrary SharedLibrary::Open(const std::vector<std::string>& names, std::string* error) {
  SharedLibrary library;
  std::string reasons;
  for (const std::string& name : names) {
    library.handle_ = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library.IsOpen()) {
      library.name_ = name;
      return library;
    }
    const char* const reason = dlerror();
    reasons += (reasons.empty() ? "" : "; ") + std::string(reason == nullptr ? name : reason);
  }
  *error = reasons;
  return library;
}

void* SharedLibrary::Address(const char* symbol) const { return dlsym(handle_, symbol); }

}  // namespace wsb
