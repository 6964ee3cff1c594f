// Every bound of the engine, in one place, with what it costs and how the bounds relate. On
// reaching one the engine truncates, evicts or refuses, and counts it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sieve::limits {

// A record larger than this is dead-lettered with reason `too_large`. Kafka's default maximum is
// 1 MiB; a real message record is 0.3 to 1.2 KiB (3GPP TS 32.298 fields as JSON).
inline constexpr size_t kRecordBytesMax = size_t{1} << 20;

// What a file source still delivers whole, so that an oversized line can be dead-lettered with its
// original bytes. A longer line is dead-lettered with its first kRecordBytesMax bytes and its size.
inline constexpr size_t kLineBytesMax = size_t{16} << 20;
static_assert(kLineBytesMax >= kRecordBytesMax);

// Text beyond this is cut (and counted) before folding: 255 SMS parts of 67 UCS-2 characters are at
// most 51 KiB of UTF-8, and no honest message comes near it.
inline constexpr size_t kTextBytesMax = size_t{16} << 10;
static_assert(kTextBytesMax < kRecordBytesMax);

// The octets of a payload beyond this are cut (and counted as its text): 255 parts of 140 octets,
// should a gateway have joined them, are 35 KiB.
inline constexpr size_t kPayloadBytesMax = size_t{64} << 10;
static_assert(kPayloadBytesMax >= kTextBytesMax);

// Records and bytes of one batch: the unit that workers, offsets and counters move by. 64 KiB stays
// in a core's L2 cache together with the scan tables of the shipped packs.
inline constexpr size_t kBatchRecordsMax = 512;
inline constexpr size_t kBatchBytesTarget = size_t{64} << 10;

// Batches of one lane that may be read but not yet merged. Bounds memory and how far a worker may
// run ahead; two per thread keeps all threads busy.
inline constexpr size_t kBatchesInFlightPerLaneMax = 16;

// Bytes after the last byte of a record buffer that may be read by SIMD parsers (simdjson 3.0:
// SIMDJSON_PADDING is 64).
inline constexpr size_t kPaddingBytes = 64;

// Messages in parts that wait for more, or are remembered for their duplicates, in one lane, and
// the bytes they hold. A message in three parts holds about 1 KiB while it waits and 200 bytes
// afterwards; a lane that has 100 of them a second holds 30,000 at a timeout of five minutes.
inline constexpr size_t kReassemblyMessagesPerLaneMax = size_t{1} << 16;
inline constexpr size_t kReassemblyBytesPerLaneMax = size_t{32} << 20;
static_assert(kReassemblyBytesPerLaneMax > kRecordBytesMax + kTextBytesMax);
// Of one sender, recipient and reference: honest references come around a few times within the
// timeout, and each further part is compared with all of them.
inline constexpr size_t kReassemblySameKeyMax = 16;

// Rule language.
inline constexpr size_t kRuleFileBytesMax = size_t{8} << 20;
inline constexpr size_t kYamlDepthMax = 32;
inline constexpr size_t kYamlNodesMax = 2'000'000;
inline constexpr size_t kExpressionNodesMax = 512;
inline constexpr size_t kExpressionDepthMax = 64;
inline constexpr size_t kPatternBytesMax = 1'024;
inline constexpr size_t kPatternsMax = 1'000'000;
inline constexpr size_t kRuleTestsMax = 200;
inline constexpr size_t kScorePartsMax = 16;  // Of one rule: `score_if`.
// Rounds of `rules fix`: a round leaves patches to the next where they overlap or hide one another.
inline constexpr size_t kFixRoundsMax = 200;
// Occurrences of one pattern that a condition tells apart: it is no larger than what `count` may be
// compared with, and bounds what `near` and `before` look at.
inline constexpr size_t kOccurrencesMax = 64;
inline constexpr size_t kDistanceCharsMax = 1'000;

