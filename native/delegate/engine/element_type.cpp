#include "delegate/engine/element_type.h"

namespace wsb {

using executorch::aten::ScalarType;

std::optional<ScalarType> ScalarTypeOf(int32_t data_type) {
  switch (data_type) {
    case 0:  // kFLOAT
      return ScalarType::Float;
    case 1:  // kHALF
      return ScalarType::Half;
    case 2:  // kINT8
      return ScalarType::Char;
    case 3:  // kINT32
      return ScalarType::Int;
    case 4:  // kBOOL
      return ScalarType::Bool;
    case 5:  // kUINT8
      return ScalarType::Byte;
    case 6:  // kFP8
      return ScalarType::Float8_e4m3fn;
    case 7:  // kBF16
      return ScalarType::BFloat16;
    case 8:  // kINT64
      return ScalarType::Long;
    default:
      return std::nullopt;
  }
}

}  // namespace wsb
