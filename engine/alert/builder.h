// An AlertBuilder makes alerts of what evaluate and correlate found.
//
// Thread safety: none; one per thread. Lifetime: shares the RuleSet; alerts refer to it.
#pragma once

#include <memory>

#include "alert/alert.h"
#include "alert/privacy.h"
#include "correlate/correlator.h"
#include "evaluate/evaluator.h"
#include "text/entities.h"
#include "text/fold.h"

namespace sieve {

class Disclosure;

class AlertBuilder {
 public:
  // `context` is for fields in summaries.
  AlertBuilder(std::shared_ptr<const RuleSet> rules, const PrivacyPolicy& policy,
               FieldContext context = {});

  // The country whose national numbers are read in messages from now on; null, as at first: none.
  // Links, contacts and the like beyond the limits in the message of the last content alert.
  uint32_t entities_left_out() const { return entities_.left_out; }
  void set_default_plan(const NumberingPlan* plan) { entity_options_.default_plan = plan; }

  // One alert for the message, listing every hit; spans are mapped back through `folder`, which
  // folds the message again. The subject is the sender. REQUIRES: at least one hit. The alert is
  // valid, and may be added to (`detected_at`), until the next call.
  Alert& content(const Record& record, const Evaluation& evaluation, Folder& folder,
                 const AlertSource& source);

  // The subject is the finding's key.
  Alert& finding(const Finding& finding);

 private:
  void fill_common(AlertKind kind, RuleIndex primary);
  void add_hits(const Message& message, const Evaluation& evaluation, Folder& folder,
                const Disclosure& disclosure);
  void add_entities(const FoldedText& folded, const Disclosure& disclosure);
  bool is_withheld(const Evaluation& evaluation) const;

  std::shared_ptr<const RuleSet> rules_;
  PrivacyPolicy policy_;
  FieldContext context_;
  EntityOptions entity_options_;
  Entities entities_;
  Alert alert_;
};

}  // namespace sieve
