// A shared library that is opened at run time.

#ifndef WSB_NATIVE_TENSORRT_SHARED_LIBRARY_H_
#define WSB_NATIVE_TENSORRT_SHARED_LIBRARY_H_

#include <string>
#include <vector>

namespace wsb {

// A library that stays open until the process ends: objects with code in it may outlive any owner.
class SharedLibrary {
 public:
  // Opens the first of `names` (paths or sonames) that can be opened. On failure IsOpen() is false
  // and `error` says why, a clause for each name.
  static SharedLibrary Open(const std::vector<std::string>& names, std::string* error);

  bool IsOpen() const { return handle_ != nullptr; }
  // What Open() was given.
  const std::string& Name() const { return name_; }

  // Points `function` to the exported function `symbol`, or to null; true when there is one.
  template <typename Function>
  bool Find(const char* symbol, Function** function) const {
    *function = reinterpret_cast<Function*>(Address(symbol));
    return *function != nullptr;
  }

 private:
  void* Address(const char* symbol) const;

  void* handle_ = nullptr;
  std::string name_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_SHARED_LIBRARY_H_
