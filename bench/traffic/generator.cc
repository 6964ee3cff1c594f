#include "traffic/generator.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "traffic/arrivals.h"
#include "traffic/background.h"
#include "traffic/call_legs.h"
#include "traffic/scam_writer.h"
#include "traffic/staged_writer.h"
#include "traffic/truth.h"

namespace sieve::traffic {
namespace {

// Records of a slice: they are put in order together.
constexpr uint64_t kSliceRecords = 1'024;
constexpr int64_t kSliceMsMax = 60'000;
constexpr double kMsPerMinute = 60'000;

enum class Origin : uint8_t {
  kMessage,
  kScamMessage,
  kStagedMessage,
  kCall,
  kScamCall,
  kStagedCall
};
constexpr int kOriginBits = 3;
constexpr uint64_t kOriginMask = (1 << kOriginBits) - 1;

class Run {
 public:
  Run(const Options& options, const Plan& plan, const Population& population,
      const Sentences& sentences, const Callers& callers, const Outputs& outputs)
      : options_(options),
        plan_(plan),
        outputs_(outputs),
        curve_(options.start, options.length),
        messages_(population, sentences, options),
        calls_(population, options, callers),
        scam_(plan, population, options),
        staged_(plan.staging, population, sentences, options),
        legs_(population, options),
        random_(random_for(options.seed, "times")),
        lateness_(random_for(options.seed, "lateness")),
        message_arrivals_(outputs.messages),
        call_arrivals_(outputs.calls) {}

  Summary write_all(const Progress& progress);

 private:
  // An event of the slice as one number that sorts by time, then origin.
  static uint64_t event(int64_t offset_ms, Origin origin) {
    return (static_cast<uint64_t>(offset_ms) << kOriginBits) | static_cast<uint64_t>(origin);
  }
  int64_t slice_ms() const;
  void gather(Timestamp begin, Timestamp end);
  void draw_times(Origin origin, uint64_t count, int64_t length_ms);
  void write_event(Origin origin, Timestamp ts);
  void write_message_line(const MessageLine& message);
  void write_message(Timestamp ts, std::string_view key);
  void write_background_call(Timestamp ts);
  void write_call(const CallLine& call);
  void deliver(Arrivals& arrivals, LineSink& sink, Timestamp at, std::string_view key);
  Summary summary();

  const Options& options_;
  const Plan& plan_;
  Outputs outputs_;
  DayCurve curve_;
  BackgroundMessages messages_;
  BackgroundCalls calls_;
  ScamWriter scam_;
  StagedWriter staged_;
  CallLegs legs_;
  Random random_, lateness_;
  Arrivals message_arrivals_, call_arrivals_;
  Timestamp now_;
  std::vector<uint64_t> events_;
  std::string line_, truth_;
  uint64_t drawn_messages_ = 0;
  uint64_t drawn_calls_ = 0;
  size_t gathered_scam_messages_ = 0, next_scam_message_ = 0;
  size_t gathered_scam_calls_ = 0, next_scam_call_ = 0;
  size_t gathered_staged_messages_ = 0, next_staged_message_ = 0;
  size_t gathered_staged_calls_ = 0, next_staged_call_ = 0;
  uint64_t background_calls_seen_ = 0;
  uint64_t calls_to_skip_ = 0;  // Because others have several records.
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
      write_event(static_cast<Origin>(event & kOriginMask),
                  begin + Duration{static_cast<int64_t>(event >> kOriginBits)});
    }
    if (progress) progress(summary_.messages + summary_.calls);
  }
  message_arrivals_.release_all();
  call_arrivals_.release_all();
  SIEVE_CHECK(summary_.messages == plan_.messages && summary_.calls == plan_.calls,
              "{} messages and {} calls of {} and {}", summary_.messages, summary_.calls,
              plan_.messages, plan_.calls);
  return summary();
}

