// An exception of a rule: where it holds, the rule is true and yet does not hit, and the reason is
// told. Exceptions stand in their rule, or are filters, which stand beside rules and except many.
//
// Thread safety: plain data. The reference for authors is rules/README.md.
#pragma once

#include <string>
#include <vector>

#include "rule/definitions.h"

namespace sieve {

enum class ExceptionKind : uint8_t { kException, kFilter };

struct ExceptionDef {
  ExceptionKind kind = ExceptionKind::kException;
  std::string name;
  std::string reason;
  Date last_day = kNoLastDay;   // On which it holds, by the time of the record.
  Expression when;              // Of one with values: what they come to,
  bool has_rows = false;        // and then so.
  std::vector<ListDef> values;  // What `when` looks up as list kOwnLists and following.
  std::string file;
  SourceSpan span;  // Of the name.

  // `exception:NAME` or `filter:NAME`, as tests and metrics name it.
  std::string label() const;
};

// ExprNode::index of a kInList from here on: lists of the exception that the node stands in.
inline constexpr uint32_t kOwnLists = uint32_t{1} << 31;

}  // namespace sieve
