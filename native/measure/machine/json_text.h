// Text in JSON.

#ifndef WSB_NATIVE_MEASURE_MACHINE_JSON_TEXT_H_
#define WSB_NATIVE_MEASURE_MACHINE_JSON_TEXT_H_

#include <string>

namespace wsb {

// `text` as a JSON string, with its quotes. What is not printable ASCII becomes a question mark.
std::string JsonText(const std::string& text);

}  // namespace wsb

#endif  // WSB_NATIVE_MEASURE_MACHINE_JSON_TEXT_H_
