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

#include "engine-builder/arguments.h"
#include "engine-builder/building_library.h"
#include "engine-builder/library_path.h"
#include "engine-builder/matmul_chain.h"
#include "engine-builder/plan_check.h"

namespace wsb {
namespace {

enum ExitCode { kBuilt = 0, kNotBuilt = 1, kUsageError = 2, kInfrastructure = 4 };

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
    Say("TensorRT " + library->VersionText() +
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
              library->VersionText().c_str(), spec.layers, spec.dim, spec.batch,
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
