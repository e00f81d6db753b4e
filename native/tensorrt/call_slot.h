// Calls virtual methods by their slot.

#ifndef WSB_NATIVE_TENSORRT_CALL_SLOT_H_
#define WSB_NATIVE_TENSORRT_CALL_SLOT_H_

namespace wsb {

// Calls the method in `slot` of the vtable of `object`, a live object of the Itanium C++ ABI. In
// that ABI a method is a function whose first argument is the object. `Return` and `Args` have to
// be exactly what the method is declared with: nothing checks them.
template <typename Return, typename... Args>
Return CallSlot(void* object, int slot, Args... args) {
  using Method = Return (*)(void*, Args...);
  void* const* vtable = *static_cast<void* const* const*>(object);
  return reinterpret_cast<Method>(vtable[slot])(object, args...);
}

}  // namespace wsb

#endif  // WSB_NATIVE_TENSORRT_CALL_SLOT_H_
