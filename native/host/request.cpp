#include "host/request.h"

#include <algorithm>

#include "host/wire_reader.h"

namespace wsb {
namespace {

// The later version says something about the host's memory.
constexpr uint8_t kVersion = 1;
constexpr uint8_t kLaterVersion = 2;
constexpr size_t kMaxKeyBytes = 63;
constexpr uint16_t kMaxArrayBytes = 256;
// In place of the size of a program: the path of its file follows.
constexpr uint32_t kProgramInFile = UINT32_MAX;

std::string_view ReadText(WireReader* reader) { return reader->Bytes(reader->Number<uint16_t>()); }

OptionView ReadOption(WireReader* reader, OptionsVia via) {
  OptionView option{};
  option.key = ReadText(reader);
  if (option.key.size() > kMaxKeyBytes) {
    reader->Fail();
  }
  option.type = static_cast<OptionType>(reader->NumberUpTo<uint8_t>(3));
  switch (option.type) {
    case OptionType::kBool:
      option.number = reader->NumberUpTo<uint8_t>(1);
      break;
    case OptionType::kInt:
      option.number = reader->Number<int32_t>();
      break;
    case OptionType::kString:
      option.bytes = ReadText(reader);
      break;
    case OptionType::kArray:
      option.bytes = reader->Bytes(reader->NumberUpTo<uint16_t>(kMaxArrayBytes));
      if (via == OptionsVia::kBuilder) {
        // The builder takes C strings only.
        reader->Fail();
      }
      break;
  }
  return option;
}

void ReadEntry(WireReader* reader, Request* request) {
  EntryView entry{};
  entry.via = static_cast<OptionsVia>(reader->NumberUpTo<uint8_t>(1));
  entry.backend = ReadText(reader);
  entry.first_option = request->options.size();
  entry.option_count = reader->Number<uint8_t>();
  for (size_t option = 0; option < entry.option_count && !reader->failed(); ++option) {
    request->options.push_back(ReadOption(reader, entry.via));
  }
  request->entries.push_back(entry);
}

OptionsMapView ReadOptionsMap(WireReader* reader, Request* request) {
  OptionsMapView map;
  map.present = reader->NumberUpTo<uint8_t>(1) == 1;
  map.first_entry = request->entries.size();
  map.entry_count = map.present ? reader->Number<uint8_t>() : 0;
  for (size_t n = 0; n < map.entry_count && !reader->failed(); ++n) {
    ReadEntry(reader, request);
  }
  return map;
}

void ReadFaults(WireReader* reader, Request* request) {
  const auto count = reader->Number<uint8_t>();
  for (int n = 0; n < count && !reader->failed(); ++n) {
    TrtSimFault fault;
    fault.call = reader->NumberUpTo<uint8_t>(kTrtSimLastFault);
    fault.occurrence = reader->Number<uint16_t>();
    request->faults.push_back(fault);
  }
}

void ReadProgram(WireReader* reader, Request* request) {
  const auto size = reader->Number<uint32_t>();
  if (size != kProgramInFile) {
    request->program = reader->Bytes(size);
    return;
  }
  request->program_file = ReadText(reader);
  if (request->program_file.empty() ||
      request->program_file.find('\0') != std::string_view::npos) {
    reader->Fail();
  }
}

void ReadThreads(WireReader* reader, Request* request) {
  request->threads = 1;
  request->turns_seed = 0;
  if (request->host != HostApi::kThreads) {
    return;
  }
  request->threads = reader->NumberUpTo<uint8_t>(kMostThreads);
  if (request->threads < kLeastThreads) {
    reader->Fail();
  }
  request->turns_seed = reader->Number<uint32_t>();
}

StepView ReadStep(WireReader* reader, Request* request) {
  StepView step{};
  step.operation = static_cast<StepOperation>(reader->NumberUpTo<uint8_t>(4));
  switch (step.operation) {
    case StepOperation::kLoad:
      step.method = ReadText(reader);
      step.options = ReadOptionsMap(reader, request);
      break;
    case StepOperation::kExecute:
    case StepOperation::kUnload:
      step.method = ReadText(reader);
      break;
    case StepOperation::kSetOption:
      step.entry = request->entries.size();
      ReadEntry(reader, request);
      break;
    case StepOperation::kGetOption:
      step.backend = ReadText(reader);
      step.key = ReadText(reader);
      if (step.key.size() > kMaxKeyBytes) {
        reader->Fail();
      }
      break;
  }
  if (step.IsAboutOption() && request->host == HostApi::kThreads) {
    // What one thread sets holds for all of them.
    reader->Fail();
  }
  return step;
}

void ReadSteps(WireReader* reader, size_t count, Request* request) {
  for (size_t n = 0; n < count && !reader->failed(); ++n) {
    request->steps.push_back(ReadStep(reader, request));
  }
}

}  // namespace

bool Request::HasOptionSteps() const {
  return std::any_of(steps.begin(), steps.end(),
                     [](const StepView& step) { return step.IsAboutOption(); });
}

bool DecodeRequest(const uint8_t* record, size_t size, Request* request) {
  request->faults.clear();
  request->steps.clear();
  request->entries.clear();
  request->options.clear();
  request->module_options = {};
  request->program = {};
  request->program_file = {};

  WireReader reader(record, size);
  if (reader.Number<uint32_t>() != size) {
    return false;
  }
  const auto version = reader.Number<uint8_t>();
  if (version != kVersion && version != kLaterVersion) {
    return false;
  }
  request->host = static_cast<HostApi>(reader.NumberUpTo<uint8_t>(4));
  request->verify_consistency = reader.NumberUpTo<uint8_t>(1) == 1;
  const auto steps = reader.Number<uint8_t>();
  request->total_bytes = reader.Number<uint64_t>();
  request->free_bytes = reader.Number<uint64_t>();
  request->host_memory = HostMemory::kUnsaid;
  request->available_bytes = 0;
  if (version == kLaterVersion) {
    request->host_memory = static_cast<HostMemory>(reader.NumberUpTo<uint8_t>(3));
    request->available_bytes = reader.Number<uint64_t>();
  }
  ReadFaults(&reader, request);
  if (request->host == HostApi::kModule) {
    request->module_options = ReadOptionsMap(&reader, request);
  }
  ReadThreads(&reader, request);
  ReadSteps(&reader, steps, request);
  ReadProgram(&reader, request);
  return !reader.failed() && reader.AtEnd();
}

}  // namespace wsb
