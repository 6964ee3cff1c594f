// The rules of run/reassembler.h in the obvious slow way: a list of messages, looked through for
// each part. Without bounds. What tests compare a Reassembler with.
//
// Thread safety: none.
#pragma once

#include <algorithm>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "run/reassembler.h"

namespace sieve::testing {

// A record of a lane; `total` 0: no part.
struct LaneRecord {
  int64_t time_ms = 0;
  int64_t key = 0;
  int64_t total = 0;
  int64_t seq = 0;
  std::string text;
};

// `reason total received last_offset text` of each message, with the record that gave it out.
using Joined = std::pair<size_t, std::string>;

class ReassemblerModel {
 public:
  explicit ReassemblerModel(int64_t timeout_ms) : timeout_ms_(timeout_ms) {}

  void read(const LaneRecord& record, int64_t offset) {
    at_ = static_cast<size_t>(offset);
    for (auto message = messages_.begin(); message != messages_.end();) {
      if (message->first_ms + timeout_ms_ >= record.time_ms) {
        ++message;
        continue;
      }
      if (!message->complete) over_.push_back(*message);
      message = messages_.erase(message);
    }
    give_over("timeout");
    if (record.total > 0) add(record, offset);
  }

  void end(size_t at) {
    at_ = at;
    for (const Message& message : messages_) {
      if (!message.complete) over_.push_back(message);
    }
    messages_.clear();
    give_over("end_of_input");
  }

  std::vector<Joined> joined;
  size_t duplicates = 0;

 private:
  struct Message {
    int64_t key, total, first_ms, last_offset;
    std::map<int64_t, std::string> parts;
    bool complete = false;
  };

  void add(const LaneRecord& record, int64_t offset) {
    Message* open = nullptr;
    for (auto message = messages_.rbegin(); message != messages_.rend(); ++message) {
      const bool near = std::abs(message->first_ms - record.time_ms) <= timeout_ms_;
      if (message->key != record.key || message->total != record.total || !near) continue;
      const auto part = message->parts.find(record.seq);
      if (part != message->parts.end() && part->second == record.text) {
        ++duplicates;
        return;
      }
      if (part == message->parts.end() && open == nullptr) open = &*message;
    }
    if (open == nullptr) {
      messages_.push_back({record.key, record.total, record.time_ms, offset, {}, false});
      open = &messages_.back();
    }
    open->parts[record.seq] = record.text;
    open->last_offset = offset;
    if (static_cast<int64_t>(open->parts.size()) < open->total) return;
    open->complete = true;
    give(*open, "complete");
  }

  // The one that began first in time comes first.
  void give_over(const char* reason) {
    std::stable_sort(over_.begin(), over_.end(),
                     [](const Message& a, const Message& b) { return a.first_ms < b.first_ms; });
    for (const Message& message : over_) give(message, reason);
    over_.clear();
  }

  void give(const Message& message, const char* reason) {
    std::string text;
    for (int64_t seq = 1; seq <= message.total; ++seq) {
      const auto part = message.parts.find(seq);
      const bool after_gap = seq > 1 && !message.parts.contains(seq - 1);
      if (part == message.parts.end()) continue;
      if (after_gap) text += " ... ";
      text += part->second;
    }
    if (!message.parts.contains(message.total)) text += " ... ";
    joined.emplace_back(at_, std::string(reason) + " " + std::to_string(message.total) + " " +
                                 std::to_string(message.parts.size()) + " " +
                                 std::to_string(message.last_offset) + " " + text);
  }

  const int64_t timeout_ms_;
  size_t at_ = 0;
  std::list<Message> messages_;  // In order of arrival.
  std::vector<Message> over_;
};

// A Reassembler fed with the same records.
class ReassemblerLane {
 public:
  explicit ReassemblerLane(const ReassemblerOptions& options) : reassembler_(options) {}

  void read(const LaneRecord& record, int64_t offset) {
    at_ = static_cast<size_t>(offset);
    reassembler_.advance({record.time_ms});
    take();
    if (record.total == 0) return;
    PartInput input;
    input.key = {static_cast<uint64_t>(record.total), static_cast<uint64_t>(record.key)};
    input.part.total = record.total;
    input.part.seq = record.seq;
    input.text = record.text;
    input.record = "bytes of the record";
    input.time = {record.time_ms};
    input.offset = offset;
    ++parts;
    if (reassembler_.add(input) == PartOutcome::kDuplicate) ++duplicates;
    take();
  }

  void end(size_t at) {
    at_ = at;
    reassembler_.end_input();
    take();
  }

  const Reassembler& reassembler() const { return reassembler_; }

  std::vector<Joined> joined;
  size_t parts = 0;
  size_t duplicates = 0;
  size_t given = 0;  // Parts in what was given out.

 private:
  void take() {
    while (const JoinedMessage* message = reassembler_.next()) {
      given += message->received;
      joined.emplace_back(
          at_, std::string(name_of(message->reason)) + " " + std::to_string(message->total) + " " +
                   std::to_string(message->received) + " " + std::to_string(message->last_offset) +
                   " " + std::string(message->text));
    }
  }

  Reassembler reassembler_;
  size_t at_ = 0;
};

}  // namespace sieve::testing
