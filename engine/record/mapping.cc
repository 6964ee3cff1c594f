#include "record/mapping.h"

namespace sieve {

Mapping native_mapping(RecordKind kind, std::string_view default_country) {
  Mapping mapping;
  mapping.kind = kind;
  mapping.default_country = default_country;
  return mapping;
}

}  // namespace sieve
