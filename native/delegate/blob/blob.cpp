#include "delegate/blob/blob.h"

#include <cstring>
#include <string_view>

namespace wsb {
namespace {

// Twins: reference/blob/layout.ts.
constexpr size_t kHeaderSize = 32;
constexpr size_t kMetadataOffsetAt = 4;
constexpr size_t kMetadataSizeAt = 8;
constexpr size_t kEngineOffsetAt = 12;
constexpr size_t kEngineSizeAt = 16;
constexpr uint64_t kEngineAlignment = 16;

// TR02 stands for a blob with aliases, which readers that don't know of aliases have to refuse.
// This one knows of them and takes both.
bool IsMagic(const uint8_t* bytes) {
  return std::memcmp(bytes, "TR01", 4) == 0 || std::memcmp(bytes, "TR02", 4) == 0;
}

// A little-endian number of `Number`'s width at `bytes`.
template <typename Number>
Number ReadLittleEndian(const uint8_t* bytes) {
  Number number = 0;
  for (size_t i = 0; i < sizeof(Number); ++i) {
    number |= static_cast<Number>(static_cast<Number>(bytes[i]) << (8 * i));
  }
  return number;
}

// Whether [offset, offset + length) lies in [0, size).
bool IsWithin(uint64_t offset, uint64_t length, uint64_t size) {
  return offset <= size && length <= size - offset;
}

}  // namespace

const char* Describe(BlobFault fault) {
  switch (fault) {
    case BlobFault::kNone:
      break;
    case BlobFault::kTooShort:
      return "shorter than its header";
    case BlobFault::kMagic:
      return "neither TR01 nor TR02";
    case BlobFault::kMetadataBounds:
      return "metadata in the header or past the end";
    case BlobFault::kEngineAlignment:
      return "offset of the engine is not a multiple of 16";
    case BlobFault::kEngineBounds:
      return "engine past the end";
    case BlobFault::kMetadataOverlapsEngine:
      return "metadata runs into the engine";
    case BlobFault::kMetadata:
      return "metadata is not the expected JSON";
  }
  return "none";
}

BlobFault DecodeBlob(const void* data, size_t size, Blob* blob) {
  if (size < kHeaderSize) {
    return BlobFault::kTooShort;
  }
  const auto* const bytes = static_cast<const uint8_t*>(data);
  if (!IsMagic(bytes)) {
    return BlobFault::kMagic;
  }
  const uint64_t metadata_offset = ReadLittleEndian<uint32_t>(bytes + kMetadataOffsetAt);
  const uint64_t metadata_size = ReadLittleEndian<uint32_t>(bytes + kMetadataSizeAt);
  const uint64_t engine_offset = ReadLittleEndian<uint32_t>(bytes + kEngineOffsetAt);
  const uint64_t engine_size = ReadLittleEndian<uint64_t>(bytes + kEngineSizeAt);

  if (metadata_offset < kHeaderSize || !IsWithin(metadata_offset, metadata_size, size)) {
    return BlobFault::kMetadataBounds;
  }
  if (engine_offset % kEngineAlignment != 0) {
    return BlobFault::kEngineAlignment;
  }
  if (!IsWithin(engine_offset, engine_size, size)) {
    return BlobFault::kEngineBounds;
  }
  if (metadata_offset + metadata_size > engine_offset) {
    return BlobFault::kMetadataOverlapsEngine;
  }

  const std::string_view metadata(reinterpret_cast<const char*>(bytes + metadata_offset),
                                  static_cast<size_t>(metadata_size));
  if (!ReadBlobMetadata(metadata, &blob->metadata)) {
    return BlobFault::kMetadata;
  }
  blob->engine = bytes + engine_offset;
  blob->engine_size = static_cast<size_t>(engine_size);
  return BlobFault::kNone;
}

}  // namespace wsb
