#include "match/compile_child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include "base/check.h"
#include "base/descriptor.h"
#include "base/limits.h"
#include "match/compile_verb.h"

namespace sieve {
namespace {

using Clock = std::chrono::steady_clock;

CompileAnswer failure(CompileProblem problem, const DatabaseInput& input, std::string message) {
  return Unexpected<CompileFailure>({problem, input.patterns.size(), std::move(message)});
}

CompileAnswer no_child(int error, const DatabaseInput& input) {
  return failure(CompileProblem::kNoChild, input,
                 fmt::format("no process can be started: {}", std::strerror(error)));
}

// `bytes` as a file without a name, to be read from its start.
Descriptor file_of(std::string_view bytes) {
  Descriptor file(::memfd_create("compile request", MFD_CLOEXEC));
  const bool written =
      file.is_open() && write_all(file.get(), bytes) && ::lseek(file.get(), 0, SEEK_SET) == 0;
  return written ? std::move(file) : Descriptor();
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Pipe make_pipe() {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// Which descriptors a child has, and that it starts with no signal blocked or ignored.
class SpawnSettings {
 public:
  SpawnSettings(int input, int output) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

// A child that runs, and is killed and waited for at the latest at the end of its scope.
class Child {
 public:
  // `errno` or zero.
  int start(const std::string& executable, int input, int output) {
    const SpawnSettings settings(input, output);
    std::string name = "scamsieve";
    std::string verb(kCompileVerb);
    char* argv[] = {name.data(), verb.data(), nullptr};
    const int error = ::posix_spawn(&pid_, executable.c_str(), settings.files(),
                                    settings.attributes(), argv, environ);
    if (error != 0) pid_ = -1;
    return error;
  }
  ~Child() {
    kill();
    wait();
  }
  Child() = default;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void kill() const {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
  }
  // How it ended, as waitpid() says; zero when another took its end from us.
  int wait() {
    int status = 0;
    while (pid_ > 0 && ::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

 private:
  pid_t pid_ = -1;
};

// Appends what can be read of `fd`. False at its end.
bool read_some(int fd, std::string& bytes) {
  constexpr size_t kChunkBytes = size_t{256} << 10;
  const size_t size = bytes.size();
  bytes.resize(size + kChunkBytes);
  const ssize_t got = ::read(fd, bytes.data() + size, kChunkBytes);
  bytes.resize(size + static_cast<size_t>(std::max<ssize_t>(got, 0)));
  return got > 0 || (got < 0 && errno == EINTR);
}

// Everything that comes from `fd` to its end; false when that is not reached by `deadline` or
// within the size of an answer.
bool read_until(Clock::time_point deadline, int fd, std::string& bytes) {
  while (bytes.size() <= limits::kDatabaseBytesMax) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    pollfd ready{fd, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(left.count())) <= 0) continue;
    if (!read_some(fd, bytes)) return true;
  }
  return false;
}

// Why a child ended that gave no answer.
CompileAnswer failure_of(int status, const DatabaseInput& input) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
    return failure(CompileProblem::kTime, input, "it takes more processor time than allowed");
  }
  // Nobody but the system kills it like this, and only when memory runs out.
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
    return failure(CompileProblem::kMemory, input, "the system killed the compiler");
  }
  if (WIFSIGNALED(status)) {
    return failure(CompileProblem::kCrash, input,
                   fmt::format("the compiler crashed with signal {}", WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) == kCompileNoMemoryStatus) {
    return failure(CompileProblem::kMemory, input, "it takes more memory than allowed");
  }
  return failure(
      CompileProblem::kCrash, input,
      fmt::format("the compiler ended with status {} and no answer", WEXITSTATUS(status)));
}

}  // namespace

CompileAnswer compile_in_child(const DatabaseInput& input, const ChildOptions& options) {
  const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(options.timeout.ms);
  // Rounded up: the wall clock is what ends it, this is for a child that lost its parent.
  const auto cpu_seconds = static_cast<uint64_t>(options.timeout.ms / 1'000 + 1);
  const Descriptor request = file_of(encode_request({{cpu_seconds, options.memory_bytes}, input}));
  Pipe answer = make_pipe();
  if (!request.is_open() || !answer.read.is_open()) {
    return no_child(errno, input);
  }
  Child child;
  const int error = child.start(options.executable, request.get(), answer.write.get());
  if (error != 0) return no_child(error, input);
  answer.write.close();
  std::string bytes;
  if (!read_until(deadline, answer.read.get(), bytes)) {
    return failure(CompileProblem::kTime, input,
                   fmt::format("it takes more than {}", format_duration(options.timeout)));
  }
  const int status = child.wait();
  if (auto decoded = decode_answer(bytes)) return std::move(*decoded);
  return failure_of(status, input);
}

}  // namespace sieve
