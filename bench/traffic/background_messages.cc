#include <algorithm>
#include <array>
#include <utility>

#include "base/json_writer.h"
#include "traffic/background.h"
#include "traffic/evasion.h"

namespace sieve::traffic {
namespace {

// In the order of LegitKind; kRisky is drawn from the chats.
constexpr std::array<uint32_t, kLegitKindCount> kKindWeights = {38, 0, 22, 14, 7, 10, 2, 5, 2};

// What an average hour is busy; local time.
constexpr std::array<uint32_t, 24> kHourWeights = {30,  18,  11,  9,   10,  18,  45,  80,
                                                   105, 120, 125, 130, 135, 125, 120, 120,
                                                   125, 135, 140, 140, 130, 110, 80,  50};
constexpr int64_t kMsPerHour = 3'600'000;
constexpr int64_t kBangkokOffsetMs = 7 * kMsPerHour;

constexpr uint32_t kMarketingFirstHour = 9;
constexpr uint32_t kMarketingEndHour = 21;

}  // namespace

DayCurve::DayCurve(Timestamp start, Duration length)
    : start_(start), sum_(sum_until(start + length)) {}

double DayCurve::sum_until(Timestamp time) const {
  double sum = 0;
  int64_t at = start_.ms;
  while (at < time.ms) {
    const int64_t hour_end = (at / kMsPerHour + 1) * kMsPerHour;
    const int64_t end = std::min(hour_end, time.ms);
    sum += static_cast<double>(end - at) * kHourWeights[local_hour({at})];
    at = end;
  }
  return sum;
}

uint64_t DayCurve::events_before(Timestamp time, uint64_t total) const {
  const double share = sum_until(time) / sum_;
  if (share >= 1) return total;
  return static_cast<uint64_t>(static_cast<double>(total) * share);
}

uint32_t local_hour(Timestamp time) {
  return static_cast<uint32_t>((time.ms + kBangkokOffsetMs) / kMsPerHour % 24);
}

BackgroundMessages::BackgroundMessages(const Population& population, const Sentences& sentences,
                                       const Options& options)
    : population_(population),
      sentences_(sentences),
      options_(options),
      random_(random_for(options.seed, "background messages")),
      writer_(random_),
      kind_weights_(kKindWeights),
      bulk_langs_{options.legit_langs[0] > 0 ? 8u : 0u, options.legit_langs[1] > 0 ? 2u : 0u} {
  if (bulk_langs_[0] + bulk_langs_[1] == 0) bulk_langs_[1] = 1;
  for (const uint32_t weight : options.legit_langs) lang_weight_sum_ += weight;
  for (size_t lang = 0; lang < kLangCount; ++lang) add_bulk_senders(static_cast<Lang>(lang));
  if (options.honest_only) weigh_kinds();
}

void BackgroundMessages::add_bulk_senders(Lang lang) {
  for (const Enterprise& enterprise : enterprises(lang)) {
    BulkSender sender{&enterprise, {}, "@"};
    for (const char c : enterprise.sender)
      sender.line += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    sender.tail = R"(,"route":{"peer":"direct-)";
    append_digits(sender.tail, mix(enterprise.sender.size() + enterprise.brand.size()) % 9 + 1);
    sender.tail += R"(","country":"TH","intl":false},"sender":)";
    JsonWriter json(sender.tail);
    json.begin_object().key("registered").boolean(true);
    json.key("brand").string(enterprise.brand).key("category").string(enterprise.category);
    json.end_object();
    auto& senders = bulk_senders_[static_cast<size_t>(lang)];
    senders[static_cast<size_t>(enterprise.kind)].push_back(std::move(sender));
  }
}

// Every sentence as often as the others.
void BackgroundMessages::weigh_kinds() {
  bulk_langs_ = options_.legit_langs;
  kind_weights_ = {};
  for (size_t lang = 0; lang < kLangCount; ++lang) {
    if (options_.legit_langs[lang] == 0) continue;
    for (size_t kind = 0; kind < kLegitKindCount; ++kind) {
      kind_weights_[kind] += static_cast<uint32_t>(
          sentences_.legit(static_cast<Lang>(lang), static_cast<LegitKind>(kind)).size());
    }
  }
}

