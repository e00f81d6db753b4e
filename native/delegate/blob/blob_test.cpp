#include "delegate/blob/blob.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "testing/test.h"

namespace wsb {
namespace {

constexpr std::string_view kMetadata = R"({"io_bindings":[]})";
constexpr size_t kEngineAt = 64;

void Put(std::vector<uint8_t>* bytes, size_t at, uint64_t value, size_t width) {
  for (size_t n = 0; n < width; ++n) {
    (*bytes)[at + n] = static_cast<uint8_t>(value >> (8 * n));
  }
}

// A blob whose metadata follows its header, and whose engine is the last 16 bytes.
std::vector<uint8_t> Bytes() {
  std::vector<uint8_t> bytes(kEngineAt + 16, 'e');
  std::memcpy(bytes.data(), "TR01", 4);
  std::memcpy(&bytes[32], kMetadata.data(), kMetadata.size());
  Put(&bytes, 4, 32, 4);
  Put(&bytes, 8, kMetadata.size(), 4);
  Put(&bytes, 12, kEngineAt, 4);
  Put(&bytes, 16, 16, 8);
  return bytes;
}

BlobFault Decode(const std::vector<uint8_t>& bytes) {
  Blob blob;
  return DecodeBlob(bytes.data(), bytes.size(), &blob);
}

// The fault of a blob with another number in its header.
BlobFault DecodeWith(size_t at, uint64_t value, size_t width) {
  std::vector<uint8_t> bytes = Bytes();
  Put(&bytes, at, value, width);
  return Decode(bytes);
}

TEST(DecodesABlob) {
  const std::vector<uint8_t> bytes = Bytes();
  Blob blob;
  EXPECT_EQ(DecodeBlob(bytes.data(), bytes.size(), &blob), BlobFault::kNone);
  EXPECT_EQ(blob.engine, bytes.data() + kEngineAt);
  EXPECT_EQ(blob.engine_size, size_t{16});
  EXPECT_EQ(DecodeWith(3, '2', 1), BlobFault::kNone);
}

TEST(RefusesAnotherMagic) {
  EXPECT_EQ(DecodeWith(0, 't', 1), BlobFault::kMagic);
  EXPECT_EQ(DecodeWith(3, '3', 1), BlobFault::kMagic);
}

TEST(RefusesWhatIsCutOff) {
  const std::vector<uint8_t> whole = Bytes();
  for (size_t size = 0; size < whole.size(); ++size) {
    const BlobFault fault = Decode({whole.begin(), whole.begin() + static_cast<long>(size)});
    EXPECT(fault != BlobFault::kNone);
    EXPECT(size >= 32 || fault == BlobFault::kTooShort);
  }
}

TEST(RefusesMetadataOutsideOfTheBlob) {
  for (const uint64_t offset : {uint64_t{0}, uint64_t{31}, uint64_t{81}, uint64_t{0xFFFFFFFF}}) {
    EXPECT_EQ(DecodeWith(4, offset, 4), BlobFault::kMetadataBounds);
  }
  EXPECT_EQ(DecodeWith(8, 0xFFFFFFFF, 4), BlobFault::kMetadataBounds);
  EXPECT_EQ(DecodeWith(8, 33, 4), BlobFault::kMetadataOverlapsEngine);
}

TEST(RefusesAnEngineOutsideOfTheBlob) {
  EXPECT_EQ(DecodeWith(12, kEngineAt + 1, 4), BlobFault::kEngineAlignment);
  EXPECT_EQ(DecodeWith(12, 96, 4), BlobFault::kEngineBounds);
  EXPECT_EQ(DecodeWith(12, 0xFFFFFFF0, 4), BlobFault::kEngineBounds);
  // Sums that wrap lead back into the blob.
  for (const uint64_t size : {uint64_t{17}, UINT64_MAX, UINT64_MAX - kEngineAt + 1}) {
    EXPECT_EQ(DecodeWith(16, size, 8), BlobFault::kEngineBounds);
  }
}

TEST(TellsWhatIsWrong) {
  EXPECT_EQ(std::string(Describe(BlobFault::kTooShort)), "shorter than its header");
  EXPECT_EQ(std::string(Describe(BlobFault::kMetadata)), "metadata is not the expected JSON");
}

bool Read(std::string_view json, BlobMetadata* metadata) {
  return ReadBlobMetadata(json, metadata);
}

bool IsMetadata(std::string_view json) {
  BlobMetadata metadata;
  return Read(json, &metadata);
}

TEST(ReadsMetadata) {
  BlobMetadata metadata;
  EXPECT(Read(R"({"io_bindings":[{"name":"x","is_input":true},{"is_input":false,"name":"y"}],
      "aliased_io":[{"output":"y","input":"x"},{"output":"y","input":"x","kind":"user"}],
      "device_id":3,"hardware_compatible":false,"more":[{}]})",
              &metadata));
  EXPECT(metadata.bindings.inputs == std::vector<std::string>({"x"}));
  EXPECT(metadata.bindings.outputs == std::vector<std::string>({"y"}));
  EXPECT_EQ(metadata.device_id, 3);
  EXPECT_EQ(metadata.aliases.size(), size_t{2});
  EXPECT_EQ(metadata.aliases[0].kind, "kv_cache_update");
  EXPECT_EQ(metadata.aliases[1].kind, "user");
}

TEST(NeedsBindings) {
  EXPECT(!IsMetadata("{}"));
  EXPECT(!IsMetadata("[]"));
  EXPECT(!IsMetadata(R"({"io_bindings":{}})"));
  EXPECT(!IsMetadata(R"({"io_bindings":null})"));
  EXPECT(IsMetadata(kMetadata));
}

TEST(RefusesKeysOfAnotherType) {
  for (const char* entry : {"1", "{}", R"({"name":"x"})", R"({"name":"x","is_input":1})",
                            R"({"name":1,"is_input":true})", R"({"name":"","is_input":true})",
                            R"({"name":"a\u0000","is_input":true})"}) {
    EXPECT(!IsMetadata(R"({"io_bindings":[)" + std::string(entry) + "]}"));
  }
  for (const char* member :
       {R"("device_id":-1)", R"("device_id":"0")", R"("device_id":0.5)",
        R"("device_id":2147483648)", R"("hardware_compatible":0)", R"("aliased_io":{})",
        R"("aliased_io":[{"output":"y"}])", R"("aliased_io":[{"output":"y","input":1}])",
        R"("aliased_io":[{"output":"y","input":"x","kind":1}])"}) {
    EXPECT(!IsMetadata(R"({"io_bindings":[],)" + std::string(member) + "}"));
  }
}

}  // namespace
}  // namespace wsb
