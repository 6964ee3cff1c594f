#include "rule/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/limits.h"
#include "rule/adjustment_parts.h"

namespace sieve {
namespace {

// What an exception of a rule that is referred to adds to its condition: the days on which it
// holds, `not` and `and`.
constexpr size_t kNodesPerException = 3;

using Kind = ReferringPart::Kind;

std::vector<const Rule*> all_rules(const std::vector<RuleFile>& files) {
  std::vector<const Rule*> rules;
  for (const RuleFile& file : files) {
    for (const Rule& rule : file.rules) rules.push_back(&rule);
  }
  return rules;
}

// What a condition asks about links, with the rules that it refers to.
struct LinkQuestions {
  bool any = false;
  bool imitations = false;

  void add(const LinkQuestions& other) {
    any |= other.any;
    imitations |= other.imitations;
  }
};

class ReferenceChecker {
 public:
  ReferenceChecker(const std::vector<RuleFile>& files, Diagnostics& diagnostics)
      : files_(files), diagnostics_(diagnostics), rules_(all_rules(files)) {
    for (uint32_t i = 0; i < rules_.size(); ++i) by_id_.emplace(rules_[i]->full_id(), i);
    is_used_.resize(rules_.size());
    sizes_.resize(rules_.size());
  }

  void run();

 private:
  std::vector<std::vector<NameUse>> find_uses();
  bool check_use(const Rule& user, const ReferringPart& part, const ExprNode& node);
  void report_circle(const NamingCircle& circle);
  void check_sizes(const std::vector<uint32_t>& order);
  size_t size_of(const ReferringPart& part);
  void warn_of_shadow(const Rule& user, const Rule& used, const ReferringPart& part,
                      SourceSpan span);
  void warn_of_unused();
  void check_link_slots(const std::vector<uint32_t>& order);

