// What the system can give to those who ask for memory.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_AVAILABLE_MEMORY_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_AVAILABLE_MEMORY_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace wsb {

// Bytes of the host's memory that can be had without swapping, what caches hold included: the
// MemAvailable of /proc/meminfo, or of what stands for it on this thread (see
// wsb_delegate_meminfo()). None when that can't be read.
std::optional<uint64_t> AvailableMemory();

// The same in the text of such a file.
std::optional<uint64_t> ParseMemAvailable(std::string_view meminfo);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_AVAILABLE_MEMORY_H_
