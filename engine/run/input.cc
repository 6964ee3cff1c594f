#include "run/input.h"

#include <algorithm>
#include <thread>

#include "run/sinks.h"
#include "stream/file_source.h"
#include "stream/kafka_source.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

class FileInput final : public Input {
 public:
  explicit FileInput(std::unique_ptr<FileSource> source) : source_(std::move(source)) {}

  RecordSource& source() override { return *source_; }
  void service(milliseconds timeout) override { std::this_thread::sleep_for(timeout); }
  void close(milliseconds) override {}
  std::vector<LaneLag> lags() const override { return {}; }
  std::optional<StreamError> fatal_error() const override { return {}; }

 private:
  std::unique_ptr<FileSource> source_;
};

class KafkaInput final : public Input {
 public:
  explicit KafkaInput(std::unique_ptr<KafkaSource> source) : source_(std::move(source)) {}

  RecordSource& source() override { return *source_; }
  void service(milliseconds timeout) override { source_->service(timeout); }

  void close(milliseconds timeout) override {
    if (source_->close(timeout)) return;
    error_ = StreamError{"timed_out", "the consumer group could not be left in time"};
  }

  std::vector<LaneLag> lags() const override { return lags_of(*source_); }

  std::optional<StreamError> fatal_error() const override {
    const StreamError error = source_->last_error();
    if (error.code.empty()) return error_;
    return error;
  }

 private:
  std::unique_ptr<KafkaSource> source_;
  std::optional<StreamError> error_;
};

Expected<std::unique_ptr<Input>, StreamError> open_files(const Config& config) {
  std::vector<FileSpec> files;
  for (size_t i = 0; i < config.sources.size(); ++i) {
    for (const std::string& path : config.sources[i].files) files.push_back({path, i});
  }
  auto source = FileSource::open(std::move(files));
  if (!source) return Unexpected<StreamError>(source.error());
  return std::make_unique<FileInput>(std::move(*source));
}

Expected<std::unique_ptr<Input>, StreamError> open_topics(const Config& config,
                                                          AssignmentListener& listener) {
  KafkaSourceConfig kafka;
  kafka.cluster = kafka_cluster(config.kafka);
  kafka.group = config.kafka.group;
  kafka.instance_id = config.kafka.instance_id;
  kafka.offset_reset =
      config.kafka.offset_reset == "error" ? OffsetReset::kError : OffsetReset::kEarliest;
  kafka.drain_timeout = milliseconds(config.engine.drain_timeout.ms);
  for (size_t i = 0; i < config.sources.size(); ++i) {
    kafka.topics.push_back({config.sources[i].topic, i});
  }
  auto source = KafkaSource::open(std::move(kafka), listener);
  if (!source) return Unexpected<StreamError>(source.error());
  return std::make_unique<KafkaInput>(std::move(*source));
}

}  // namespace

std::vector<LaneLag> lags_of(const KafkaSource& source) {
  std::vector<LaneLag> lags;
  for (const LaneProgress& lane : source.progress()) {
    if (lane.end < 0 || lane.position < 0) continue;
    lags.push_back(
        {lane.lane.origin, lane.lane.partition, std::max<int64_t>(lane.end - lane.position, 0)});
  }
  return lags;
}

Expected<std::unique_ptr<Input>, StreamError> Input::open(const Config& config,
                                                          AssignmentListener& listener) {
  const bool files = config.sources.front().topic.empty();
  return files ? open_files(config) : open_topics(config, listener);
}

}  // namespace sieve
