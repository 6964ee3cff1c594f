#include "traffic/sentences.h"

#include "traffic/templates.h"

namespace sieve::traffic {

Sentences::Sentences() {
  for (size_t i = 0; i < kLangCount; ++i) {
    for (const ScamSentence& sentence : scam_sentences(static_cast<Lang>(i))) {
      scam_[i][static_cast<size_t>(sentence.scam)].emplace_back(sentence.form);
    }
    for (const LegitSentence& sentence : legit_sentences(static_cast<Lang>(i))) {
      legit_[i][static_cast<size_t>(sentence.kind)].emplace_back(sentence.form);
    }
  }
}

}  // namespace sieve::traffic
