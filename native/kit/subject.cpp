// A subject: answers the suite's protocol (spec/protocol.md) in JSON lines, at decision depth. It
// asks the rules in budget_rules.h; let it ask your delegate's, and say its name in kHello.
//   g++ -std=c++17 -O2 -o subject native/kit/subject.cpp
//   npx trt-conformance run --subject exec:./subject

#include <iostream>
#include <map>
#include <string>

#include "budget_rules.h"

constexpr char kHello[] =
    R"({"message":"hello","version":1,"framing":"json-lines","name":"kit-cpp","versions":{},)"
    R"("profile":"budget","capabilities":{"program":false,"decision":true,"module":false,)"
    R"("execute":false,"verification":false,"faults":false,"memory":false,"plans":false,"source":true,)"
    R"("warned":true,"leaks":false,"violations":false,"progress":false}})";

// A JSON value; `text` is what a string, a number or a word says.
struct Json {
  std::string text;
  std::vector<Json> items;
  std::map<std::string, Json> members;
  const Json& operator[](const char* name) const { return members.at(name); }
};

// Reads what the runner writes: no white space, and no escapes beyond ASCII.
class JsonParser {
 public:
  explicit JsonParser(const std::string& line) : line_(line) {}
  Json Parse() {
    Json value;
    if (Take('{')) {
      for (; !Take('}'); Take(',')) {
        const std::string name = Parse().text;
        if (Next() == ':') value.members[name] = Parse();
      }
    } else if (Take('[')) {
      for (; !Take(']'); Take(',')) value.items.push_back(Parse());
    } else if (Take('"')) {
      while (!Take('"')) value.text += Take('\\') ? Escaped() : Next();
    } else {
      for (value.text = Next(); std::string(",]}").find(line_[at_]) > 2;) value.text += Next();
    }
    return value;
  }

 private:
  bool Take(char expected) { return line_[at_] == expected && ++at_ > 0; }
  char Next() { return line_.at(at_++); }
  char Escaped() {
    const char kind = Next();
    const size_t known = std::string("bfnrt").find(kind);
    if (kind != 'u') return known == std::string::npos ? kind : "\b\f\n\r\t"[known];
    const char digits[] = {Next(), Next(), Next(), Next(), '\0'};
    return static_cast<char>(std::stoi(digits, nullptr, 16));
  }
  const std::string& line_;
  size_t at_ = 0;
};

std::string FromHex(const std::string& hex) {
  std::string bytes;
  for (size_t at = 0; at < hex.size(); at += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
  return bytes;
}

// A name is a string, or in hexadecimal when its bytes are no UTF-8.
std::string Name(const Json& j) { return j.members.empty() ? j.text : FromHex(j["hex"].text); }
std::string UntilNul(const std::string& text) { return text.c_str(); }
std::string Word(bool value) { return value ? "true" : "false"; }

kit::Option ReadOption(const Json& option) {
  const std::string key = UntilNul(Name(option["key"]));
  const Json& value = option["value"];
  const std::string& type = value["type"].text;
  if (type == "bool") return {kit::Option::kBool, key, 0, ""};
  if (type == "int") return {kit::Option::kInt, key, std::stoll(value["value"].text), ""};
  return {kit::Option::kText, key, 0, UntilNul(FromHex(value["bytes"]["hex"].text))};
}

// Plays the engine that a case describes, and notes what it is asked.
class ScriptedEngine final : public kit::Engine {
 public:
  explicit ScriptedEngine(const Json& script) : script_(script) {}
  int64_t GetStreamableWeightsSize() override { return std::stoll(script_["streamable"].text); }
  int64_t GetWeightStreamingAutomaticBudget() override {
    automatic_read_ = true;
    return std::stoll(script_["automatic"].text);
  }
  bool SetWeightStreamingBudgetV2(int64_t budget) override {
    const bool ok = count_ < 8 && script_["setAnswers"].items[count_].text == "true";
    sets_ += (count_++ == 0 ? "{\"budget\":\"" : ",{\"budget\":\"") + std::to_string(budget) +
             "\",\"ok\":" + Word(ok) + "}";
    return ok;
  }
  std::string Report(const kit::Decision& decision) const {
    const char* const sources[] = {"null", "\"option\"", "\"compile-spec\"", "\"automatic\""};
    return std::string("{\"source\":") + sources[static_cast<int>(decision.source)] +
           ",\"warned\":" + Word(decision.warned) + ",\"automaticRead\":" + Word(automatic_read_) +
           ",\"sets\":[" + sets_ + "]}";
  }

 private:
  const Json& script_;
  bool automatic_read_ = false;
  size_t count_ = 0;
  std::string sets_;
};

// What becomes of the engines of a case, up to the first that is rejected.
std::string Decide(const Json& subject_case) {
  std::vector<kit::Option> options;
  for (const Json& option : subject_case["options"].items) options.push_back(ReadOption(option));
  std::string engines;
  kit::Decision decision{};
  for (const Json& script : subject_case["engines"].items) {
    std::vector<kit::CompileSpec> specs;
    for (const Json& spec : script["compileSpecs"].items)
      specs.push_back({UntilNul(Name(spec["key"])), FromHex(spec["value"]["hex"].text)});
    ScriptedEngine engine(script);
    decision = kit::DecideBudget(options, specs, engine);
    engines += (engines.empty() ? "" : ",") + engine.Report(decision);
    if (decision.rejected) break;
  }
  return std::string("{\"error\":\"") + (decision.rejected ? "InvalidProgram" : "Ok") +
         "\",\"engines\":[" + engines + "]}";
}

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  bool flush_each = true;
  for (std::string line; std::getline(std::cin, line);) {
    const Json request = JsonParser(line).Parse();
    const std::string& message = request["message"].text;
    if (message == "stop") return 0;
    if (message == "hello") {
      flush_each = request["flush"].text == "each";
      std::cout << kHello << '\n';
    } else {
      const std::string& seq = request["seq"].text;
      std::cout << "{\"message\":\"begin\",\"seq\":" << seq << "}\n";
      if (flush_each) std::cout.flush();
      std::cout << "{\"message\":\"decision\",\"seq\":" << seq
                << ",\"decision\":" << Decide(request["case"]) << "}\n";
    }
    if (flush_each || std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
  }
}
