// The policies of an automatic budget by their names (spec/clauses/automatic.md).

#ifndef WSB_NATIVE_HOST_POLICY_NAME_H_
#define WSB_NATIVE_HOST_POLICY_NAME_H_

#include <string_view>

#include "delegate/observer.h"

namespace wsb {

// False for a name that no policy has.
inline bool ReadPolicy(std::string_view name, WsbPolicy* policy) {
  *policy = name == "upstream" ? kWsbPolicyUpstream : kWsbPolicyFitting;
  return name == "upstream" || name == "fitting";
}

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_POLICY_NAME_H_
