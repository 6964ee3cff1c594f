// Running the scamsieve binary as people do: a child process with its output in files.
//
// Thread safety: none. A process still running at the end of its test is killed, by its id.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"

namespace sieve {

class Process {
 public:
  // Starts `arguments[0]` with standard input from /dev/null or `input`, and output to `<log>.out`
  // and
  // `<log>.err`.
  Process(std::vector<std::string> arguments, const std::string& log,
          const std::string& input = "/dev/null")
      : log_(log) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, input.c_str(), O_RDONLY, 0);
    const int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&files, 1, (log + ".out").c_str(), flags, 0644);
    posix_spawn_file_actions_addopen(&files, 2, (log + ".err").c_str(), flags, 0644);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const int error = ::posix_spawn(&pid_, argv[0], &files, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    SIEVE_CHECK(error == 0, "cannot start {}", arguments[0]);
  }
  ~Process() {
    if (!status_) {
      signal(SIGKILL);
      wait(std::chrono::seconds(10));
    }
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const { ::kill(pid_, number); }

  // The exit code (128 + signal when killed), or nothing when it still runs after `timeout`.
  std::optional<int> wait(std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (!status_ && !poll() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return status_;
  }

  std::string out() const { return read(log_ + ".out"); }
  std::string err() const { return read(log_ + ".err"); }

 private:
  bool poll() {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return false;
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
  }
  static std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const std::string log_;
  pid_t pid_ = -1;
  std::optional<int> status_;
};

}  // namespace sieve
