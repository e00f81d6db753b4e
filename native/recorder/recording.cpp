#include "recorder/recording.h"

#include <cinttypes>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>

#include "common/json_line.h"
#include "common/version_text.h"
#include "recorder/child_process.h"
#include "recorder/sequences.h"
#include "simulator/core/sha256.h"

namespace wsb {
namespace {

constexpr unsigned kSecondsASequence = 60;

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

std::string Today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  char text[16] = "";
  std::strftime(text, sizeof(text), "%Y-%m-%d", gmtime_r(&now, &parts));
  return text;
}

// The first line, from what a process that loaded the libraries says of them. Not from this one:
// what it held of the device would be missing in the sequences.
std::string Header(const Arguments& arguments, const std::vector<std::string>& lines) {
  int32_t version = 0;
  char cuda[16] = "";
  for (const std::string& line : lines) {
    std::sscanf(line.c_str(), "# tensorrt %" SCNd32 " cuda %15s", &version, cuda);
  }
  JsonLine header;
  header.Text("record", "header").Number("format", 1).Text("tier", "tensorrt");
  header.Text("tensorrt", VersionText(version));
  header.Text("gpu", arguments.gpu).Text("driver", arguments.driver);
  header.Json("cudaRuntime", cuda[0] == 0 ? "null" : Quoted(cuda));
  header.Text("date", arguments.date.empty() ? Today() : arguments.date);
  header.Text("tool", "recorder 1").Json("delegate", "null").Text("origin", "native/recorder");
  return header.Object();
}

// How engine-builder built an engine, when its id tells.
std::string Network(const std::string& id) {
  int layers = 0;
  int dim = 0;
  int batch = 0;
  char end[3] = "";
  const int read = std::sscanf(id.c_str(), "l%dd%db%d%2s", &layers, &dim, &batch, end);
  const bool resident = end[0] == 'r';
  if (read < 3 || layers < 1 || dim < 1 || batch < 1 || (read == 4 && !resident) || end[1] != 0) {
    return "null";
  }
  JsonLine network;
  network.Json("layers", std::to_string(layers)).Json("dim", std::to_string(dim));
  network.Json("batch", std::to_string(batch)).Text("weights", "float16");
  return network.Flag("streaming", !resident).Object();
}

std::string EngineLine(const std::string& id, const std::vector<char>& plan,
                       const EngineFacts& facts) {
  const Sha256Digest digest = Sha256(reinterpret_cast<const uint8_t*>(plan.data()), plan.size());
  return JsonLine()
      .Text("record", "engine")
      .Text("id", id)
      .Text("sha256", ToHex(digest))
      .Decimal("planBytes", static_cast<int64_t>(plan.size()))
      .Json("network", Network(id))
      .Decimal("streamable", facts.streamable)
      .Decimal("scratch", facts.scratch)
      .Decimal("activations", facts.activations)
      .Object();
}

std::string SequenceLine(const PlanFile& engine, const Sequence& sequence,
                         const ChildResult& result) {
  std::string engines;
  for (size_t n = 0; n < sequence.engines; ++n) {
    engines += (n > 0 ? "," : "") + Quoted(engine.id);
  }
  std::string calls;
  std::string free = "null";
  for (const std::string& line : result.lines) {
    uint64_t bytes = 0;
    if (std::sscanf(line.c_str(), "# free %" SCNu64, &bytes) == 1) {
      free = Quoted(std::to_string(bytes));
    } else if (line[0] == '{') {
      calls += (calls.empty() ? "" : ",") + line;
    }
  }
  JsonLine ended;
  if (result.signal == 0) {
    ended.Text("kind", "ok");
  } else {
    ended.Text("kind", "crashed").Number("signal", static_cast<unsigned>(result.signal));
  }
  return JsonLine()
      .Text("record", "sequence")
      .Text("id", engine.id + "/" + sequence.id)
      .Json("engines", '[' + engines + ']')
      .Json("free", free)
      .Json("load", "null")
      .Json("ended", ended.Object())
      .Json("calls", '[' + calls + ']')
      .Object();
}

std::vector<std::string> ChildArguments(const Arguments& arguments, const PlanFile& engine,
                                        const std::string& ops) {
  std::vector<std::string> words = {"--tensorrt", arguments.tensorrt,
                                    "--engine",   engine.id + "=" + engine.file,
                                    "--sequence", ops};
  if (!arguments.cudart.empty()) {
    words.insert(words.end(), {"--cudart", arguments.cudart});
  }
  if (arguments.device_memory > 0) {
    words.insert(words.end(), {"--device-memory", std::to_string(arguments.device_memory)});
  }
  return words;
}

bool ReadFacts(const Arguments& arguments, const PlanFile& engine, EngineFacts* facts) {
  ChildResult result;
  if (!RunChild(ChildArguments(arguments, engine, "load 0;facts"), kSecondsASequence, &result) ||
      result.signal != 0 || result.exit_code != 0) {
    return false;
  }
  bool loaded = false;
  bool read = false;
  for (const std::string& line : result.lines) {
    loaded = loaded || line.find("\"ok\":true") != std::string::npos;
    read = read || std::sscanf(line.c_str(), "# facts %" SCNd64 " %" SCNd64 " %" SCNd64,
                               &facts->streamable, &facts->scratch, &facts->activations) == 3;
  }
  return loaded && read;
}

bool RecordEngine(const Arguments& arguments, const PlanFile& engine, std::ofstream* output,
                  std::vector<std::string>* lines, std::string* error) {
  const std::vector<char> plan = ReadPlan(engine.file);
  EngineFacts facts;
  if (plan.empty() || !ReadFacts(arguments, engine, &facts)) {
    *error = "TensorRT does not load " + engine.file +
             "; a plan runs only on the version and GPU generation that it was built for";
    return false;
  }
  *output << EngineLine(engine.id, plan, facts) << '\n';
  const std::vector<Sequence> sequences = SequencesOf(facts);
  for (size_t n = 0; n < sequences.size(); ++n) {
    const Sequence& sequence = sequences[n];
    std::fprintf(stderr, "recorder: %s: %zu of %zu: %s\n", engine.id.c_str(), n + 1,
                 sequences.size(), sequence.id.c_str());
    ChildResult result;
    if (!RunChild(ChildArguments(arguments, engine, sequence.ops), kSecondsASequence, &result) ||
        (result.signal == 0 && result.exit_code != 0)) {
      *error = "the process of " + engine.id + "/" + sequence.id +
               " failed; its messages are above";
      return false;
    }
    if (result.signal != 0) {
      std::fprintf(stderr, "recorder: the process died of signal %d; that is recorded\n",
                   result.signal);
    }
    lines->push_back(SequenceLine(engine, sequence, result));
  }
  return true;
}

}  // namespace

std::vector<char> ReadPlan(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return std::vector<char>(std::istreambuf_iterator<char>(stream), {});
}

bool Record(const Arguments& arguments, std::string* error) {
  const std::string temporary = arguments.output + ".part";
  std::ofstream output(temporary, std::ios::trunc);
  ChildResult first;
  if (!RunChild(ChildArguments(arguments, arguments.engines.front(), "load 0"), kSecondsASequence,
                &first) ||
      first.signal != 0 || first.exit_code != 0) {
    *error = "there is no usable TensorRT or GPU; the messages are above";
    std::remove(temporary.c_str());
    return false;
  }
  output << Header(arguments, first.lines) << '\n';
  std::vector<std::string> lines;
  for (const PlanFile& engine : arguments.engines) {
    if (!RecordEngine(arguments, engine, &output, &lines, error)) {
      std::remove(temporary.c_str());
      return false;
    }
  }
  for (const std::string& line : lines) {
    output << line << '\n';
  }
  output.close();
  if (!output || std::rename(temporary.c_str(), arguments.output.c_str()) != 0) {
    *error = "cannot write " + arguments.output;
    std::remove(temporary.c_str());
    return false;
  }
  return true;
}

}  // namespace wsb
