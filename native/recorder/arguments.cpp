#include "recorder/arguments.h"

#include "common/command_options.h"

namespace wsb {

const char* const kUsage =
    "usage: recorder --tensorrt DIR --gpu NAME --driver VERSION --engine ID=FILE... --output FILE\n"
    "       recorder --tensorrt DIR --replay < STEPS\n"
    "Calls the TensorRT in DIR with each plan and writes what it answers (spec/recordings.md).\n"
    "  --tensorrt DIR         folder of libnvinfer\n"
    "  --cudart FILE          the CUDA runtime (default: in DIR, else libcudart.so.13, 12 or 11)\n"
    "  --engine ID=FILE       a plan; an ID such as l8d2048b512 tells how engine-builder built "
    "it:\n"
    "                         8 layers, 2048 x 2048 weights, batch 512; a last r: not to stream\n"
    "  --gpu, --driver        for the header, as nvidia-smi names them\n"
    "  --date YYYY-MM-DD      for the header (default: today)\n"
    "  --device-memory BYTES  of the simulated TensorRT's device; not for a real one\n"
    "  --replay               answers the steps on standard input, simulated TensorRT only\n"
    "Exit codes: 0 recorded, 2 usage, 4 no usable TensorRT or GPU, or the file can't be written\n";

namespace {

bool ReadEngine(const std::string& value, Arguments* arguments) {
  const size_t equals = value.find('=');
  const bool named = equals != std::string::npos && equals > 0 && equals + 1 < value.size();
  if (named && value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.-") == equals) {
    arguments->engines.push_back({value.substr(0, equals), value.substr(equals + 1)});
    return true;
  }
  return false;
}

bool IsComplete(const Arguments& arguments) {
  if (arguments.tensorrt.empty()) {
    return false;
  }
  if (arguments.replay) {
    return true;
  }
  return !arguments.engines.empty() &&
         (!arguments.sequence.empty() ||
          (!arguments.output.empty() && !arguments.gpu.empty() && !arguments.driver.empty()));
}

}  // namespace

bool ReadArguments(const std::vector<std::string>& words, Arguments* arguments,
                   std::string* error) {
  // A quote would end the JSON text that it is written into.
  const auto text = [](std::string* into) {
    return [into](const std::string& value) {
      *into = value;
      return !value.empty() && value.find_first_of("\"\\\n") == std::string::npos;
    };
  };
  const std::vector<CommandOption> options = {
      {"--help", nullptr, &arguments->help},
      {"--replay", nullptr, &arguments->replay},
      {"--tensorrt", text(&arguments->tensorrt)},
      {"--cudart", text(&arguments->cudart)},
      {"--output", text(&arguments->output)},
      {"--gpu", text(&arguments->gpu)},
      {"--driver", text(&arguments->driver)},
      {"--date", text(&arguments->date)},
      {"--sequence", text(&arguments->sequence)},
      {"--engine", [&](const std::string& value) { return ReadEngine(value, arguments); }},
      {"--device-memory", NumberInto<uint64_t>(&arguments->device_memory, 1)},
  };
  if (!ReadOptions(words, options, error)) {
    return false;
  }
  if (!arguments->help && !IsComplete(*arguments)) {
    *error = "--tensorrt, --gpu, --driver, --engine and --output have to be given";
    return false;
  }
  return true;
}

}  // namespace wsb
