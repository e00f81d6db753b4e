#include "engine-builder/arguments.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <system_error>

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

namespace {

// Decimal digits that make a number in [lowest, highest].
template <typename Integer>
bool ReadNumber(const std::string& text, Integer lowest, Integer highest, Integer* value) {
  const char* const end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, *value);
  return result.ec == std::errc() && result.ptr == end && *value >= lowest && *value <= highest;
}

bool ReadOption(const std::string& name, const std::string& value, Arguments* arguments) {
  NetworkSpec& network = arguments->network;
  if (name == "--layers") {
    return ReadNumber(value, int32_t{1}, int32_t{1024}, &network.layers);
  }
  if (name == "--dim") {
    return ReadNumber(value, int64_t{1}, kMaxDim, &network.dim);
  }
  if (name == "--batch") {
    return ReadNumber(value, int64_t{1}, int64_t{1} << 20, &network.batch);
  }
  if (name == "--seed") {
    return ReadNumber(value, uint64_t{0}, std::numeric_limits<uint64_t>::max(), &network.seed);
  }
  if (name == "--workspace") {
    return ReadNumber(value, int64_t{1}, std::numeric_limits<int64_t>::max(), &network.workspace);
  }
  std::string& text = name == "--tensorrt" ? arguments->tensorrt : arguments->output;
  text = value;
  return !value.empty();
}

bool TakesValue(const std::string& name) {
  return name == "--layers" || name == "--dim" || name == "--batch" || name == "--seed" ||
         name == "--workspace" || name == "--tensorrt" || name == "--output";
}

}  // namespace

bool ReadArguments(const std::vector<std::string>& words, Arguments* arguments,
                   std::string* error) {
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& name = words[i];
    if (name == "--help") {
      arguments->help = true;
      return true;
    }
    if (name == "--streaming") {
      arguments->network.streaming = true;
      continue;
    }
    if (!TakesValue(name)) {
      *error = "there is no option " + name;
      return false;
    }
    if (i + 1 == words.size()) {
      *error = name + " needs a value";
      return false;
    }
    if (!ReadOption(name, words[++i], arguments)) {
      *error = name + " can't be \"" + words[i] + "\"";
      return false;
    }
  }
  const NetworkSpec& network = arguments->network;
  if (arguments->tensorrt.empty() || arguments->output.empty() || network.layers == 0 ||
      network.dim == 0 || network.batch == 0) {
    *error = "--tensorrt, --layers, --dim, --batch and --output have to be given";
    return false;
  }
  return true;
}

}  // namespace wsb
