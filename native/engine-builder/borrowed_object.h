// TensorRT objects that another one owns.

#ifndef WSB_NATIVE_ENGINE_BUILDER_BORROWED_OBJECT_H_
#define WSB_NATIVE_ENGINE_BUILDER_BORROWED_OBJECT_H_

namespace wsb {

// A public TensorRT object that its network owns: an ITensor or an ILayer. Null when TensorRT did
// not make one.
class BorrowedObject {
 public:
  BorrowedObject() = default;
  explicit BorrowedObject(void* object) : object_(object) {}

  explicit operator bool() const { return object_ != nullptr; }

  // What a method that takes a reference to the object is handed.
  void* Address() const { return object_; }
  // The V object behind it (of a layer its VLayer); the object must not be null.
  void* Implementation() const { return static_cast<void**>(object_)[1]; }

 private:
  void* object_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_ENGINE_BUILDER_BORROWED_OBJECT_H_
