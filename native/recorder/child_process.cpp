#include "recorder/child_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

namespace wsb {
namespace {

constexpr int kNotStarted = 127;

// In the child: never returns.
[[noreturn]] void Become(const std::vector<char*>& words, unsigned seconds, int output) {
  // The alarm outlives the start of the program, and ends it by default.
  alarm(seconds);
  if (dup2(output, STDOUT_FILENO) >= 0) {
    execv("/proc/self/exe", words.data());
  }
  _exit(kNotStarted);
}

std::string ReadAll(int input) {
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t count = read(input, buffer.data(), buffer.size());
    if (count > 0) {
      text.append(buffer.data(), static_cast<size_t>(count));
    } else if (count == 0 || errno != EINTR) {
      return text;
    }
  }
}

std::vector<std::string> WholeLines(const std::string& text) {
  std::vector<std::string> lines;
  size_t begin = 0;
  for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

bool RunChild(const std::vector<std::string>& arguments, unsigned seconds, ChildResult* result) {
  std::string name = "recorder";
  std::vector<std::string> copies = arguments;
  std::vector<char*> words = {name.data()};
  for (std::string& copy : copies) {
    words.push_back(copy.data());
  }
  words.push_back(nullptr);
  int ends[2];
  if (pipe(ends) != 0) {
    return false;
  }
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    Become(words, seconds, ends[1]);
  }
  close(ends[1]);
  const std::string text = child < 0 ? "" : ReadAll(ends[0]);
  close(ends[0]);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) {
    return false;
  }
  result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  result->lines = WholeLines(text);
  return result->signal != 0 || result->exit_code != kNotStarted;
}

}  // namespace wsb
