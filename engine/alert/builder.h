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

class AlertBuilder {
 public:
  AlertBuilder(std::shared_ptr<const RuleSet> rules, const PrivacyPolicy& policy);

  // One alert for the message, listing every hit; spans are mapped back through `folder`, which
  // must have folded this message last. REQUIRES: at least one hit. Valid until the next call;
  // `detected_at` and `late_ms` are the caller's to fill.
  Alert& content(const Record& record, const Evaluation& evaluation, Folder& folder,
                 const AlertSource& source);

  Alert& finding(const Finding& finding);

 private:
  void fill_common(RuleIndex primary);

  std::shared_ptr<const RuleSet> rules_;
  PrivacyPolicy policy_;
  Entities entities_;
  Alert alert_;
};

}  // namespace sieve
