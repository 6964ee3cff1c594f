// Snapshot files: bytes a second of one core, written and read, in clear and encrypted. On a file
// system in memory, so that it is the processor's time that is seen.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/check.h"
#include "correlate/snapshot_directory.h"

namespace sieve {
namespace {

constexpr int kFrames = 256;

class BenchDirectory {
 public:
  BenchDirectory() : path_("/dev/shm/scamsieve_bench." + std::to_string(::getpid())) {
    auto opened = SnapshotDirectory::open(path_);
    SIEVE_CHECK(opened.has_value(), "no directory");
    directory_ = std::move(*opened);
  }
  ~BenchDirectory() {
    directory_.reset();
    std::filesystem::remove_all(path_);
  }
  void write(const std::string& frame, const SnapshotKey* key) {
    auto writer = directory_->create({}, key);
    SIEVE_CHECK(writer.has_value(), "no file");
    bool done = true;
    for (int i = 0; i < kFrames; ++i) done = done && (*writer)->append(frame).has_value();
    SIEVE_CHECK(done && directory_->publish(**writer).has_value(), "nothing written");
  }
  std::string newest() const { return path_ + "/" + to_file_name(directory_->list(0).front()); }

 private:
  const std::string path_;
  std::unique_ptr<SnapshotDirectory> directory_;
};

// Bytes that repeat nothing.
std::string frame_bytes() {
  std::string frame(kSnapshotFrameBytesMax, '\0');
  uint64_t state = 1;
  for (char& c : frame) {
    state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    c = static_cast<char>(state >> 56);
  }
  return frame;
}

const SnapshotKey kKey = snapshot_key({});

void BM_WriteSnapshot(benchmark::State& state) {
  BenchDirectory directory;
  const std::string frame = frame_bytes();
  for (auto _ : state) directory.write(frame, state.range(0) == 0 ? nullptr : &kKey);
  state.SetBytesProcessed(state.iterations() * kFrames * static_cast<int64_t>(frame.size()));
}
BENCHMARK(BM_WriteSnapshot)->ArgName("encrypted")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void BM_ReadSnapshot(benchmark::State& state) {
  BenchDirectory directory;
  const std::string bytes = frame_bytes();
  directory.write(bytes, state.range(0) == 0 ? nullptr : &kKey);
  const std::string path = directory.newest();
  for (auto _ : state) {
    auto reader = SnapshotFileReader::open(path, {kKey});
    SIEVE_CHECK(reader.has_value(), "no file");
    std::string frame;
    while (reader->next(frame).value()) benchmark::DoNotOptimize(frame.data());
  }
  state.SetBytesProcessed(state.iterations() * kFrames * static_cast<int64_t>(bytes.size()));
}
BENCHMARK(BM_ReadSnapshot)->ArgName("encrypted")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sieve
