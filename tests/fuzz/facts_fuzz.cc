// Fact blocks from outside: nothing crashes, and what is read and written again is read the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "correlate/entity_key.h"
#include "correlate/fact.h"

namespace sieve {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_block(std::string_view block) {
  auto reader = FactBlockReader::open(block);
  if (!reader) return;
  std::string copy;
  FactBlockWriter writer(copy);
  writer.begin(reader->origin());
  size_t count = 0;
  for (Fact fact; reader->next(fact); ++count) {
    entity_name(fact.key, fact.name);
    writer.add(fact);
  }
  writer.end();
  if (reader->failed()) return;
  auto again = FactBlockReader::open(copy);
  require(again && again->origin() == reader->origin() && again->count() == count);
  for (Fact fact; again->next(fact);) --count;
  require(count == 0 && !again->failed() && copy.size() <= block.size());
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sieve::check_block({reinterpret_cast<const char*>(data), size});
  return 0;
}
