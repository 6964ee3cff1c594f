// What loading rules costs, cold and from the cache: time, memory of the process and of the child
// that compiles for it, size of the databases.
//
//   loading RULES... --compiler build/scamsieve --cache build/loading_cache
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/log.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

struct Arguments {
  std::vector<std::string> rules;
  std::string compiler;
  std::string cache;
  int rounds = 5;
};

// What one load took, in a process of its own, as at a start of the engine.
struct Load {
  double wall_ms = 0;
  double cpu_ms = 0;       // Of the process and the child that compiles.
  double peak_mib = 0;     // Of the process.
  double compile_mib = 0;  // Of the child.
  double database_mib = 0;
  uint64_t rules = 0;
  bool from_cache = false;
};

double cpu_ms(__rusage_who who) {
  rusage usage{};
  ::getrusage(who, &usage);
  const auto seconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
  return seconds * 1e3 + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

// The most memory that `process` had, as far as the system says; getrusage() adds what its parent
// had when it was started.
double peak_mib(const std::string& process) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

// Looks at the children of this process, again and again, until its end.
class ChildWatch {
 public:
  ChildWatch() : thread_([this] { run(); }) {}
  ~ChildWatch() {
    if (thread_.joinable()) stop();
  }
  double stop() {
    done_ = true;
    thread_.join();
    return peak_mib_;
  }

 private:
  void run() {
    const std::string list = fmt::format("/proc/self/task/{}/children", ::getpid());
    while (!done_) {
      std::ifstream children(list);
      for (std::string id; children >> id;) peak_mib_ = std::max(peak_mib_, peak_mib(id));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  std::atomic<bool> done_{false};
  double peak_mib_ = 0;
  std::thread thread_;
};

Load load_here(const RulesLocation& location) {
  ChildWatch watch;
  const auto start = std::chrono::steady_clock::now();
  const auto rules = compile_rules(location, std::nullopt);
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  SIEVE_CHECK(rules, "{}", rules.error().text);
  Load load;
  load.compile_mib = watch.stop();
  load.wall_ms = wall.count();
  load.cpu_ms = cpu_ms(RUSAGE_SELF) + cpu_ms(RUSAGE_CHILDREN);
  load.peak_mib = peak_mib("self");
  load.database_mib = static_cast<double>((*rules)->patterns()->size_bytes()) / (1 << 20);
  load.rules = (*rules)->rules().size();
  load.from_cache = (*rules)->patterns()->from_cache();
  return load;
}

Load load_in_process(const RulesLocation& location) {
  int ends[2];
  SIEVE_CHECK(::pipe(ends) == 0, "no pipe");
  const pid_t pid = ::fork();
  if (pid == 0) {
    const Load load = load_here(location);
    const bool written = ::write(ends[1], &load, sizeof load) == sizeof load;
    ::_exit(written ? 0 : 1);
  }
  Load load;
  ::close(ends[1]);
  SIEVE_CHECK(::read(ends[0], &load, sizeof load) == sizeof load, "the load failed");
  ::close(ends[0]);
  ::waitpid(pid, nullptr, 0);
  return load;
}

void print_row(std::string_view name, std::vector<Load> loads) {
  std::sort(loads.begin(), loads.end(),
            [](const Load& a, const Load& b) { return a.wall_ms < b.wall_ms; });
  const Load& median = loads[loads.size() / 2];
  fmt::print(
      "{:<7} {:>8.0f} ms ({:.0f} to {:.0f}), CPU {:>6.0f} ms, peak memory {:>4.0f} MiB, of the "
      "child {:>4.0f} MiB\n",
      name, median.wall_ms, loads.front().wall_ms, loads.back().wall_ms, median.cpu_ms,
      median.peak_mib, median.compile_mib);
}

int run(const Arguments& arguments) {
  set_log_level(LogLevel::kError);
  CompilerOptions compiler;
  compiler.executable = arguments.compiler;
  RulesLocation location = rules_at(arguments.rules, compiler);
  location.cache = arguments.cache;
  std::vector<Load> cold, cached;
  for (int round = 0; round < arguments.rounds; ++round) {
    std::filesystem::remove_all(arguments.cache);
    cold.push_back(load_in_process(location));
    cached.push_back(load_in_process(location));
    SIEVE_CHECK(cached.back().from_cache, "not from the cache");
  }
  fmt::print("{} rules, {:.2f} MiB of databases\n", cold.front().rules, cold.front().database_mib);
  print_row("cold", cold);
  print_row("cached", cached);
  return 0;
}

}  // namespace
}  // namespace sieve

int main(int argc, char** argv) {
  sieve::Arguments arguments;
  CLI::App app("What loading rules costs, cold and from the cache.", "loading");
  app.add_option("rules", arguments.rules, "Rule files or directories")->required();
  app.add_option("--compiler", arguments.compiler, "The scamsieve binary")->required();
  app.add_option("--cache", arguments.cache, "Directory for the cache; it is emptied")->required();
  app.add_option("--rounds", arguments.rounds, "How often; medians are shown")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return sieve::run(arguments);
}
