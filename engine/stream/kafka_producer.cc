#include "stream/kafka_producer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/log.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// After so many producers without a single acknowledgement the trouble is none that a new one
// mends, such as missing rights for idempotent writes.
constexpr int kRebuildsInVainMax = 4;
constexpr milliseconds kRebuildPause(100);  // Doubles with each one in vain.

// Left of message.max.bytes for the key, the headers and the framing.
constexpr size_t kOverheadBytes = 4096;

bool is_purged(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR__PURGE_QUEUE || error == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT ||
         error == RD_KAFKA_RESP_ERR__FATAL;
}

bool has_failed_for_good(rd_kafka_t* client) {
  char why[512];
  return rd_kafka_fatal_error(client, why, sizeof why) != RD_KAFKA_RESP_ERR_NO_ERROR;
}

size_t message_bytes_max(const rd_kafka_conf_t& conf) {
  char value[32];
  size_t size = sizeof value;
  if (rd_kafka_conf_get(&conf, "message.max.bytes", value, &size) != RD_KAFKA_CONF_OK) return 0;
  return std::strtoull(value, nullptr, 10);
}

rd_kafka_vu_t field(rd_kafka_vtype_t type) {
  rd_kafka_vu_t made = {};
  made.vtype = type;
  return made;
}

rd_kafka_vu_t bytes_field(rd_kafka_vtype_t type, const std::string& bytes) {
  rd_kafka_vu_t made = field(type);
  // The library copies; it takes no const.
  made.u.mem.ptr = const_cast<char*>(bytes.data());
  made.u.mem.size = bytes.size();
  return made;
}

}  // namespace

KafkaProducer::KafkaProducer(KafkaSinkConfig config, int partition_count,
                             DeliveryListener& listener)
    : config_(std::move(config)), partition_count_(partition_count), listener_(listener) {}

KafkaProducer::~KafkaProducer() {
  if (client_) rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

Expected<void, StreamError> KafkaProducer::start() {
  auto made = make_client();
  if (!made) return Unexpected<StreamError>(std::move(made.error()));
  const std::lock_guard lock(mutex_);
  client_ = std::move(*made);
  return {};
}

Expected<KafkaPtr, StreamError> KafkaProducer::make_client() {
  KafkaProperties base = {
      {"bootstrap.servers", config_.cluster.brokers},
      {"client.id", "scamsieve"},
      {"acks", "all"},
      {"enable.idempotence", "true"},
      {"compression.type", "lz4"},
      {"partitioner", "murmur2_random"},
      {"linger.ms", std::to_string(config_.linger.count())},
      {"batch.num.messages", "10000"},
      // A record waits until the brokers are back: losing it is no choice.
      {"message.timeout.ms", "0"},
      {"queue.buffering.max.messages", std::to_string(config_.pending_max)},
      {"queue.buffering.max.kbytes", std::to_string(config_.pending_bytes_max >> 10)},
      {"socket.nagle.disable", "true"},
      {"socket.keepalive.enable", "true"},
  };
  if (config_.gapless) base.emplace_back("enable.gapless.guarantee", "true");
  auto conf = make_kafka_conf(base, config_.cluster.properties);
  if (!conf) return Unexpected<StreamError>(std::move(conf.error()));
  const size_t bytes_max = message_bytes_max(**conf);
  value_bytes_max_ = bytes_max > kOverheadBytes ? bytes_max - kOverheadBytes : 0;
  rd_kafka_conf_set_opaque(conf->get(), this);
  rd_kafka_conf_set_dr_msg_cb(conf->get(), on_delivery);
  rd_kafka_conf_set_error_cb(conf->get(), on_error);
  return make_kafka_client(RD_KAFKA_PRODUCER, std::move(*conf));
}

bool KafkaProducer::publish(const OutputRecord& record, const DeliveryTicket& ticket) {
  StreamError failure;
  {
    const std::lock_guard lock(mutex_);
    // What waits to be sent again goes first.
    if (broken_ || is_resending() || undelivered_count_ >= config_.pending_max) return false;
    if (gave_up_) {
      failure = *gave_up_;
    } else {
      Pending& kept = pending_.emplace_back();
      kept.key = record.key;
      kept.value = record.value;
      kept.headers.assign(record.headers.begin(), record.headers.end());
      kept.partition = record.partition;
      kept.ticket = ticket;
      const uint64_t number = first_number_ + pending_.size() - 1;
      const rd_kafka_resp_err_t error = send(kept, number);
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR) resend_from_ = number + 1;
      if (error == RD_KAFKA_RESP_ERR__FATAL) broken_ = true;
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR__FATAL) {
        ++undelivered_count_;
        return true;
      }
      pending_.pop_back();
      if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL) return false;
      failure = kafka_error(error, fmt::format("topic `{}`", config_.topic));
      if (config_.gapless) gave_up_ = failure;
    }
  }
  listener_.delivery_failed(ticket, failure);
  return true;
}

