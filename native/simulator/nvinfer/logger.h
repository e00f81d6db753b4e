// Writes to the caller's ILogger.

#ifndef WSB_NATIVE_SIMULATOR_NVINFER_LOGGER_H_
#define WSB_NATIVE_SIMULATOR_NVINFER_LOGGER_H_

#include <string>

#include "tensorrt/slots.h"

namespace wsb {

// Logs `message` with severity error to `logger`, an ILogger or null.
void LogError(void* logger, const SlotTable* slots, const std::string& message);

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_NVINFER_LOGGER_H_
