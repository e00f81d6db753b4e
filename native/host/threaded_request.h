// Runs a request on several threads at once.

#ifndef WSB_NATIVE_HOST_THREADED_REQUEST_H_
#define WSB_NATIVE_HOST_THREADED_REQUEST_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/subject.h"

namespace wsb {

// How many threads take turns, and what decides in which order.
struct ThreadPlan {
  size_t threads;
  uint32_t seed;
};

// Runs the request record of `size` bytes on each of the threads, with a host and a simulated
// device of its own each, and then alone. The threads take turns at the calls of TensorRT and CUDA,
// in an order that is the same for each seed. Appends the first outcome that differs from the one
// that the request has alone, with the violation kThreadsDiffer, or that one. False when the
// system does not start the threads; nothing was run then.
bool RunOnThreads(const Subject* subject, const uint8_t* record, size_t size, const ThreadPlan& plan,
                  std::vector<uint8_t>* outcomes);

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_THREADED_REQUEST_H_
