// The metadata of an engine blob.

#ifndef WSB_NATIVE_DELEGATE_BLOB_BLOB_METADATA_H_
#define WSB_NATIVE_DELEGATE_BLOB_BLOB_METADATA_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "delegate/blob/binding_names.h"

namespace wsb {

// An output that is written over an input.
struct BlobAlias {
  std::string output;
  std::string input;
  // `kv_cache_update` or `user`; any other is refused once the engine is there (see LinkAliases).
  std::string kind = "kv_cache_update";
};

// What the delegate uses of the metadata. Twin: reference/blob/blob-metadata.ts.
struct BlobMetadata {
  // Both empty when the blob names no bindings.
  BindingNames bindings;
  std::vector<BlobAlias> aliases;
  int32_t device_id = 0;
};

// Reads the metadata from its JSON (WSB-BLOB-05). False when the text is not JSON, when
// `io_bindings` is missing, or when a key that is used has a value of the wrong type or out of
// range (WSB-BLOB-06). Unknown keys are skipped (WSB-BLOB-07); of equal keys the last counts.
bool ReadBlobMetadata(std::string_view json, BlobMetadata* metadata);

}  // namespace wsb

#endif  // WSB_NATIVE_DELEGATE_BLOB_BLOB_METADATA_H_
