#include "tensorrt/logger.h"

namespace wsb {

void Logger10::Log(LogSeverity severity, const char* message) noexcept { sink_(severity, message); }

int32_t Logger11::GetApiLanguage() const noexcept {
  constexpr int32_t kCpp = 0;
  return kCpp;
}

Logger11::InterfaceInfo Logger11::GetInterfaceInfo() const noexcept { return {"ILogger", 1, 0}; }

void Logger11::Log(LogSeverity severity, const char* message) noexcept { sink_(severity, message); }

}  // namespace wsb
