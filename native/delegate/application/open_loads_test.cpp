#include "delegate/application/open_loads.h"

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

#include "testing/test.h"

namespace wsb {
namespace {

using executorch::runtime::CompileSpec;
using executorch::runtime::FreeableBuffer;

// As ExecuTorch keeps the delegates of a load: a buffer, its backend and its handle.
struct Listed {
  FreeableBuffer data;
  void* backend_and_handle[2];
};

// A place that no other test has, whose allocator takes memory from the heap.
LoadPlace NewPlace() {
  static executorch::runtime::MemoryAllocator heap(0, nullptr);
  static char names[64];
  static char* next = names;
  return {&heap, next++};
}

// A delegate with these bytes; all of them are its head.
class Delegate {
 public:
  explicit Delegate(std::vector<uint8_t> bytes) : bytes_(std::move(bytes)) {}

  // Its init in the slot of a load; a loader may have brought its data elsewhere.
  LoadKey Init(const LoadPlace& place, Listed& slot, bool elsewhere = false) {
    copies_.push_back(bytes_);
    const std::vector<uint8_t>& data = elsewhere ? copies_.back() : bytes_;
    new (&slot.data) FreeableBuffer(data.data(), data.size(), nullptr);
    return EnterLoad(place, handle,
                     MarkDelegate(slot.data, data.size(), {specs.data(), specs.size()}));
  }

  std::vector<CompileSpec> specs;
  // Where its handle will lie.
  const void* handle = nullptr;

 private:
  const std::vector<uint8_t> bytes_;
  std::vector<std::vector<uint8_t>> copies_;
};

TEST(DelegatesThatDifferGoTogetherUntilOneComesAgain) {
  const LoadPlace place = NewPlace();
  Listed slots[5];
  Delegate a({1, 2, 3});
  Delegate b({1, 2, 4});
  const LoadKey load = a.Init(place, slots[0]);
  EXPECT(b.Init(place, slots[1]) == load);
  const LoadKey again = a.Init(place, slots[3]);
  EXPECT(!(again == load));
  EXPECT(b.Init(place, slots[4]) == again);
}

TEST(ADelegateThatComesAgainElsewhereIsKnown) {
  const LoadPlace place = NewPlace();
  Listed slots[3];
  Delegate a({1, 2, 3});
  const LoadKey load = a.Init(place, slots[0]);
  EXPECT(!(a.Init(place, slots[2], /*elsewhere=*/true) == load));
}

TEST(CompileSpecsTellDelegatesOfEqualDataApart) {
  const LoadPlace place = NewPlace();
  Listed slots[3];
  Delegate a({1, 2, 3});
  char keys[2][2] = {"k", "k"};
  a.specs = {CompileSpec{keys[0], {keys[0], 1}}};
  const LoadKey load = a.Init(place, slots[0]);
  a.specs = {CompileSpec{keys[1], {keys[1], 1}}};
  EXPECT(a.Init(place, slots[1], /*elsewhere=*/true) == load);
  EXPECT(!(a.Init(place, slots[2], /*elsewhere=*/true) == load));
}

TEST(TwinsOnTheHeapGoTogetherWhereNoBlockBegins) {
  const LoadPlace place = NewPlace();
  alignas(std::max_align_t) Listed slots[6];
  Delegate a({1, 2, 3});
  const LoadKey load = a.Init(place, slots[0]);
  EXPECT(a.Init(place, slots[1]) == load);
  // There another list may begin.
  const LoadKey next = a.Init(place, slots[2]);
  EXPECT(!(next == load));
  EXPECT(!(a.Init(place, slots[5]) == next));
}

TEST(TwinsInABufferGoTogetherBeforeTheirHandles) {
  struct {
    Listed slots[3];
    Listed handle;
    Listed behind[2];
  } buffer;
  executorch::runtime::MemoryAllocator allocator(sizeof(buffer),
                                                 reinterpret_cast<uint8_t*>(&buffer));
  static const char name = 0;
  const LoadPlace place{&allocator, &name};
  Delegate a({1, 2, 3});
  a.handle = &buffer.handle;
  const LoadKey load = a.Init(place, buffer.slots[0]);
  EXPECT(a.Init(place, buffer.slots[1]) == load);
  EXPECT(a.Init(place, buffer.slots[2]) == load);
  EXPECT(!(a.Init(place, buffer.behind[0]) == load));
}

TEST(OtherPlacesAreOtherLoads) {
  Listed slots[2];
  Delegate a({1, 2, 3});
  Delegate b({4});
  const LoadKey load = a.Init(NewPlace(), slots[0]);
  EXPECT(!(b.Init(NewPlace(), slots[1]) == load));
}

TEST(NothingJoinsALoadThatIsClosed) {
  const LoadPlace place = NewPlace();
  Listed slots[3];
  Delegate a({1, 2, 3});
  Delegate b({4});
  const LoadKey load = a.Init(place, slots[0]);
  CloseLoad(load);
  const LoadKey next = b.Init(place, slots[1]);
  EXPECT(!(next == load));
  // Nor does a load end twice.
  CloseLoad(load);
  EXPECT(a.Init(place, slots[2]) == next);
}

}  // namespace
}  // namespace wsb
