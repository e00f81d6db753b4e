// Runs decision records on a delegate's budget rules (spec/decision-format.md).

#ifndef WSB_NATIVE_HOST_DECISION_HOST_H_
#define WSB_NATIVE_HOST_DECISION_HOST_H_

#include <executorch/runtime/backend/interface.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "delegate/observer.h"
#include "host/decision_engine.h"
#include "host/wire_reader.h"

namespace wsb {

// One object runs block after block and keeps its memory; it belongs to one thread.
class DecisionHost {
 public:
  // `decide` is the delegate's wsb_delegate_decide().
  explicit DecisionHost(decltype(&wsb_delegate_decide) decide);

  // Appends the outcome of each record to `outcomes`. False when a record is malformed, or asks for
  // what the delegate can't be asked; `error` then says which.
  bool Run(const uint8_t* records, size_t size, std::vector<uint8_t>* outcomes, std::string* error);

 private:
  bool RunRecord(const uint8_t* record, size_t size, std::vector<uint8_t>* outcomes);
  bool ReadOptions(WireReader* reader, uint8_t count);
  bool ReadSpecs(WireReader* reader, uint8_t count);
  void AppendEngine(const WsbDecision& decision, std::vector<uint8_t>* outcomes) const;

  decltype(&wsb_delegate_decide) decide_;
  DecisionEngine engine_;
  std::vector<executorch::runtime::BackendOption> options_;
  std::vector<executorch::runtime::CompileSpec> specs_;
  // The keys of the compile specs, each with its NUL; it never grows while pointed into.
  std::vector<char> keys_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_DECISION_HOST_H_
