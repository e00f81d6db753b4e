// A load request, decoded (spec/wire-format.md).

#ifndef WSB_NATIVE_HOST_REQUEST_H_
#define WSB_NATIVE_HOST_REQUEST_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/control.h"

namespace wsb {

// How the program is loaded.
// kShared and kSharedByCopies load through Program::load_method as the first does, but keep every
// load, and give all of them one allocator; kSharedByCopies loads each from a copy of the program
// of its own. kThreads does what the first does on several threads at once.
enum class HostApi : uint8_t { kProgram = 0, kModule = 1, kShared = 2, kSharedByCopies = 3, kThreads = 4 };

// What is known of the host's memory, and whether the device shares it.
enum class HostMemory : uint8_t {
  kUnsaid = 0,
  kSeparate = 1,
  kShared = 2,
  // The system doesn't say what is available.
  kSharedUntold = 3,
};

enum class StepOperation : uint8_t {
  kLoad = 0,
  kExecute = 1,
  kUnload = 2,
  kSetOption = 3,
  kGetOption = 4,
};

enum class OptionsVia : uint8_t { kBuilder = 0, kSpan = 1 };

enum class OptionType : uint8_t { kBool = 0, kInt = 1, kString = 2, kArray = 3 };

// Views point into the record that was decoded.
struct OptionView {
  std::string_view key;
  OptionType type;
  // Of a bool (0 or 1) or an int.
  int32_t number;
  // Of a string or an array.
  std::string_view bytes;
};

// One LoadBackendOptionsMap::set_options(), or one set_option() of the runtime. Ranges are indices
// into Request::options.
struct EntryView {
  OptionsVia via;
  std::string_view backend;
  size_t first_option;
  size_t option_count;
};

// Ranges are indices into Request::entries.
struct OptionsMapView {
  // False for a null map.
  bool present = false;
  size_t first_entry = 0;
  size_t entry_count = 0;
};

struct StepView {
  StepOperation operation;
  // Of a load, an execution or an unload.
  std::string_view method;
  // Of a load.
  OptionsMapView options;
  // Of kSetOption, an index into Request::entries.
  size_t entry;
  // Of kGetOption.
  std::string_view backend;
  std::string_view key;

  // Whether it is about an option of the process.
  bool IsAboutOption() const {
    return operation == StepOperation::kSetOption || operation == StepOperation::kGetOption;
  }
};

inline constexpr uint8_t kLeastThreads = 2;
inline constexpr uint8_t kMostThreads = 8;

// What is to be done, as data. One object decodes record after record and keeps its memory.
struct Request {
  HostApi host;
  // Verify the program's internal consistency, rather than its header only.
  bool verify_consistency;
  uint64_t total_bytes;
  uint64_t free_bytes;
  HostMemory host_memory;
  // What the system says is available of the host's memory; of no meaning where it doesn't say.
  uint64_t available_bytes;
  std::vector<TrtSimFault> faults;
  OptionsMapView module_options;
  // Of kThreads: how many, and what decides the order of their turns.
  uint8_t threads;
  uint32_t turns_seed;
  std::vector<StepView> steps;
  std::string_view program;
  // The file to load in place of `program`; empty when there is none.
  std::string_view program_file;

  std::vector<EntryView> entries;
  std::vector<OptionView> options;

  // Whether it is about options of the process, which all requests share.
  bool HasOptionSteps() const;
};

// Decodes one record of `size` bytes, its size field included. False when it is malformed; what is
// in `request` is of no use then.
bool DecodeRequest(const uint8_t* record, size_t size, Request* request);

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_REQUEST_H_