// Hands `record` to the client. REQUIRES: mutex_ is held.
rd_kafka_resp_err_t KafkaProducer::send(const Pending& record, uint64_t number) {
  rd_kafka_headers_t* headers = nullptr;
  std::vector<rd_kafka_vu_t> fields;
  fields.push_back(field(RD_KAFKA_VTYPE_TOPIC));
  fields.back().u.cstr = config_.topic.c_str();
  if (record.partition >= 0) {
    fields.push_back(field(RD_KAFKA_VTYPE_PARTITION));
    fields.back().u.i32 = record.partition;
  }
  fields.push_back(bytes_field(RD_KAFKA_VTYPE_VALUE, record.value));
  if (!record.key.empty()) fields.push_back(bytes_field(RD_KAFKA_VTYPE_KEY, record.key));
  fields.push_back(field(RD_KAFKA_VTYPE_MSGFLAGS));
  fields.back().u.i = RD_KAFKA_MSG_F_COPY;
  fields.push_back(field(RD_KAFKA_VTYPE_OPAQUE));
  fields.back().u.ptr = reinterpret_cast<void*>(number);
  if (!record.headers.empty()) {
    headers = rd_kafka_headers_new(record.headers.size());
    for (const auto& [name, value] : record.headers) {
      rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                          static_cast<ssize_t>(value.size()));
    }
    fields.push_back(field(RD_KAFKA_VTYPE_HEADERS));
    fields.back().u.headers = headers;
  }
  const KafkaErrorPtr error(rd_kafka_produceva(client_.get(), fields.data(), fields.size()));
  if (!error) return RD_KAFKA_RESP_ERR_NO_ERROR;
  // The library takes the headers only with the record.
  if (headers != nullptr) rd_kafka_headers_destroy(headers);
  // Of a client that has failed for good the code is that of what made it fail.
  if (rd_kafka_error_is_fatal(error.get()) != 0) return RD_KAFKA_RESP_ERR__FATAL;
  return rd_kafka_error_code(error.get());
}

void KafkaProducer::on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message,
                                void* opaque) {
  auto* self = static_cast<KafkaProducer*>(opaque);
  const auto number = reinterpret_cast<uint64_t>(message->_private);
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    self->settle(number, nullptr);
  } else if (is_purged(message->err) || has_failed_for_good(client)) {
    // It stays pending and is sent again by the next client.
    if (has_failed_for_good(client)) self->broken_ = true;
  } else {
    const StreamError error =
        kafka_error(message->err, fmt::format("topic `{}`", self->config_.topic));
    self->settle(number, &error);
  }
}

void KafkaProducer::on_error(rd_kafka_t* client, int code, const char* reason, void* opaque) {
  auto* self = static_cast<KafkaProducer*>(opaque);
  if (code == RD_KAFKA_RESP_ERR__FATAL || has_failed_for_good(client)) self->broken_ = true;
  log_warning("kafka", "producer_error", "topic={} reason={}", log_value(self->config_.topic),
              log_value(reason));
}

// The record's fate is known: tells the listener, once.
void KafkaProducer::settle(uint64_t number, const StreamError* error) {
  DeliveryTicket ticket;
  {
    const std::lock_guard lock(mutex_);
    if (number < first_number_ || pending_[number - first_number_].done) return;
    Pending& record = pending_[number - first_number_];
    record.done = true;
    ticket = record.ticket;
    if (error == nullptr) rebuilds_in_vain_ = 0;
  }
  if (error == nullptr) {
    listener_.delivered(ticket);
  } else {
    listener_.delivery_failed(ticket, *error);
  }
  const std::lock_guard lock(mutex_);
  --undelivered_count_;
  drop_settled();
}

// REQUIRES: mutex_ is held.
void KafkaProducer::drop_settled() {
  while (!pending_.empty() && pending_.front().done) {
    pending_.pop_front();
    ++first_number_;
  }
}

// REQUIRES: mutex_ is held.
bool KafkaProducer::is_resending() const { return resend_from_ < first_number_ + pending_.size(); }

std::shared_ptr<rd_kafka_t> KafkaProducer::client() const {
  const std::lock_guard lock(mutex_);
  return client_;
}

