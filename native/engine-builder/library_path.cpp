#include "engine-builder/library_path.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

namespace wsb {
namespace {

struct Free {
  void operator()(char* memory) const { std::free(memory); }
};

}  // namespace

void PutFirstOnLibraryPath(const std::string& folder, char** words) {
  const std::unique_ptr<char, Free> absolute(realpath(folder.c_str(), nullptr));
  if (absolute == nullptr) {
    return;
  }
  const std::string first = absolute.get();
  const char* const set = std::getenv("LD_LIBRARY_PATH");
  const std::string before = set == nullptr ? "" : set;
  if (before.substr(0, before.find(':')) == first) {
    return;
  }
  const std::string after = before.empty() ? first : first + ":" + before;
  if (setenv("LD_LIBRARY_PATH", after.c_str(), 1) == 0) {
    execv("/proc/self/exe", words);
  }
}

}  // namespace wsb
