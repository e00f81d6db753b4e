// Stands in for TensorRT's libraries under NVIDIA's Python bindings and counts nothing but slots:
// every method of every object answers with a new object and notes in which slot it was called.
// print_binding_slots.py reads the notes. Built by hand: ../README.md says how.

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace {

constexpr size_t kSlots = 200;
// A Dims (a 32-bit count and eight 64-bit sizes), the one result that is returned in memory.
constexpr size_t kDimsBytes = 72;

// What a caller sees of a public object: vtable, V object, and room for whatever it reads as data.
struct Object {
  void* const* vtable;
  Object* hidden;
  char data[256];
};

std::vector<int> called_slots;
int32_t asked_version = 0;

// Objects lie where the low half of an address is small, since a caller may take one for a count.
constexpr uintptr_t kObjectsBegin = 0x500000000000;
constexpr size_t kMostObjects = 4096;
size_t objects = 0;

Object* Objects() {
  static void* const begin =
      mmap(reinterpret_cast<void*>(kObjectsBegin), kMostObjects * sizeof(Object),
           PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  return begin == MAP_FAILED ? nullptr : static_cast<Object*>(begin);
}

bool IsObject(const void* pointer) {
  return pointer >= Objects() && pointer < Objects() + objects;
}

Object* NewObject();

// The method of a slot. A first argument that is no object is where a Dims goes.
template <size_t slot>
void* Method(void* self) {
  called_slots.push_back(static_cast<int>(slot));
  if (IsObject(self)) {
    return NewObject();
  }
  std::memset(self, 0, kDimsBytes);
  return self;
}

template <size_t... slot>
std::vector<void*> MakeVtable(std::index_sequence<slot...>) {
  // Before the first slot: the offset to the top and the type information, null.
  return {nullptr, nullptr, reinterpret_cast<void*>(&Method<slot>)...};
}

Object* NewObject() {
  static const std::vector<void*> vtable = MakeVtable(std::make_index_sequence<kSlots>());
  if (Objects() == nullptr || objects + 2 > kMostObjects) {
    std::abort();
  }
  Object* const object = Objects() + objects;
  objects += 2;
  object[0] = Object{vtable.data() + 2, object + 1, {}};
  object[1] = Object{vtable.data() + 2, nullptr, {}};
  return object;
}

}  // namespace

extern "C" {

void counting_reset() { called_slots.clear(); }
int counting_calls() { return static_cast<int>(called_slots.size()); }
int counting_slot(int call) { return called_slots.at(static_cast<size_t>(call)); }
int32_t counting_version() { return asked_version; }

void* createInferRuntime_INTERNAL(void*, int32_t version) {
  asked_version = version;
  return NewObject();
}
void* createInferBuilder_INTERNAL(void*, int32_t) { return NewObject(); }
void* createInferRefitter_INTERNAL(void*, void*, int32_t) { return nullptr; }
void* createNvOnnxParser_INTERNAL(void*, void*, int32_t) { return nullptr; }
void* createNvOnnxParserRefitter_INTERNAL(void*, void*, int32_t) { return nullptr; }
void* getBuilderPluginRegistry(int32_t) { return NewObject(); }
void* getPluginRegistry() { return NewObject(); }
int getNvOnnxParserVersion() { return 0; }
bool initLibNvInferPlugins(void*, const char*) { return true; }
}
