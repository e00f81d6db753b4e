#include "simulator/core/plan.h"

#include <cstring>
#include <string_view>

#include "simulator/core/crc32.h"
#include "simulator/core/little_endian.h"

namespace wsb {
namespace {

constexpr uint8_t kMagic[8] = {'W', 'S', 'B', 'P', 'L', 'A', 'N', 0};
constexpr uint16_t kVersion = 1;
constexpr size_t kHeaderBytes = 64;
constexpr size_t kBindingHeaderBytes = 8;
constexpr size_t kCheckedFrom = 20;
constexpr uint8_t kKindScripted = 1;
constexpr uint8_t kKindModelled = 2;
constexpr uint8_t kModeInput = 1;
constexpr uint8_t kModeOutput = 2;
constexpr uint8_t kMaxGranuleBits = 30;
constexpr size_t kMaxSetAnswers = 32;
constexpr size_t kMaxBindings = 64;
constexpr size_t kMaxNameBytes = 1024;
constexpr uint8_t kFlagWeights = 8;
constexpr size_t kWeightsBytes = sizeof(uint64_t);
// Of a plan itself, without its weights.
constexpr size_t kMaxPlanBytes =
    kHeaderBytes + kWeightsBytes +
    kMaxBindings * (kBindingHeaderBytes + 3 * sizeof(int64_t) * kMaxRank + 2 * kMaxNameBytes);

// Of the sequences that a lead byte can begin: their length and the range of the second byte, the
// only one that is restricted beyond 80..BF. Length 0: no sequence begins so.
struct Sequence {
  size_t length;
  uint8_t second_min;
  uint8_t second_max;
};

Sequence SequenceOf(uint8_t lead) {
  if (lead <= 0x7f) return {1, 0, 0};
  if (lead < 0xc2) return {0, 0, 0};
  if (lead <= 0xdf) return {2, 0x80, 0xbf};
  if (lead <= 0xef) {
    return {3, static_cast<uint8_t>(lead == 0xe0 ? 0xa0 : 0x80),
            static_cast<uint8_t>(lead == 0xed ? 0x9f : 0xbf)};
  }
  if (lead <= 0xf4) {
    return {4, static_cast<uint8_t>(lead == 0xf0 ? 0x90 : 0x80),
            static_cast<uint8_t>(lead == 0xf4 ? 0x8f : 0xbf)};
  }
  return {0, 0, 0};
}

// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const Sequence sequence = SequenceOf(static_cast<uint8_t>(text[at]));
    if (sequence.length == 0 || text.size() - at < sequence.length) {
      return false;
    }
    for (size_t n = 1; n < sequence.length; ++n) {
      const auto byte = static_cast<uint8_t>(text[at + n]);
      const uint8_t min = n == 1 ? sequence.second_min : 0x80;
      const uint8_t max = n == 1 ? sequence.second_max : 0xbf;
      if (byte < min || byte > max) {
        return false;
      }
    }
    at += sequence.length;
  }
  return true;
}

const char* HeaderFault(const uint8_t* bytes, size_t size) {
  if (size < kHeaderBytes) return "it has less than 64 bytes";
  if (!IsScriptedPlan(bytes, size)) return "its magic is not WSBPLAN";
  if (LoadLittleEndian<uint16_t>(bytes + 8) != kVersion) return "its version is unknown";
  const size_t own = LoadLittleEndian<uint32_t>(bytes + 12);
  const bool has_weights = (bytes[11] & kFlagWeights) != 0;
  const size_t least = kHeaderBytes + (has_weights ? kWeightsBytes : 0);
  if (own < least || (has_weights ? own > size : own != size)) {
    return "its size field is not its size";
  }
  if (own > kMaxPlanBytes) return "it has more bytes than any plan";
  if (LoadLittleEndian<uint32_t>(bytes + 16) != Crc32(bytes + kCheckedFrom, own - kCheckedFrom)) {
    return "its checksum does not match";
  }
  if (has_weights && LoadLittleEndian<uint64_t>(bytes + own - kWeightsBytes) != size - own) {
    return "its weights are not as many as it says";
  }
  if (bytes[10] != kKindScripted && bytes[10] != kKindModelled) return "its kind is unknown";
  if (bytes[11] > 31) return "an unknown flag is set";
  if (bytes[20] > kMaxSetAnswers) return "it lists more than 32 set answers";
  if (bytes[21] > 1) return "its default answer is neither 0 nor 1";
  if (bytes[22] > kMaxBindings) return "it has more than 64 bindings";
  if (bytes[23] > kMaxGranuleBits) return "its granules have more than 2^30 bytes";
  if (bytes[10] == kKindScripted &&
      (bytes[23] != 0 || LoadLittleEndian<uint32_t>(bytes + 28) != 0)) {
    return "it is scripted and says how it takes memory";
  }
  const auto answers = LoadLittleEndian<uint32_t>(bytes + 24);
  if (bytes[20] < kMaxSetAnswers && answers >> bytes[20] != 0) {
    return "it answers more sets than it lists";
  }
  return nullptr;
}

