#include "delegate/application/automatic_policy.h"

#include <atomic>

#include "delegate/export.h"
#include "delegate/observer.h"

namespace wsb {
namespace {

std::atomic<AutomaticPolicy> policy_of_process{AutomaticPolicy::kFitting};

static_assert(static_cast<int>(AutomaticPolicy::kFitting) == kWsbPolicyFitting);
static_assert(static_cast<int>(AutomaticPolicy::kUpstream) == kWsbPolicyUpstream);

}  // namespace

AutomaticPolicy PolicyOfProcess() noexcept {
  return policy_of_process.load(std::memory_order_relaxed);
}

}  // namespace wsb

WSB_EXPORT int wsb_delegate_policy(int32_t policy) {
  if (policy != kWsbPolicyFitting && policy != kWsbPolicyUpstream) {
    return -1;
  }
  wsb::policy_of_process.store(static_cast<wsb::AutomaticPolicy>(policy),
                               std::memory_order_relaxed);
  return 0;
}
