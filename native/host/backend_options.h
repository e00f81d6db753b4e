// Builds a LoadBackendOptionsMap as a caller of ExecuTorch would.

#ifndef WSB_NATIVE_HOST_BACKEND_OPTIONS_H_
#define WSB_NATIVE_HOST_BACKEND_OPTIONS_H_

#include <executorch/runtime/backend/backend_options_map.h>
#include <executorch/runtime/backend/options.h>

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "host/request.h"

namespace wsb {

// Holds one map and the options that it points to. One object builds map after map and keeps its
// memory.
class BackendOptionsBuilder {
 public:
  // Makes the set_options() calls of `view`, in order, up to the first that fails: InvalidArgument
  // when a container is full or a backend id is empty or too long. Forgets the map built before.
  executorch::runtime::Error Build(const Request& request, const OptionsMapView& view);

  // The same with one entry of `request`, for set_option() of the runtime, which takes no map; only
  // a builder can refuse it.
  executorch::runtime::Error BuildEntry(const Request& request, const EntryView& entry);

  // What BuildEntry() built last.
  executorch::runtime::Span<executorch::runtime::BackendOption> options() {
    return {storage_[0].data(), storage_[0].size()};
  }

  // What was built last, for as long as nothing else is.
  const executorch::runtime::LoadBackendOptionsMap& map() const { return map_; }

 private:
  using Options = std::vector<executorch::runtime::BackendOption>;

  executorch::runtime::Error Fill(const Request& request, const EntryView& entry, Options* options);
  executorch::runtime::Error FillBuilder(const Request& request, const EntryView& entry,
                                         Options* options);
  void FillSpan(const Request& request, const EntryView& entry, Options* options);

  executorch::runtime::LoadBackendOptionsMap map_;
  // A deque, because the map points to what is in it.
  std::deque<Options> storage_;
  std::string text_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_BACKEND_OPTIONS_H_
