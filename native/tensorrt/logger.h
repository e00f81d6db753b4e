// TensorRT's ILogger, implemented for both of its layouts.

#ifndef WSB_NATIVE_TENSORRT_LOGGER_H_
#define WSB_NATIVE_TENSORRT_LOGGER_H_

#include <cstdint>

namespace wsb {

// TensorRT's ILogger::Severity.
enum class LogSeverity : int32_t {
  kInternalError = 0,
  kError = 1,
  kWarning = 2,
  kInfo = 3,
  kVerbose = 4,
};

// Takes one message of TensorRT's. Called from any thread; `message` is terminated, not kept.
using LogSink = void (*)(LogSeverity severity, const char* message) noexcept;

// ILogger as TensorRT 10 lays it out.
class Logger10 {
 public:
  explicit Logger10(LogSink sink) : sink_(sink) {}
  virtual void Log(LogSeverity severity, const char* message) noexcept;
  virtual ~Logger10() = default;

 private:
  LogSink sink_;
};

// ILogger as TensorRT 11 lays it out: an IVersionedInterface first.
class Logger11 {
 public:
  struct InterfaceInfo {
    const char* kind;
    int32_t major;
    int32_t minor;
  };

  explicit Logger11(LogSink sink) : sink_(sink) {}
  virtual int32_t GetApiLanguage() const noexcept;
  virtual InterfaceInfo GetInterfaceInfo() const noexcept;
  virtual ~Logger11() = default;
  virtual void Log(LogSeverity severity, const char* message) noexcept;

 private:
  LogSink sink_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_LOGGER_H_
