#include "traffic/generator.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "traffic/background.h"
#include "traffic/scam_writer.h"
#include "traffic/truth.h"

namespace sieve::traffic {
namespace {

// Records of a slice: they are put in order together.
constexpr uint64_t kSliceRecords = 1'024;
constexpr int64_t kSliceMsMax = 60'000;

enum class Origin : uint8_t { kMessage, kScamMessage, kCall, kScamCall };

class Run {
 public:
  Run(const Options& options, const Plan& plan, const Population& population,
      const Sentences& sentences, const Outputs& outputs)
      : options_(options),
        plan_(plan),
        outputs_(outputs),
        curve_(options.start, options.length),
        messages_(population, sentences, options),
        calls_(population, options, plan.calls),
        scam_(plan, population, options),
        random_(random_for(options.seed, "times")) {}

  Summary write_all(const Progress& progress);

 private:
  // An event of the slice as one number that sorts by time, then origin.
  static uint64_t event(int64_t offset_ms, Origin origin) {
    return (static_cast<uint64_t>(offset_ms) << 2) | static_cast<uint64_t>(origin);
  }
  int64_t slice_ms() const;
  void gather(Timestamp begin, Timestamp end);
  void draw_times(Origin origin, uint64_t count, int64_t length_ms);
  void write_event(Origin origin, Timestamp ts);
  void write_message(std::string_view key);
  void write_call(std::string_view key);

  const Options& options_;
  const Plan& plan_;
  Outputs outputs_;
  DayCurve curve_;
  BackgroundMessages messages_;
  BackgroundCalls calls_;
  ScamWriter scam_;
  Random random_;
  std::vector<uint64_t> events_;
  std::string line_, truth_;
  uint64_t drawn_messages_ = 0;
  uint64_t drawn_calls_ = 0;
  size_t gathered_scam_messages_ = 0, next_scam_message_ = 0;
  size_t gathered_scam_calls_ = 0, next_scam_call_ = 0;
  Summary summary_;
};

int64_t Run::slice_ms() const {
  const uint64_t records = std::max<uint64_t>(plan_.messages + plan_.calls, 1);
  const auto ms = static_cast<int64_t>(static_cast<double>(options_.length.ms) * kSliceRecords /
                                       static_cast<double>(records));
  return std::clamp<int64_t>(ms, 1, kSliceMsMax);
}

Summary Run::write_all(const Progress& progress) {
  const Timestamp end = options_.start + options_.length;
  const Duration step{slice_ms()};
  for (Timestamp begin = options_.start; begin < end; begin = begin + step) {
    gather(begin, std::min(begin + step, end));
    for (const uint64_t event : events_) {
      write_event(static_cast<Origin>(event & 3),
                  begin + Duration{static_cast<int64_t>(event >> 2)});
    }
    if (progress) progress(summary_.messages + summary_.calls);
  }
  SIEVE_CHECK(summary_.messages == plan_.messages && summary_.calls == plan_.calls,
              "{} messages and {} calls of {} and {}", summary_.messages, summary_.calls,
              plan_.messages, plan_.calls);
  summary_.legit_counts = messages_.counts();
  summary_.class_counts = plan_.class_counts;
  summary_.evasion_counts = scam_.evasion_counts();
  summary_.scam_messages = plan_.scam_messages.size();
  summary_.behaviour_calls = plan_.scam_calls.size();
  summary_.behaviours = plan_.behaviours.size();
  return summary_;
}

void Run::gather(Timestamp begin, Timestamp end) {
  events_.clear();
  const auto until = [&](uint64_t total, uint64_t& drawn) {
    const uint64_t reached = curve_.events_before(end, total);
    const uint64_t count = reached - drawn;
    drawn = reached;
    return count;
  };
  const int64_t length_ms = (end - begin).ms;
  draw_times(Origin::kMessage, until(plan_.messages - plan_.scam_messages.size(), drawn_messages_),
             length_ms);
  draw_times(Origin::kCall, until(plan_.calls - plan_.scam_calls.size(), drawn_calls_), length_ms);
  const auto add_planned = [&](Origin origin, const auto& planned, size_t& gathered) {
    for (; gathered < planned.size() && planned[gathered].ts < end; ++gathered) {
      events_.push_back(event((planned[gathered].ts - begin).ms, origin));
    }
  };
  add_planned(Origin::kScamMessage, plan_.scam_messages, gathered_scam_messages_);
  add_planned(Origin::kScamCall, plan_.scam_calls, gathered_scam_calls_);
  std::ranges::sort(events_);
}

void Run::draw_times(Origin origin, uint64_t count, int64_t length_ms) {
  for (uint64_t i = 0; i < count; ++i) {
    events_.push_back(event(random_.range(0, length_ms - 1), origin));
  }
}

void Run::write_event(Origin origin, Timestamp ts) {
  line_.clear();
  switch (origin) {
    case Origin::kMessage:
      return write_message(messages_.write(ts, summary_.messages, line_));
    case Origin::kScamMessage: {
      truth_.clear();
      const PlannedMessage& planned = plan_.scam_messages[next_scam_message_++];
      const auto key = scam_.write(planned, summary_.messages, line_, truth_);
      outputs_.truth.write({}, truth_);
      return write_message(key);
    }
    case Origin::kCall:
      return write_call(calls_.write(ts, summary_.calls, line_));
    case Origin::kScamCall:
      return write_call(scam_.write(plan_.scam_calls[next_scam_call_++], summary_.calls, line_));
  }
}

void Run::write_message(std::string_view key) {
  outputs_.messages.write(key, line_);
  ++summary_.messages;
  summary_.message_bytes += line_.size() + 1;
}

void Run::write_call(std::string_view key) {
  outputs_.calls.write(key, line_);
  ++summary_.calls;
  summary_.call_bytes += line_.size() + 1;
}

}  // namespace

Summary generate(const Options& options, const Outputs& outputs, const Progress& progress) {
  SIEVE_CHECK(options.length.ms > 0, "a run of {} ms", options.length.ms);
  const Population population(options.seed, options.subscribers,
                              options.dials.whole(Dial::kCompoundCount));
  const Sentences sentences;
  const Plan plan = make_plan(options, population, sentences);
  write_truth_header(options, plan, outputs.truth);
  write_truth_behaviours(plan, outputs.truth);
  return Run(options, plan, population, sentences, outputs).write_all(progress);
}

}  // namespace sieve::traffic
