// An AlertBuilder makes alerts of what evaluate and correlate found.
//
// Thread safety: none; one per thread. Lifetime: shares the RuleSet; alerts refer to it.
#pragma once

#include <memory>

#include "alert/alert.h"
#include "alert/privacy.h"
#include "alert/redaction.h"
#include "correlate/correlator.h"
#include "evaluate/evaluator.h"
#include "text/fold.h"

namespace sieve {

class Disclosure;

class AlertBuilder {
 public:
  // `context` is for fields in summaries.
  AlertBuilder(std::shared_ptr<const RuleSet> rules, const PrivacyPolicy& policy,
               FieldContext context = {});

  // One alert for the message, listing every hit; spans are mapped back through `folder`, which
  // folds the message again. The subject is the sender. The alert is valid, and may be added to
  // (`detected_at`), until the next call. REQUIRES: at least one hit; the text that was evaluated
  // is still folded, in `folder` or elsewhere.
  Alert& content(const Record& record, const Evaluation& evaluation, Folder& folder,
                 const AlertSource& source);

  // The subject is the finding's key.
  Alert& finding(const Finding& finding);

 private:
  void fill_common(AlertKind kind, RuleIndex primary);
  void add_hits(const Record& record, const Evaluation& evaluation, Folder& folder,
                const Disclosure& disclosure);
  std::string summary_of(const Record& record, const Evaluation& evaluation, Folder& folder,
                         const Disclosure& disclosure) const;
  std::string link_slot(std::string_view name, const Evaluation& evaluation, Folder& folder,
                        const Disclosure& disclosure) const;
  std::string capture_slot(std::string_view name, const Evaluation& evaluation, Folder& folder,
                           const Disclosure& disclosure) const;
  // Entries of lists that the rule of `hit` asked for and found.
  void add_lists(const Record& record, const Evaluation& evaluation, const Hit& hit, Folder& folder,
                 const Disclosure& disclosure, AlertHit& out) const;
  std::string_view brand_name(const HitSignal& signal) const;
  void add_entities(MessageReader& reader, Folder& folder, const Disclosure& disclosure);
  // Notes what the rules that hit keep out. REQUIRES: `folder` has the text folded.
  void redact(const Evaluation& evaluation, Folder& folder);
  bool is_withheld(const Evaluation& evaluation) const;

  std::shared_ptr<const RuleSet> rules_;
  PrivacyPolicy policy_;
  FieldContext context_;
  Redaction redaction_;  // Of the alert that is built.
  Alert alert_;
};

}  // namespace sieve
