#include "delegate/application/budget_observer.h"

#include "delegate/export.h"
#include "delegate/observer.h"

namespace wsb {
namespace {

struct Observer {
  WsbBudgetObserver function = nullptr;
  void* context = nullptr;
};

thread_local Observer observer_of_thread;

static_assert(static_cast<int>(BudgetSource::kNone) == kWsbSourceNone);
static_assert(static_cast<int>(BudgetSource::kOption) == kWsbSourceOption);
static_assert(static_cast<int>(BudgetSource::kCompileSpec) == kWsbSourceCompileSpec);
static_assert(static_cast<int>(BudgetSource::kAutomatic) == kWsbSourceAutomatic);
static_assert(static_cast<int>(BudgetSource::kSetOption) == kWsbSourceSetOption);

}  // namespace

void NotifyBudgetObserver(BudgetSource source) {
  if (observer_of_thread.function != nullptr) {
    observer_of_thread.function(observer_of_thread.context, static_cast<uint8_t>(source));
  }
}

}  // namespace wsb

WSB_EXPORT void wsb_delegate_observe(WsbBudgetObserver observer, void* context) {
  wsb::observer_of_thread = {observer, context};
}
