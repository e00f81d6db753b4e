#include "recorder/replay.h"

#include <cstdint>
#include <cstdlib>
#include <istream>
#include <map>
#include <memory>
#include <ostream>
#include <sstream>
#include <utility>
#include <vector>

#include "recorder/device.h"
#include "simulator/control.h"
#include "tensorrt/shared_library.h"

namespace wsb {
namespace {

// The bytes of a plan, where the simulator wants them: the heap gives multiples of 16.
std::vector<char> PlanBytes(const std::string& hex) {
  std::vector<char> bytes(hex.size() / 2);
  for (size_t n = 0; n < bytes.size(); ++n) {
    bytes[n] = static_cast<char>(std::strtol(hex.substr(2 * n, 2).c_str(), nullptr, 16));
  }
  return bytes;
}

// The engines of one sequence; contexts go before their engine and engines before the runtime.
struct Session {
  Runtime runtime;
  std::map<size_t, Engine> engines;
  std::map<size_t, std::vector<Context>> contexts;
};

std::string Text(bool answer) { return answer ? "true" : "false"; }

bool CreateContext(const Engine& engine, std::vector<Context>* contexts) {
  Context context = engine.CreateExecutionContext();
  const bool ok = static_cast<bool>(context);
  if (ok) {
    contexts->push_back(std::move(context));
  }
  return ok;
}

// The answer to a call on an engine that is there; false for a call that is not known.
bool AnswerOnEngine(const std::string& call, std::istream& words, size_t number, Session* session,
                    std::string* answer) {
  const Engine& engine = session->engines[number];
  std::vector<Context>& contexts = session->contexts[number];
  for (const SizeCall& size : kSizeCalls) {
    if (call == size.name) {
      *answer = std::to_string((engine.*size.read)());
      return true;
    }
  }
  int64_t budget = 0;
  if (call == "setWeightStreamingBudgetV2" && words >> budget) {
    *answer = Text(engine.SetWeightStreamingBudgetV2(budget));
  } else if (call == "createExecutionContext") {
    *answer = Text(CreateContext(engine, &contexts));
  } else if (call == "enqueueV3") {
    *answer =
        contexts.empty() ? "no context" : Text(contexts.back().EnqueueV3(kCudaStreamPerThread));
  } else if (call == "destroyExecutionContext") {
    if (!contexts.empty()) contexts.pop_back();
  } else if (call == "destroyEngine") {
    contexts.clear();
    session->engines.erase(number);
  } else {
    return false;
  }
  return true;
}

bool AnswerCall(const std::string& call, std::istream& words, Session* session,
                std::string* answer) {
  size_t number = 0;
  if (!(words >> number)) {
    return false;
  }
  if (call == "deserializeCudaEngine") {
    std::string hex;
    words >> hex;
    const std::vector<char> plan = PlanBytes(hex);
    Engine engine = session->runtime.DeserializeCudaEngine(plan.data(), plan.size());
    *answer = Text(static_cast<bool>(engine));
    session->engines.erase(number);
    if (*answer == "true") {
      session->engines.emplace(number, std::move(engine));
    }
    return true;
  }
  if (session->engines.count(number) == 0) {
    *answer = "no engine";
    return true;
  }
  return AnswerOnEngine(call, words, number, session, answer);
}

}  // namespace

bool Replay(const Arguments& arguments, std::istream& steps, std::ostream& answers,
            std::string* error) {
  const std::unique_ptr<Device> device = Device::Open(arguments, error);
  if (device == nullptr) {
    return false;
  }
  const SharedLibrary simulator =
      SharedLibrary::Open({arguments.tensorrt + "/libtrtsim.so"}, error);
  decltype(&trtsim_begin) begin = nullptr;
  decltype(&trtsim_set_free) set_free = nullptr;
  if (!simulator.IsOpen() || !simulator.Find("trtsim_begin", &begin) ||
      !simulator.Find("trtsim_set_free", &set_free)) {
    *error = arguments.tensorrt + " does not hold the simulated TensorRT, which --replay is for";
    return false;
  }
  std::unique_ptr<Session> session;
  for (std::string line; std::getline(steps, line);) {
    std::istringstream words(line);
    std::string name;
    uint64_t bytes = 0;
    std::string answer;
    words >> name;
    if (name == "begin") {
      session.reset();
      const TrtSimDevice fresh{};
      begin(&fresh);
      session = std::make_unique<Session>();
      session->runtime = device->tensorrt().CreateRuntime();
    } else if (name == "free" && words >> bytes) {
      set_free(bytes);
    } else if (session != nullptr && AnswerCall(name, words, session.get(), &answer)) {
      answers << answer << '\n';
    } else {
      *error = "the step \"" + line + "\" is not valid";
      return false;
    }
  }
  return true;
}

}  // namespace wsb
