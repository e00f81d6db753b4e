#include "delegate/blob/json_reader.h"

#include <charconv>
#include <system_error>

namespace wsb {
namespace {

// Takes the bytes of a checked JSON string one character at a time.
class StringDecoder {
 public:
  // `quoted` is the string with its quotes.
  explicit StringDecoder(std::string_view quoted) : rest_(quoted.substr(1, quoted.size() - 2)) {}

  bool IsAtEnd() const { return rest_.empty(); }

  // The next character: a byte of the text, or an escape resolved to UTF-8. Valid until the next.
  std::string_view Next() {
    if (rest_.front() != '\\') {
      return Consume(1);
    }
    Consume(1);
    const char kind = Consume(1).front();
    switch (kind) {
      case 'b':
        return "\b";
      case 'f':
        return "\f";
      case 'n':
        return "\n";
      case 'r':
        return "\r";
      case 't':
        return "\t";
      case 'u':
        return EncodeUtf8(TakeCodePoint());
      default:  // a quote, a backslash or a slash stands for itself
        buffer_[0] = kind;
        return std::string_view(buffer_, 1);
    }
  }

 private:
  std::string_view Consume(size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  unsigned TakeUnit() {
    unsigned unit = 0;
    ReadHexUnit(Consume(4), &unit);
    return unit;
  }

  unsigned TakeCodePoint() {
    const unsigned unit = TakeUnit();
    if (unit < 0xD800 || unit >= 0xE000) {
      return unit;
    }
    Consume(2);  // the \u of the second half, which the check of the document has seen
    return 0x10000 + ((unit - 0xD800) << 10) + (TakeUnit() - 0xDC00);
  }

  std::string_view EncodeUtf8(unsigned code) {
    const auto tail = [code](unsigned shift) {
      return static_cast<char>(0x80 | ((code >> shift) & 0x3F));
    };
    if (code < 0x80) {
      buffer_[0] = static_cast<char>(code);
      return std::string_view(buffer_, 1);
    }
    if (code < 0x800) {
      buffer_[0] = static_cast<char>(0xC0 | (code >> 6));
      buffer_[1] = tail(0);
      return std::string_view(buffer_, 2);
    }
    if (code < 0x10000) {
      buffer_[0] = static_cast<char>(0xE0 | (code >> 12));
      buffer_[1] = tail(6);
      buffer_[2] = tail(0);
      return std::string_view(buffer_, 3);
    }
    buffer_[0] = static_cast<char>(0xF0 | (code >> 18));
    buffer_[1] = tail(12);
    buffer_[2] = tail(6);
    buffer_[3] = tail(0);
    return std::string_view(buffer_, 4);
  }

  std::string_view rest_;
  char buffer_[4] = {};
};

}  // namespace

std::optional<JsonValue> ParseJson(std::string_view document) {
  JsonScanner scanner(document);
  scanner.SkipBlanks();
  const size_t start = scanner.At();
  if (!scanner.SkipValue()) {
    return std::nullopt;
  }
  const JsonValue value(document.substr(start, scanner.At() - start));
  scanner.SkipBlanks();
  if (!scanner.IsAtEnd()) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> JsonValue::ToString() const {
  if (!IsString()) {
    return std::nullopt;
  }
  std::string bytes;
  for (StringDecoder decoder(text_); !decoder.IsAtEnd();) {
    bytes += decoder.Next();
  }
  return bytes;
}

bool JsonValue::Equals(std::string_view bytes) const {
  if (!IsString()) {
    return false;
  }
  for (StringDecoder decoder(text_); !decoder.IsAtEnd();) {
    const std::string_view next = decoder.Next();
    if (bytes.substr(0, next.size()) != next) {
      return false;
    }
    bytes.remove_prefix(next.size());
  }
  return bytes.empty();
}

std::optional<int32_t> JsonValue::ToInt32() const {
  int32_t value = 0;
  const char* const end = text_.data() + text_.size();
  const std::from_chars_result result = std::from_chars(text_.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) {
    return std::nullopt;
  }
  return value;
}

std::optional<bool> JsonValue::ToBool() const {
  if (text_ == "true" || text_ == "false") {
    return text_ == "true";
  }
  return std::nullopt;
}

}  // namespace wsb
