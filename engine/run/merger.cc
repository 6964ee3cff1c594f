#include "run/merger.h"

#include <algorithm>

namespace sieve {

void Merger::advance() {
  if (order_ == MergeOrder::kArrival) {
    advance_by_arrival();
  } else {
    advance_by_event_time();
  }
}

void Merger::finish(Cursor& cursor) {
  stage_.finish(*cursor.batch);
  board_.recycle(*cursor.batch);
  cursor.batch = nullptr;
  cursor.next = 0;
}

// Makes the cursor point at an output; false when its lane has none ready.
bool Merger::fill(Cursor& cursor) {
  while (true) {
    if (cursor.batch == nullptr) {
      cursor.batch = board_.take_ready(cursor.lane);
      if (cursor.batch == nullptr) return false;
      late_.screen(*cursor.batch);
      parts_.join(*cursor.batch);
    }
    if (cursor.next < cursor.batch->outputs.size()) return true;
    finish(cursor);
  }
}

void Merger::refresh_lanes() {
  for (const LaneId id : board_.lanes()) {
    const auto at =
        std::lower_bound(cursors_.begin(), cursors_.end(), id,
                         [](const Cursor& cursor, LaneId lane) { return cursor.lane < lane; });
    if (at == cursors_.end() || at->lane != id) cursors_.insert(at, Cursor{id});
  }
}

void Merger::advance_by_arrival() {
  refresh_lanes();
  bool moved = true;
  while (moved) {
    moved = false;
    for (Cursor& cursor : cursors_) {
      while (fill(cursor)) {
        stage_.emit(*cursor.batch, cursor.batch->outputs[cursor.next++]);
        moved = true;
      }
    }
  }
}

// True when `a` is to be emitted before `b`; cursors stand in order of lane.
bool Merger::precedes(const Cursor& a, const Cursor& b) {
  const Timestamp time_a = a.batch->outputs[a.next].time;
  const Timestamp time_b = b.batch->outputs[b.next].time;
  return time_a != time_b ? time_a < time_b : a.lane < b.lane;
}

// Finds the two lanes that are to be emitted first. False when some lane's next output is not known
// yet: it holds all others back, for it may be the earliest.
bool Merger::find_first(Cursor*& first, Cursor*& second) {
  bool known = true;
  first = nullptr;
  second = nullptr;
  for (Cursor& cursor : cursors_) {
    if (!fill(cursor)) {
      if (!cursor.exhausted) cursor.exhausted = board_.is_exhausted(cursor.lane);
      known = known && cursor.exhausted;
      continue;
    }
    if (first == nullptr || precedes(cursor, *first)) {
      second = first;
      first = &cursor;
    } else if (second == nullptr || precedes(cursor, *second)) {
      second = &cursor;
    }
  }
  return known && first != nullptr;
}

void Merger::advance_by_event_time() {
  refresh_lanes();
  Cursor* first = nullptr;
  Cursor* second = nullptr;
  while (find_first(first, second)) {
    do {
      stage_.emit(*first->batch, first->batch->outputs[first->next++]);
    } while (first->next < first->batch->outputs.size() &&
             (second == nullptr || precedes(*first, *second)));
  }
}

void Merger::drop(LaneId lane) {
  late_.drop(lane);
  const auto at = std::find_if(cursors_.begin(), cursors_.end(),
                               [&](const Cursor& cursor) { return cursor.lane == lane; });
  if (at == cursors_.end()) return;
  if (at->batch != nullptr) board_.recycle(*at->batch);
  cursors_.erase(at);
}

}  // namespace sieve
