// Draws decision records (spec/decision-format.md), as conformance/bulk/flat/write-case.ts does:
// the same classes with the same weights.

#ifndef WSB_NATIVE_PEERS_WRITE_DECISION_H_
#define WSB_NATIVE_PEERS_WRITE_DECISION_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "peers/write_budget_text.h"

namespace wsb {

template <class Draws>
class DecisionWriter {
 public:
  explicit DecisionWriter(Draws* draws) : texts_(draws), draws_(*draws) {}

  // Appends one record to `out`.
  void Write(std::vector<uint8_t>* out) {
    out_ = out;
    const size_t start = out->size();
    out->resize(start + 4);
    const int64_t streamable = Streamable();
    (*out)[start + 2] = Options(streamable);
    const uint32_t engines = EngineCount();
    uint8_t written = 0;
    while (written < engines && out->size() - start < kFullRecord) {
      Engine(written++ == 0 ? streamable : Streamable());
    }
    (*out)[start + 3] = written;
    const auto size = static_cast<uint16_t>(out->size() - start);
    std::memcpy(out->data() + start, &size, sizeof(size));
  }

 private:
  static constexpr size_t kFullRecord = 60'000;
  static constexpr size_t kMostOptionBytes = 256;
  static constexpr std::string_view kKey = "weight_streaming_budget";

  uint32_t Below(uint32_t limit) { return draws_.Below(limit); }

  template <size_t kCount>
  std::string_view OneOf(const std::array<std::string_view, kCount>& choices) {
    return choices[Below(kCount)];
  }

  void Byte(uint32_t byte) { out_->push_back(static_cast<uint8_t>(byte)); }

  template <class Number>
  void Put(Number number) {
    const auto* const bytes = reinterpret_cast<const uint8_t*>(&number);
    out_->insert(out_->end(), bytes, bytes + sizeof(number));
  }

  void Text(std::string_view text) { out_->insert(out_->end(), text.begin(), text.end()); }

  // Mostly one or two, now and then up to 8, rarely up to 64.
  uint32_t EngineCount() {
    const uint32_t draw = Below(128);
    if (draw < 72) {
      return 1;
    }
    if (draw < 108) {
      return 2;
    }
    if (draw < 120) {
      return 3 + draw % 2;
    }
    if (draw < 127) {
      return 5 + draw % 4;
    }
    return 9 + Below(Below(4) == 0 ? 56 : 8);
  }

  int64_t Streamable() {
    const uint32_t draw = Below(32);
    if (draw < 20) {
      return 1 + Below(4096);
    }
    if (draw < 25) {
      return 0;
    }
    if (draw < 26) {
      return -1 - static_cast<int64_t>(Below(2));
    }
    if (draw < 27) {
      return 1;
    }
    if (draw < 29) {
      return int64_t{0x7fffffff} + Below(4);
    }
    return int64_t{4'194'560} * (1 + Below(1024));
  }

  int64_t Automatic(int64_t streamable) {
    const uint32_t draw = Below(16);
    if (draw < 6) {
      return streamable > 0 ? streamable / 2 : 0;
    }
    if (draw < 9) {
      return streamable;
    }
    if (draw < 11) {
      return 0;
    }
    if (draw < 13) {
      return -1 - static_cast<int64_t>(Below(3));
    }
    return draw < 15 ? streamable + 1 + Below(64) : int64_t{1} << 53;
  }

  uint8_t Options(int64_t streamable) {
    const uint32_t draw = Below(16);
    uint8_t count = 0;
    if (draw >= 14 || draw == 0) {
      Option(ForeignKey(), streamable);
      ++count;
    }
    for (uint32_t n = draw >= 7 ? (draw == 13 || draw == 15 ? 2 : 1) : 0; n > 0; --n) {
      Option(kKey, streamable);
      ++count;
    }
    return count;
  }

  std::string_view ForeignKey() {
    static constexpr std::array<std::string_view, 7> kForeign = {
        "weight_streaming_budget_", "weight_streaming_budge", "Weight_streaming_budget",
        "weight-streaming-budget",  "target_device",          "num_threads",
        "x"};
    return OneOf(kForeign);
  }

  void Key(std::string_view key) {
    Byte(static_cast<uint32_t>(key.size()));
    Text(key);
  }

  void Option(std::string_view key, int64_t streamable) {
    static constexpr std::array<int32_t, 13> kInts = {
        0, 1, 2, 77, 1023, 1024, 1025, 65'536, INT32_MAX, -1, -2, -1024, INT32_MIN};
    Key(key);
    const uint32_t draw = Below(32);
    if (draw < 3) {
      Byte(0);
      Byte(Below(2));
    } else if (draw < 10) {
      Byte(1);
      Put(kInts[Below(kInts.size())]);
    } else {
      Byte(3);
      Value(draw < 12 ? -1 : streamable, draw >= 12, kMostOptionBytes);
    }
  }

  void Engine(int64_t streamable) {
    Put(streamable);
    Put(Automatic(streamable));
    const uint32_t answers = Below(16);
    Byte(answers < 11 ? 0xff : answers < 13 ? 0xfe : answers < 15 ? 0xfc : Below(256));
    Byte(0);
    const size_t specs = out_->size();
    Byte(0);
    const uint32_t draw = Below(32);
    uint8_t count = 0;
    if (draw >= 28 || draw == 0) {
      Spec(ForeignKey(), streamable);
      ++count;
    }
    for (uint32_t n = draw >= 13 ? (draw >= 24 && draw < 28 ? 2 : 1) : 0; n > 0; --n) {
      const bool tail = Below(24) == 0;
      Spec(tail ? std::string_view("weight_streaming_budget\0tail", 28) : kKey, streamable);
      ++count;
    }
    (*out_)[specs] = count;
  }

  void Spec(std::string_view key, int64_t streamable) {
    Key(key);
    Value(streamable, true, SIZE_MAX);
  }

  // A budget text behind its length, of at most so many bytes.
  void Value(int64_t streamable, bool present, size_t most) {
    const size_t length_at = out_->size();
    Put(uint16_t{0});
    if (present) {
      texts_.Write(streamable, out_);
    }
    const size_t begin = length_at + 2;
    if (out_->size() - begin > most) {
      out_->resize(begin + most);
    }
    const auto length = static_cast<uint16_t>(out_->size() - begin);
    std::memcpy(out_->data() + length_at, &length, sizeof(length));
  }

  BudgetTextWriter<Draws> texts_;
  Draws& draws_;
  std::vector<uint8_t>* out_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_PEERS_WRITE_DECISION_H_