  const std::vector<RuleFile>& files_;
  Diagnostics& diagnostics_;
  std::vector<const Rule*> rules_;
  std::map<std::string, uint32_t, std::less<>> by_id_;
  std::vector<bool> is_used_;  // By rule.
  std::vector<size_t> sizes_;  // By rule: of its condition and exceptions, with what they refer to.
};

void ReferenceChecker::run() {
  const auto uses = find_uses();
  const NamingOrder order = order_of(uses);
  for (const NamingCircle& circle : order.circles) report_circle(circle);
  if (has_errors(diagnostics_)) return;
  check_sizes(order.order);
  check_link_slots(order.order);
  warn_of_unused();
}

// Whose truth each rule asks for. Parts of a score do not decide about truth: there a rule may be
// named that asks for this one, but not itself.
std::vector<std::vector<NameUse>> ReferenceChecker::find_uses() {
  std::vector<std::vector<NameUse>> uses(rules_.size());
  for (uint32_t i = 0; i < rules_.size(); ++i) {
    for (const ReferringPart& part : referring_parts(*rules_[i])) {
      for (const ExprNode& node : part.expression->nodes) {
        if (node.op != ExprOp::kRule || !check_use(*rules_[i], part, node)) continue;
        const uint32_t used = by_id_.find(node.text)->second;
        const bool decides = part.kind != Kind::kScorePart || used == i;
        if (decides) uses[i].push_back({used, std::string(part.file), node.span});
      }
    }
  }
  return uses;
}

bool ReferenceChecker::check_use(const Rule& user, const ReferringPart& part,
                                 const ExprNode& node) {
  const YamlContext context{std::string(part.file), 'R', &diagnostics_};
  const auto found = by_id_.find(node.text);
  if (found == by_id_.end()) {
    report_unknown_rule(node.text, node.span, files_, context);
    return false;
  }
  const Rule& used = *rules_[found->second];
  is_used_[found->second] = true;
  if (used.kind() != RuleKind::kMessage) {
    Diagnostic& out = context.error("R138", node.span,
                                    fmt::format("the rule `{}` cannot be asked for", node.text));
    out.label = "it is about many records";
    out.help = "refer to rules on single messages: those without window, sequence or campaign";
    out.related.push_back({used.file, used.id_span, "this rule"});
    return false;
  }
  warn_of_shadow(user, used, part, node.span);
  return true;
}

void ReferenceChecker::warn_of_shadow(const Rule& user, const Rule& used, const ReferringPart& part,
                                      SourceSpan span) {
  const bool is_apart = used.emit && used.mode == RuleMode::kShadow;
  if (!is_apart || (user.emit && user.mode == RuleMode::kShadow)) return;
  const YamlContext context{std::string(part.file), 'R', &diagnostics_};
  Diagnostic& out = context.warning(
      "R147", span, fmt::format("the rule `{}` is in shadow, and decides here", used.full_id()));
  out.help =
      "leave it out, run this rule in shadow, too, or make the other a helper: `emit: false`";
}

void ReferenceChecker::report_circle(const NamingCircle& circle) {
  std::vector<std::string> names;
  for (const Rule* rule : rules_) names.push_back(rule->full_id());
  Diagnostic& out = diagnostics_.emplace_back(circle_error("R137", circle, "refers to", names));
  out.title = fmt::format("the rule `{}` leads back to itself", names[circle.front().user]);
  out.help = "move what both ask for into a helper: a rule with `emit: false`";
}

// What is read in the place of a reference is a part of the expression: all of it has to fit.
void ReferenceChecker::check_sizes(const std::vector<uint32_t>& order) {
  for (const uint32_t i : order) {
    for (const ReferringPart& part : referring_parts(*rules_[i])) {
      if (part.kind == Kind::kScorePart) continue;
      sizes_[i] += size_of(part);
      if (part.kind == Kind::kException) sizes_[i] += kNodesPerException;
    }
  }
  for (const Rule* rule : rules_) {
    for (const ReferringPart& part : referring_parts(*rule)) {
      if (part.kind == Kind::kScorePart) size_of(part);
    }
  }
}

// In all; 0 of one that is too large, which is told.
size_t ReferenceChecker::size_of(const ReferringPart& part) {
  size_t size = part.expression->nodes.size();
  for (const ExprNode& node : part.expression->nodes) {
    if (node.op == ExprOp::kRule) size += sizes_[by_id_.find(node.text)->second];
  }
  if (size <= limits::kExpressionNodesMax) return size;
  const YamlContext context{std::string(part.file), 'R', &diagnostics_};
  Diagnostic& out = context.error("R016", part.expression->span,
                                  fmt::format("an expression of {} parts, with those of the rules "
                                              "that it refers to; at most {} can be",
                                              size, limits::kExpressionNodesMax));
  out.help = "refer to fewer rules, or to shorter ones";
  return 0;
}

void ReferenceChecker::warn_of_unused() {
  for (size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = *rules_[i];
    if (rule.emit || is_used_[i]) continue;
    const YamlContext context{rule.file, 'R', &diagnostics_};
    context
        .warning("R139", rule.emit_span,
                 fmt::format("no rule refers to the helper `{}`", rule.full_id()))
        .help =
        fmt::format("refer to it, rule({}), or remove it or its `emit: false`", rule.full_id());
  }
}

// A summary names the link for which a condition held: the rule's own, or that of a rule that it
// refers to.
void ReferenceChecker::check_link_slots(const std::vector<uint32_t>& order) {
  std::vector<LinkQuestions> asked(rules_.size());
  for (const uint32_t i : order) {
    const Rule& rule = *rules_[i];
    for (const ExprNode& node : rule.condition.nodes) {
      asked[i].any |= node.op == ExprOp::kAnyUrl;
      asked[i].imitations |= node.op == ExprOp::kLookAlike;
      if (node.op == ExprOp::kRule) asked[i].add(asked[by_id_.find(node.text)->second]);
    }
    const YamlContext context{rule.file, 'R', &diagnostics_};
    for (const LinkSlot& slot : rule.alert.link_slots) {
      const bool is_imitation = slot.name == kImitatedBrandSlot || slot.name == kImitationKindSlot;
      if (is_imitation ? asked[i].imitations : asked[i].any) continue;
      Diagnostic& out =
          slot.in_key ? context.error("R135", slot.span, fmt::format("which `{}`?", slot.name))
                      : context.error("R038", slot.span,
                                      fmt::format("unknown name `{}` in the summary", slot.name));
      out.label = fmt::format("no `{}`, in this rule or those it refers to",
                              is_imitation ? "url.lookalike(...)" : "any url where");
    }
  }
}

}  // namespace

std::vector<ReferringPart> referring_parts(const Rule& rule) {
  std::vector<ReferringPart> parts;
  parts.push_back({Kind::kCondition, &rule.condition, rule.file});
  for (const ExceptionDef& exception : rule.exceptions) {
    parts.push_back({Kind::kException, &exception.when, exception.file});
  }
  for (const ScorePart& part : rule.score_parts) {
    parts.push_back({Kind::kScorePart, &part.when, rule.file});
  }
  return parts;
}

std::vector<std::string> references_of(const Rule& rule) {
  std::vector<std::string> ids;
  for (const ReferringPart& part : referring_parts(rule)) {
    for (const ExprNode& node : part.expression->nodes) {
      const bool is_new =
          node.op == ExprOp::kRule && std::find(ids.begin(), ids.end(), node.text) == ids.end();
      if (is_new) ids.push_back(node.text);
    }
  }
  return ids;
}

std::vector<uint32_t> reference_order(const std::vector<const Rule*>& rules) {
  std::map<std::string, uint32_t, std::less<>> by_id;
  for (uint32_t i = 0; i < rules.size(); ++i) by_id.emplace(rules[i]->full_id(), i);
  std::vector<std::vector<NameUse>> uses(rules.size());
  for (uint32_t i = 0; i < rules.size(); ++i) {
    for (const ReferringPart& part : referring_parts(*rules[i])) {
      if (part.kind == Kind::kScorePart) continue;
      for (const ExprNode& node : part.expression->nodes) {
        if (node.op == ExprOp::kRule) uses[i].push_back({by_id.find(node.text)->second, {}, {}});
      }
    }
  }
  return order_of(uses).order;
}

void check_references(const std::vector<RuleFile>& files, Diagnostics& diagnostics) {
  if (has_errors(diagnostics)) return;
  ReferenceChecker(files, diagnostics).run();
}

}  // namespace sieve
