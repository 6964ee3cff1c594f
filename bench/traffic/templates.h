// The sentences of generated traffic: tables in our own words, one file per language or group.
//
// Thread safety: immutable tables.
#pragma once

#include <span>
#include <string_view>

#include "traffic/language.h"

namespace sieve::traffic {

struct ScamSentence {
  ScamClass scam;
  std::string_view form;  // See TextTemplate.
};

struct LegitSentence {
  LegitKind kind;
  std::string_view form;
};

// Every language has some of the classes; Thai and English have all.
std::span<const ScamSentence> scam_sentences(Lang lang);
// Every language has all kinds.
std::span<const LegitSentence> legit_sentences(Lang lang);

// The parts that scam_sentences() and legit_sentences() are made of.
extern const std::span<const ScamSentence> kScamTh, kScamEn, kScamZh, kScamId, kScamVi, kScamFil;
extern const std::span<const LegitSentence> kLegitTh, kLegitEn, kLegitZh, kLegitId, kLegitVi,
    kLegitFil;

}  // namespace sieve::traffic
