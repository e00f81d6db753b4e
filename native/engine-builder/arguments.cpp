#include "engine-builder/arguments.h"

#include <cstdint>

#include "common/command_options.h"
#include "engine-builder/layer_weights.h"

namespace wsb {

const char* const kUsage =
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

bool ReadArguments(const std::vector<std::string>& words, Arguments* arguments,
                   std::string* error) {
  NetworkSpec& network = arguments->network;
  const auto number = [](auto* value, auto lowest, auto highest) {
    return [=](const std::string& text) {
      using Integer = std::remove_pointer_t<decltype(value)>;
      return ReadNumber<Integer>(text, value, lowest, highest);
    };
  };
  const std::vector<CommandOption> options = {
      {"--help", nullptr, &arguments->help},
      {"--streaming", nullptr, &network.streaming},
      {"--tensorrt", TextInto(&arguments->tensorrt)},
      {"--output", TextInto(&arguments->output)},
      {"--layers", number(&network.layers, 1, 1024)},
      {"--dim", number(&network.dim, 1, kMaxDim)},
      {"--batch", number(&network.batch, 1, 1 << 20)},
      {"--seed", number(&network.seed, 0, UINT64_MAX)},
      {"--workspace", number(&network.workspace, 1, INT64_MAX)},
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

}  // namespace wsb
