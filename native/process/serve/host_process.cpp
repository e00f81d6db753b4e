#include "process/serve/host_process.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "common/version_text.h"
#include "host/executorch_runtime.h"
#include "host/option_steps.h"
#include "host/policy_name.h"
#include "host/subject.h"
#include "process/serve/command_line.h"
#include "process/serve/forwarding_backend.h"
#include "process/serve/hello.h"
#include "process/serve/messages.h"
#include "process/serve/progress_file.h"
#include "process/serve/session.h"

namespace wsb {
namespace {

// Standard output as a file descriptor that nobody else knows. What libraries print goes to
// standard error from now on. Negative when there is no standard output.
int TakeStandardOutput() {
  const int output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  return output >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 ? output : -1;
}

bool OpenSubject(HostOptions* given, std::string* error) {
  const HostOptions& options = *given;
  for (const std::string& library : options.preloaded) {
    if (dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr) {
      *error = dlerror();
      return false;
    }
  }
  if (!Subject::Open(options.libraries, error) || !UseBackend(options.backend, error)) {
    return false;
  }
  // A delegate that has the choice is told what it would do anyway, so that its hello can say it.
  WsbPolicy policy = kWsbPolicyFitting;
  const bool is_chosen = ReadPolicy(options.policy, &policy);
  if (Subject::Get()->SetPolicy(policy)) {
    given->policy = policy == kWsbPolicyFitting ? "fitting" : "upstream";
  } else if (is_chosen) {
    *error = "the delegate exports no wsb_delegate_policy(), so that --policy has no effect";
    return false;
  }
  if (options.tensorrt_version != 0 &&
      Subject::Get()->simulator().set_version(options.tensorrt_version) != 0) {
    *error = "the simulated TensorRT does not know the version " +
             std::to_string(options.tensorrt_version);
    return false;
  }
  return true;
}

SubjectHello Introduce(const HostProfile& profile, const HostOptions& options,
                       const Subject& subject) {
  SubjectHello hello;
  hello.name = options.name;
  hello.policy = options.policy;
  if (profile.release.name != nullptr && options.has_own_delegate) {
    hello.versions.emplace_back(profile.release.name, profile.release.version);
  }
  hello.versions.emplace_back("executorch", ExecuTorchVersion());
  hello.versions.emplace_back("tensorrt", VersionText(subject.tensorrt_version()) +
                                              (subject.is_simulated() ? " (simulated)" : ""));
  hello.capabilities = {{"program", true},
                        {"decision", subject.decide() != nullptr},
                        {"module", true},
                        {"execute", true},
                        {"verification", profile.verifies_consistency},
                        {"faults", true},
                        {"memory", true},
                        {"plans", true},
                        {"source", subject.tells_source()},
                        {"warned", true},
                        {"leaks", true},
                        {"violations", true},
                        {"progress", true},
                        {"devices", HasCopyKernels() && HasDeviceAllocator()},
                        {"options", true},
                        {"steps", true},
                        {"files", true},
                        {"allocators", true},
                        {"integrated", subject.plays_integrated()},
                        {"threads", subject.plays_threads()},
                        {"setOption", HasOptions(kProgramBackend)}};
  return hello;
}

int Refuse(MessageWriter* writer, const HostProfile& profile, const std::string& reason, int code) {
  writer->WriteLine(WriteFailure(reason));
  std::fprintf(stderr, "%s: %s\n", profile.name, reason.c_str());
  return code;
}

}  // namespace

int RunHostProcess(const HostProfile& profile, int argc, char** argv) {
  HostOptions options;
  std::string error;
  if (!ReadCommandLine(profile, argc, argv, &options, &error)) {
    std::fprintf(stderr, "%s: %s\n%s", profile.name, error.c_str(), Usage(profile).c_str());
    return kExitUsage;
  }
  if (options.help) {
    std::fputs(Usage(profile).c_str(), stdout);
    return kExitDone;
  }

  // A runner that is gone shows as a write that fails.
  signal(SIGPIPE, SIG_IGN);
  const int output = TakeStandardOutput();
  MessageReader reader(STDIN_FILENO);
  MessageWriter writer(output);
  std::string_view line;
  RunnerHello hello;
  if (output < 0 || reader.ReadLine(&line) != MessageReader::Result::kMessage) {
    std::fprintf(stderr, "%s: no hello on standard input, or no standard output (see --help)\n",
                 profile.name);
    return kExitProtocol;
  }
  ProgressFile progress;
  if (!ReadHello(line, &hello, &error) ||
      (!hello.progress.empty() && !progress.Open(hello.progress, &error))) {
    return Refuse(&writer, profile, error, kExitProtocol);
  }
  if (!OpenSubject(&options, &error)) {
    return Refuse(&writer, profile, error, kExitSubject);
  }
  const Subject* const subject = Subject::Get();
  if (!writer.WriteLine(WriteHello(Introduce(profile, options, *subject)))) {
    return kExitProtocol;
  }
  return Session(subject, hello.flush_each, &progress, &reader, &writer).Run();
}

}  // namespace wsb
