// kafka_tool does what tests and the local stack need of a broker, at once: the command-line tools
// of Kafka start a virtual machine for each call.
//
//   kafka_tool ready BROKERS SECONDS
//   kafka_tool create BROKERS NAME PARTITIONS [NAME PARTITIONS]...
//   kafka_tool delete BROKERS NAME...
//   kafka_tool ends BROKERS NAME              one line per partition: `partition end`
//   kafka_tool committed BROKERS GROUP NAME   one line per partition: `partition offset`
//   kafka_tool consume BROKERS NAME           the values of all records, a line each
//
// Exits with 0, 1 (the reason on standard error) or 2 (wrong arguments).
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

#include "stream/kafka_admin.h"
#include "stream/kafka_reader.h"

namespace {

using sieve::Expected;
using sieve::KafkaCluster;
using sieve::StreamError;

constexpr std::chrono::seconds kTimeout(30);

int fail(const StreamError& error) {
  fmt::print(stderr, "kafka_tool: {}: {}\n", error.code, error.message);
  return 1;
}

int fail_usage() {
  fmt::print(stderr,
             "usage: kafka_tool ready BROKERS SECONDS\n"
             "       kafka_tool create BROKERS NAME PARTITIONS [NAME PARTITIONS]...\n"
             "       kafka_tool delete BROKERS NAME...\n"
             "       kafka_tool ends BROKERS NAME\n"
             "       kafka_tool committed BROKERS GROUP NAME\n"
             "       kafka_tool consume BROKERS NAME\n");
  return 2;
}

// `text` as a number from 1 on, or 0.
int parse_count(const std::string& text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  return parsed.ec == std::errc() && parsed.ptr == end && value > 0 ? value : 0;
}

int report(const Expected<void, StreamError>& done) { return done ? 0 : fail(done.error()); }

int print_offsets(const Expected<std::vector<int64_t>, StreamError>& offsets) {
  if (!offsets) return fail(offsets.error());
  for (size_t i = 0; i < offsets->size(); ++i) fmt::print("{} {}\n", i, (*offsets)[i]);
  return 0;
}

int create(const KafkaCluster& cluster, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.size() % 2 != 0) return fail_usage();
  std::vector<sieve::TopicSpec> topics;
  for (size_t i = 0; i < arguments.size(); i += 2) {
    const int count = parse_count(arguments[i + 1]);
    if (count == 0) return fail_usage();
    topics.push_back({arguments[i], count});
  }
  return report(sieve::create_topics(cluster, topics, kTimeout));
}

int consume(const KafkaCluster& cluster, const std::string& topic) {
  const auto read = sieve::read_topic(
      cluster, topic, std::chrono::minutes(10), [](const sieve::TopicRecord& record) {
        std::fwrite(record.value.data(), 1, record.value.size(), stdout);
        std::fputc('\n', stdout);
      });
  return read ? 0 : fail(read.error());
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> all(argv + 1, argv + argc);
  if (all.size() < 3) return fail_usage();
  const std::string& verb = all[0];
  const KafkaCluster cluster{all[1], {}};
  const std::vector<std::string> rest(all.begin() + 2, all.end());
  if (verb == "create") return create(cluster, rest);
  if (verb == "delete") return report(sieve::delete_topics(cluster, rest, kTimeout));
  if (verb == "committed" && rest.size() == 2) {
    return print_offsets(sieve::fetch_committed_offsets(cluster, rest[0], rest[1], kTimeout));
  }
  if (rest.size() != 1) return fail_usage();
  if (verb == "ready" && parse_count(rest[0]) > 0) {
    return report(sieve::wait_until_ready(cluster, std::chrono::seconds(parse_count(rest[0]))));
  }
  if (verb == "ends") return print_offsets(sieve::fetch_end_offsets(cluster, rest[0], kTimeout));
  if (verb == "consume") return consume(cluster, rest[0]);
  return fail_usage();
}