void ReadDims(const uint8_t** at, uint8_t rank, Dims* dims) {
  dims->rank = rank;
  for (uint8_t n = 0; n < rank; ++n, *at += sizeof(int64_t)) {
    dims->extents[n] = LoadLittleEndian<int64_t>(*at);
  }
}

bool ReadText(const uint8_t** at, size_t size, std::string* text) {
  text->assign(reinterpret_cast<const char*>(*at), size);
  *at += size;
  return IsUtf8(*text);
}

// Reads one binding at `*at`, which it moves behind it.
const char* ReadBinding(const uint8_t** at, const uint8_t* end, PlanBinding* binding) {
  const uint8_t* const header = *at;
  if (static_cast<size_t>(end - header) < kBindingHeaderBytes) return "a binding is cut off";
  const uint8_t rank = header[2];
  const uint8_t flags = header[3];
  const auto name_size = LoadLittleEndian<uint16_t>(header + 4);
  const auto alias_size = LoadLittleEndian<uint16_t>(header + 6);
  if (header[0] != kModeInput && header[0] != kModeOutput) return "a binding's mode is unknown";
  if (rank > kMaxRank) return "a binding's rank is above 8";
  if (flags > 3) return "an unknown flag of a binding is set";
  if (name_size == 0 || name_size > kMaxNameBytes) return "a binding's name is out of range";
  if (alias_size > kMaxNameBytes) return "a binding's alias is out of range";
  binding->is_input = header[0] == kModeInput;
  binding->dtype = header[1];
  binding->shape_inference = (flags & 1) != 0;
  binding->has_profile = (flags & 2) != 0;

  *at += kBindingHeaderBytes;
  const size_t dims = binding->has_profile ? 3 : 1;
  const size_t rest = rank * dims * sizeof(int64_t) + name_size + alias_size;
  if (static_cast<size_t>(end - *at) < rest) return "a binding is cut off";
  ReadDims(at, rank, &binding->shape);
  if (binding->has_profile) {
    ReadDims(at, rank, &binding->minimum);
    ReadDims(at, rank, &binding->maximum);
  }
  const bool name_ok = ReadText(at, name_size, &binding->name);
  const bool alias_ok = ReadText(at, alias_size, &binding->alias);
  return name_ok && alias_ok ? nullptr : "a binding's name is not UTF-8";
}

}  // namespace

uint64_t Paging::BlockBytes(uint64_t bytes) const {
  const uint64_t granule = uint64_t{1} << granule_bits;
  if (bytes <= granule / 2) {
    return 0;
  }
  uint64_t rounded = 0;
  return __builtin_add_overflow(bytes, granule - 1, &rounded) ? UINT64_MAX
                                                              : rounded & ~(granule - 1);
}

const PlanBinding* Plan::Find(const char* name) const {
  for (size_t n = 0; n < binding_count; ++n) {
    if (std::strcmp(bindings[n].name.c_str(), name) == 0) {
      return &bindings[n];
    }
  }
  return nullptr;
}

bool IsScriptedPlan(const uint8_t* bytes, size_t size) {
  return size >= sizeof(kMagic) && std::memcmp(bytes, kMagic, sizeof(kMagic)) == 0;
}

const char* DecodePlan(const uint8_t* bytes, size_t size, Plan* plan) {
  if (const char* const fault = HeaderFault(bytes, size)) {
    return fault;
  }
  plan->modelled = bytes[10] == kKindModelled;
  plan->deserializes = (bytes[11] & 1) == 0;
  plan->creates_context = (bytes[11] & 2) == 0;
  plan->enqueues = (bytes[11] & 4) == 0;
  plan->updates_in_place = (bytes[11] & 16) != 0;
  plan->set_count = bytes[20];
  plan->set_default = bytes[21] == 1;
  plan->set_answers = LoadLittleEndian<uint32_t>(bytes + 24);
  plan->streamable = LoadLittleEndian<int64_t>(bytes + 32);
  plan->automatic = LoadLittleEndian<int64_t>(bytes + 40);
  plan->scratch = LoadLittleEndian<int64_t>(bytes + 48);
  plan->activations = LoadLittleEndian<int64_t>(bytes + 56);
  plan->paging = {bytes[23], bytes[28], bytes[29], bytes[30], bytes[31]};
  plan->binding_count = bytes[22];
  if (plan->bindings.size() < plan->binding_count) {
    plan->bindings.resize(plan->binding_count);
  }
  const uint8_t* at = bytes + kHeaderBytes;
  const size_t weights = (bytes[11] & kFlagWeights) != 0 ? kWeightsBytes : 0;
  const uint8_t* const end = bytes + LoadLittleEndian<uint32_t>(bytes + 12) - weights;
  for (size_t n = 0; n < plan->binding_count; ++n) {
    if (const char* const fault = ReadBinding(&at, end, &plan->bindings[n])) {
      return fault;
    }
  }
  return at == end ? nullptr : "bytes are left over after its bindings";
}

}  // namespace wsb
