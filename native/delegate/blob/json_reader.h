// Reads JSON without building a tree of it.

#ifndef WSB_NATIVE_DELEGATE_BLOB_JSON_READER_H_
#define WSB_NATIVE_DELEGATE_BLOB_JSON_READER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "delegate/blob/json_scanner.h"

namespace wsb {

// One value of a JSON document: a view of its text, which the caller keeps alive. The whole
// document was checked by ParseJson(), so that a reader of a value only has to look at its type.
class JsonValue {
 public:
  bool IsString() const { return text_.front() == '"'; }

  // Of a string: its bytes, escapes resolved, as UTF-8. Nothing for any other type.
  std::optional<std::string> ToString() const;
  // Of a number without fraction and exponent that fits: its value. Nothing for anything else.
  std::optional<int32_t> ToInt32() const;
  // Of true and false. Nothing for any other type.
  std::optional<bool> ToBool() const;
  // Whether it is a string with these bytes, escapes resolved.
  bool Equals(std::string_view bytes) const;

  // Of an object: the values of the members called `names`, in the order of `names`, and nothing
  // for one that is missing. Of equal names the last counts. Of any other type: all nothing.
  template <size_t N>
  std::array<std::optional<JsonValue>, N> Members(const std::string_view (&names)[N]) const;

  // Calls visit(name, value), with a JsonValue each, for the members of an object in their order,
  // duplicates included. Does nothing for any other type.
  template <typename Visit>
  void ForEachMember(Visit visit) const;

  // Calls visit(value) for the elements of an array in their order until it returns false. True
  // when none did; false also for any other type than an array.
  template <typename Visit>
  bool ForEachElement(Visit visit) const;

 private:
  explicit JsonValue(std::string_view text) : text_(text) {}
  friend std::optional<JsonValue> ParseJson(std::string_view document);

  // The text from `start` up to the cursor.
  JsonValue Since(size_t start, const JsonScanner& scanner) const {
    return JsonValue(text_.substr(start, scanner.At() - start));
  }

  std::string_view text_;  // never empty, no blanks around it
};

// The value that `document` is, or nothing when it is not JSON through and through (see
// JsonScanner).
std::optional<JsonValue> ParseJson(std::string_view document);

template <size_t N>
std::array<std::optional<JsonValue>, N> JsonValue::Members(
    const std::string_view (&names)[N]) const {
  std::array<std::optional<JsonValue>, N> values;
  ForEachMember([&](const JsonValue& name, const JsonValue& value) {
    for (size_t i = 0; i < N; ++i) {
      if (name.Equals(names[i])) {
        values[i] = value;
      }
    }
  });
  return values;
}

template <typename Visit>
void JsonValue::ForEachMember(Visit visit) const {
  JsonScanner scanner(text_);
  if (!scanner.Take('{') || scanner.Take('}')) {
    return;
  }
  do {
    scanner.SkipBlanks();
    const size_t name_start = scanner.At();
    scanner.SkipString();
    const JsonValue name = Since(name_start, scanner);
    scanner.Take(':');
    scanner.SkipBlanks();
    const size_t value_start = scanner.At();
    scanner.SkipValue();
    visit(name, Since(value_start, scanner));
  } while (scanner.Take(','));
}

template <typename Visit>
bool JsonValue::ForEachElement(Visit visit) const {
  JsonScanner scanner(text_);
  if (!scanner.Take('[')) {
    return false;
  }
  if (scanner.Take(']')) {
    return true;
  }
  do {
    scanner.SkipBlanks();
    const size_t start = scanner.At();
    scanner.SkipValue();
    if (!visit(Since(start, scanner))) {
      return false;
    }
  } while (scanner.Take(','));
  return true;
}

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_BLOB_JSON_READER_H_
