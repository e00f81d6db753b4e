// Decodes a scripted plan. Its size and checksum are set right, or nothing would come past them.

#include <cstring>
#include <vector>

#include "fuzz/fuzz.h"
#include "fuzz/texts.h"
#include "simulator/core/crc32.h"
#include "simulator/core/plan.h"

namespace wsb {
namespace {

constexpr size_t kSizeAt = 12;
constexpr size_t kChecksumAt = 16;
constexpr size_t kCheckedFrom = 20;

std::string DimsText(const Dims& dims) {
  std::string text = "[";
  for (int32_t n = 0; n < dims.rank; ++n) {
    text += (n == 0 ? "" : ",") + std::to_string(dims.extents[n]);
  }
  return text + ']';
}

std::string BindingText(const PlanBinding& binding) {
  return std::string(binding.is_input ? "input " : "output ") + HexText(binding.name) + ' ' +
         std::to_string(binding.dtype) + ' ' + DimsText(binding.shape) +
         (binding.shape_inference ? " shape" : "") +
         (binding.has_profile ? " " + DimsText(binding.minimum) + DimsText(binding.maximum) : "") +
         (binding.alias.empty() ? "" : " alias " + HexText(binding.alias)) + '\n';
}

std::string PlanText(const Plan& plan) {
  std::string text = plan.modelled ? "modelled" : "scripted";
  for (const bool flag : {plan.deserializes, plan.creates_context, plan.enqueues,
                          plan.updates_in_place, plan.set_default}) {
    text += flag ? " 1" : " 0";
  }
  text += '\n';
  for (uint8_t n = 0; n < plan.set_count; ++n) {
    text += (plan.set_answers >> n & 1) != 0 ? '1' : '0';
  }
  text += '\n';
  for (const int64_t bytes : {plan.streamable, plan.automatic, plan.scratch, plan.activations}) {
    text += std::to_string(bytes) + ' ';
  }
  const Paging& paging = plan.paging;
  for (const uint8_t each : {paging.granule_bits, paging.context, paging.context_headroom,
                             paging.weights_headroom, paging.load_headroom}) {
    text += std::to_string(each) + ' ';
  }
  text += '\n';
  for (size_t n = 0; n < plan.binding_count; ++n) {
    text += BindingText(plan.bindings[n]);
  }
  return text;
}

}  // namespace

std::string ReadInput(const uint8_t* data, size_t size) {
  std::vector<uint8_t> bytes(data, data + size);
  if (size >= kCheckedFrom) {
    const auto length = static_cast<uint32_t>(size);
    const uint32_t checksum = Crc32(bytes.data() + kCheckedFrom, size - kCheckedFrom);
    std::memcpy(&bytes[kSizeAt], &length, sizeof(length));
    std::memcpy(&bytes[kChecksumAt], &checksum, sizeof(checksum));
  }
  Plan plan;
  if (DecodePlan(bytes.data(), bytes.size(), &plan) != nullptr) {
    return kRefused;
  }
  Require(plan.binding_count <= plan.bindings.size());
  for (size_t n = 0; n < plan.binding_count; ++n) {
    Require(!plan.bindings[n].name.empty());
  }
  return PlanText(plan);
}

}  // namespace wsb
