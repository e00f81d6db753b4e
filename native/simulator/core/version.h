// The TensorRT version that the simulator stands for.

#ifndef WSB_NATIVE_SIMULATOR_CORE_VERSION_H_
#define WSB_NATIVE_SIMULATOR_CORE_VERSION_H_

#include <cstdint>

#include "simulator/core/export.h"

namespace wsb {

// major * 10000 + minor * 100 + patch. Process-wide; 110100 unless set.
WSB_SIMULATOR_API int32_t SimulatedVersion();

// False, and nothing is changed, for a version whose slots are not known.
bool SetSimulatedVersion(int32_t version);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_VERSION_H_
