// recorder: writes down what a TensorRT answers about weight streaming, or replays it.

#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "recorder/arguments.h"
#include "recorder/device.h"
#include "recorder/play_ops.h"
#include "recorder/recording.h"
#include "recorder/replay.h"
#include "recorder/replayer.h"

namespace wsb {
namespace {

enum ExitCode { kRecorded = 0, kUsageError = 2, kInfrastructure = 4 };

int Fail(const std::string& message) {
  std::fprintf(stderr, "recorder: %s\n", message.c_str());
  return kInfrastructure;
}

// What the process of one sequence does.
int PlaySequence(const Arguments& arguments) {
  std::string error;
  const std::unique_ptr<Device> device = Device::Open(arguments, &error);
  if (device == nullptr) {
    return Fail(error);
  }
  std::printf("# tensorrt %d cuda %s\n", device->tensorrt().version(),
              device->cuda_version().c_str());
  Replayer replayer(device.get(), ReadPlan(arguments.engines.front().file));
  return PlayOps(arguments.sequence, &replayer) ? kRecorded : kUsageError;
}

int Main(const std::vector<std::string>& words) {
  Arguments arguments;
  std::string error;
  if (!ReadArguments(words, &arguments, &error)) {
    std::fprintf(stderr, "recorder: %s\n%s", error.c_str(), kUsage);
    return kUsageError;
  }
  if (arguments.help) {
    std::fputs(kUsage, stdout);
    return kRecorded;
  }
  if (!arguments.sequence.empty()) {
    return PlaySequence(arguments);
  }
  const bool done =
      arguments.replay ? Replay(arguments, std::cin, std::cout, &error) : Record(arguments, &error);
  return done ? kRecorded : Fail(error);
}

}  // namespace
}  // namespace wsb

int main(int count, char** words) {
  try {
    return wsb::Main(std::vector<std::string>(words + 1, words + count));
  } catch (const std::exception& exception) {
    return wsb::Fail(exception.what());
  }
}
