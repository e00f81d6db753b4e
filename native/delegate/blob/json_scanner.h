// Walks over JSON text.

#ifndef WSB_NATIVE_DELEGATE_BLOB_JSON_SCANNER_H_
#define WSB_NATIVE_DELEGATE_BLOB_JSON_SCANNER_H_

#include <cstddef>
#include <string_view>

namespace wsb {

// How deep arrays and objects may nest. RFC 8259 lets a reader refuse deeper text; it bounds the
// stack.
inline constexpr int kMaxJsonDepth = 64;

// A cursor over JSON text as RFC 8259 defines it: UTF-8 without a byte order mark, no lone
// surrogates, no control characters in strings, nothing that only some readers accept. Each method
// reads one thing at the cursor and moves behind it; where that thing is not there it returns
// false, and the cursor is of no more use. Never reads outside the text, allocates nothing.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

  // Offset of the cursor; the text behind it.
  size_t At() const { return at_; }
  bool IsAtEnd() const { return at_ == text_.size(); }

  // Skips blanks. Always succeeds.
  void SkipBlanks();
  // The character `expected`, blanks before it skipped.
  bool Take(char expected);
  // A value of any type, at most `depth` levels of arrays and objects deep, no blanks around it.
  bool SkipValue(int depth = kMaxJsonDepth);
  // A string, quotes included.
  bool SkipString();

 private:
  bool SkipObject(int depth);
  bool SkipArray(int depth);
  bool SkipEscape();
  bool SkipUtf8();
  bool SkipNumber();
  bool SkipDigits();
  bool SkipWord(std::string_view word);
  // The next byte, or 0 at the end (which no rule takes for anything).
  unsigned char Peek() const {
    return at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : 0;
  }

  std::string_view text_;
  size_t at_ = 0;
};

// The number written by the four hexadecimal digits at `digits` into `*unit`; false without four.
bool ReadHexUnit(std::string_view digits, unsigned* unit);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_BLOB_JSON_SCANNER_H_
