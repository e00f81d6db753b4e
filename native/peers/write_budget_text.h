// Draws budget texts: valid, on a boundary, or just beside one, with the weights of
// conformance/bulk/flat/budget-text.ts.

#ifndef WSB_NATIVE_PEERS_WRITE_BUDGET_TEXT_H_
#define WSB_NATIVE_PEERS_WRITE_BUDGET_TEXT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wsb {

template <class Draws>
class BudgetTextWriter {
 public:
  explicit BudgetTextWriter(Draws* draws) : draws_(*draws) {}

  // Appends a text to `out` that aims at so many streamable bytes.
  void Write(int64_t streamable, std::vector<uint8_t>* out) {
    out_ = out;
    BudgetText(streamable);
  }

 private:
  uint32_t Below(uint32_t limit) { return draws_.Below(limit); }

  template <size_t kCount>
  std::string_view OneOf(const std::array<std::string_view, kCount>& choices) {
    return choices[Below(kCount)];
  }

  void Byte(uint32_t byte) { out_->push_back(static_cast<uint8_t>(byte)); }

  void Text(std::string_view text) { out_->insert(out_->end(), text.begin(), text.end()); }

  void Zeros(size_t count) { out_->insert(out_->end(), count, '0'); }

  void Decimal(uint64_t value) {
    char digits[20];
    size_t at = sizeof(digits);
    do {
      digits[--at] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value > 0);
    Text({digits + at, sizeof(digits) - at});
  }

  void Digits(uint32_t count) {
    for (; count > 0; --count) {
      Byte('0' + Below(10));
    }
  }

  void BudgetText(int64_t streamable) {
    static constexpr std::array<std::string_view, 5> kPowers = {
        "2147483647", "2147483648", "4294967295", "4294967296", "9007199254740993"};
    static constexpr std::array<std::string_view, 16> kNear = {
        "0x10", "0X1F",  "0b11",  "1.5",    "1.", ".5", "1e3", "1E3",
        "1_000", "1,000", "1'000", "5u",    "5L", "5KB", "50%", "1 GiB"};
    static constexpr std::array<std::string_view, 11> kWords = {
        "auto", "none", "null", "max", "true", "automatic", "NaN", "inf", "-inf", "O", "l0"};
    static constexpr std::array<std::string_view, 6> kForeign = {
        "\xef\xbc\x95", "\xd9\xa5", "\xc2\xb2", "\xe2\x91\xa0", "5\xb5", "\xff" "5"};
    const int64_t size = streamable > 0 ? streamable : 0;
    const uint32_t kind = Below(33);
    if (kind < 6) {
      Decimal(Below(Below(2) == 0 ? 16 : 4096));
    } else if (kind < 11) {
      const int64_t near = size + static_cast<int64_t>(Below(3)) - 1;
      Decimal(static_cast<uint64_t>(near < 0 ? 0 : near));
    } else if (kind < 13) {
      Byte('0');
    } else if (kind < 15) {
      Digits(1 + Below(18));
    } else if (kind < 16) {
      Text(OneOf(kPowers));
    } else if (kind < 17) {
      Text(Largest());
    } else if (kind < 19) {
      Zeros(Below(4) == 0 ? Below(270) : 1 + Below(4));
      if (Below(2) == 0) {
        Decimal(static_cast<uint64_t>(size));
      } else {
        Text(Largest());
      }
    } else if (kind < 21) {
      TooLarge();
    } else if (kind < 23) {
      Byte(kind == 21 ? '+' : '-');
      Decimal(1 + Below(63));
    } else if (kind < 24) {
      Byte('-');
      Zeros(1 + Below(2));
    } else if (kind < 26) {
      Blanked(kind == 24);
    } else if (kind < 27) {
      WithNul();
    } else if (kind < 28) {
      // Empty.
    } else if (kind < 29) {
      Text(OneOf(kNear));
    } else if (kind < 30) {
      Text(OneOf(kWords));
    } else if (kind < 31) {
      Text(OneOf(kForeign));
    } else if (kind < 32) {
      OneByteOff();
    } else {
      // Around the 256 bytes that an option can hold, with a last digit that tells who read it.
      Zeros(254 + Below(4));
      out_->back() = static_cast<uint8_t>('1' + Below(9));
    }
  }

  std::string_view Largest() {
    return Below(2) == 0 ? "9223372036854775806" : "9223372036854775807";
  }

  void TooLarge() {
    static constexpr std::array<std::string_view, 9> kTooLarge = {
        "9223372036854775808",  "9223372036854775809",     "10000000000000000000",
        "18446744073709551615", "18446744073709551616",    "18446744073709551617",
        "92233720368547758070", "99999999999999999999999", "340282366920938463463374607431768211456"};
    if (Below(4) != 0) {
      Text(OneOf(kTooLarge));
      return;
    }
    Byte('1' + Below(9));
    Digits(19 + Below(6));
  }

  void Blanked(bool before) {
    static constexpr std::string_view kBlanks = " \t\n\r\v\f";
    const char blank = kBlanks[Below(static_cast<uint32_t>(kBlanks.size()))];
    if (before) {
      Byte(static_cast<uint8_t>(blank));
    }
    Decimal(Below(64));
    if (!before) {
      Byte(static_cast<uint8_t>(blank));
    }
  }

  void WithNul() {
    const uint32_t where = Below(3);
    if (where != 2) {
      Decimal(Below(64));
    }
    Byte(0);
    if (where != 0) {
      Decimal(Below(64));
    }
  }

  void OneByteOff() {
    const uint32_t count = 1 + Below(10);
    Digits(count);
    const uint32_t wrong = Below(256);
    const uint32_t edge = Below(2) == 0 ? '/' : ':';
    const bool digit = wrong >= '0' && wrong <= '9';
    const size_t at = out_->size() - 1 - Below(count);
    (*out_)[at] = static_cast<uint8_t>(digit || Below(2) == 0 ? edge : wrong);
  }

  Draws& draws_;
  std::vector<uint8_t>* out_ = nullptr;
};

}  // namespace wsb

#endif  // WSB_NATIVE_PEERS_WRITE_BUDGET_TEXT_H_
