// Which engines were loaded together.

#ifndef WSB_NATIVE_DELEGATE_APPLICATION_LOAD_KEY_H_
#define WSB_NATIVE_DELEGATE_APPLICATION_LOAD_KEY_H_

namespace wsb {

// Tells the load of one method from others. ExecuTorch gives all delegates of a load the same
// allocator and the same name, which lies in the program; the methods of a Module share the
// allocator, but not the name. Only compared, never followed.
struct LoadKey {
  const void* allocator;
  const void* method_name;

  bool operator==(const LoadKey& other) const {
    return allocator == other.allocator && method_name == other.method_name;
  }
};

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_APPLICATION_LOAD_KEY_H_
