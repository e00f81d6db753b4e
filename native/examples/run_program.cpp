// Runs a program on TensorRT with the stock ExecuTorch runtime and the delegate as a shared
// library: as an executable, or as a library with one C function (run_program.py calls that).

#include <dlfcn.h>
#include <executorch/extension/module/module.h>
#include <executorch/extension/tensor/tensor_ptr.h>
#include <executorch/runtime/backend/backend_options_map.h>
#include <executorch/runtime/backend/options.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

using executorch::extension::make_tensor_ptr;
using executorch::extension::Module;
using executorch::extension::TensorPtr;
using executorch::runtime::BackendOptions;
using executorch::runtime::Error;
using executorch::runtime::EValue;
using executorch::runtime::LoadBackendOptionsMap;

namespace {

// Registers TensorRTBackend with the ExecuTorch of this process. Once is enough.
bool LoadDelegate(const char* library) {
  if (dlopen(library, RTLD_NOW | RTLD_LOCAL) == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return false;
  }
  return true;
}

// Loads the program and its method forward. Without a `budget` (null) the delegate chooses one;
// its log says on standard error which, in bytes.
Error LoadForward(Module* module, const char* budget) {
  BackendOptions<1> options;
  LoadBackendOptionsMap map;
  if (budget != nullptr) {
    ET_CHECK_OK_OR_RETURN_ERROR(options.set_option("weight_streaming_budget", budget));
    ET_CHECK_OK_OR_RETURN_ERROR(map.set_options("TensorRTBackend", options.view()));
  }
  ET_CHECK_OK_OR_RETURN_ERROR(module->load(map));
  return module->load_forward();
}

}  // namespace

// Loads `program` (a .pte file) with `budget` as its load-time option (null: none) and runs its
// method forward once. Every input is filled with the bytes at `input`, again and again; the bytes
// of the first output go to `output`. Returns ExecuTorch's error code, 0 for success, or -1 when
// the delegate can't be loaded or the output is larger than `output_size`; the size of the output
// goes to `written`.
extern "C" int run_program(const char* delegate, const char* program, const char* budget,
                           const void* input, size_t input_size, void* output, size_t output_size,
                           size_t* written) {
  if (!LoadDelegate(delegate)) {
    return -1;
  }
  Module module(program);
  if (const Error error = LoadForward(&module, budget); error != Error::Ok) {
    return static_cast<int>(error);
  }
  const auto meta = module.method_meta("forward");
  std::vector<std::vector<uint8_t>> bytes;
  std::vector<TensorPtr> tensors;
  std::vector<EValue> values;
  for (size_t n = 0; n < meta->num_inputs(); ++n) {
    const auto info = meta->input_tensor_meta(n);
    bytes.emplace_back(info->nbytes());
    for (size_t at = 0; at < bytes.back().size() && input_size > 0; ++at) {
      bytes.back()[at] = static_cast<const uint8_t*>(input)[at % input_size];
    }
    tensors.push_back(make_tensor_ptr({info->sizes().begin(), info->sizes().end()},
                                      bytes.back().data(), info->scalar_type()));
    values.emplace_back(tensors.back());
  }
  const auto outputs = module.forward(values);
  if (!outputs.ok()) {
    return static_cast<int>(outputs.error());
  }
  const auto& first = outputs->at(0).toTensor();
  *written = first.nbytes();
  if (first.nbytes() > output_size) {
    return -1;
  }
  std::memcpy(output, first.const_data_ptr(), first.nbytes());
  return 0;
}

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::fprintf(stderr, "usage: run_program libtensorrt_delegate.so PROGRAM.pte [BUDGET]\n");
    return 2;
  }
  const uint16_t one = 0x3c00;  // 1.0 in float16
  std::vector<uint8_t> output(size_t{64} << 20);
  size_t written = 0;
  const int error = run_program(argv[1], argv[2], argc == 4 ? argv[3] : nullptr, &one, sizeof(one),
                                output.data(), output.size(), &written);
  if (error != 0) {
    std::fprintf(stderr, "run_program: error %d\n", error);
    return 1;
  }
  std::printf("%zu bytes:", written);
  for (size_t n = 0; n < std::min<size_t>(written, 16); ++n) {
    std::printf(" %02x", output[n]);
  }
  std::printf("%s\n", written > 16 ? " ..." : "");
  return 0;
}
