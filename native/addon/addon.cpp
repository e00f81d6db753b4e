// conformance.node: runs load requests in Node's own process.

#include <napi.h>

#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "addon/decision_object.h"
#include "host/decision_host.h"
#include "host/executorch_runtime.h"
#include "host/host.h"
#include "host/policy_name.h"
#include "host/subject.h"

namespace wsb {
namespace {

// The addon as one thread of Node sees it.
class ConformanceAddon : public Napi::Addon<ConformanceAddon> {
 public:
  ConformanceAddon(Napi::Env /*env*/, Napi::Object exports) {
    DefineAddon(exports, {InstanceMethod("open", &ConformanceAddon::Open),
                          InstanceMethod("recordPlan", &ConformanceAddon::RecordPlan),
                          InstanceMethod("run", &ConformanceAddon::Run),
                          InstanceMethod("decides", &ConformanceAddon::Decides),
                          InstanceMethod("decide", &ConformanceAddon::Decide),
                          InstanceMethod("decideCase", &ConformanceAddon::DecideCase),
                          InstanceMethod("versions", &ConformanceAddon::Versions)});
  }

 private:
  // open({delegate, tensorrt, cudart, simulator, tensorrtVersion?, policy?}): void
  Napi::Value Open(const Napi::CallbackInfo& info);
  // recordPlan(sha256: Uint8Array, plan: Uint8Array): void
  Napi::Value RecordPlan(const Napi::CallbackInfo& info);
  // run(requests: Uint8Array): Uint8Array
  Napi::Value Run(const Napi::CallbackInfo& info);
  // decides(): boolean
  Napi::Value Decides(const Napi::CallbackInfo& info);
  // decide(records: Uint8Array, outcomes: Uint8Array): number
  Napi::Value Decide(const Napi::CallbackInfo& info);
  // decideCase(decisionCase: DecisionCase): DecisionOutcome
  Napi::Value DecideCase(const Napi::CallbackInfo& info);
  // versions(): {executorch: string, simulator: number}
  Napi::Value Versions(const Napi::CallbackInfo& info);

  // Makes the decision host if there is none yet; false after throwing into JavaScript.
  bool OpenDecisionHost(Napi::Env env, const char* function);

  std::unique_ptr<Host> host_;
  std::unique_ptr<DecisionHost> decision_host_;
  std::vector<uint8_t> record_;
  std::vector<uint8_t> outcomes_;
};

// Throws into JavaScript. The value that the caller returns then does not matter.
Napi::Value Throw(Napi::Env env, const char* code, const std::string& message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  error.ThrowAsJavaScriptException();
  return env.Undefined();
}

struct Bytes {
  const uint8_t* data;
  size_t size;
};

// The bytes of a Uint8Array; false for anything else.
bool ReadBytes(const Napi::Value& value, Bytes* bytes) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    return false;
  }
  const auto array = value.As<Napi::Uint8Array>();
  *bytes = {array.Data(), array.ByteLength()};
  return true;
}

bool ReadPath(const Napi::Object& config, const char* name, std::string* path) {
  const Napi::Value value = config.Get(name);
  if (!value.IsString()) {
    return false;
  }
  *path = value.As<Napi::String>().Utf8Value();
  return !path->empty() && path->front() == '/';
}

// Has the delegate follow the policy named. False when there is no such policy, or no choice.
bool SetPolicy(const Napi::Value& value, std::string* error) {
  WsbPolicy policy = kWsbPolicyFitting;
  if (!value.IsString() || !ReadPolicy(value.As<Napi::String>().Utf8Value(), &policy)) {
    *error = "policy is neither fitting nor upstream";
    return false;
  }
  if (!Subject::Get()->SetPolicy(policy)) {
    *error = "the delegate does not export wsb_delegate_policy(): its policy can't be chosen";
    return false;
  }
  return true;
}

Napi::Value ConformanceAddon::Open(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  SubjectConfig config;
  const Napi::Object given = info[0].IsObject() ? info[0].As<Napi::Object>() : Napi::Object();
  if (given.IsEmpty() || !ReadPath(given, "delegate", &config.delegate) ||
      !ReadPath(given, "tensorrt", &config.tensorrt) ||
      !ReadPath(given, "cudart", &config.cudart) ||
      !ReadPath(given, "simulator", &config.simulator)) {
    return Throw(env, "ERR_INVALID_ARG",
                 "open() takes the absolute paths delegate, tensorrt, cudart and simulator");
  }
  std::string error;
  if (!Subject::Open(config, &error)) {
    return Throw(env, "ERR_OPEN", error);
  }
  const Napi::Value version = given.Get("tensorrtVersion");
  if (version.IsNumber() &&
      Subject::Get()->simulator().set_version(version.As<Napi::Number>().Int32Value()) != 0) {
    return Throw(env, "ERR_INVALID_ARG",
                 "tensorrtVersion is not a version that the simulator knows, such as 110100");
  }
  if (!given.Get("policy").IsUndefined() && !SetPolicy(given.Get("policy"), &error)) {
    return Throw(env, "ERR_INVALID_ARG", error);
  }
  if (host_ == nullptr) {
    host_ = std::make_unique<Host>(Subject::Get());
  }
  return env.Undefined();
}

