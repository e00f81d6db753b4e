// Who chooses an automatic budget.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_AUTOMATIC_POLICY_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_AUTOMATIC_POLICY_H_

#include <cstdint>

namespace wsb {

// The numbers are those of WsbPolicy.
enum class AutomaticPolicy : uint8_t {
  kFitting = 0,   // this delegate, from the free device memory (WSB-AUTO-01)
  kUpstream = 1,  // TensorRT, as with the upstream delegate
};

// The policy of this process: kFitting unless wsb_delegate_policy() set another one. From any
// thread.
AutomaticPolicy PolicyOfProcess() noexcept;

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_AUTOMATIC_POLICY_H_
