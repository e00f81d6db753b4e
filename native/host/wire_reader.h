// Reads a record of bytes, never past its end.

#ifndef WSB_NATIVE_HOST_WIRE_READER_H_
#define WSB_NATIVE_HOST_WIRE_READER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace wsb {

// Little-endian fields, one behind the other. What does not fit reads as 0 or empty and makes the
// reader fail for good, so that a caller may check once at the end.
class WireReader {
 public:
  WireReader(const uint8_t* bytes, size_t size) : at_(bytes), end_(bytes + size) {}

  bool failed() const { return failed_; }
  bool AtEnd() const { return at_ == end_; }
  size_t left() const { return static_cast<size_t>(end_ - at_); }
  // For a value that the format does not allow.
  void Fail() { failed_ = true; }

  template <typename T>
  T Number() {
    T value{};
    if (failed_ || left() < sizeof(T)) {
      failed_ = true;
      return value;
    }
    std::memcpy(&value, at_, sizeof(T));
    at_ += sizeof(T);
    return value;
  }

  // A number of at most `max`; a larger one makes the reader fail and gives 0.
  template <typename T>
  T NumberUpTo(T max) {
    const T value = Number<T>();
    if (value > max) {
      failed_ = true;
      return T{};
    }
    return value;
  }

  // The next `size` bytes, which stay where they are.
  std::string_view Bytes(size_t size) {
    if (failed_ || left() < size) {
      failed_ = true;
      return {};
    }
    const std::string_view bytes(reinterpret_cast<const char*>(at_), size);
    at_ += size;
    return bytes;
  }

 private:
  const uint8_t* at_;
  const uint8_t* end_;
  bool failed_ = false;
};

}  // namespace wsb

#endif  // WSB_NATIVE_HOST_WIRE_READER_H_
