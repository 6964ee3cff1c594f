#include "text/byte_edits.h"

#include <cstring>

#include "base/check.h"

namespace sieve {

size_t ByteEdits::apply(std::string_view text, char* out) const {
  size_t size = 0;
  size_t from = 0;
  const auto keep_until = [&](size_t end) {
    SIEVE_CHECK(from <= end && end <= text.size(), "[{}, {}) of {} bytes", from, end, text.size());
    std::memcpy(out + size, text.data() + from, end - from);
    size += end - from;
  };
  auto next = replaced.begin();
  for (size_t i = 0; i <= dropped.size(); ++i) {
    const size_t end = i < dropped.size() ? dropped[i] : text.size();
    keep_until(end);
    for (; next != replaced.end() && next->at < end; ++next)
      out[size - (end - next->at)] = next->by;
    from = end + 1;
  }
  return size;
}

void ByteEdits::apply(std::vector<ByteSpan>& map) const {
  auto next = dropped.begin();
  size_t size = 0;
  for (size_t at = 0; at < map.size(); ++at) {
    if (next != dropped.end() && *next == at) {
      ++next;
    } else {
      map[size++] = map[at];
    }
  }
  map.resize(size);
}

}  // namespace sieve