void KafkaProducer::service(milliseconds timeout) {
  repair();
  rd_kafka_poll(client().get(), kafka_timeout_ms(timeout));
}

bool KafkaProducer::flush(milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  while (pending() > 0) {
    repair();
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
    if (left <= milliseconds(0)) return false;
    // Sends at once what still waits for company, and serves reports.
    rd_kafka_flush(client().get(), kafka_timeout_ms(std::min(left, milliseconds(50))));
    rd_kafka_poll(client().get(), 0);
  }
  return true;
}

size_t KafkaProducer::pending() const {
  const std::lock_guard lock(mutex_);
  return undelivered_count_;
}

// Brings the sink back to work after a fatal error, step by step.
void KafkaProducer::repair() {
  const std::unique_lock repairing(rebuild_mutex_, std::try_to_lock);
  if (!repairing.owns_lock()) return;
  if (broken_ && Clock::now() >= rebuild_at_) rebuild();
  const std::lock_guard lock(mutex_);
  if (!broken_ && !gave_up_ && is_resending()) resend();
}

// REQUIRES: rebuild_mutex_ is held.
void KafkaProducer::rebuild() {
  const std::shared_ptr<rd_kafka_t> old = client();
  char why[512] = "";
  const rd_kafka_resp_err_t cause = rd_kafka_fatal_error(old.get(), why, sizeof why);
  const StreamError error =
      kafka_error(cause, fmt::format("producing to topic `{}`", config_.topic), why);
  // Acknowledgements that have arrived still count; the rest is reported as purged.
  rd_kafka_purge(old.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_flush(old.get(), 1'000);
  int in_vain = 0;
  {
    const std::lock_guard lock(mutex_);
    in_vain = ++rebuilds_in_vain_;
  }
  auto made = make_client();
  if (!made || in_vain > kRebuildsInVainMax) {
    give_up(made ? error : made.error());
    return;
  }
  log_warning("kafka", "producer_rebuilt", "reason={}", log_value(error.message));
  rebuild_at_ = Clock::now() + kRebuildPause * (1 << in_vain);
  ++rebuild_count_;
  const std::lock_guard lock(mutex_);
  client_ = std::move(*made);
  resend_from_ = first_number_;
  broken_ = false;
}

// REQUIRES: mutex_ is held.
void KafkaProducer::resend() {
  resend_from_ = std::max(resend_from_, first_number_);
  for (; is_resending(); ++resend_from_) {
    const Pending& record = pending_[resend_from_ - first_number_];
    if (record.done) continue;
    const rd_kafka_resp_err_t error = send(record, resend_from_);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) broken_ = true;
    return;
  }
}

// Nothing will ever be delivered any more.
void KafkaProducer::give_up(const StreamError& error) {
  std::vector<DeliveryTicket> lost;
  {
    const std::lock_guard lock(mutex_);
    gave_up_ = error;
    for (Pending& record : pending_) {
      if (!record.done) lost.push_back(record.ticket);
      record.done = true;
    }
    resend_from_ = first_number_ + pending_.size();
    broken_ = false;
  }
  for (const DeliveryTicket& ticket : lost) listener_.delivery_failed(ticket, error);
  const std::lock_guard lock(mutex_);
  undelivered_count_ -= lost.size();
  drop_settled();
}

Expected<std::unique_ptr<KafkaSink>, StreamError> KafkaSink::open(KafkaSinkConfig config,
                                                                  DeliveryListener& listener) {
  // Losing no record depends on these.
  constexpr std::string_view kReserved[] = {"acks",
                                            "bootstrap.servers",
                                            "enable.gapless.guarantee",
                                            "enable.idempotence",
                                            "linger.ms",
                                            "message.timeout.ms",
                                            "queue.buffering.max.kbytes",
                                            "queue.buffering.max.messages",
                                            "request.required.acks",
                                            "transactional.id"};
  if (auto checked = refuse_properties(config.cluster.properties, kReserved); !checked) {
    return Unexpected<StreamError>(checked.error());
  }
  const auto probe = make_kafka_probe(config.cluster);
  if (!probe) return Unexpected<StreamError>(probe.error());
  const auto count = fetch_partition_count(probe->get(), config.topic, config.start_timeout);
  if (!count) {
    StreamError error = count.error();
    error.message = fmt::format("broker {}: {}", config.cluster.brokers, error.message);
    return Unexpected<StreamError>(std::move(error));
  }
  auto producer = std::make_unique<KafkaProducer>(std::move(config), *count, listener);
  if (auto started = producer->start(); !started) {
    return Unexpected<StreamError>(started.error());
  }
  return producer;
}

}  // namespace sieve
