#include "host/testing/failing_new.h"

#include <dlfcn.h>
#include <unwind.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <new>

namespace wsb::testing {
namespace {

std::atomic<const void*> watched{nullptr};
std::atomic<size_t> counted{0};
std::atomic<size_t> first_to_fail{0};
std::atomic<Failing> failing_now{Failing::kNone};
std::atomic<size_t> live{0};

const void* ModuleOf(const void* address) {
  Dl_info info{};
  return dladdr(address, &info) != 0 ? info.dli_fbase : nullptr;
}

// Where a walk along the stack is, from operator new outwards.
struct Walk {
  const void* const self = ModuleOf(reinterpret_cast<const void*>(&ModuleOf));
  const void* const cpp_library =
      ModuleOf(reinterpret_cast<const void*>(static_cast<void (*)()>(&std::terminate)));
  const void* asker = nullptr;
  bool left_self = false;
};

// Goes on through this program, and then through the C++ library, to whoever asked it.
_Unwind_Reason_Code Step(_Unwind_Context* context, void* argument) {
  Walk& walk = *static_cast<Walk*>(argument);
  const void* const module = ModuleOf(reinterpret_cast<const void*>(_Unwind_GetIP(context)));
  if (!walk.left_self && module == walk.self) {
    return _URC_NO_REASON;
  }
  walk.left_self = true;
  if (module == walk.cpp_library) {
    return _URC_NO_REASON;
  }
  walk.asker = module;
  return _URC_END_OF_STACK;
}

// Code of this program that the library calls asks for itself. None of it allocates there but the
// allocators that count what they are asked for.
bool IsAskedByLibrary() {
  const void* const library = watched;
  if (library == nullptr) {
    return false;
  }
  Walk walk;
  _Unwind_Backtrace(&Step, &walk);
  return walk.asker == library;
}

// Counts one; whether it has to fail.
bool Count() {
  const size_t number = ++counted;
  switch (failing_now) {
    case Failing::kOne:
      return number == first_to_fail;
    case Failing::kAllFrom:
      return number >= first_to_fail;
    case Failing::kNone:
      break;
  }
  return false;
}

// Stands before each block, and keeps the alignment of malloc.
struct alignas(std::max_align_t) Header {
  bool is_of_library;
};

void* Allocate(size_t size) {
  const bool is_of_library = IsAskedByLibrary();
  if (is_of_library && Count()) {
    return nullptr;
  }
  auto* const header = static_cast<Header*>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) {
    return nullptr;
  }
  header->is_of_library = is_of_library;
  live += is_of_library ? 1 : 0;
  return header + 1;
}

void Free(void* block) {
  if (block != nullptr) {
    Header* const header = static_cast<Header*>(block) - 1;
    live -= header->is_of_library ? 1 : 0;
    std::free(header);
  }
}

void* AllocateOrThrow(size_t size) {
  void* const block = Allocate(size);
  if (block == nullptr) {
    throw std::bad_alloc();
  }
  return block;
}

}  // namespace

void WatchLibrary(const void* address_in_it) { watched = ModuleOf(address_in_it); }

void FailFrom(size_t number, Failing failing) {
  counted = 0;
  first_to_fail = number;
  failing_now = failing;
}

bool FailsNow() { return IsAskedByLibrary() && Count(); }

size_t CountedAllocations() { return counted; }

size_t LiveBlocks() { return live; }

}  // namespace wsb::testing

void* operator new(size_t size) { return wsb::testing::AllocateOrThrow(size); }
void* operator new[](size_t size) { return wsb::testing::AllocateOrThrow(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return wsb::testing::Allocate(size);
}
void* operator new[](size_t size, const std::nothrow_t&) noexcept {
  return wsb::testing::Allocate(size);
}
void operator delete(void* block) noexcept { wsb::testing::Free(block); }
void operator delete[](void* block) noexcept { wsb::testing::Free(block); }
void operator delete(void* block, size_t) noexcept { wsb::testing::Free(block); }
void operator delete[](void* block, size_t) noexcept { wsb::testing::Free(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { wsb::testing::Free(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { wsb::testing::Free(block); }
