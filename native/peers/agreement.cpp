#include "peers/agreement.h"

#include <cstring>

#include "peers/decision_model.h"

namespace wsb {

bool Agreement::Holds(const std::vector<uint8_t>& block) {
  observed_.clear();
  expected_.clear();
  for (size_t at = 0; at < block.size();) {
    uint16_t size;
    std::memcpy(&size, block.data() + at, sizeof(size));
    ModelDecision(block.data() + at, &expected_);
    at += size;
  }
  return host_.Run(block.data(), block.size(), &observed_, &error_) && observed_ == expected_;
}

}  // namespace wsb
