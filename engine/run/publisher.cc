#include "run/publisher.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/base64.h"
#include "base/check.h"
#include "base/json_writer.h"
#include "base/time.h"
#include "base/utf8.h"
#include "run/sinks.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

// Why a record is in an output of records.
struct LetterReason {
  std::string_view code;
  std::string_view message;
  std::string_view stage;
};

LetterReason reason_of(const DeadLetter& letter) {
  if (letter.late_by) {
    return {"late", "the record came too late for windows: see event_time of its source", "late"};
  }
  return {name_of(letter.failure.error), describe(letter.failure.error), "decode"};
}

void put_bytes(JsonWriter& json, std::string_view name, std::string_view bytes) {
  if (is_valid_utf8(bytes)) {
    json.key(name).string(bytes);
  } else {
    json.key(fmt::format("{}_b64", name)).string(encode_base64(bytes));
  }
}

}  // namespace

std::vector<Header> dead_letter_headers(const DeadLetter& letter) {
  std::vector<Header> headers;
  if (letter.headers != nullptr) headers = *letter.headers;
  const LetterReason reason = reason_of(letter);
  headers.emplace_back("scamsieve-error-code", reason.code);
  headers.emplace_back("scamsieve-error-message", reason.message);
  if (!letter.failure.field.empty()) {
    headers.emplace_back("scamsieve-error-field", letter.failure.field);
  }
  if (letter.late_by) {
    headers.emplace_back("scamsieve-late-ms", std::to_string(letter.late_by->ms));
  }
  headers.emplace_back("scamsieve-stage", reason.stage);
  headers.emplace_back("scamsieve-source-topic", letter.origin);
  headers.emplace_back("scamsieve-source-partition", std::to_string(letter.partition));
  headers.emplace_back("scamsieve-source-offset", std::to_string(letter.offset));
  headers.emplace_back("scamsieve-source-timestamp", std::to_string(letter.arrival_ms));
  headers.emplace_back("scamsieve-source-size", std::to_string(letter.size_full));
  return headers;
}

void append_dead_letter_json(const DeadLetter& letter, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.key("schema").string("dead_letter.v1");
  const LetterReason reason = reason_of(letter);
  json.key("reason").string(reason.code);
  json.key("message").string(reason.message);
  if (!letter.failure.field.empty()) json.key("field").string(letter.failure.field);
  if (letter.late_by) json.key("late_ms").integer(letter.late_by->ms);
  json.key("source").begin_object();
  json.key("origin").string(letter.origin);
  json.key("partition").integer(letter.partition);
  json.key("offset").integer(letter.offset);
  json.end_object();
  json.key("size").integer(letter.size_full);
  if (letter.size_full > static_cast<int64_t>(letter.value.size())) json.key("cut").boolean(true);
  if (!letter.key.empty()) put_bytes(json, "key", letter.key);
  put_bytes(json, "value", letter.value);
  json.end_object();
}

Publisher::Publisher(std::unique_ptr<RecordSink> alerts, std::unique_ptr<RecordSink> dead_letters,
                     std::unique_ptr<RecordSink> facts, std::unique_ptr<RecordSink> late)
    : alerts_(std::move(alerts)),
      dead_letters_{std::move(dead_letters)},
      late_{std::move(late)},
      facts_(std::move(facts)) {}

Publisher::~Publisher() = default;

Expected<std::unique_ptr<Publisher>, StreamError> Publisher::open(const Config& config,
                                                                  DeliveryListener& listener,
                                                                  DeliveryListener& facts) {
  std::unique_ptr<Publisher> publisher(new Publisher());
  SinkOpener opener(config, listener);
  publisher->alerts_ = opener.open(config.alerts);
  for (const auto& [route, output] : config.routes) {
    publisher->routes_.push_back(opener.open(output));
  }
  publisher->dead_letters_ = {opener.open(config.dead_letters), config.dead_letters.topic.empty()};
  publisher->late_ = {opener.open(config.late), config.late.topic.empty()};
  if (config.exchange.kind == ExchangeKind::kKafka) {
    publisher->facts_ = opener.open_facts(config.exchange.topic, facts);
  }
  if (opener.error()) return Unexpected<StreamError>(*opener.error());
  return publisher;
}

bool Publisher::has_alert_output(uint16_t route) const {
  return route == 0 ? alerts_ != nullptr : routes_[route - 1U] != nullptr;
}

bool Publisher::publish_alert(uint16_t route, std::string_view id, std::string_view json,
                              const DeliveryTicket& ticket) {
  RecordSink* sink = route == 0 ? alerts_.get() : routes_[route - 1U].get();
  if (sink == nullptr) return true;
  const std::lock_guard lock(alerts_mutex_);
  return sink->publish({id, json, {}}, ticket);
}

bool Publisher::publish_facts(int32_t partition, std::string_view record,
                              const DeliveryTicket& ticket) {
  SIEVE_CHECK(facts_ != nullptr, "there is no facts topic");
  return facts_->publish({{}, record, {}, partition}, ticket);
}

bool Publisher::publish_dead_letter(const DeadLetter& letter, const DeliveryTicket& ticket) {
  return publish_letter(dead_letters_, letter, ticket);
}

bool Publisher::publish_late(const DeadLetter& letter, const DeliveryTicket& ticket) {
  return publish_letter(late_, letter, ticket);
}

bool Publisher::publish_letter(LetterOutput& output, const DeadLetter& letter,
                               const DeliveryTicket& ticket) {
  if (output.sink == nullptr) return true;
  if (!output.is_file) {
    headers_ = dead_letter_headers(letter);
    // A record that no topic would take is kept as far as one does; the headers tell its full size.
    const std::string_view value = letter.value.substr(0, output.sink->value_bytes_max());
    return output.sink->publish({letter.key, value, headers_}, ticket);
  }
  buffer_.clear();
  append_dead_letter_json(letter, buffer_);
  return output.sink->publish({letter.key, buffer_, {}}, ticket);
}

std::vector<RecordSink*> Publisher::sinks() const {
  std::vector<RecordSink*> all;
  if (alerts_ != nullptr) all.push_back(alerts_.get());
  for (const auto& route : routes_) {
    if (route != nullptr) all.push_back(route.get());
  }
  if (dead_letters_.sink != nullptr) all.push_back(dead_letters_.sink.get());
  if (late_.sink != nullptr) all.push_back(late_.sink.get());
  if (facts_ != nullptr) all.push_back(facts_.get());
  return all;
}

// The wait is spent on the first output that has something pending; the others are served without
// one.
void Publisher::service(milliseconds timeout) {
  for (RecordSink* sink : sinks()) {
    const bool waits = timeout.count() > 0 && sink->pending() > 0;
    sink->service(waits ? timeout : milliseconds(0));
    if (waits) timeout = milliseconds(0);
  }
}

bool Publisher::flush(milliseconds timeout) {
  const std::vector<RecordSink*> all = sinks();
  return std::all_of(all.begin(), all.end(),
                     [timeout](RecordSink* sink) { return sink->flush(timeout); });
}

size_t Publisher::pending() const {
  size_t count = 0;
  for (const RecordSink* sink : sinks()) count += sink->pending();
  return count;
}

}  // namespace sieve
