// The engine blob: a header, metadata, and the TensorRT plan.

#ifndef WSB_NATIVE_DELEGATE_BLOB_BLOB_H_
#define WSB_NATIVE_DELEGATE_BLOB_BLOB_H_

#include <cstddef>
#include <cstdint>

#include "delegate/blob/blob_metadata.h"

namespace wsb {

// Why bytes are not a blob.
enum class BlobFault : uint8_t {
  kNone,
  kTooShort,
  kMagic,
  kMetadataBounds,
  kEngineAlignment,
  kEngineBounds,
  kMetadataOverlapsEngine,
  kMetadata,
};

// The fault in words, for a message.
const char* Describe(BlobFault fault);

// A decoded blob; `engine` points into the bytes that it was decoded from. Sizes are bytes.
struct Blob {
  BlobMetadata metadata;
  const uint8_t* engine = nullptr;
  size_t engine_size = 0;
};

// Decodes the `size` bytes at `data`, which is not null, into `blob`. No offset and no size that
// they hold can lead outside of them (WSB-BLOB-01 to -07): nothing is added up before it is known
// to fit. Twin: reference/blob/decode-blob.ts.
BlobFault DecodeBlob(const void* data, size_t size, Blob* blob);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_BLOB_BLOB_H_
