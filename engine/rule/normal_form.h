// A condition with what is known of it worked out: parts that are surely true or false are gone.
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rule/expression.h"

namespace sieve {

// What is taken for granted: the pattern of this index does not occur.
using AbsentPattern = std::optional<uint32_t>;

struct NormalForm {
  std::optional<bool> constant;  // It is the same for every record; then there are no nodes.
  std::vector<ExprNode> nodes;

  // Equal for conditions that are written alike, wherever they stand.
  std::string key() const;
};

// Of a condition of a rule with these captures. REQUIRES: `nodes` is sound and not empty.
struct CaptureDef;
NormalForm normal_form(std::span<const ExprNode> nodes, AbsentPattern absent = {},
                       std::span<const CaptureDef> captures = {});

// Whether two conditions are true of the same records, whatever those are: their comparisons,
// patterns and flags taken as independent. False as well when they have too many to try.
bool is_same_condition(const NormalForm& a, const NormalForm& b);

// Sets how many nodes the condition of each `any url where` has, after nodes were taken or added.
void count_link_nodes(std::vector<ExprNode>& nodes);

}  // namespace sieve
