#include "process/serve/command_line.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "common/command_options.h"
#include "host/executorch_runtime.h"
#include "host/policy_name.h"

namespace wsb {
namespace {

// The folder of the running executable, with a slash; empty when the system does not tell.
std::string ExecutableFolder() {
  std::array<char, PATH_MAX> path;
  const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
  const std::string_view text(path.data(), size < 0 ? 0 : static_cast<size_t>(size));
  return std::string(text.substr(0, text.rfind('/') + 1));
}

// Makes a path absolute: a bare name would be searched in the folders of the system.
bool Resolve(std::string* path, std::string* error) {
  std::array<char, PATH_MAX> resolved;
  if (realpath(path->c_str(), resolved.data()) == nullptr) {
    *error = "there is no file " + *path;
    return false;
  }
  *path = resolved.data();
  return true;
}

}  // namespace

bool ReadCommandLine(const HostProfile& profile, int argc, char** argv, HostOptions* options,
                     std::string* error) {
  const std::string beside = ExecutableFolder();
  options->name = profile.name;
  SubjectConfig& libraries = options->libraries;
  libraries.delegate = profile.delegate == nullptr ? "" : beside + profile.delegate;
  libraries.tensorrt = beside + profile.tensorrt;
  libraries.cudart = beside + profile.cudart;
  libraries.simulator = beside + profile.simulator;

  std::string version;
  std::string without;
  const struct {
    std::string_view flag;
    std::string* value;
  } flags[] = {{"--delegate", &libraries.delegate}, {"--tensorrt", &libraries.tensorrt},
               {"--cudart", &libraries.cudart},     {"--simulator", &libraries.simulator},
               {"--backend-id", &options->backend}, {"--name", &options->name},
               {"--policy", &options->policy},      {"--tensorrt-version", &version},
               {"--without", &without}};
  for (int n = 1; n < argc; ++n) {
    const std::string_view argument = argv[n];
    if (argument == "--help") {
      options->help = true;
      return true;
    }
    std::string* value = nullptr;
    for (const auto& each : flags) {
      value = each.flag == argument ? each.value : value;
    }
    if (value == nullptr || n + 1 == argc) {
      *error = std::string(argument) + (value == nullptr ? " is not an option" : " needs a value");
      return false;
    }
    *value = argv[++n];
  }

  if (libraries.tensorrt == beside + profile.tensorrt) {
    for (const char* const* name = profile.preloaded; *name != nullptr; ++name) {
      options->preloaded.push_back(beside + *name);
    }
  }
  options->has_own_delegate =
      profile.delegate != nullptr && libraries.delegate == beside + profile.delegate;
  if (libraries.delegate.empty()) {
    *error = "--delegate has to name a shared library";
    return false;
  }
  if (!version.empty() && !ReadNumber(version, &options->tensorrt_version, int32_t{1})) {
    *error = "--tensorrt-version takes major * 10000 + minor * 100 + patch, such as 100600";
    return false;
  }
  if (WsbPolicy policy; !options->policy.empty() && !ReadPolicy(options->policy, &policy)) {
    *error = "--policy takes fitting or upstream";
    return false;
  }
  if (!without.empty() && without != "kernels" && without != "allocator") {
    *error = "--without takes kernels or allocator";
    return false;
  }
  libraries.kernels = without != "kernels";
  libraries.allocator = without != "allocator";
  return Resolve(&libraries.delegate, error) && Resolve(&libraries.tensorrt, error) &&
         Resolve(&libraries.cudart, error) && Resolve(&libraries.simulator, error);
}

std::string Usage(const HostProfile& profile) {
  const std::string name = profile.name;
  const std::string delegate =
      profile.delegate == nullptr
          ? "  --delegate FILE         shared library; it registers a backend\n"
          : "";
  return "usage: " + name + (profile.delegate == nullptr ? " --delegate FILE" : "") +
         " [options]\n"
         "Loads programs with ExecuTorch " +
         ExecuTorchVersion() +
         " and tells what the delegate did, on standard input and output\n"
         "(spec/protocol.md, binary frames).\n" +
         delegate +
         "  --backend-id ID         the id that it registers (default TensorRTBackend)\n"
         "  --name NAME             of the subject, in reports (default " +
         name +
         ")\n"
         "  --policy POLICY         who chooses automatic budgets: fitting (the delegate) or "
         "upstream\n"
         "  --tensorrt FILE         the library used as libnvinfer\n"
         "  --cudart FILE           the library used as libcudart\n"
         "  --simulator FILE        libtrtsim.so, which both of them use\n"
         "  --tensorrt-version N    of the simulated TensorRT, such as 100600 for 10.6\n"
         "  --without PART          what stock hosts have and this one should not: kernels or "
         "allocator\n"
         "  --help\n";
}

}  // namespace wsb
