// What is looked at on a device. Each check prints what it saw as lines of JSON; what is right is
// for the reader to say.

#ifndef WSB_NATIVE_DEVICE_CHECK_CHECKS_H_
#define WSB_NATIVE_DEVICE_CHECK_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "device-check/bench.h"

namespace wsb {

// A load-time budget as text; null for none.
using Budget = std::optional<std::string>;

struct CheckArguments {
  std::string program;
  std::string plan;
  std::vector<Budget> budgets;
  // The one of load `n`, in turn; null when there is none.
  Budget BudgetOf(size_t n) const {
    return budgets.empty() ? Budget() : budgets[n % budgets.size()];
  }
  int64_t free = 0;
  int64_t times = 0;
  // How many devices are looked at, and which of them is current before a load.
  int64_t devices = 1;
  int64_t current = 0;
};

// Each returns false when it could not be made; `error` then says why.

// Versions, the device and its memory.
bool Probe(const Bench& bench, const CheckArguments& arguments, std::string* error);

// The budget calls on an engine of `plan`, through TensorRT alone: what each answers, with a
// context alive and without, and the free memory behind each.
bool BudgetCalls(const Bench& bench, const CheckArguments& arguments, std::string* error);

// Loads and runs `program` at each budget.
bool Outputs(const Bench& bench, const CheckArguments& arguments, std::string* error);

// Loads, runs and unloads `program` again and again.
bool RepeatedLoads(const Bench& bench, const CheckArguments& arguments, std::string* error);

// Two threads that each load and run a program of their own from the same file.
bool TwoThreads(const Bench& bench, const CheckArguments& arguments, std::string* error);

// Loads `program` at the first budget and runs it; changes the budget `times` times to the others
// in turn, and runs it behind each; then does the same by loading it again. Each line has how many
// nanoseconds the change or the load took, and what is free behind the run.
bool Changes(const Bench& bench, const CheckArguments& arguments, std::string* error);

// Loads and runs `program` at the first budget while the device `current` is current: which device
// is current after each step, and what is free on each.
bool Devices(const Bench& bench, const CheckArguments& arguments, std::string* error);

// Loads and runs `program` at the first budget while only `free` bytes of device memory are free.
bool TightMemory(const Bench& bench, const CheckArguments& arguments, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_DEVICE_CHECK_CHECKS_H_
