// The order of an engine's inputs and outputs.

#ifndef WSB_NATIVE_DELEGATE_BLOB_BINDING_NAMES_H_
#define WSB_NATIVE_DELEGATE_BLOB_BINDING_NAMES_H_

#include <string>
#include <vector>

#include "tensorrt/engine.h"

namespace wsb {

// Names of the inputs and of the outputs, each in the order of the delegate's arguments.
struct BindingNames {
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
};

// Reads the order from the names of the engine's tensors: each ends in `.N` or `_N`, N being its
// place among the inputs, or the outputs, in decimal digits. False when a name has no such ending,
// when a place is taken twice, or when one is left empty. A place can't be past the number of
// tensors, so a name with a huge one is refused before it costs memory.
bool InferBindingNames(const Engine& engine, BindingNames* names);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_BLOB_BINDING_NAMES_H_
