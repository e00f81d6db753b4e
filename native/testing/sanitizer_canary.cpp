// Errs in the way that it is asked for, so that it is known that a sanitizer sees such errors here.
//
//   sanitizer-canary heap-overflow | use-after-free | signed-overflow | leak | race
//
// Built without a sanitizer it most often ends with 0; 2 for another argument.

#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <thread>

namespace {

constexpr int kUsage = 2;
constexpr size_t kSize = 8;

// What the compiler cannot see through, so that no error is taken away.
volatile size_t size = kSize;
volatile int number = std::numeric_limits<int>::max();
char* volatile lost = nullptr;
int shared = 0;

void HeapOverflow() {
  const std::unique_ptr<char[]> bytes(new char[size]);
  volatile char* const end = bytes.get() + size;
  number = *end;
}

void UseAfterFree() {
  std::unique_ptr<char[]> bytes(new char[size]);
  lost = bytes.get();
  bytes.reset();
  number = *lost;
}

void SignedOverflow() { number = number + 1; }

// On a thread that has ended: no stack and no register holds the pointer any more.
void Leak() {
  std::thread([] {
    lost = new char[size];
    lost = nullptr;
  }).join();
}

void Race() {
  std::thread other([] { ++shared; });
  ++shared;
  other.join();
}

}  // namespace

int main(int argc, char** argv) {
  const struct {
    const char* name;
    void (*err)();
  } errors[] = {{"heap-overflow", &HeapOverflow},
                {"use-after-free", &UseAfterFree},
                {"signed-overflow", &SignedOverflow},
                {"leak", &Leak},
                {"race", &Race}};
  for (const auto& [name, err] : errors) {
    if (argc == 2 && std::strcmp(argv[1], name) == 0) {
      err();
      return 0;
    }
  }
  std::fprintf(stderr, "usage: %s heap-overflow|use-after-free|signed-overflow|leak|race\n", argv[0]);
  return kUsage;
}
