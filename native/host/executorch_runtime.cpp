#include "host/executorch_runtime.h"

#include <dlfcn.h>
#include <elf.h>
#include <executorch/runtime/core/device_allocator.h>
#include <executorch/runtime/kernel/operator_registry.h>
#include <executorch/runtime/platform/runtime.h>
#include <link.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <string_view>

namespace wsb {
namespace {

using executorch::runtime::etensor::DeviceType;

// Libraries of releases by the beginning of their GNU build id. That of 1.5.0 and 1.5.1 is the
// same, byte for byte.
struct Release {
  std::string_view build_id;
  std::string_view version;
};
constexpr Release kReleases[] = {
    {"6e5073419f42df01", "1.5.1"},  // Linux x86-64
    {"6e5073419f42df01", "1.5.0"},
    {"30c6a4f7d7b58a07", "1.5.1"},  // Linux aarch64
    {"30c6a4f7d7b58a07", "1.5.0"},
    {"3e8239d589024a43", "1.4.1"},  // in torch-tensorrt-executorch-runtime 0.1.0
};

// A loaded library: where it begins, and the build id in hexadecimal, empty when it has none.
struct Library {
  uintptr_t base;
  std::string build_id;
};

// Looks for a GNU build id in the notes at `at`.
std::string BuildIdIn(const uint8_t* at, size_t size) {
  const auto padded = [](size_t length) { return (length + 3) / 4 * 4; };
  ElfW(Nhdr) note;
  while (size >= sizeof(note)) {
    std::memcpy(&note, at, sizeof(note));
    const uint8_t* const name = at + sizeof(note);
    const size_t used = sizeof(note) + padded(note.n_namesz) + padded(note.n_descsz);
    if (used > size) {
      break;
    }
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0) {
      std::string text;
      for (size_t n = 0; n < note.n_descsz; ++n) {
        constexpr char kDigits[] = "0123456789abcdef";
        const uint8_t byte = name[padded(note.n_namesz) + n];
        text += {kDigits[byte >> 4], kDigits[byte & 15]};
      }
      return text;
    }
    at += used;
    size -= used;
  }
  return "";
}

int ReadNotes(dl_phdr_info* object, size_t /*size*/, void* context) {
  auto* const library = static_cast<Library*>(context);
  if (object->dlpi_addr != library->base) {
    return 0;
  }
  for (size_t n = 0; n < object->dlpi_phnum; ++n) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[n];
    if (segment.p_type == PT_NOTE && library->build_id.empty()) {
      library->build_id = BuildIdIn(
          reinterpret_cast<const uint8_t*>(object->dlpi_addr + segment.p_vaddr), segment.p_memsz);
    }
  }
  return 1;
}

Dl_info RuntimeLibrary() {
  Dl_info info{};
  dladdr(reinterpret_cast<void*>(&executorch::runtime::runtime_init), &info);
  return info;
}

}  // namespace

std::string ExecuTorchVersion() {
  Library library{reinterpret_cast<uintptr_t>(RuntimeLibrary().dli_fbase), ""};
  dl_iterate_phdr(&ReadNotes, &library);
  std::string_view version;
  for (const Release& release : kReleases) {
    const bool is_loaded = library.build_id.compare(0, release.build_id.size(), release.build_id) == 0;
    if (is_loaded && (version.empty() || release.version == WSB_EXECUTORCH_VERSION)) {
      version = release.version;
    }
  }
  return version.empty() ? "of unknown build " + library.build_id : std::string(version);
}

bool LoadKernels(std::string* error) {
  const std::string_view runtime = RuntimeLibrary().dli_fname;
  const std::string kernels = std::string(runtime.substr(0, runtime.rfind('/') + 1)) +
                              "libexecutorch_kernels_optimized.so";
  if (access(kernels.c_str(), F_OK) != 0 ||
      dlopen(kernels.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr) {
    return true;
  }
  *error = dlerror();
  return false;
}

bool HasCopyKernels() {
  return executorch::runtime::registry_has_op_function("et_copy::_h2d_copy.out") &&
         executorch::runtime::registry_has_op_function("et_copy::_d2h_copy.out");
}

bool HasDeviceAllocator() {
  return executorch::runtime::get_device_allocator(DeviceType::CUDA) != nullptr;
}

}  // namespace wsb