LegitKind BackgroundMessages::draw_kind(Timestamp ts) {
  auto kind = static_cast<LegitKind>(random_.weighted(kind_weights_));
  if (options_.honest_only) return kind;
  const uint32_t hour = local_hour(ts);
  const bool night = hour < kMarketingFirstHour || hour >= kMarketingEndHour;
  if (kind == LegitKind::kMarketing && night) kind = LegitKind::kReceipt;
  if (kind == LegitKind::kChat && random_.chance(options_.dials[Dial::kRiskyShare])) {
    kind = LegitKind::kRisky;
  }
  return kind;
}

Lang BackgroundMessages::person_lang(uint32_t person) const {
  auto left = static_cast<uint32_t>(mix(person ^ 0x1a96) % lang_weight_sum_);
  size_t lang = 0;
  while (left >= options_.legit_langs[lang]) left -= options_.legit_langs[lang++];
  return static_cast<Lang>(lang);
}

void BackgroundMessages::write_text(Lang lang, LegitKind kind, const Voice& voice) {
  writer_.write(random_.pick(sentences_.legit(lang, kind)), voice, text_);
  if (random_.chance(options_.dials[Dial::kNoiseShare])) add_noise(random_, text_);
}

std::string_view BackgroundMessages::write(Timestamp ts, uint64_t sequence, std::string& line) {
  MessageLine message;
  message.ts = ts;
  message.sequence = sequence;
  const LegitKind kind = draw_kind(ts);
  ++counts_[static_cast<size_t>(kind)];
  const bool chat = kind == LegitKind::kChat || kind == LegitKind::kRisky;
  return chat ? write_chat(kind, message, line) : write_bulk(kind, message, line);
}

std::string_view BackgroundMessages::write_chat(LegitKind kind, MessageLine& message,
                                                std::string& line) {
  const Population::Pair pair = population_.draw_pair(random_);
  // Who of the two writes is even: people answer each other.
  const bool reply = random_.chance(0.5);
  const uint32_t sender = reply ? pair.second : pair.first;
  const uint32_t recipient = reply ? pair.first : pair.second;

  from_.clear(), to_.clear(), second_to_.clear(), tail_.clear();
  population_.append_number(from_, sender);
  population_.append_number(to_, recipient);
  if (random_.chance(0.003)) {
    population_.append_number(second_to_, population_.draw_contact(sender, random_).second);
  }
  const bool own = population_.on_net(sender);
  if (!options_.compact && own) {
    append_message_tail(tail_, population_, holder_of(population_, sender, message.ts));
  } else if (!own) {
    tail_ = R"(,"route":{"peer":"ic-2","country":"TH","intl":false})";
  }
  const Lang lang = person_lang(std::min(sender, recipient));
  const Voice voice{.lang = lang, .phone = to_};
  write_text(lang, kind, voice);
  if (random_.chance(0.04)) message.channel = "rcs";
  message.direction = own ? "mo" : "mt";
  message.from = from_;
  message.to = to_;
  message.second_to = second_to_ == to_ ? std::string_view() : second_to_;
  message.text = text_.bytes;
  message.lang = lang;
  message.tail = tail_;
  append_message(line, message, options_.compact);
  return from_;
}

std::string_view BackgroundMessages::write_bulk(LegitKind kind, MessageLine& message,
                                                std::string& line) {
  const auto lang = static_cast<Lang>(random_.weighted(bulk_langs_));
  const std::vector<BulkSender>& senders =
      bulk_senders_[static_cast<size_t>(lang)][static_cast<size_t>(kind)];
  const BulkSender& sender = senders[random_.below(static_cast<uint32_t>(senders.size()))];
  const Enterprise& enterprise = *sender.enterprise;
  to_.clear();
  population_.append_number(to_, random_.below(population_.subscribers()));
  const Voice voice{.lang = lang,
                    .brand = enterprise.brand,
                    .host = enterprise.host,
                    .line = sender.line,
                    .phone = enterprise.phone.empty() ? "1601" : enterprise.phone};
  write_text(lang, kind, voice);
  message.direction = "a2p";
  message.from = enterprise.sender;
  message.from_type = "alpha";
  message.to = to_;
  message.text = text_.bytes;
  message.lang = lang;
  message.tail = sender.tail;
  append_message(line, message, options_.compact);
  return enterprise.sender;
}

}  // namespace sieve::traffic
