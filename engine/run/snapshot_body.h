// A SnapshotBody is what a snapshot file holds: the windows of one facts partition or of all, the
// cool-downs of alerts, and where the inputs go on that the state was made of.
//
//   body.begin(lanes);                                  // Fixes what is saved.
//   while (body.next_frame(keys_per_step, frame)) ...   // Facts may be applied meanwhile.
//
//   body.take(frame); ... body.finish();                // Back, in a process that starts.
//
// A frame holds bytes of one part: part 0 is what all partitions share, part n the windows of the
// n-th; within a part, bytes are a sequence of records (snapshot_record.h) that frames may cut
// anywhere.
//
// Thread safety: none; the thread that owns the state. Lifetime: refers to the state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "correlate/alert_cooldowns.h"
#include "correlate/correlator.h"
#include "correlate/snapshot_directory.h"
#include "stream/source.h"

namespace sieve {

// Where a lane goes on whose records before are in the state.
struct LaneMark {
  std::string origin;
  int32_t partition = 0;
  int64_t next_offset = 0;
};

class SnapshotBody {
 public:
  // `cooldowns` may be null: another part of the process has them.
  SnapshotBody(std::vector<Correlator*> correlators, AlertCooldowns* cooldowns);

  void begin(std::span<const LaneMark> lanes);
  // Makes a frame, looking at no more than `keys_max` keys, in the place of `frame`: empty when
  // there is nothing to write yet. False: that was all.
  bool next_frame(size_t keys_max, std::string& frame);
  // Gives up a snapshot that was begun.
  void cancel();
  bool is_under_way() const { return under_way_; }

  Expected<void, SnapshotRefusal> take(std::string_view frame);
  // Behind the last frame. Refuses what ends within a record.
  Expected<RestoredWindows, SnapshotRefusal> finish();
  const std::vector<LaneMark>& lanes() const { return lanes_; }

 private:
  struct Part {
    std::string made;         // Not in a frame yet.
    SnapshotRecords records;  // Being taken back.
  };
  bool restore(size_t part, SnapshotTag tag, std::string_view content);
  bool restore_lanes(ByteReader& in);
  bool cut_frame(size_t bytes_min, std::string& frame);

  const std::vector<Correlator*> correlators_;
  AlertCooldowns* const cooldowns_;
  std::vector<Part> parts_;
  std::vector<LaneMark> lanes_;
  bool under_way_ = false;
  size_t saving_ = 0;  // The correlator that is being saved.
};

}  // namespace sieve
