#include "delegate/blob/json_scanner.h"

#include <cstdint>

namespace wsb {
namespace {

bool IsDigit(unsigned char c) { return c >= '0' && c <= '9'; }

bool IsHighSurrogate(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLowSurrogate(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

bool ReadHexUnit(std::string_view digits, unsigned* unit) {
  if (digits.size() < 4) {
    return false;
  }
  unsigned value = 0;
  for (size_t i = 0; i < 4; ++i) {
    const char c = digits[i];
    value <<= 4;
    if (c >= '0' && c <= '9') {
      value += static_cast<unsigned>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value += static_cast<unsigned>(c - 'a') + 10;
    } else if (c >= 'A' && c <= 'F') {
      value += static_cast<unsigned>(c - 'A') + 10;
    } else {
      return false;
    }
  }
  *unit = value;
  return true;
}

void JsonScanner::SkipBlanks() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      return;
    }
    ++at_;
  }
}

bool JsonScanner::Take(char expected) {
  SkipBlanks();
  if (IsAtEnd() || text_[at_] != expected) {
    return false;
  }
  ++at_;
  return true;
}

bool JsonScanner::SkipValue(int depth) {
  switch (Peek()) {
    case '{':
      return SkipObject(depth - 1);
    case '[':
      return SkipArray(depth - 1);
    case '"':
      return SkipString();
    case 't':
      return SkipWord("true");
    case 'f':
      return SkipWord("false");
    case 'n':
      return SkipWord("null");
    default:
      return SkipNumber();
  }
}

bool JsonScanner::SkipObject(int depth) {
  if (depth < 0) {
    return false;
  }
  ++at_;
  if (Take('}')) {
    return true;
  }
  do {
    SkipBlanks();
    if (!SkipString() || !Take(':')) {
      return false;
    }
    SkipBlanks();
    if (!SkipValue(depth)) {
      return false;
    }
  } while (Take(','));
  return Take('}');
}

bool JsonScanner::SkipArray(int depth) {
  if (depth < 0) {
    return false;
  }
  ++at_;
  if (Take(']')) {
    return true;
  }
  do {
    SkipBlanks();
    if (!SkipValue(depth)) {
      return false;
    }
  } while (Take(','));
  return Take(']');
}

bool JsonScanner::SkipString() {
  if (Peek() != '"') {
    return false;
  }
  ++at_;
  while (!IsAtEnd()) {
    const unsigned char c = Peek();
    if (c == '"') {
      ++at_;
      return true;
    }
    if (c == '\\') {
      if (!SkipEscape()) {
        return false;
      }
    } else if (c >= 0x80) {
      if (!SkipUtf8()) {
        return false;
      }
    } else if (c < 0x20) {
      return false;
    } else {
      ++at_;
    }
  }
  return false;
}

bool JsonScanner::SkipEscape() {
  ++at_;
  const unsigned char kind = Peek();
  ++at_;
  if (kind != 'u') {
    return kind != 0 &&
           std::string_view("\"\\/bfnrt").find(static_cast<char>(kind)) != std::string_view::npos;
  }
  unsigned unit = 0;
  if (!ReadHexUnit(text_.substr(at_), &unit) || IsLowSurrogate(unit)) {
    return false;
  }
  at_ += 4;
  if (!IsHighSurrogate(unit)) {
    return true;
  }
  const std::string_view rest = text_.substr(at_);
  if (rest.substr(0, 2) != "\\u" || !ReadHexUnit(rest.substr(2), &unit) || !IsLowSurrogate(unit)) {
    return false;
  }
  at_ += 6;
  return true;
}

bool JsonScanner::SkipUtf8() {
  const unsigned char lead = Peek();
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text_.size() - at_ < length) {
    return false;
  }
  uint32_t code = lead & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    const unsigned char next = static_cast<unsigned char>(text_[at_ + i]);
    if ((next & 0xC0) != 0x80) {
      return false;
    }
    code = (code << 6) | (next & 0x3Fu);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (overlong || surrogate || code > 0x10FFFF) {
    return false;
  }
  at_ += length;
  return true;
}

bool JsonScanner::SkipNumber() {
  if (Peek() == '-') {
    ++at_;
  }
  if (Peek() == '0') {
    ++at_;
  } else if (!SkipDigits()) {
    return false;
  }
  if (Peek() == '.') {
    ++at_;
    if (!SkipDigits()) {
      return false;
    }
  }
  if (Peek() == 'e' || Peek() == 'E') {
    ++at_;
    if (Peek() == '+' || Peek() == '-') {
      ++at_;
    }
    return SkipDigits();
  }
  return true;
}

bool JsonScanner::SkipDigits() {
  const size_t start = at_;
  while (IsDigit(Peek())) {
    ++at_;
  }
  return at_ > start;
}

bool JsonScanner::SkipWord(std::string_view word) {
  if (text_.substr(at_, word.size()) != word) {
    return false;
  }
  at_ += word.size();
  return true;
}

}  // namespace wsb
