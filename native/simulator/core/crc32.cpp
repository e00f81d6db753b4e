#include "simulator/core/crc32.h"

#include <array>

#include "simulator/core/little_endian.h"

namespace wsb {
namespace {

constexpr uint32_t kPolynomial = 0xedb88320;
constexpr size_t kSlices = 8;

// Row n advances the checksum by a byte that n more bytes follow ("slicing by 8").
using Tables = std::array<std::array<uint32_t, 256>, kSlices>;

constexpr Tables MakeTables() {
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) {
      value = (value & 1) != 0 ? (value >> 1) ^ kPolynomial : value >> 1;
    }
    tables[0][byte] = value;
  }
  for (size_t slice = 1; slice < kSlices; ++slice) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t before = tables[slice - 1][byte];
      tables[slice][byte] = (before >> 8) ^ tables[0][before & 0xff];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

}  // namespace

uint32_t Crc32(const uint8_t* bytes, size_t size) {
  uint32_t crc = 0xffffffff;
  for (; size >= kSlices; bytes += kSlices, size -= kSlices) {
    const uint64_t block = LoadLittleEndian<uint64_t>(bytes) ^ crc;
    crc = 0;
    for (size_t n = 0; n < kSlices; ++n) {
      crc ^= kTables[kSlices - 1 - n][(block >> (8 * n)) & 0xff];
    }
  }
  for (; size > 0; ++bytes, --size) {
    crc = (crc >> 8) ^ kTables[0][(crc ^ *bytes) & 0xff];
  }
  return ~crc;
}

}  // namespace wsb
