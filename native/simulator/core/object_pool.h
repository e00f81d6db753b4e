// Objects that are used again, but not within the case that destroyed them.

#ifndef WSB_NATIVE_SIMULATOR_CORE_OBJECT_POOL_H_
#define WSB_NATIVE_SIMULATOR_CORE_OBJECT_POOL_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace wsb {

// `Object` has members `alive`, `case_number` and `serial`. A destroyed object stays as it is until
// the next case, so that its use can be told. One that was never destroyed stays for kMaxLeaked
// further leaks, so that a late destruction does no harm and a delegate that always leaks does not
// exhaust the memory.
template <typename Object>
class ObjectPool {
 public:
  // A live object of the case; what it held before is still in it, so that its memory can be used
  // again. Never null.
  Object* Take(uint64_t case_number) {
    Object* object;
    if (free_.empty()) {
      object = &storage_.emplace_back();
    } else {
      object = free_.back();
      free_.pop_back();
    }
    object->alive = true;
    object->case_number = case_number;
    object->serial = ++serial_;
    taken_.push_back(object);
    return object;
  }

  // Begins the next case.
  void Recycle() {
    for (Object* const object : taken_) {
      if (object->alive) {
        leaked_.push_back(object);
      } else {
        free_.push_back(object);
      }
    }
    taken_.clear();
    while (leaked_.size() > kMaxLeaked) {
      leaked_.front()->alive = false;
      free_.push_back(leaked_.front());
      leaked_.pop_front();
    }
  }

 private:
  static constexpr size_t kMaxLeaked = 4096;

  uint64_t serial_ = 0;
  // A deque, because objects have to stay where they are.
  std::deque<Object> storage_;
  std::vector<Object*> free_;
  std::vector<Object*> taken_;
  std::deque<Object*> leaked_;
};

}  // namespace wsb

#endif  // WSB_NATIVE_SIMULATOR_CORE_OBJECT_POOL_H_
