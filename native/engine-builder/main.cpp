// engine-builder: makes TensorRT plans for tests, for the GPU of the machine it runs on.

#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "common/command_options.h"
#include "common/version_text.h"
#include "engine-builder/building_library.h"
#include "engine-builder/layer_weights.h"
#include "engine-builder/matmul_chain.h"

namespace wsb {
namespace {

enum ExitCode { kBuilt = 0, kNotBuilt = 1, kUsageError = 2, kInfrastructure = 4 };

struct Arguments {
  bool help = false;
  // Folder of libnvinfer.
  std::string tensorrt;
  // The plan file to write.
  std::string output;
  NetworkSpec network;
};

constexpr char kUsage[] =
    "usage: engine-builder --tensorrt DIR --layers N --dim D --batch B --output FILE\n"
    "                      [--streaming] [--seed S] [--workspace BYTES]\n"
    "Builds N matrix products (weights D x D, input B x D, ReLU between, float16) for the GPU of "
    "this\n"
    "machine, writes the TensorRT plan to FILE and one line of JSON to standard output.\n"
    "  --tensorrt DIR     folder of libnvinfer and libnvinfer_builder_resource\n"
    "  --streaming        with streamable weights (BuilderFlag::kWEIGHT_STREAMING)\n"
    "  --seed S           the weights follow from it (default 0)\n"
    "  --workspace BYTES  most device memory that one layer may use to work in (default: any)\n"
    "Exit codes: 0 built, 1 TensorRT did not build it, 2 usage, 4 no usable TensorRT or GPU, or "
    "the\n"
    "file can't be written\n";

// Reads the arguments that follow the program's name. False when they make no sense; `error` then
// says which.
bool ReadArguments(const std::vector<std::string>& words, Arguments* arguments,
                   std::string* error) {
  NetworkSpec& network = arguments->network;
  const std::vector<CommandOption> options = {
      {"--help", nullptr, &arguments->help},
      {"--streaming", nullptr, &network.streaming},
      {"--tensorrt", TextInto(&arguments->tensorrt)},
      {"--output", TextInto(&arguments->output)},
      {"--layers", NumberInto(&network.layers, 1, 1024)},
      {"--dim", NumberInto<int64_t>(&network.dim, 1, kMaxDim)},
      {"--batch", NumberInto<int64_t>(&network.batch, 1, 1 << 20)},
      {"--seed", NumberInto<uint64_t>(&network.seed, 0)},
      {"--workspace", NumberInto<int64_t>(&network.workspace, 1)},
  };
  if (!ReadOptions(words, options, error)) {
    return false;
  }
  if (arguments->help) {
    return true;
  }
  if (arguments->tensorrt.empty() || arguments->output.empty() || network.layers == 0 ||
      network.dim == 0 || network.batch == 0) {
    *error = "--tensorrt, --layers, --dim, --batch and --output have to be given";
    return false;
  }
  return true;
}

void Say(const std::string& message) {
  std::fprintf(stderr, "engine-builder: %s\n", message.c_str());
}

void LogMessage(LogSeverity severity, const char* message) noexcept {
  if (severity <= LogSeverity::kError) {
    std::fprintf(stderr, "engine-builder: TensorRT: %s\n", message);
  }
}

// Writes a file that appears when it is whole.
bool WritePlan(const HostMemory& plan, const std::string& file) {
  const std::string temporary = file + ".part";
  std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
  stream.write(static_cast<const char*>(plan.Data()), static_cast<std::streamsize>(plan.Size()));
  stream.close();
  if (!stream || std::rename(temporary.c_str(), file.c_str()) != 0) {
    std::remove(temporary.c_str());
    return false;
  }
  return true;
}

int Build(const Arguments& arguments) {
  const NetworkSpec& spec = arguments.network;
  std::string error;
  const std::unique_ptr<BuildingLibrary> library =
      BuildingLibrary::Load(arguments.tensorrt, LogMessage, &error);
  if (library == nullptr) {
    Say(error);
    return kInfrastructure;
  }
  // The runtime first: without a driver its factory fails, and the builder's ends the process.
  const Runtime runtime = library->CreateRuntime();
  const Builder builder = runtime ? library->CreateBuilder() : Builder();
  if (!builder) {
    Say("TensorRT " + VersionText(library->version()) +
        " can't make a builder here. It needs an NVIDIA GPU and a driver that knows its CUDA "
        "version: "
        "nvidia-smi shows both");
    return kInfrastructure;
  }

  const auto start = std::chrono::steady_clock::now();
  std::vector<std::vector<uint16_t>> weights;
  const Network network = builder.CreateNetwork();
  if (!network || !AddMatmulChain(network, spec, &weights)) {
    Say("TensorRT refused the network; its messages are above");
    return kNotBuilt;
  }
  const HostMemory plan = builder.BuildSerializedNetwork(network, {spec.streaming, spec.workspace});
  if (!plan) {
    Say("TensorRT could not build the network; its messages are above");
    return kNotBuilt;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;

  int64_t streamable = 0;
  if (!CheckPlan(runtime, plan, spec, &streamable, &error)) {
    Say(error);
    return kNotBuilt;
  }
  if (!WritePlan(plan, arguments.output)) {
    Say("cannot write " + arguments.output);
    return kInfrastructure;
  }
  std::printf("{\"tensorrt\":\"%s\",\"layers\":%" PRId32 ",\"dim\":%" PRId64 ",\"batch\":%" PRId64
              ",\"streaming\":%s,\"seed\":\"%" PRIu64
              "\",\"planBytes\":\"%zu\",\"streamable\":\"%" PRId64 "\",\"seconds\":%.3f}\n",
              VersionText(library->version()).c_str(), spec.layers, spec.dim, spec.batch,
              spec.streaming ? "true" : "false", spec.seed, plan.Size(), streamable,
              seconds.count());
  return kBuilt;
}

int Main(int count, char** words) {
  Arguments arguments;
  std::string error;
  if (!ReadArguments(std::vector<std::string>(words + 1, words + count), &arguments, &error)) {
    std::fprintf(stderr, "engine-builder: %s\n%s", error.c_str(), kUsage);
    return kUsageError;
  }
  if (arguments.help) {
    std::fputs(kUsage, stdout);
    return kBuilt;
  }
  PutFirstOnLibraryPath(arguments.tensorrt, words);
  return Build(arguments);
}

}  // namespace
}  // namespace wsb

int main(int count, char** words) {
  try {
    return wsb::Main(count, words);
  } catch (const std::exception& exception) {  // memory for the weights, above all
    wsb::Say(exception.what());
    return wsb::kInfrastructure;
  }
}