// Alerts of messages with `alert.suppress`: keys that cool down, for each length (40 bytes each),
// and roll-ups that wait for the end of their slot, with the bytes of what they show (about 1 KiB
// each).
inline constexpr size_t kAlertCooldownsMax = 1'000'000;
inline constexpr size_t kRollUpsMax = 100'000;
inline constexpr size_t kRollUpBytesMax = size_t{256} << 20;

// Lists. A feed of five million hosts is 100 MB as a file and 30 bytes an entry in memory.
inline constexpr uint64_t kListEntriesDefault = 1'000'000;
inline constexpr uint64_t kListEntriesMax = 20'000'000;
inline constexpr size_t kListFileBytesMax = size_t{1} << 30;

// Compiling patterns: time of the child processes, for all databases of one load, and memory of
// each. 10,000 phrases take 0.2 s and 40 MiB; 10,000 that end alike, the worst found, 2.1 s and 200
// MiB (bench/README.md, "Loading").
inline constexpr int64_t kCompileTimeoutMsMin = 1'000;
inline constexpr int64_t kCompileTimeoutMsDefault = 60'000;
inline constexpr int64_t kCompileTimeoutMsMax = 3'600'000;
inline constexpr uint64_t kCompileMemoryMin = uint64_t{64} << 20;
inline constexpr uint64_t kCompileMemoryDefault = uint64_t{1} << 30;
inline constexpr uint64_t kCompileMemoryMax = uint64_t{64} << 30;

// So many literals of so many bytes together are compiled without a child. The worst found, 1,000
// that end alike in 56 bytes, take 0.1 s and 25 MiB.
inline constexpr size_t kCompileHereLiteralsMax = 1'000;
inline constexpr size_t kCompileHereBytesMax = size_t{64} << 10;

// Compilations tried to find the pattern that breaks a limit: two for each halving of a million.
inline constexpr size_t kCulpritAttemptsMax = 40;

// A regular expression of more RE2 instructions is told to its author: of 2,000 it may take 30 ms
// to compile, of 6,000 seconds.
inline constexpr int kRegexInstructionsCheap = 1'000;

// Patterns whose cost `rules check --cost` measures, and those it shows. A phrase takes 0.3 ms.
inline constexpr size_t kCostsMeasuredMax = 10'000;
inline constexpr size_t kCostsShownMax = 20;

// A compiled database, and the patterns it is made of: 100,000 phrases are 20 and 8 MiB.
inline constexpr size_t kDatabaseBytesMax = size_t{1} << 30;
inline constexpr size_t kCompileRequestBytesMax = size_t{1} << 30;

// The cache of compiled databases. A rule set has up to a dozen; this keeps those of the last few.
inline constexpr size_t kCacheFilesMax = 64;
inline constexpr uint64_t kCacheBytesMax = uint64_t{2} << 30;
static_assert(kCacheBytesMax >= kDatabaseBytesMax);

// Patterns that may fire in one message: beyond it the rest are counted as truncated. One for each
// byte of the longest text, so that nobody hides a pattern behind others.
inline constexpr size_t kSignalsPerMessageMax = kTextBytesMax;
inline constexpr size_t kHitsPerMessageMax = 64;
inline constexpr size_t kUrlsPerMessageMax = 16;
// What is looked at when a message's numbers and contacts are searched for: groups of digits, and
// places where a name may begin. A concatenated SMS of ten parts rarely has 100 of either.
inline constexpr size_t kDigitGroupsMax = 256;
inline constexpr size_t kContactPlacesMax = 256;
inline constexpr size_t kRecipientsPerMessageMax = 64;

// Correlation. A fact is at most 100 bytes on the wire (header included).
inline constexpr size_t kFactBytesMax = 100;
inline constexpr size_t kFactValuesMax = 4;     // Fields counted distinct, per rule.
inline constexpr size_t kRatioMeasuresMax = 8;  // Per rule.
inline constexpr size_t kFactNameBytesMax = 24;
inline constexpr size_t kWindowBucketsMax = 64;
inline constexpr size_t kWindowKeysDefault = 1'000'000;

// Dead letters and diagnostics shown to people.
inline constexpr size_t kDiagnosticsShownMax = 100;

}  // namespace sieve::limits
