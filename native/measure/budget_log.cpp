#include "measure/budget_log.h"

#include <executorch/runtime/platform/platform.h>

#include <cinttypes>
#include <cstddef>
#include <cstdio>

namespace wsb {
namespace {

struct Log {
  std::vector<int64_t> budgets;
  std::string first_error;
};

Log& State() {
  static Log* const log = new Log;
  return *log;
}

// Reads `text` as one of the records of native/delegate/application/report_budget.cpp.
void NoteBudget(const std::string& text, std::vector<int64_t>* budgets) {
  int64_t budget = 0;
  if (std::sscanf(text.c_str(), "streaming weights: budget %" SCNd64, &budget) == 1) {
    budgets->push_back(budget);
  }
  constexpr const char kLowered[] =
      "TensorRT made no execution context: the budget is lowered to %" SCNd64;
  if (std::sscanf(text.c_str(), kLowered, &budget) == 1 && !budgets->empty()) {
    budgets->back() = budget;
  }
}

void EmitLogMessage(et_timestamp_t /*timestamp*/, et_pal_log_level_t level,
                    const char* /*filename*/, const char* /*function*/, size_t /*line*/,
                    const char* message, size_t length) {
  const std::string text(message, length);
  NoteBudget(text, &State().budgets);
  if ((level == kError || level == kFatal) && State().first_error.empty()) {
    State().first_error = text;
  }
}

et_timestamp_t CurrentTicks() { return 0; }

}  // namespace

bool BudgetLog::Install() {
  auto pal = executorch::runtime::PalImpl::create(&EmitLogMessage, __FILE__);
  pal.current_ticks = &CurrentTicks;
  return executorch::runtime::register_pal(pal);
}

void BudgetLog::Clear() { State() = {}; }

const std::vector<int64_t>& BudgetLog::Budgets() { return State().budgets; }

const std::string& BudgetLog::FirstError() { return State().first_error; }

}  // namespace wsb
