#include "device-check/loaded_program.h"

#include <executorch/runtime/backend/backend_options_map.h>
#include <executorch/runtime/backend/interface.h>
#include <executorch/runtime/backend/options.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "host/execute_method.h"
#include "simulator/core/crc32.h"

namespace wsb {
namespace {

using executorch::extension::BufferDataLoader;
using executorch::runtime::BackendOptions;
using executorch::runtime::Error;
using executorch::runtime::LoadBackendOptionsMap;
using executorch::runtime::Method;
using executorch::runtime::Program;
using executorch::runtime::Result;

constexpr char kMethod[] = "forward";
constexpr char kBackend[] = "TensorRTBackend";
constexpr char kBudget[] = "weight_streaming_budget";

// Float16 numbers of either sign between a half and one, so that sums neither vanish nor overflow.
void FillWithHalves(size_t index, uint8_t* data, size_t size) {
  constexpr uint16_t kHalf = 0x3800, kSign = 0x8000, kMantissa = 0x03ff;
  uint64_t state = 0x9e3779b97f4a7c15 * (index + 1);
  for (size_t at = 0; at + sizeof(uint16_t) <= size; at += sizeof(uint16_t)) {
    state = state * 6364136223846793005 + 1442695040888963407;
    const auto random = static_cast<uint16_t>(state >> 48);
    const auto value = static_cast<uint16_t>((random & (kSign | kMantissa)) | kHalf);
    std::memcpy(data + at, &value, sizeof(value));
  }
}

class CheckedTensors final : public ExecutionTensors {
 public:
  explicit CheckedTensors(RunResult* result) : result_(result) {}

  void Fill(size_t index, uint8_t* data, size_t size) override {
    FillWithHalves(index, data, size);
  }

  void Read(const Method& method) override {
    std::vector<uint8_t> bytes;
    for (size_t n = 0; n < method.outputs_size(); ++n) {
      const auto& output = method.get_output(n);
      if (output.isTensor()) {
        const auto* const data = static_cast<const uint8_t*>(output.toTensor().const_data_ptr());
        bytes.insert(bytes.end(), data, data + output.toTensor().nbytes());
      }
    }
    result_->checksum = Crc32(bytes.data(), bytes.size());
    result_->all_zero =
        std::all_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte == 0; });
  }

 private:
  RunResult* result_;
};

}  // namespace

std::unique_ptr<LoadedProgram> LoadedProgram::Read(const std::string& path, std::string* error) {
  std::unique_ptr<LoadedProgram> read(new LoadedProgram);
  if (!read->bytes_.Read(path, error)) {
    return nullptr;
  }
  read->loader_ = std::make_unique<BufferDataLoader>(read->bytes_.data(), read->bytes_.size());
  Result<Program> program = Program::load(read->loader_.get());
  if (!program.ok()) {
    *error = path + " is not a program";
    return nullptr;
  }
  read->program_.emplace(std::move(*program));
  read->host_ = std::make_unique<ProgramHost>(&*read->program_, &read->pool_);
  return read;
}

Error LoadedProgram::Load(const std::optional<std::string>& budget) {
  if (!budget.has_value()) {
    return host_->Load(kMethod, nullptr);
  }
  BackendOptions<1> options;
  LoadBackendOptionsMap map;
  Error error = options.set_option(kBudget, budget->c_str());
  if (error == Error::Ok) {
    error = map.set_options(kBackend, options.view());
  }
  return error == Error::Ok ? host_->Load(kMethod, &map) : error;
}

RunResult LoadedProgram::Run() {
  RunResult result;
  CheckedTensors tensors(&result);
  Method* const method = host_->Find(kMethod);
  result.error = method == nullptr ? Error::InvalidState : ExecuteMethod(method, &tensors);
  return result;
}

void LoadedProgram::Unload() { host_->Unload(kMethod); }

Error LoadedProgram::Change(const std::string& budget) {
  BackendOptions<1> options;
  const Error error = options.set_option(kBudget, budget.c_str());
  return error == Error::Ok ? executorch::runtime::set_option(kBackend, options.view()) : error;
}

}  // namespace wsb
