#include "traffic/templates.h"

namespace sieve::traffic {

std::span<const ScamSentence> scam_sentences(Lang lang) {
  switch (lang) {
    case Lang::kTh:
      return kScamTh;
    case Lang::kEn:
      return kScamEn;
    case Lang::kZh:
      return kScamZh;
    case Lang::kId:
      return kScamId;
    case Lang::kVi:
      return kScamVi;
    case Lang::kFil:
      return kScamFil;
  }
  return {};
}

std::span<const LegitSentence> legit_sentences(Lang lang) {
  switch (lang) {
    case Lang::kTh:
      return kLegitTh;
    case Lang::kEn:
      return kLegitEn;
    case Lang::kZh:
      return kLegitZh;
    case Lang::kId:
      return kLegitId;
    case Lang::kVi:
      return kLegitVi;
    case Lang::kFil:
      return kLegitFil;
  }
  return {};
}

}  // namespace sieve::traffic
