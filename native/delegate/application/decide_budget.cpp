#include "delegate/application/decide_budget.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "delegate/export.h"
#include "delegate/observer.h"
#include "tensorrt/object.h"
#include "tensorrt/slots.h"

namespace wsb {

using executorch::runtime::ArrayRef;
using executorch::runtime::BackendOption;
using executorch::runtime::CompileSpec;
using executorch::runtime::Error;
using executorch::runtime::Span;

BudgetDecision DecideBudget(Span<const BackendOption> options, ArrayRef<CompileSpec> specs,
                            std::optional<int64_t> set, const Engine& engine,
                            const DeviceRoom* room) {
  BudgetDecision decision{ChooseBudget(options, specs, set), {}};
  if (!decision.choice.IsRejected()) {
    decision.application = ApplyBudget(decision.choice, engine, room);
  }
  return decision;
}

}  // namespace wsb

WSB_EXPORT int wsb_delegate_decide(void* engine, int32_t version, const void* options,
                                   size_t option_count, const void* specs, size_t spec_count,
                                   WsbDecision* decision) {
  using wsb::BackendOption;
  using wsb::CompileSpec;
  const wsb::SlotTable* const slots = wsb::SlotsForVersion(version);
  wsb::Object object = wsb::AdoptObject(engine);
  if (slots == nullptr || object == nullptr) {
    return -1;
  }
  const wsb::Engine owned(std::move(object), slots);
  const wsb::BudgetDecision made =
      wsb::DecideBudget({static_cast<const BackendOption*>(options), option_count},
                        {static_cast<const CompileSpec*>(specs), spec_count},
                        /*set=*/std::nullopt, owned, /*room=*/nullptr);
  decision->error =
      static_cast<uint32_t>(made.IsRejected() ? wsb::Error::InvalidProgram : wsb::Error::Ok);
  decision->source = static_cast<uint8_t>(made.Source());
  decision->warned = made.CallsForAttention() ? 1 : 0;
  return 0;
}
