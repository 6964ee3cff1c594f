#include "run/snapshot_body.h"

#include <fmt/format.h>

#include <algorithm>

namespace sieve {
namespace {

// Before a frame's bytes stands the number of their part.
constexpr size_t kPartBytesMax = 2;
constexpr size_t kFrameBytes = kSnapshotFrameBytesMax - kPartBytesMax;

Unexpected<SnapshotRefusal> damaged(std::string detail) {
  return Unexpected<SnapshotRefusal>({SnapshotFaultReason::kDamaged, std::move(detail)});
}

}  // namespace

SnapshotBody::SnapshotBody(std::vector<Correlator*> correlators, AlertCooldowns* cooldowns)
    : correlators_(std::move(correlators)),
      cooldowns_(cooldowns),
      parts_(correlators_.size() + 1) {}

void SnapshotBody::begin(std::span<const LaneMark> lanes) {
  under_way_ = true;
  saving_ = 0;
  std::string& shared = parts_[0].made;
  if (cooldowns_ != nullptr) cooldowns_->save(shared);
  {
    const SnapshotRecord record(SnapshotTag::kLanes, shared);
    put_varint(shared, lanes.size());
    for (const LaneMark& lane : lanes) {
      put_text(shared, lane.origin);
      put_varint(shared, static_cast<uint64_t>(lane.partition));
      put_varint(shared, static_cast<uint64_t>(lane.next_offset));
    }
  }
  for (size_t i = 0; i < correlators_.size(); ++i) {
    correlators_[i]->begin_snapshot(parts_[i + 1].made);
  }
}

// A frame of a part that has at least so many bytes, the fullest first.
bool SnapshotBody::cut_frame(size_t bytes_min, std::string& frame) {
  const auto fullest =
      std::max_element(parts_.begin(), parts_.end(),
                       [](const Part& a, const Part& b) { return a.made.size() < b.made.size(); });
  if (fullest->made.size() < std::max<size_t>(bytes_min, 1)) return false;
  put_varint(frame, static_cast<uint64_t>(fullest - parts_.begin()));
  const size_t size = std::min(fullest->made.size(), kFrameBytes);
  frame.append(fullest->made, 0, size);
  fullest->made.erase(0, size);
  return true;
}

bool SnapshotBody::next_frame(size_t keys_max, std::string& frame) {
  frame.clear();
  if (!under_way_) return false;
  if (cut_frame(kFrameBytes, frame)) return true;
  if (saving_ < correlators_.size()) {
    if (correlators_[saving_]->continue_snapshot(keys_max)) ++saving_;
    cut_frame(kFrameBytes / 2, frame);
    return true;
  }
  under_way_ = cut_frame(0, frame);
  return under_way_;
}

void SnapshotBody::cancel() {
  if (!under_way_) return;
  for (Correlator* correlator : correlators_) correlator->cancel_snapshot();
  for (Part& part : parts_) part.made = {};
  under_way_ = false;
}

Expected<void, SnapshotRefusal> SnapshotBody::take(std::string_view frame) {
  ByteReader head(frame);
  const uint64_t number = head.varint();
  if (head.failed() || number >= parts_.size()) {
    return damaged(fmt::format("part {} of {}", number, parts_.size()));
  }
  SnapshotRecords& records = parts_[number].records;
  records.add(head.bytes(head.size()));
  SnapshotTag tag{};
  std::string_view content;
  while (records.next(tag, content)) {
    if (!restore(number, tag, content)) {
      return damaged(fmt::format("a record of kind {} cannot be read", static_cast<int>(tag)));
    }
  }
  return {};
}

bool SnapshotBody::restore(size_t part, SnapshotTag tag, std::string_view content) {
  ByteReader in(content);
  if (part > 0) {
    correlators_[part - 1]->restore(tag, in);
  } else if (tag == SnapshotTag::kLanes) {
    return restore_lanes(in);
  } else if (tag == SnapshotTag::kAlerts && cooldowns_ != nullptr) {
    cooldowns_->restore(in);
  } else {
    in.fail();
  }
  return !in.failed();
}

bool SnapshotBody::restore_lanes(ByteReader& in) {
  for (uint64_t left = in.varint(); left > 0 && !in.failed(); --left) {
    LaneMark lane;
    lane.origin = in.text();
    lane.partition = static_cast<int32_t>(in.varint());
    lane.next_offset = static_cast<int64_t>(in.varint());
    if (!in.failed()) lanes_.push_back(std::move(lane));
  }
  return !in.failed();
}

Expected<RestoredWindows, SnapshotRefusal> SnapshotBody::finish() {
  RestoredWindows all;
  for (const Part& part : parts_) {
    if (part.records.left() > 0) return damaged("it ends within a record");
  }
  for (Correlator* correlator : correlators_) {
    const RestoredWindows windows = correlator->finish_restore();
    all.restored += windows.restored;
    all.missing += windows.missing;
    all.left_over += windows.left_over;
  }
  return all;
}

}  // namespace sieve
