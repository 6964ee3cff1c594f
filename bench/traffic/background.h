// BackgroundMessages and BackgroundCalls write the honest traffic of the operator: chats within
// circles of contacts, bulk messages of enterprises, calls by the time of day.
//
// Thread safety: none. Lifetime: refer to the Population, Sentences and Options.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "traffic/options.h"
#include "traffic/population.h"
#include "traffic/random.h"
#include "traffic/record_writer.h"
#include "traffic/sentences.h"
#include "traffic/words.h"

namespace sieve::traffic {

// How busy the network is by local hour; counts follow its running sum.
class DayCurve {
 public:
  DayCurve(Timestamp start, Duration length);

  // How many of `total` events happen before `time`: 0 at the start, `total` at the end.
  uint64_t events_before(Timestamp time, uint64_t total) const;

 private:
  double sum_until(Timestamp time) const;

  Timestamp start_;
  double sum_;
};

// The hour in Bangkok.
uint32_t local_hour(Timestamp time);

class BackgroundMessages {
 public:
  BackgroundMessages(const Population& population, const Sentences& sentences,
                     const Options& options);

  // Appends one line to `line`; returns the sender, valid until the next call.
  std::string_view write(Timestamp ts, uint64_t sequence, std::string& line);

  // Written so far, by kind.
  const std::array<uint64_t, kLegitKindCount>& counts() const { return counts_; }

 private:
  struct BulkSender {
    const Enterprise* enterprise;
    std::string tail;
    std::string line;  // `@brand`.
  };

  void add_bulk_senders(Lang lang);
  void weigh_kinds();
  LegitKind draw_kind(Timestamp ts);
  Lang person_lang(uint32_t person) const;
  void write_text(Lang lang, LegitKind kind, const Voice& voice);
  std::string_view write_chat(LegitKind kind, MessageLine& message, std::string& line);
  std::string_view write_bulk(LegitKind kind, MessageLine& message, std::string& line);

  const Population& population_;
  const Sentences& sentences_;
  const Options& options_;
  Random random_;
  TextWriter writer_;
  std::array<std::array<std::vector<BulkSender>, kLegitKindCount>, kLangCount> bulk_senders_;
  std::array<uint32_t, kLegitKindCount> kind_weights_;
  LangWeights bulk_langs_;
  uint32_t lang_weight_sum_ = 0;
  std::array<uint64_t, kLegitKindCount> counts_{};
  Text text_;
  std::string from_, to_, second_to_, tail_;
};

// Couriers and drivers who ring at many doors, a few dozen a day, and contact centres that dial
// hundreds a day from a fixed number: honest callers whose customers call back.
class Callers {
 public:
  // `calls` is how many background calls there will be.
  Callers(const Population& population, const Options& options, uint64_t calls);

  uint32_t riders() const { return riders_; }
  // The person who is rider `index`, and what he drives: rider, taxi.
  uint32_t rider(uint32_t index) const;
  std::string_view rider_style(uint32_t index) const { return index % 3 == 0 ? "taxi" : "rider"; }
  // Somebody whom the rider meets on the day of `ts`, and calls more than once.
  uint32_t customer(uint32_t rider, Timestamp ts, Random& random) const;
  // Some are busier than others.
  uint32_t draw_rider(Random& random) const;

  uint32_t centres() const { return centres_; }
  void append_centre(std::string& out, uint32_t index) const;

 private:
  const Population& population_;
  uint32_t riders_;
  uint32_t centres_;
};

class BackgroundCalls {
 public:
  BackgroundCalls(const Population& population, const Options& options, const Callers& callers);

  // The next call, at `ts`; its views are valid until the next one.
  CallLine next(Timestamp ts);

 private:
  void set_outcome(double answered_share, double median_s, CallLine& call);
  void write_personal(CallLine& call);
  void write_rider(CallLine& call);
  void write_contact_centre(CallLine& call);
  void write_service(CallLine& call);
  void write_from_abroad(CallLine& call);
  void set_caller(uint32_t person, CallLine& call);
  void set_callee(uint32_t person, CallLine& call);

  const Population& population_;
  const Options& options_;
  const Callers& callers_;
  Random random_;
  std::string from_, to_, tail_;
};

}  // namespace sieve::traffic
