#include "recorder/play_ops.h"

#include <cinttypes>
#include <cstdio>
#include <sstream>
#include <vector>

namespace wsb {
namespace {

bool PlayDamaged(const std::string& kind, Player* player) {
  std::vector<char> plan = player->plan();
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
  player->DeserializeDamaged(plan, kind);
  return true;
}

void PrintFacts(Player* player) {
  const EngineFacts facts = player->Facts();
  std::printf("# facts %" PRId64 " %" PRId64 " %" PRId64 "\n", facts.streamable, facts.scratch,
              facts.activations);
}

void SetAndRead(size_t engine, int64_t budget, Player* player) {
  player->Set(engine, budget);
  player->Budget(engine);
  player->Scratch(engine);
  player->DeviceMemory(engine);
}

// An op whose one word after its name is an engine.
bool PlayOnEngine(const std::string& name, size_t engine, Player* player) {
  if (name == "load") {
    player->Deserialize(engine);
  } else if (name == "state") {
    player->Streamable(engine);
    player->Automatic(engine);
    player->Budget(engine);
    player->Scratch(engine);
    player->DeviceMemory(engine);
  } else if (name == "set-automatic") {
    SetAndRead(engine, player->Automatic(engine), player);
  } else if (name == "context" || (name == "context-when-set" && player->LastSetOk(engine))) {
    player->CreateContext(engine);
  } else if (name == "context-when-set") {
    return true;
  } else if (name == "run") {
    player->Enqueue(engine);
  } else if (name == "end-context") {
    player->DestroyContext(engine);
  } else if (name == "unload") {
    player->DestroyEngine(engine);
  } else {
    return false;
  }
  return true;
}

bool PlayOp(const std::string& op, Player* player) {
  std::istringstream words(op);
  std::string name;
  words >> name;
  if (name == "facts" || name == "release") {
    name == "facts" ? PrintFacts(player) : player->Release();
    return true;
  }
  if (name == "damaged") {
    std::string kind;
    return words >> kind && PlayDamaged(kind, player);
  }
  if (name == "hold") {
    uint64_t bytes = 0;
    const bool read = static_cast<bool>(words >> bytes);
    if (read) {
      player->HoldAllBut(bytes);
    }
    return read;
  }
  size_t engine = 0;
  if (!(words >> engine)) {
    return false;
  }
  int64_t budget = 0;
  if (name == "set" && words >> budget) {
    SetAndRead(engine, budget, player);
    return true;
  }
  return PlayOnEngine(name, engine, player);
}

}  // namespace

bool PlayOps(const std::string& ops, Player* player) {
  std::printf("# free %" PRIu64 "\n", player->FreeMemory());
  std::istringstream stream(ops);
  for (std::string op; std::getline(stream, op, ';');) {
    if (!PlayOp(op, player)) {
      std::fprintf(stderr, "recorder: there is no step \"%s\"\n", op.c_str());
      return false;
    }
  }
  return true;
}

}  // namespace wsb
