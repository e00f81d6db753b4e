// wsb-guard COMMAND [ARGUMENT…]: becomes COMMAND, in such a way that it does not outlive the
// process (to be exact, the thread) that started it, whatever happens to that one: the kernel kills
// it then. Standard input alone would not do for a subject that hangs.

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>

namespace {

// As a shell does for a command that it can't start.
constexpr int kExitNotFound = 127;
constexpr int kExitUsage = 2;
constexpr int kExitOrphan = 3;

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: wsb-guard COMMAND [ARGUMENT...]\n", stderr);
    return kExitUsage;
  }
  const pid_t parent = getppid();
  // It stays in force when the process becomes another program.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {
    return kExitOrphan;
  }
  // A crash is a result like any other; a core file for each would fill the disk.
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  execvp(argv[1], argv + 1);
  std::fprintf(stderr, "wsb-guard: %s can't be started: %s\n", argv[1], std::strerror(errno));
  return kExitNotFound;
}
