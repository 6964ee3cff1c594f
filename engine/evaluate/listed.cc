#include "evaluate/listed.h"

#include "base/limits.h"

namespace sieve {

bool is_listed(const ListSet& list, std::string_view text, const ProgramInput& input) {
  if (list.type() == ListType::kText) {
    if (text.size() > limits::kTextBytesMax) return false;
    text = input.folder->fold(text).text;
  }
  return list.contains(text, input.record->time(), input.context->zone);
}

}  // namespace sieve
