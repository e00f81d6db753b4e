// Decodes a blob, and the input as the metadata of one: what is accepted lies within the input.

#include <string_view>

#include "delegate/blob/blob.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wsb::Blob blob;
  if (wsb::DecodeBlob(data, size, &blob) == wsb::BlobFault::kNone) {
    wsb::Require(blob.engine >= data + 32 && blob.engine + blob.engine_size <= data + size);
    wsb::Require((blob.engine - data) % 16 == 0);
  }
  wsb::BlobMetadata metadata;
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  if (wsb::ReadBlobMetadata(json, &metadata)) {
    wsb::Require(metadata.device_id >= 0);
    for (const std::string& name : metadata.bindings.inputs) {
      wsb::Require(!name.empty() && name.find('\0') == std::string::npos);
    }
  }
  return 0;
}
