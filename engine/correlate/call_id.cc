#include "correlate/call_id.h"

#include <string_view>

#include "base/hash.h"

namespace sieve {

CallId call_id_of(const Record& record) {
  if (record.kind != RecordKind::kCall) return {};
  const Call& call = record.call;
  if (!call.call_ref.empty()) return {hash64(call.call_ref) | 1};
  const std::string_view from = call.from.key(), to = call.to.key();
  if (from.empty() || to.empty()) return {};
  const uint64_t hash = hash64(to, hash64(from)) & ~uint64_t{1};
  return {hash == 0 ? 2 : hash};
}

}  // namespace sieve
