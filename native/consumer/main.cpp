// Links to the delegate, which registers itself, and chooses its policy. Exit code 0 when the
// delegate takes the one and refuses what is none.

#include "delegate/observer.h"

int main() {
  const bool takes = wsb_delegate_policy(kWsbPolicyUpstream) == 0;
  const bool refuses = wsb_delegate_policy(2) == -1;
  return takes && refuses ? 0 : 1;
}