Napi::Value ConformanceAddon::RecordPlan(const Napi::CallbackInfo& info) {
  constexpr size_t kDigestBytes = 32;
  const Napi::Env env = info.Env();
  if (Subject::Get() == nullptr) {
    return Throw(env, "ERR_NOT_OPEN", "open() has to be called before recordPlan()");
  }
  Bytes digest{};
  Bytes plan{};
  if (!ReadBytes(info[0], &digest) || digest.size != kDigestBytes || !ReadBytes(info[1], &plan)) {
    return Throw(env, "ERR_INVALID_ARG",
                 "recordPlan() takes a SHA-256 of 32 bytes and a plan, each a Uint8Array");
  }
  if (Subject::Get()->simulator().record_plan(digest.data, plan.data, plan.size) != 0) {
    return Throw(env, "ERR_INVALID_ARG",
                 "recordPlan() refused the plan: it is malformed, or 64 are recorded already");
  }
  return env.Undefined();
}

Napi::Value ConformanceAddon::Run(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (host_ == nullptr) {
    return Throw(env, "ERR_NOT_OPEN", "open() has to be called in this thread before run()");
  }
  Bytes requests{};
  if (!ReadBytes(info[0], &requests)) {
    return Throw(env, "ERR_INVALID_ARG", "run() takes request records in a Uint8Array");
  }
  outcomes_.clear();
  std::string error;
  try {
    if (!host_->Run(requests.data, requests.size, &outcomes_, &error)) {
      return Throw(env, "ERR_WIRE", error);
    }
  } catch (const std::exception& exception) {
    // Neither the host nor ExecuTorch throws, but for want of memory; a delegate may.
    return Throw(env, "ERR_EXCEPTION",
                 std::string("a load ended in a C++ exception: ") + exception.what());
  }
  Napi::Uint8Array result = Napi::Uint8Array::New(env, outcomes_.size());
  if (!outcomes_.empty()) {
    std::memcpy(result.Data(), outcomes_.data(), outcomes_.size());
  }
  return result;
}

bool ConformanceAddon::OpenDecisionHost(Napi::Env env, const char* function) {
  if (host_ == nullptr) {
    Throw(env, "ERR_NOT_OPEN",
          std::string("open() has to be called in this thread before ") + function + "()");
    return false;
  }
  if (decision_host_ == nullptr) {
    if (Subject::Get()->decide() == nullptr) {
      Throw(env, "ERR_UNSUPPORTED",
            "the delegate does not export wsb_delegate_decide(): it has no decision depth");
      return false;
    }
    decision_host_ = std::make_unique<DecisionHost>(Subject::Get()->decide());
  }
  return true;
}

Napi::Value ConformanceAddon::Decides(const Napi::CallbackInfo& info) {
  const Subject* const subject = Subject::Get();
  return Napi::Boolean::New(info.Env(), subject != nullptr && subject->decide() != nullptr);
}

Napi::Value ConformanceAddon::Decide(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Bytes records{};
  Bytes room{};
  if (!ReadBytes(info[0], &records) || !ReadBytes(info[1], &room)) {
    return Throw(env, "ERR_INVALID_ARG",
                 "decide() takes decision records and room for their outcomes, each a Uint8Array");
  }
  if (!OpenDecisionHost(env, "decide")) {
    return env.Undefined();
  }
  outcomes_.clear();
  std::string error;
  if (!decision_host_->Run(records.data, records.size, &outcomes_, &error)) {
    return Throw(env, "ERR_WIRE", error);
  }
  if (outcomes_.size() > room.size) {
    return Throw(env, "ERR_WIRE",
                 "the outcomes take " + std::to_string(outcomes_.size()) +
                     " bytes, more than the " + std::to_string(room.size) +
                     " given; twice the records is always enough");
  }
  if (!outcomes_.empty()) {
    std::memcpy(info[1].As<Napi::Uint8Array>().Data(), outcomes_.data(), outcomes_.size());
  }
  return Napi::Number::New(env, static_cast<double>(outcomes_.size()));
}

Napi::Value ConformanceAddon::DecideCase(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!OpenDecisionHost(env, "decideCase")) {
    return env.Undefined();
  }
  record_.clear();
  outcomes_.clear();
  std::string error = "a case is {options, engines}, as long as a decision record can be";
  if (!AppendDecisionRecord(info[0], &record_) ||
      !decision_host_->Run(record_.data(), record_.size(), &outcomes_, &error)) {
    return Throw(env, "ERR_INVALID_ARG", "decideCase() does not take this case: " + error);
  }
  return DecisionOutcomeObject(env, outcomes_);
}

Napi::Value ConformanceAddon::Versions(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Subject* const subject = Subject::Get();
  Napi::Object versions = Napi::Object::New(env);
  versions.Set("executorch", Napi::String::New(env, ExecuTorchVersion()));
  versions.Set("simulator",
               Napi::Number::New(env, subject == nullptr ? 0 : subject->tensorrt_version()));
  return versions;
}

NODE_API_ADDON(ConformanceAddon)

}  // namespace
}  // namespace wsb
