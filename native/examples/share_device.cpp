// A server that shares a device between models: each time another model arrives the budgets of
// those that run are made smaller, without loading them again.

#include <dlfcn.h>
#include <executorch/extension/module/module.h>
#include <executorch/extension/tensor/tensor_ptr.h>
#include <executorch/runtime/backend/interface.h>
#include <executorch/runtime/backend/options.h>

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using executorch::extension::make_tensor_ptr;
using executorch::extension::Module;
using executorch::extension::TensorPtr;
using executorch::runtime::BackendOptions;
using executorch::runtime::Error;
using executorch::runtime::EValue;
using executorch::runtime::get_backend_class;
using executorch::runtime::get_option;
using executorch::runtime::set_option;

namespace {

constexpr char kBackend[] = "TensorRTBackend";

// Gives every engine that is loaded, and those to come, that many bytes of its weights in device
// memory. MemoryAllocationFailed: some engine can't have it, and all have what they had.
Error SetBudget(uint64_t bytes) {
  BackendOptions<1> options;
  const std::string text = std::to_string(bytes);
  ET_CHECK_OK_OR_RETURN_ERROR(options.set_option("weight_streaming_budget", text.c_str()));
  return set_option(kBackend, options.view());
}

// Whether the delegate changes budgets at all: the base class of a backend answers Ok to
// everything, and fills nothing in.
bool CanChange() {
  BackendOptions<1> options;
  if (get_backend_class(kBackend) == nullptr ||
      options.set_option("weight_streaming_budget", "?") != Error::Ok) {
    return false;
  }
  const Error error = get_option(kBackend, options.view());
  const char* text = "";
  return error == Error::NotFound ||
         (error == Error::Ok && options.get_option("weight_streaming_budget", text) == Error::Ok &&
          text[0] != '?');
}

Error Serve(Module* module) {
  const auto meta = module->method_meta("forward");
  std::vector<std::vector<uint8_t>> bytes;
  std::vector<TensorPtr> tensors;
  std::vector<EValue> values;
  for (size_t n = 0; n < meta->num_inputs(); ++n) {
    const auto info = meta->input_tensor_meta(n);
    bytes.emplace_back(info->nbytes());
    tensors.push_back(make_tensor_ptr({info->sizes().begin(), info->sizes().end()},
                                      bytes.back().data(), info->scalar_type()));
    values.emplace_back(tensors.back());
  }
  return module->forward(values).error();
}

// Models of one engine each that share `total` bytes of device memory for their weights: an equal
// part each. A budget is one for each engine, so that a model with two of them would take twice.
class Server {
 public:
  explicit Server(uint64_t total) : total_(total) {}

  // Takes one more model in; when that fails, those that are there go on as before.
  Error Add(const std::string& program) {
    // First the memory, then the model that needs it.
    ET_CHECK_OK_OR_RETURN_ERROR(SetBudget(total_ / (models_.size() + 1)));
    auto module = std::make_unique<Module>(program);
    const Error error = module->load_forward();
    if (error == Error::Ok) {
      models_.emplace_back(program, std::move(module));
    } else if (!models_.empty()) {
      static_cast<void>(SetBudget(total_ / models_.size()));
    }
    return error;
  }

  // Lets one go, and gives its memory to the others.
  void Remove() {
    models_.pop_back();
    if (!models_.empty()) {
      static_cast<void>(SetBudget(total_ / models_.size()));
    }
  }

  // Runs each model once.
  void ServeAll() const {
    for (const auto& [program, module] : models_) {
      std::printf("%zu models: %s ends with %d\n", models_.size(), program.c_str(),
                  static_cast<int>(Serve(module.get())));
    }
  }

  bool empty() const { return models_.empty(); }

 private:
  const uint64_t total_;
  std::vector<std::pair<std::string, std::unique_ptr<Module>>> models_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: share_device libtensorrt_delegate.so BYTES PROGRAM.pte...\n");
    return 2;
  }
  if (dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  if (!CanChange()) {
    std::fprintf(stderr, "the delegate cannot change budgets: load the models again instead\n");
    return 1;
  }
  Server server(std::strtoull(argv[2], nullptr, 10));
  int status = 0;
  for (int n = 3; n < argc; ++n) {
    if (const Error error = server.Add(argv[n]); error != Error::Ok) {
      std::fprintf(stderr, "%s is not taken in: error %d\n", argv[n], static_cast<int>(error));
      status = 1;
    }
    server.ServeAll();
  }
  while (!server.empty()) {
    server.Remove();
    server.ServeAll();
  }
  return status;
}
