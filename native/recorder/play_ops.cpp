#include "recorder/play_ops.h"

#include <cinttypes>
#include <cstdio>
#include <sstream>
#include <vector>

namespace wsb {
namespace {

bool PlayDamaged(const std::string& kind, Replayer* replayer) {
  std::vector<char> plan = replayer->plan();
  if (kind == "empty") {
    plan.clear();
  } else if (kind == "1-byte") {
    plan.resize(1);
  } else if (kind == "8-bytes") {
    plan.resize(8);
  } else if (kind == "half") {
    plan.resize(plan.size() / 2);
  } else if (kind == "1-byte-short") {
    plan.resize(plan.size() - 1);
  } else if (kind == "first-byte-changed") {
    plan.front() = static_cast<char>(~plan.front());
  } else if (kind == "bit-flipped-in-the-middle") {
    plan[plan.size() / 2] = static_cast<char>(plan[plan.size() / 2] ^ 1);
  } else {
    return false;
  }
  replayer->DeserializeDamaged(plan, kind);
  return true;
}

void PrintFacts(Replayer* replayer) {
  const EngineFacts facts = replayer->Facts();
  std::printf("# facts %" PRId64 " %" PRId64 " %" PRId64 "\n", facts.streamable, facts.scratch,
              facts.activations);
}

void SetAndRead(size_t engine, int64_t budget, Replayer* replayer) {
  replayer->Set(engine, budget);
  for (const SizeCall& call : {kBudget, kScratch, kDeviceMemory}) {
    replayer->Read(engine, call);
  }
}

// An op whose one word after its name is an engine.
bool PlayOnEngine(const std::string& name, size_t engine, Replayer* replayer) {
  if (name == "load") {
    replayer->Deserialize(engine);
  } else if (name == "state") {
    for (const SizeCall& call : kSizeCalls) {
      replayer->Read(engine, call);
    }
  } else if (name == "set-automatic") {
    SetAndRead(engine, replayer->Read(engine, kAutomatic), replayer);
  } else if (name == "context" || (name == "context-when-set" && replayer->LastSetOk(engine))) {
    replayer->CreateContext(engine);
  } else if (name == "context-when-set") {
    return true;
  } else if (name == "run") {
    replayer->Enqueue(engine);
  } else if (name == "end-context") {
    replayer->DestroyContext(engine);
  } else if (name == "unload") {
    replayer->DestroyEngine(engine);
  } else {
    return false;
  }
  return true;
}

bool PlayOp(const std::string& op, Replayer* replayer) {
  std::istringstream words(op);
  std::string name;
  words >> name;
  if (name == "facts" || name == "release") {
    name == "facts" ? PrintFacts(replayer) : replayer->Release();
    return true;
  }
  if (name == "damaged") {
    std::string kind;
    return words >> kind && PlayDamaged(kind, replayer);
  }
  if (name == "hold") {
    uint64_t bytes = 0;
    const bool read = static_cast<bool>(words >> bytes);
    if (read) {
      replayer->HoldAllBut(bytes);
    }
    return read;
  }
  size_t engine = 0;
  if (!(words >> engine)) {
    return false;
  }
  int64_t budget = 0;
  if (name == "set" && words >> budget) {
    SetAndRead(engine, budget, replayer);
    return true;
  }
  return PlayOnEngine(name, engine, replayer);
}

}  // namespace

bool PlayOps(const std::string& ops, Replayer* replayer) {
  std::printf("# free %" PRIu64 "\n", replayer->FreeMemory());
  std::istringstream stream(ops);
  for (std::string op; std::getline(stream, op, ';');) {
    if (!PlayOp(op, replayer)) {
      std::fprintf(stderr, "recorder: there is no step \"%s\"\n", op.c_str());
      return false;
    }
  }
  return true;
}

}  // namespace wsb
