#include "simulator/nvinfer/logger.h"

#include <cstdint>

#include "tensorrt/call_slot.h"

namespace wsb {

void LogError(void* logger, const SlotTable* slots, const std::string& message) {
  constexpr int32_t kSeverityError = 1;  // ILogger::Severity::kERROR
  if (logger != nullptr) {
    CallSlot<void>(logger, slots->logger_log, kSeverityError, message.c_str());
  }
}

}  // namespace wsb
