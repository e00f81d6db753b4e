#include "host/decision_host.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "tensorrt/slots.h"

namespace wsb {
namespace {

using executorch::runtime::BackendOption;
using executorch::runtime::CompileSpec;
using executorch::runtime::kMaxOptionKeyLength;
using executorch::runtime::kMaxOptionValueLength;
using executorch::runtime::SizedBuffer;

// The version whose interface the engine has; any that is known would do.
constexpr int32_t kTensorRtVersion = 110100;

constexpr size_t kHeaderBytes = 4;
constexpr uint8_t kMaxOptions = 15;
constexpr uint8_t kMaxEngines = 64;
// A key takes at most 255 bytes and its NUL.
constexpr size_t kMaxSpecKeys = 255 * 256;

enum OptionType : uint8_t { kBool = 0, kInt = 1, kArray = 3 };

enum OutcomeFlag : uint8_t { kWarned = 1, kAutomaticRead = 2 };

struct EngineOutcomeRecord {
  uint8_t source;
  uint8_t flags;
  uint8_t set_count;
  uint8_t set_answers;
  uint32_t zero;
  int64_t sets[DecisionEngine::kKeptSets];
};
static_assert(sizeof(EngineOutcomeRecord) == 24);

}  // namespace

DecisionHost::DecisionHost(decltype(&wsb_delegate_decide) decide)
    : decide_(decide), engine_(*SlotsForVersion(kTensorRtVersion)) {
  keys_.reserve(kMaxSpecKeys);
}

bool DecisionHost::Run(const uint8_t* records, size_t size, std::vector<uint8_t>* outcomes,
                       std::string* error) {
  size_t at = 0;
  for (size_t number = 0; at < size; ++number) {
    const size_t left = size - at;
    const auto record_size = WireReader(records + at, left).Number<uint16_t>();
    if (record_size < kHeaderBytes || record_size > left ||
        !RunRecord(records + at, record_size, outcomes)) {
      *error = "decision record " + std::to_string(number) + ", at byte " + std::to_string(at) +
               " of the block, is malformed";
      return false;
    }
    at += record_size;
  }
  return true;
}

bool DecisionHost::RunRecord(const uint8_t* record, size_t size, std::vector<uint8_t>* outcomes) {
  WireReader reader(record, size);
  reader.Number<uint16_t>();
  const auto option_count = reader.NumberUpTo<uint8_t>(kMaxOptions);
  const auto engine_count = reader.NumberUpTo<uint8_t>(kMaxEngines);
  if (!ReadOptions(&reader, option_count) || engine_count == 0) {
    return false;
  }
  const size_t header = outcomes->size();
  outcomes->resize(header + 2);
  WsbDecision decision{};
  uint8_t reached = 0;
  // The engines behind the first that is rejected are read, and not decided.
  for (uint8_t n = 0; n < engine_count; ++n) {
    const auto streamable = reader.Number<int64_t>();
    const auto automatic = reader.Number<int64_t>();
    const auto answers = reader.Number<uint8_t>();
    reader.Number<uint8_t>();  // flags, of program depth
    if (!ReadSpecs(&reader, reader.Number<uint8_t>())) {
      return false;
    }
    if (decision.error != 0) {
      continue;
    }
    engine_.Reset(streamable, automatic, answers);
    if (decide_(engine_.object(), kTensorRtVersion, options_.data(), options_.size(), specs_.data(),
                specs_.size(), &decision) != 0) {
      return false;
    }
    AppendEngine(decision, outcomes);
    ++reached;
  }
  (*outcomes)[header] = static_cast<uint8_t>(std::min<uint32_t>(decision.error, 255));
  (*outcomes)[header + 1] = reached;
  return reader.AtEnd();
}

bool DecisionHost::ReadOptions(WireReader* reader, uint8_t count) {
  options_.resize(count);
  for (BackendOption& option : options_) {
    const std::string_view key =
        reader->Bytes(reader->NumberUpTo<uint8_t>(kMaxOptionKeyLength - 1));
    std::memset(option.key, 0, sizeof(option.key));
    // Where the record is malformed there is no key, and no address of one.
    if (!key.empty()) {
      std::memcpy(option.key, key.data(), key.size());
    }
    switch (reader->Number<uint8_t>()) {
      case kBool:
        option.value = reader->NumberUpTo<uint8_t>(1) != 0;
        break;
      case kInt:
        option.value = static_cast<int>(reader->Number<int32_t>());
        break;
      case kArray: {
        const std::string_view bytes =
            reader->Bytes(reader->NumberUpTo<uint16_t>(kMaxOptionValueLength));
        auto& array = option.value.emplace<std::array<char, kMaxOptionValueLength>>();
        std::copy(bytes.begin(), bytes.end(), array.begin());
        std::fill(array.begin() + bytes.size(), array.end(), '\0');
        break;
      }
      default:
        reader->Fail();
    }
  }
  return !reader->failed();
}

bool DecisionHost::ReadSpecs(WireReader* reader, uint8_t count) {
  specs_.clear();
  keys_.clear();
  for (uint8_t n = 0; n < count && !reader->failed(); ++n) {
    const std::string_view key = reader->Bytes(reader->Number<uint8_t>());
    const size_t key_at = keys_.size();
    keys_.insert(keys_.end(), key.begin(), key.end());
    keys_.push_back('\0');
    const std::string_view value = reader->Bytes(reader->Number<uint16_t>());
    // A value is read only, though its type does not say so.
    specs_.push_back(CompileSpec{keys_.data() + key_at,
                                 SizedBuffer{const_cast<char*>(value.data()), value.size()}});
  }
  return !reader->failed();
}

void DecisionHost::AppendEngine(const WsbDecision& decision, std::vector<uint8_t>* outcomes) const {
  EngineOutcomeRecord record{};
  record.source = decision.source;
  record.flags = static_cast<uint8_t>((decision.warned != 0 ? kWarned : 0) |
                                      (engine_.automatic_read() ? kAutomaticRead : 0));
  record.set_count = static_cast<uint8_t>(std::min<uint32_t>(engine_.set_count(), 255));
  record.set_answers = engine_.set_answers();
  // No rule asks for more than the budget calls; this makes such a delegate differ.
  record.zero = engine_.asked_unexpected() ? 1 : 0;
  std::copy(engine_.sets().begin(), engine_.sets().end(), record.sets);
  const auto* const bytes = reinterpret_cast<const uint8_t*>(&record);
  outcomes->insert(outcomes->end(), bytes, bytes + sizeof(record));
}

}  // namespace wsb
