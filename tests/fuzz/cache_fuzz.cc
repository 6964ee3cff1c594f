// Files of the cache of compiled databases from outside: nothing crashes, no file is taken that was
// not written whole, and no payload that is no database.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "match/database.h"
#include "match/database_cache.h"

namespace sieve {
namespace {

constexpr Hash128 kKey{0x0123456789ABCDEF, 0xFEDCBA9876543210};
// Of a new database: longer ones are other than what a cache of ours holds.
constexpr size_t kPayloadBytesMax = size_t{1} << 20;

void require(bool condition) {
  if (!condition) std::abort();
}

// Whatever is accepted is exactly what the writer makes.
void check_file(std::string_view file) {
  const auto payload = cache_payload(file, kKey);
  if (payload) require(cache_file(kKey, *payload) == file);
}

// A payload under a right header, as another version would leave it: refused, or it works.
void check_payload(std::string_view payload) {
  const std::string file = cache_file(kKey, payload);
  require(cache_payload(file, kKey) == payload);
  require(!cache_payload(file, {kKey.high, kKey.low + 1}));
  const auto database = Database::deserialise(payload);
  if (!database) return;
  Scratch scratch;
  database->grow(scratch);
  std::vector<RawMatch> found;
  database->scan(" pay the customs fee now: 12345 baht ", scratch, found);
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > sieve::kPayloadBytesMax) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  sieve::check_file(bytes);
  sieve::check_payload(bytes);
  return 0;
}
