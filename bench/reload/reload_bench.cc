// What loading rules again costs the records that flow: the longest time without progress, and
// whether every record came through.
//
//   traffic --mode signatures --count 10000 --output rules/many.rules.yaml
//   traffic --records 200000 --messages m.jsonl --calls c.jsonl
//   reload_bench rules m.jsonl 10 2
//
// The messages are written to a pipe over and over, so that the engine always has work, while the
// rules change ten times. Progress is looked at every half millisecond, for as long without reloads
// as with them, so that both are of one run. Copy what is to be changed: the bench appends to the
// first rule file.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "base/log.h"
#include "rule/parse.h"
#include "run/reloader.h"

namespace sieve {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

double ms_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "reload_bench: {}\n", why);
  std::exit(1);
}

Config bench_config(const std::string& rules, const std::string& pipe, int64_t threads) {
  Config config;
  config.http_listen.clear();
  config.rules.paths = {rules};
  // Beside this program's directory, as they are built.
  const auto here = std::filesystem::read_symlink("/proc/self/exe");
  config.rules.compiler.executable = here.parent_path().parent_path() / "scamsieve";
  config.engine.threads = threads;
  config.alerts.file = "/dev/null";
  SourceConfig& source = config.sources.emplace_back();
  source.name = "messages";
  source.files = {pipe};
  source.mapping = native_mapping(RecordKind::kMessage, "TH");
  return config;
}

// Writes `lines` to the pipe until told to stop, and counts them.
class Writer {
 public:
  Writer(std::string pipe, std::string lines)
      : lines_(std::move(lines)), thread_([this, path = std::move(pipe)] { write_all(path); }) {}
  uint64_t stop() {
    stopping_ = true;
    thread_.join();
    return rounds_ * static_cast<uint64_t>(std::count(lines_.begin(), lines_.end(), '\n'));
  }

 private:
  void write_all(const std::string& path) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    while (!stopping_) {
      for (size_t at = 0; at < lines_.size();) {
        const ssize_t n = ::write(fd, lines_.data() + at, lines_.size() - at);
        if (n <= 0) give_up("the pipe broke");
        at += static_cast<size_t>(n);
      }
      ++rounds_;
    }
    ::close(fd);
  }

  const std::string lines_;
  std::atomic<bool> stopping_{false};
  uint64_t rounds_ = 0;
  std::thread thread_;
};

// How long nothing was finished, from look to look.
struct Gaps {
  std::vector<double> ms;
  double at(double share) {
    std::sort(ms.begin(), ms.end());
    return ms.empty() ? 0 : ms[static_cast<size_t>(share * static_cast<double>(ms.size() - 1))];
  }
};

class Watcher {
 public:
  explicit Watcher(const Engine& engine) : engine_(engine), thread_([this] { watch(); }) {}
  Gaps stop() {
    stopping_ = true;
    thread_.join();
    return std::move(gaps_);
  }

 private:
  void watch() {
    uint64_t batches = engine_.totals().batches;
    Clock::time_point moved = Clock::now();
    while (!stopping_) {
      std::this_thread::sleep_for(std::chrono::microseconds(500));
      const uint64_t now = engine_.totals().batches;
      if (now == batches) continue;
      const Clock::time_point at = Clock::now();
      gaps_.ms.push_back(ms_between(moved, at));
      batches = now;
      moved = at;
    }
  }

  const Engine& engine_;
  Gaps gaps_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

void serve(Engine& engine, Reloader& reloader, const std::atomic<bool>& ending) {
  while (!ending || !engine.finished()) {
    reloader.service();
    engine.service(milliseconds(1));
  }
}

// A comment more: another digest, and the same rules.
void change_rules(const std::string& file, int number) {
  std::ofstream(file, std::ios::app) << fmt::format("# Change {}\n", number);
}

int run_bench(const std::string& rules, const std::string& messages, int changes, int64_t threads) {
  set_log_level(LogLevel::kError);
  auto lines = read_file(messages, size_t{1} << 30);
  if (!lines) give_up(lines.error().message);
  const std::string pipe = fmt::format("/tmp/reload_bench.{}", ::getpid());
  if (::mkfifo(pipe.c_str(), 0600) != 0) give_up("no pipe");
  Writer writer(pipe, std::move(*lines));
  const Config config = bench_config(rules, pipe, threads);
  auto created = Engine::create(config, {});
  if (!created) give_up(created.error().text);
  Engine& engine = **created;
  Reloader::Options options;
  options.watch = {};
  options.settle = Duration{1};
  Reloader reloader(engine, options);
  engine.start();
  std::atomic<bool> ending{false};
  std::thread control([&] { serve(engine, reloader, ending); });

  const auto files = list_files(rules, kRuleFileSuffix);
  std::vector<double> took;
  Watcher during(engine);
  const Clock::time_point began = Clock::now();
  for (int i = 0; i < changes; ++i) {
    change_rules(files->front(), i);
    const Clock::time_point from = Clock::now();
    if (!reloader.wait(reloader.request(ReloadTrigger::kHttp, false), milliseconds(120'000))) {
      give_up("no answer");
    }
    if (!reloader.status().last->ok()) give_up(reloader.status().last->detail);
    took.push_back(ms_between(from, Clock::now()));
  }
  const auto length = Clock::now() - began;
  Gaps with = during.stop();
  Watcher after(engine);
  std::this_thread::sleep_for(length);
  Gaps without = after.stop();

  const uint64_t written = writer.stop();
  ending = true;
  control.join();
  reloader.stop();
  engine.stop();
  std::filesystem::remove(pipe);
  const uint64_t read = engine.totals().all_sources().records;
  fmt::print("rules {}, workers {}, reloads {}, each {:.0f} ms (median)\n",
             engine.rules()->rules().size(), threads, changes, Gaps{took}.at(0.5));
  for (const auto& [name, gaps] : {std::pair{"with reloads", &with}, {"without", &without}}) {
    fmt::print("{:>13}: {} batches looked at, ms without progress: p99 {:.2f}, longest {:.2f}\n",
               name, gaps->ms.size(), gaps->at(0.99), gaps->at(1));
  }
  fmt::print("records written {}, read {}\n", written, read);
  return written == read ? 0 : 1;
}

}  // namespace
}  // namespace sieve

int main(int argc, char** argv) {
  if (argc != 5) {
    fmt::print(stderr, "usage: reload_bench RULES MESSAGES CHANGES WORKERS\n");
    return 2;
  }
  return sieve::run_bench(argv[1], argv[2], std::atoi(argv[3]), std::atoll(argv[4]));
}
