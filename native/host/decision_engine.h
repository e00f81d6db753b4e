// An engine for the budget rules alone.

#ifndef WSB_NATIVE_HOST_DECISION_ENGINE_H_
#define WSB_NATIVE_HOST_DECISION_ENGINE_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "tensorrt/slots.h"

namespace wsb {

// What an engine answers and was asked, at decision depth (spec/decision-format.md). It has the
// binary interface of an ICudaEngine of one TensorRT version, as far as the budget rules go: any
// other method answers 0 and counts as unexpected.
class DecisionEngine {
 public:
  // At most so many sets are kept; all are counted.
  static constexpr size_t kKeptSets = 2;

  explicit DecisionEngine(const SlotTable& slots);
  DecisionEngine(const DecisionEngine&) = delete;
  DecisionEngine& operator=(const DecisionEngine&) = delete;

  // Begins anew with these answers; bit n of `answers` is that to set n, a ninth is refused.
  void Reset(int64_t streamable, int64_t automatic, uint8_t answers);

  // The ICudaEngine. To destroy it does nothing.
  void* object() { return &object_; }

  bool automatic_read() const { return automatic_read_; }
  uint32_t set_count() const { return set_count_; }
  // Bit n is the answer to set n.
  uint8_t set_answers() const { return set_answers_; }
  // 0 where there was no such set.
  const std::array<int64_t, kKeptSets>& sets() const { return sets_; }
  bool asked_unexpected() const { return asked_unexpected_; }

 private:
  // How TensorRT's public objects and V objects begin; `self` is ours.
  struct Object {
    void* const* vtable;
    void* implementation;
    DecisionEngine* self;
  };
  static constexpr size_t kMaxSlots = 64;

  static void Destroy(Object* object);
  static int64_t Unexpected(Object* object);
  static int64_t GetStreamableWeightsSize(Object* object);
  static int64_t GetWeightStreamingAutomaticBudget(Object* object);
  static bool SetWeightStreamingBudgetV2(Object* object, int64_t budget);

  std::array<void*, 2> public_vtable_;
  std::array<void*, kMaxSlots> vtable_;
  Object implementation_;
  Object object_;

  int64_t streamable_ = 0;
  int64_t automatic_ = 0;
  uint8_t answers_ = 0;
  bool automatic_read_ = false;
  bool asked_unexpected_ = false;
  uint32_t set_count_ = 0;
  uint8_t set_answers_ = 0;
  std::array<int64_t, kKeptSets> sets_{};
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_DECISION_ENGINE_H_
