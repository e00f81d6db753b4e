// Decodes a blob: what is accepted lies within the input. One that names itself neither TR01 nor
// TR02 is also read as the metadata of one, which mutants of a whole blob seldom come to.

#include <string_view>

#include "delegate/blob/blob.h"
#include "fuzz/fuzz.h"
#include "fuzz/texts.h"

namespace wsb {
namespace {

std::string MetadataText(const BlobMetadata& metadata) {
  std::string text = "device " + std::to_string(metadata.device_id) + "\n";
  const auto add = [&](const char* what, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      Require(!name.empty() && name.find('\0') == std::string::npos);
      text += std::string(what) + ' ' + HexText(name) + '\n';
    }
  };
  add("input", metadata.bindings.inputs);
  add("output", metadata.bindings.outputs);
  for (const BlobAlias& alias : metadata.aliases) {
    text += "alias " + HexText(alias.output) + ' ' + HexText(alias.input) + ' ' +
            HexText(alias.kind) + '\n';
  }
  Require(metadata.device_id >= 0);
  return text;
}

}  // namespace

std::string ReadInput(const uint8_t* data, size_t size) {
  Blob blob;
  const BlobFault fault = DecodeBlob(data, size, &blob);
  if (fault == BlobFault::kNone) {
    Require(blob.engine >= data + 32 && blob.engine + blob.engine_size <= data + size);
    Require((blob.engine - data) % 16 == 0);
    return "engine " + std::to_string(blob.engine - data) + ' ' + std::to_string(blob.engine_size) +
           '\n' + MetadataText(blob.metadata);
  }
  if (fault != BlobFault::kMagic && fault != BlobFault::kTooShort) {
    return kRefused;
  }
  BlobMetadata metadata;
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  return ReadBlobMetadata(json, &metadata) ? MetadataText(metadata) : kRefused;
}

}  // namespace wsb
