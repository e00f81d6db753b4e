// Lets programs reach a backend that is registered under another id than theirs.

#ifndef WSB_NATIVE_PROCESS_SERVE_FORWARDING_BACKEND_H_
#define WSB_NATIVE_PROCESS_SERVE_FORWARDING_BACKEND_H_

#include <string>

namespace wsb {

// Makes ExecuTorch hand the delegates of programs to the backend `id`: when that is not the id that
// the suite's programs carry, one under that id passes every call on unchanged, load-time options
// included; it takes the place of the backend that is registered so, if there is one. False when
// there is no backend `id`; `error` then says which there are.
bool UseBackend(const std::string& id, std::string* error);

}  // namespace wsb

#endif  // WSB_NATIVE_PROCESS_SERVE_FORWARDING_BACKEND_H_
