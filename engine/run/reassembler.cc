#include "run/reassembler.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/utf8.h"

namespace sieve {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kGap = " ... ";
constexpr char kSeparator = '\x1F';
constexpr size_t kKeyBytesMax = 512;

// The longest prefix of `text` that is at most `size` bytes and cuts no character.
std::string_view cut_text(std::string_view text, size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

char32_t pair_of(char16_t high, char16_t low) {
  return 0x10000 + ((static_cast<char32_t>(high) - 0xD800) << 10) +
         (static_cast<char32_t>(low) - 0xDC00);
}

// Writes `parts` with separators at `out`, as far as there is room, and returns the size.
size_t write_key(std::initializer_list<std::string_view> parts, char* out) {
  size_t size = 0;
  for (const std::string_view part : parts) {
    const size_t count = std::min(part.size(), kKeyBytesMax - 1 - size);
    size += part.copy(out + size, count);
    out[size++] = kSeparator;
    if (size == kKeyBytesMax) break;
  }
  return size;
}

}  // namespace

std::string_view name_of(JoinReason reason) {
  switch (reason) {
    case JoinReason::kComplete:
      return "complete";
    case JoinReason::kTimeout:
      return "timeout";
    case JoinReason::kFull:
      return "full";
    case JoinReason::kEndOfInput:
      return "end_of_input";
  }
  return "";
}

Hash128 part_key(const Message& message) {
  SIEVE_CHECK(message.part.has_value() && !message.to.empty(), "no part");
  const std::array<int64_t, 2> numbers = {message.part->ref, message.part->total};
  const std::string_view bytes(reinterpret_cast<const char*>(numbers.data()), sizeof numbers);
  char key[kKeyBytesMax];
  const size_t size =
      write_key({bytes, message.from.key(), message.to[0].key(), message.route.smsc}, key);
  return hash128({key, size});
}

Reassembler::Reassembler(const ReassemblerOptions& options) : options_(options) {
  SIEVE_CHECK(options.timeout.ms > 0 && options.messages_max > 0, "a timeout of {} ms, {} messages",
              options.timeout.ms, options.messages_max);
}

bool Reassembler::is_near(const Slot& slot, Timestamp time) const {
  const int64_t distance = time.ms - slot.first_time.ms;
  return distance <= options_.timeout.ms && -distance <= options_.timeout.ms;
}

DeadlineHeap::Entry Reassembler::entry_of(uint32_t slot) {
  return {slots_[slot]->first_time + options_.timeout, serial_++, slot};
}

void Reassembler::advance(Timestamp time) {
  finish_given();
  while (!remembered_.empty() && remembered_.first().deadline < time) {
    const uint32_t slot = remembered_.first().slot;
    remembered_.remove(slot);
    remove(slot);
  }
  while (!waiting_.empty() && waiting_.first().deadline < time) {
    set_ready(waiting_.first().slot, JoinReason::kTimeout);
  }
}

PartOutcome Reassembler::add(const PartInput& input) {
  SIEVE_CHECK(input.part.total >= 2 && input.part.seq >= 1 && input.part.seq <= input.part.total,
              "part {} of {}", input.part.seq, input.part.total);
  finish_given();
  const auto hash = static_cast<uint32_t>(hash64(input.text));
  bool is_duplicate = false;
  uint32_t at = find(input, hash, is_duplicate);
  if (is_duplicate) return PartOutcome::kDuplicate;
  make_room(input.text.size() + input.record.size());
  // What made room may have been the very message.
  if (at != kNone) at = find(input, hash, is_duplicate);
  if (at == kNone) {
    bound_key(input.key);
    at = begin(input);
  }
  Slot& slot = *slots_[at];
  put(slot, input, hash);
  if (slot.received < slot.total) return PartOutcome::kWaits;
  slot.complete = true;
  set_ready(at, JoinReason::kComplete);
  return PartOutcome::kCompletes;
}

void Reassembler::end_input() {
  finish_given();
  while (!waiting_.empty()) set_ready(waiting_.first().slot, JoinReason::kEndOfInput);
}

uint32_t Reassembler::find(const PartInput& input, uint32_t text_hash, bool& is_duplicate) const {
  const auto latest = latest_.find(input.key);
  if (latest == latest_.end()) return kNone;
  uint32_t found = kNone;
  for (uint32_t at = latest->second; at != kNone; at = slots_[at]->older) {
    const Slot& slot = *slots_[at];
    if (slot.ready || !is_near(slot, input.time)) continue;
    const Part& part = slot.parts[static_cast<size_t>(input.part.seq - 1)];
    if (part.received && part.hash == text_hash) {
      is_duplicate = true;
      return at;
    }
    const bool is_open = !slot.complete && !part.received;
    if (is_open && found == kNone) found = at;
  }
  return found;
}

uint32_t Reassembler::begin(const PartInput& input) {
  if (free_.empty()) {
    free_.push_back(static_cast<uint32_t>(slots_.size()));
    slots_.push_back(std::make_unique<Slot>());
  }
  const uint32_t at = free_.back();
  free_.pop_back();
  Slot& slot = *slots_[at];
  slot.key = input.key;
  slot.first_time = input.time;
  slot.first_offset = input.offset;
  slot.total = static_cast<uint32_t>(input.part.total);
  slot.received = 0;
  slot.complete = false;
  slot.ready = false;
  slot.text_cut = false;
  slot.is_late = input.is_late;
  slot.parts.assign(slot.total, {});
  slot.text = spare_string();
  slot.record = spare_string();
  slot.record.append(input.record).append(limits::kPaddingBytes, '\0');
  bytes_ += slot.record.size();
  const auto [latest, added] = latest_.try_emplace(slot.key, at);
  slot.older = added ? kNone : latest->second;
  latest->second = at;
  slot.before = newest_;
  slot.after = kNone;
  (newest_ == kNone ? oldest_ : slots_[newest_]->after) = at;
  newest_ = at;
  waiting_.add(entry_of(at));
  return at;
}

void Reassembler::put(Slot& slot, const PartInput& input, uint32_t text_hash) {
  const std::string_view text = cut_text(input.text, limits::kTextBytesMax - slot.text.size());
  Part& part = slot.parts[static_cast<size_t>(input.part.seq - 1)];
  part = {static_cast<uint32_t>(slot.text.size()),
          static_cast<uint32_t>(text.size()),
          text_hash,
          input.part.head,
          input.part.tail,
          true};
  slot.text_cut = slot.text_cut || text.size() < input.text.size();
  slot.text += text;
  bytes_ += text.size();
  slot.last_offset = input.offset;
  ++slot.received;
  ++parts_waiting_;
}

// Room for another message of so many bytes: first what is only remembered goes, then what waits.
void Reassembler::make_room(size_t bytes) {
  const auto held = [this] { return waiting_.size() + remembered_.size(); };
  while (held() >= options_.messages_max && !remembered_.empty()) {
    const uint32_t slot = remembered_.first().slot;
    remembered_.remove(slot);
    remove(slot);
  }
  while (!waiting_.empty() &&
         (held() >= options_.messages_max || bytes_ + bytes > options_.bytes_max)) {
    set_ready(waiting_.first().slot, JoinReason::kFull);
  }
}

// Ends the oldest message of a key that has as many as it may.
void Reassembler::bound_key(const Hash128& key) {
  const auto latest = latest_.find(key);
  if (latest == latest_.end()) return;
  size_t count = 0;
  uint32_t oldest = kNone;
  for (uint32_t at = latest->second; at != kNone; at = slots_[at]->older) {
    if (slots_[at]->ready) continue;
    oldest = at;
    ++count;
  }
  if (count < limits::kReassemblySameKeyMax) return;
  if (slots_[oldest]->complete) {
    remembered_.remove(oldest);
    remove(oldest);
  } else {
    set_ready(oldest, JoinReason::kFull);
  }
}

void Reassembler::set_ready(uint32_t at, JoinReason reason) {
  Slot& slot = *slots_[at];
  waiting_.remove(at);
  parts_waiting_ -= slot.received;
  bytes_ -= slot.text.size() + slot.record.size();
  slot.ready = true;
  ready_.push_back({at, reason});
}

const JoinedMessage* Reassembler::next() {
  if (given_ == ready_.size()) return nullptr;
  const Ready& ready = ready_[given_++];
  const Slot& slot = *slots_[ready.slot];
  join(slot);
  joined_.record =
      std::string_view(slot.record).substr(0, slot.record.size() - limits::kPaddingBytes);
  joined_.total = static_cast<uint16_t>(slot.total);
  joined_.received = static_cast<uint16_t>(slot.received);
  joined_.last_offset = slot.last_offset;
  joined_.is_late = slot.is_late;
  joined_.reason = ready.reason;
  return &joined_;
}

// What next() gave out is looked at no more.
void Reassembler::finish_given() {
  SIEVE_CHECK(given_ == ready_.size(), "{} messages were not taken", ready_.size() - given_);
  for (size_t i = 0; i < given_; ++i) {
    const uint32_t at = ready_[i].slot;
    Slot& slot = *slots_[at];
    release_bytes(slot);
    slot.ready = false;
    if (slot.complete) {
      remembered_.add(entry_of(at));
    } else {
      remove(at);
    }
  }
  ready_.clear();
  given_ = 0;
}

void Reassembler::release_bytes(Slot& slot) {
  for (std::string* text : {&slot.text, &slot.record}) {
    text->clear();
    spare_.push_back(std::move(*text));
    text->clear();
  }
}

std::string Reassembler::spare_string() {
  if (spare_.empty()) return {};
  std::string spare = std::move(spare_.back());
  spare_.pop_back();
  return spare;
}

// Forgets a message that is in neither heap and holds no bytes.
void Reassembler::remove(uint32_t at) {
  Slot& slot = *slots_[at];
  const auto latest = latest_.find(slot.key);
  if (latest->second == at) {
    if (slot.older == kNone) {
      latest_.erase(latest);
    } else {
      latest->second = slot.older;
    }
  } else {
    uint32_t younger = latest->second;
    while (slots_[younger]->older != at) younger = slots_[younger]->older;
    slots_[younger]->older = slot.older;
  }
  (slot.before == kNone ? oldest_ : slots_[slot.before]->after) = slot.after;
  (slot.after == kNone ? newest_ : slots_[slot.after]->before) = slot.before;
  free_.push_back(at);
}

std::optional<int64_t> Reassembler::oldest_offset() const {
  if (oldest_ == kNone) return std::nullopt;
  return slots_[oldest_]->first_offset;
}

void Reassembler::join(const Slot& slot) {
  std::string& out = joined_text_;
  out.clear();
  const Part* before = nullptr;
  for (size_t i = 0; i < slot.parts.size(); ++i) {
    const Part& part = slot.parts[i];
    if (!part.received) {
      before = nullptr;
      continue;
    }
    if (before == nullptr && i > 0) out += kGap;
    std::string_view text = std::string_view(slot.text).substr(part.begin, part.size);
    const bool is_split = before != nullptr && before->tail != 0 && part.head != 0 &&
                          out.ends_with(kReplacement) && text.starts_with(kReplacement);
    if (is_split) {
      out.resize(out.size() - kReplacement.size());
      append_utf8(out, pair_of(before->tail, part.head));
      text.remove_prefix(kReplacement.size());
    }
    out += text;
    before = &part;
  }
  if (before == nullptr) out += kGap;
  const std::string_view text = cut_text(out, limits::kTextBytesMax);
  joined_.text_cut = slot.text_cut || text.size() < out.size();
  joined_.text = text;
}

}  // namespace sieve
