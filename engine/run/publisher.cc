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

std::vector<Header> dead_letter_headers(const DeadLetter& letter) {
  std::vector<Header> headers;
  if (letter.headers != nullptr) headers = *letter.headers;
  headers.emplace_back("scamsieve-error-code", name_of(letter.failure.error));
  headers.emplace_back("scamsieve-error-message", describe(letter.failure.error));
  if (!letter.failure.field.empty()) {
    headers.emplace_back("scamsieve-error-field", letter.failure.field);
  }
  headers.emplace_back("scamsieve-stage", "decode");
  headers.emplace_back("scamsieve-source-topic", letter.origin);
  headers.emplace_back("scamsieve-source-partition", std::to_string(letter.partition));
  headers.emplace_back("scamsieve-source-offset", std::to_string(letter.offset));
  headers.emplace_back("scamsieve-source-timestamp", std::to_string(letter.arrival_ms));
  headers.emplace_back("scamsieve-source-size", std::to_string(letter.size_full));
  return headers;
}

void put_bytes(JsonWriter& json, std::string_view name, std::string_view bytes) {
  if (is_valid_utf8(bytes)) {
    json.key(name).string(bytes);
  } else {
    json.key(fmt::format("{}_b64", name)).string(encode_base64(bytes));
  }
}

}  // namespace

void append_dead_letter_json(const DeadLetter& letter, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.key("schema").string("dead_letter.v1");
  json.key("reason").string(name_of(letter.failure.error));
  json.key("message").string(describe(letter.failure.error));
  if (!letter.failure.field.empty()) json.key("field").string(letter.failure.field);
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
                     std::unique_ptr<RecordSink> facts)
    : alerts_(std::move(alerts)),
      dead_letters_(std::move(dead_letters)),
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
  publisher->dead_letters_ = opener.open(config.dead_letters);
  publisher->dead_letters_to_file_ = config.dead_letters.topic.empty();
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
  if (dead_letters_ == nullptr) return true;
  if (!dead_letters_to_file_) {
    headers_ = dead_letter_headers(letter);
    // A record that no topic would take is kept as far as one does; the headers tell its full size.
    const std::string_view value = letter.value.substr(0, dead_letters_->value_bytes_max());
    return dead_letters_->publish({letter.key, value, headers_}, ticket);
  }
  buffer_.clear();
  append_dead_letter_json(letter, buffer_);
  return dead_letters_->publish({letter.key, buffer_, {}}, ticket);
}

std::vector<RecordSink*> Publisher::sinks() const {
  std::vector<RecordSink*> all;
  if (alerts_ != nullptr) all.push_back(alerts_.get());
  for (const auto& route : routes_) {
    if (route != nullptr) all.push_back(route.get());
  }
  if (dead_letters_ != nullptr) all.push_back(dead_letters_.get());
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
