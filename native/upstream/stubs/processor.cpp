// What ExecuTorch's CPU kernels ask of the processor when they are registered. None of them runs
// here, so there is nothing to know: no cores, no features.

#include <cstddef>
#include <cstdint>

#define WSB_STUB extern "C" __attribute__((visibility("default")))

WSB_STUB bool cpuinfo_initialize() { return false; }

WSB_STUB uint32_t cpuinfo_get_processors_count() { return 0; }

WSB_STUB const void* cpuinfo_get_processor(uint32_t /*index*/) { return nullptr; }

WSB_STUB uint32_t cpuinfo_get_uarchs_count() { return 0; }

WSB_STUB const void* cpuinfo_get_uarch(uint32_t /*index*/) { return nullptr; }

// A struct of flags, at most so large.
WSB_STUB uint8_t cpuinfo_isa[256];
uint8_t cpuinfo_isa[256] = {};

WSB_STUB size_t pthreadpool_get_threads_count(const void* /*pool*/) { return 0; }