Summary Run::summary() {
  summary_.legit_counts = messages_.counts();
  summary_.class_counts = plan_.class_counts;
  summary_.evasion_counts = scam_.evasion_counts();
  summary_.scam_messages = plan_.scam_messages.size();
  summary_.behaviour_calls = plan_.scam_calls.size();
  summary_.behaviours = plan_.behaviours.size();
  for (const Subject& subject : plan_.staging.subjects) {
    ++(subject.planted ? summary_.planted : summary_.look_alikes);
  }
  summary_.staged_messages = plan_.staging.messages.size();
  summary_.staged_calls = plan_.staging.calls.size();
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
  draw_times(Origin::kMessage, until(plan_.background_messages(), drawn_messages_), length_ms);
  draw_times(Origin::kCall, until(plan_.background_calls(), drawn_calls_), length_ms);
  const auto add_planned = [&](Origin origin, const auto& planned, size_t& gathered) {
    for (; gathered < planned.size() && planned[gathered].ts < end; ++gathered) {
      events_.push_back(event((planned[gathered].ts - begin).ms, origin));
    }
  };
  add_planned(Origin::kScamMessage, plan_.scam_messages, gathered_scam_messages_);
  add_planned(Origin::kScamCall, plan_.scam_calls, gathered_scam_calls_);
  add_planned(Origin::kStagedMessage, plan_.staging.messages, gathered_staged_messages_);
  add_planned(Origin::kStagedCall, plan_.staging.calls, gathered_staged_calls_);
  std::ranges::sort(events_);
}

void Run::draw_times(Origin origin, uint64_t count, int64_t length_ms) {
  for (uint64_t i = 0; i < count; ++i) {
    events_.push_back(event(random_.range(0, length_ms - 1), origin));
  }
}

void Run::write_event(Origin origin, Timestamp ts) {
  now_ = ts;
  message_arrivals_.release(ts);
  call_arrivals_.release(ts);
  line_.clear();
  switch (origin) {
    case Origin::kMessage:
      return write_message(ts, messages_.write(ts, summary_.messages, line_));
    case Origin::kScamMessage: {
      truth_.clear();
      const PlannedMessage& planned = plan_.scam_messages[next_scam_message_++];
      const auto key = scam_.write(planned, summary_.messages, line_, truth_);
      outputs_.truth.write({}, truth_);
      return write_message(ts, key);
    }
    case Origin::kStagedMessage:
      return write_message_line(staged_.message(plan_.staging.messages[next_staged_message_++]));
    case Origin::kCall:
      return write_background_call(ts);
    case Origin::kScamCall:
      return write_call(scam_.call(plan_.scam_calls[next_scam_call_++]));
    case Origin::kStagedCall:
      return write_call(staged_.call(plan_.staging.calls[next_staged_call_++]));
  }
}

void Run::write_message_line(const MessageLine& message) {
  MessageLine numbered = message;
  numbered.sequence = summary_.messages;
  append_message(line_, numbered, options_.compact);
  write_message(message.ts, message.from);
}

void Run::write_message(Timestamp ts, std::string_view key) {
  deliver(message_arrivals_, outputs_.messages, ts, key);
  ++summary_.messages;
  summary_.message_bytes += line_.size() + 1;
}

void Run::write_background_call(Timestamp ts) {
  ++background_calls_seen_;
  if (calls_to_skip_ == 0) return write_call(calls_.next(ts));
  --calls_to_skip_;
}

// Further records of a call take the places of later calls, so that there are as many as asked for.
void Run::write_call(const CallLine& call) {
  const uint64_t places = plan_.background_calls() - background_calls_seen_ - calls_to_skip_;
  const size_t records_max = 1 + std::min<size_t>(places, CallLegs::kRecordsMax - 1);
  const std::vector<CallLine>& records = legs_.records_of(call, records_max);
  calls_to_skip_ += records.size() - 1;
  for (const CallLine& record : records) {
    CallLine numbered = record;
    numbered.sequence = summary_.calls;
    line_.clear();
    append_call(line_, numbered, options_.compact);
    const bool at_end = options_.dials[Dial::kCallsAtEnd] > 0;
    deliver(call_arrivals_, outputs_.calls, at_end ? ended_at(record) : record.ts, record.from);
    ++summary_.calls;
    summary_.call_bytes += line_.size() + 1;
  }
}

void Run::deliver(Arrivals& arrivals, LineSink& sink, Timestamp at, std::string_view key) {
  if (options_.dials[Dial::kLateShare] > 0 && lateness_.chance(options_.dials[Dial::kLateShare])) {
    const double late_ms = lateness_.unit() * options_.dials[Dial::kLateMinutes] * kMsPerMinute;
    at = at + Duration{static_cast<int64_t>(late_ms)};
  }
  if (at <= now_) {
    sink.write(key, line_);
  } else {
    arrivals.add(at, key, line_);
  }
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
  write_truth_staging(plan.staging, population, outputs.truth);
  const Callers callers(population, options, plan.background_calls());
  if (plan.background_calls() > 0) {
    write_truth_callers(callers, population, outputs.truth);
  }
  return Run(options, plan, population, sentences, callers, outputs).write_all(progress);
}

}  // namespace sieve::traffic
