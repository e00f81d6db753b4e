#include "addon/decision_object.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string>

namespace wsb {
namespace {

constexpr size_t kHeaderBytes = 2;
constexpr size_t kEngineBytes = 24;
constexpr uint32_t kAnswers = 8;
constexpr std::array<const char*, 4> kSources = {nullptr, "option", "compile-spec", "automatic"};

template <typename T>
void Append(T number, std::vector<uint8_t>* record) {
  const auto* const bytes = reinterpret_cast<const uint8_t*>(&number);
  record->insert(record->end(), bytes, bytes + sizeof(T));
}

// A count or a length in front of what follows; false when it does not fit.
template <typename T>
bool AppendLength(size_t length, std::vector<uint8_t>* record) {
  Append(static_cast<T>(length), record);
  return length <= std::numeric_limits<T>::max();
}

bool AppendKey(const Napi::Value& value, std::vector<uint8_t>* record) {
  if (!value.IsString()) {
    return false;
  }
  const std::string key = value.As<Napi::String>().Utf8Value();
  const bool fits = AppendLength<uint8_t>(key.size(), record);
  record->insert(record->end(), key.begin(), key.end());
  return fits;
}

bool AppendBytes(const Napi::Value& value, std::vector<uint8_t>* record) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    return false;
  }
  const auto bytes = value.As<Napi::Uint8Array>();
  const bool fits = AppendLength<uint16_t>(bytes.ByteLength(), record);
  record->insert(record->end(), bytes.Data(), bytes.Data() + bytes.ByteLength());
  return fits;
}

bool AppendInt64(const Napi::Value& value, std::vector<uint8_t>* record) {
  bool lossless = false;
  if (value.IsBigInt()) {
    Append(value.As<Napi::BigInt>().Int64Value(&lossless), record);
  }
  return lossless;
}

bool AppendOption(const Napi::Value& option, std::vector<uint8_t>* record) {
  if (!option.IsObject() || !AppendKey(option.As<Napi::Object>().Get("key"), record) ||
      !option.As<Napi::Object>().Get("value").IsObject()) {
    return false;
  }
  const auto tagged = option.As<Napi::Object>().Get("value").As<Napi::Object>();
  const std::string type = tagged.Get("type").ToString();
  if (type == "array") {
    Append<uint8_t>(3, record);
    return AppendBytes(tagged.Get("bytes"), record);
  }
  const Napi::Value value = tagged.Get("value");
  if (type == "int" && value.IsNumber()) {
    Append<uint8_t>(1, record);
    Append(value.As<Napi::Number>().Int32Value(), record);
    return true;
  }
  Append<uint8_t>(0, record);
  Append<uint8_t>(value.ToBoolean() ? 1 : 0, record);
  return type == "bool" && value.IsBoolean();
}

bool AppendSpec(const Napi::Value& spec, std::vector<uint8_t>* record) {
  return spec.IsObject() && AppendKey(spec.As<Napi::Object>().Get("key"), record) &&
         AppendBytes(spec.As<Napi::Object>().Get("value"), record);
}

bool AppendEach(const Napi::Value& list, bool (*append)(const Napi::Value&, std::vector<uint8_t>*),
                std::vector<uint8_t>* record) {
  const auto array = list.As<Napi::Array>();
  for (uint32_t n = 0; n < array.Length(); ++n) {
    if (!append(array.Get(n), record)) {
      return false;
    }
  }
  return true;
}

bool AppendEngine(const Napi::Value& value, std::vector<uint8_t>* record) {
  if (!value.IsObject()) {
    return false;
  }
  const auto engine = value.As<Napi::Object>();
  const Napi::Value answers = engine.Get("setAnswers");
  const Napi::Value specs = engine.Get("specs");
  if (!AppendInt64(engine.Get("streamable"), record) ||
      !AppendInt64(engine.Get("automatic"), record) || !answers.IsArray() || !specs.IsArray()) {
    return false;
  }
  uint8_t mask = 0;
  for (uint32_t n = 0; n < std::min(answers.As<Napi::Array>().Length(), kAnswers); ++n) {
    mask =
        static_cast<uint8_t>(mask | (answers.As<Napi::Array>().Get(n).ToBoolean() ? 1U << n : 0));
  }
  Append(mask, record);
  Append<uint8_t>(0, record);  // flags, of program depth
  return AppendLength<uint8_t>(specs.As<Napi::Array>().Length(), record) &&
         AppendEach(specs, AppendSpec, record);
}

template <typename T>
T NumberAt(const uint8_t* bytes) {
  T number{};
  std::memcpy(&number, bytes, sizeof(T));
  return number;
}

Napi::Object EngineObject(Napi::Env env, const uint8_t* engine) {
  Napi::Object object = Napi::Object::New(env);
  const char* const source = engine[0] < kSources.size() ? kSources[engine[0]] : nullptr;
  object.Set("source",
             source == nullptr ? env.Null() : Napi::String::New(env, source).As<Napi::Value>());
  object.Set("warned", (engine[1] & 1) != 0);
  object.Set("automaticRead", (engine[1] & 2) != 0);
  Napi::Array sets = Napi::Array::New(env, engine[2]);
  for (uint32_t n = 0; n < engine[2]; ++n) {
    Napi::Object set = Napi::Object::New(env);
    const int64_t budget = n < 2 ? NumberAt<int64_t>(engine + 8 + 8 * n) : 0;
    set.Set("budget", Napi::BigInt::New(env, budget));
    set.Set("ok", ((engine[3] >> n) & 1) != 0);
    sets.Set(n, set);
  }
  object.Set("sets", sets);
  return object;
}

}  // namespace

bool AppendDecisionRecord(const Napi::Value& decision_case, std::vector<uint8_t>* record) {
  if (!decision_case.IsObject()) {
    return false;
  }
  const Napi::Value options = decision_case.As<Napi::Object>().Get("options");
  const Napi::Value engines = decision_case.As<Napi::Object>().Get("engines");
  if (!options.IsArray() || !engines.IsArray()) {
    return false;
  }
  const size_t start = record->size();
  Append<uint16_t>(0, record);
  if (!AppendLength<uint8_t>(options.As<Napi::Array>().Length(), record) ||
      !AppendLength<uint8_t>(engines.As<Napi::Array>().Length(), record) ||
      !AppendEach(options, AppendOption, record) || !AppendEach(engines, AppendEngine, record)) {
    return false;
  }
  const size_t size = record->size() - start;
  const auto written = static_cast<uint16_t>(size);
  std::memcpy(record->data() + start, &written, sizeof(written));
  return size == written;
}

Napi::Object DecisionOutcomeObject(Napi::Env env, const std::vector<uint8_t>& outcome) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("rejected", outcome[0] != 0);
  Napi::Array engines = Napi::Array::New(env, outcome[1]);
  for (uint32_t n = 0; n < outcome[1]; ++n) {
    engines.Set(n, EngineObject(env, outcome.data() + kHeaderBytes + n * kEngineBytes));
  }
  object.Set("engines", engines);
  return object;
}

}  // namespace wsb
