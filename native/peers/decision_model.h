// The budget rules written a second time, in C++: what a record (spec/decision-format.md) comes to.

#ifndef WSB_NATIVE_PEERS_DECISION_MODEL_H_
#define WSB_NATIVE_PEERS_DECISION_MODEL_H_

#include <cstdint>
#include <vector>

namespace wsb {

// Appends the outcome that the specification asks for. `record` is well formed.
void ModelDecision(const uint8_t* record, std::vector<uint8_t>* outcomes);

}  // namespace wsb

#endif  // WSB_NATIVE_PEERS_DECISION_MODEL_H_
