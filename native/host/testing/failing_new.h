// operator new of the process, which can be made to fail within one library.

#ifndef WSB_NATIVE_HOST_TESTING_FAILING_NEW_H_
#define WSB_NATIVE_HOST_TESTING_FAILING_NEW_H_

#include <cstddef>

namespace wsb::testing {

// Which allocations of the library fail, counted from 1 since FailFrom().
enum class Failing { kNone, kOne, kAllFrom };

// Names the library, by any address in it: what is asked for by code of it, or by the C++ library
// on its behalf, is counted from now on.
void WatchLibrary(const void* address_in_it);

// Begins to count anew; the `number`-th allocation fails, or all from there on.
void FailFrom(size_t number, Failing failing);

// For an allocator that is no operator new: counts what it is asked for when that is by code of the
// library; whether it has to fail.
bool FailsNow();

// How many were asked for since FailFrom().
size_t CountedAllocations();

// Blocks of the library that operator delete has not got back.
size_t LiveBlocks();

}  // namespace wsb::testing

#endif  // WSB_NATIVE_HOST_TESTING_FAILING_NEW_H_
