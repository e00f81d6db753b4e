// Decisions of the delegate, held against the model.

#ifndef WSB_NATIVE_PEERS_AGREEMENT_H_
#define WSB_NATIVE_PEERS_AGREEMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "host/decision_host.h"

namespace wsb {

class Agreement {
 public:
  explicit Agreement(decltype(&wsb_delegate_decide) decide) : host_(decide) {}

  // Whether delegate and model give the same outcomes for all records of `block`.
  bool Holds(const std::vector<uint8_t>& block);

 private:
  DecisionHost host_;
  std::vector<uint8_t> observed_;
  std::vector<uint8_t> expected_;
  std::string error_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_PEERS_AGREEMENT_H_
