// A ValueSet counts distinct values over any window of a ring of buckets.
//
// It remembers in which kept buckets each value occurred, a bit for each. Up to so many values
// within the kept buckets it is exact. Beyond, it keeps a sample (Wegman's adaptive sampling): only
// values whose hash begins with `level` zero bits, a half less for each level, and counts each for
// 2^level. The sample of the kept buckets has half of that bound or more, so that the standard
// error over all of them is at most sqrt(2 / bound): with kDistinctExactMax 3 to 5 %. When the
// sample gets small again, new buckets are sampled at a lower level.
//
// In order, a count costs the same whatever the number of values; a new bucket costs one pass over
// the values.
//
// Thread safety: none. Allocates when it grows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_codec.h"
#include "correlate/ring_mask.h"

namespace sieve {

inline constexpr size_t kDistinctExactMax = 1'024;

// The bound with which the standard error is at most `error`: a power of two.
size_t exact_max_of(double error);

class ValueSet {
 public:
  // Empties it, keeping memory. The newest bucket is `bucket`; it is exact up to `exact_max`
  // values.
  void reset(const WindowShape& shape, int64_t bucket, size_t exact_max = kDistinctExactMax);

  // Moves on to a later newest bucket, forgetting what is no longer kept.
  void advance(int64_t bucket);

  // Notes the non-zero `value` in a kept bucket up to the newest.
  void add(uint64_t value, int64_t bucket);

  // Distinct values in the window that ends with bucket `end`, which is kept.
  double count(int64_t end) const;

  // Whether the non-zero `value` is in that window; of a sampled window, which does not know all of
  // its values, true.
  bool contains(uint64_t value, int64_t end) const;

  // All of it, for a set of the same shape and bound. restore() leaves an empty set and fails the
  // reader when the bytes are none of a set.
  void save(std::string& out) const;
  void restore(ByteReader& in, const WindowShape& shape, size_t exact_max);

  size_t state_bytes() const { return slots_.capacity() * 8 + levels_.capacity(); }

 private:
  struct Sampled {
    uint64_t count = 0;
    int level = 0;
  };

  size_t stride() const { return 1 + words_; }
  size_t capacity() const { return slots_.size() / stride(); }
  // The slot that holds `hash`, or the empty one where it belongs.
  uint64_t* find(uint64_t hash);
  const uint64_t* find(uint64_t hash) const { return const_cast<ValueSet*>(this)->find(hash); }
  RingMask window_of(int64_t end) const;
  int level_of_window(int64_t end) const;
  Sampled sample(int64_t end) const;
  bool is_dropped(const uint64_t* slot) const;
  void make_room();
  void raise_level();
  void drop_values();
  void erase(size_t index);
  void grow();

  WindowShape shape_;
  size_t exact_max_ = kDistinctExactMax;
  size_t words_ = 1;
  int64_t newest_ = 0;
  // Slots of a hash (0: empty) and its buckets' bits; open addressing, a power of two of them.
  std::vector<uint64_t> slots_;
  size_t used_ = 0;  // Slots that are not empty, values that occur in no bucket any more included.
  int level_ = 0;    // Of new buckets.
  std::vector<uint8_t> levels_;  // By bucket of the ring: the level it was sampled at.
  bool sampled_ = false;         // Some level was above 0 since reset().
  // Of the window that ends with the newest bucket.
  RingMask newest_window_;
  Sampled newest_sample_;
};

}  // namespace sieve
