// wsb-reaper PARENT COMMAND [ARGUMENT…]: runs COMMAND in such a way that neither it nor anything
// that it starts outlives the process (to be exact, the thread) that started the reaper, whatever
// happens to that one: the kernel tells the reaper then, and the reaper kills all that descend from
// it. PARENT is the number of that process: one that ended before the kernel was asked is missed
// here. Standard input alone would not do for a subject that hangs, nor the death signal alone for
// what a subject started. It ends as COMMAND ends, by the same signal or with the same exit code;
// SIGTERM ends all of them at once.

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

namespace {

// As a shell does for a command that it can't start.
constexpr int kExitNotFound = 127;
constexpr int kExitUsage = 2;
constexpr int kExitOrphan = 3;

constexpr int kSignals[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP};

// Becomes the command; it dies with the reaper, too.
[[noreturn]] void BecomeCommand(char** command, pid_t reaper, const sigset_t& mask) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != reaper) {
    _exit(kExitOrphan);
  }
  sigprocmask(SIG_SETMASK, &mask, nullptr);
  execvp(command[0], command);
  std::fprintf(stderr, "wsb-reaper: %s can't be started: %s\n", command[0], std::strerror(errno));
  _exit(kExitNotFound);
}

// Kills one generation of children; false when there is none. Orphans of theirs become children of
// the reaper.
bool KillChildren() {
  std::FILE* const children = std::fopen("/proc/thread-self/children", "re");
  if (children == nullptr) {
    return false;
  }
  bool any = false;
  for (long child = 0; std::fscanf(children, "%ld", &child) == 1; any = true) {
    kill(static_cast<pid_t>(child), SIGKILL);
  }
  std::fclose(children);
  return any;
}

void KillDescendants() {
  while (KillChildren()) {
    while (waitpid(-1, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
}

[[noreturn]] void EndBySignal(int number) {
  std::signal(number, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
  raise(number);
  _exit(128 + number);
}

// Whether the command ended, and how; reaps all children that did.
bool Reap(pid_t command, int* status) {
  bool ended = false;
  int any = 0;
  for (pid_t child = 0; (child = waitpid(-1, &any, WNOHANG)) > 0;) {
    if (child == command) {
      ended = true;
      *status = any;
    }
  }
  return ended;
}

}  // namespace

int main(int argc, char** argv) {
  const long parent = argc < 3 ? 0 : std::strtol(argv[1], nullptr, 10);
  if (parent <= 0) {
    std::fputs("usage: wsb-reaper PARENT COMMAND [ARGUMENT...]\n", stderr);
    return kExitUsage;
  }
  sigset_t signals;
  sigset_t before;
  sigemptyset(&signals);
  for (const int number : kSignals) {
    sigaddset(&signals, number);
  }
  sigprocmask(SIG_BLOCK, &signals, &before);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) {
    return kExitOrphan;
  }
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  // A crash is a result like any other; a core file for each would fill the disk.
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  const pid_t reaper = getpid();
  const pid_t command = fork();
  if (command < 0) {
    std::perror("wsb-reaper");
    return kExitNotFound;
  }
  if (command == 0) {
    BecomeCommand(argv + 2, reaper, before);
  }
  // What the command closes is closed: the reaper holds nothing open.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    close(stream);
  }
  for (;;) {
    int number = 0;
    if (sigwait(&signals, &number) != 0) {
      continue;
    }
    if (number != SIGCHLD) {
      KillDescendants();
      EndBySignal(SIGKILL);
    }
    int status = 0;
    if (Reap(command, &status)) {
      KillDescendants();
      if (WIFSIGNALED(status)) {
        EndBySignal(WTERMSIG(status));
      }
      _exit(WEXITSTATUS(status));
    }
  }
}
