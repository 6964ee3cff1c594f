#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/limits.h"
#include "base/utf8.h"
#include "rule/macro_def.h"
#include "rule/rule_parts.h"
#include "rule/token.h"
#include "text/shaped_text.h"

namespace sieve {
namespace {

constexpr size_t kNameBytesMax = 64;
constexpr std::array<std::string_view, 3> kKindKeys = {"words", "lit", "re"};
constexpr std::array<View, 3> kDefaultViews = {View::kWords, View::kText, View::kText};

// `text` written as the scalar `node` is, for a replacement that can be pasted.
std::string written_like(const YamlNode& node, std::string_view text) {
  if (node.style == YamlStyle::kPlain) return std::string(text);
  const char quote = node.style == YamlStyle::kSingleQuoted ? '\'' : '"';
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out += quote == '\'' ? '\'' : '\\';
    if (c == '\\' && quote == '"') out += '\\';
    out += c;
  }
  out += quote;
  return out;
}

bool looks_like_another_type(const YamlNode& node, PlainIntegers integers) {
  if (node.style != YamlStyle::kPlain || node.scalar.empty()) return false;
  static constexpr std::array<std::string_view, 8> kWords = {"true", "false", "yes", "no",
                                                             "on",   "off",   "y",   "n"};
  const char first = node.scalar.front();
  const bool is_integer = node.scalar.find_first_not_of("0123456789") == std::string::npos;
  const bool keeps_digits = is_integer && (first != '0' || node.scalar.size() == 1);
  if (keeps_digits && integers == PlainIntegers::kAllowed) return false;
  return node.as_number().has_value() || first == '+' || first == '0' ||
         std::find(kWords.begin(), kWords.end(), node.scalar) != kWords.end();
}

class PatternParser {
 public:
  PatternParser(const Expansions& expansions, const YamlContext& context)
      : expansions_(expansions), context_(context) {}

  PatternDef parse(const YamlEntry& entry);

 private:
  const YamlNode* choose_kind(YamlReader& reader, const YamlEntry& entry, PatternDef& pattern);
  void check_view(const YamlNode& node, const PatternDef& pattern);
  void take_expansions(const YamlEntry& entry, PatternDef& pattern);
  void take_not_in(const YamlEntry& entry, PatternDef& pattern);
  void add_longer_word(const YamlNode& node, PatternDef& pattern);
  void add_phrase(const YamlNode& node, PatternDef& pattern);
  void check_regex_text(const YamlNode& node, View view);
  void check_folding(const YamlNode& node, const Phrase& phrase, View view);
  bool check_size(const YamlNode& node);

  const Expansions& expansions_;  // Of the file.
  const YamlContext& context_;
  std::unordered_map<std::string, SourceSpan> seen_;  // Folded phrases of the present pattern.
};

PatternDef PatternParser::parse(const YamlEntry& entry) {
  PatternDef pattern;
  seen_.clear();
  pattern.name = entry.key;
  pattern.span = entry.key_span;
  check_name(entry.key, entry.key_span, "pattern", context_);
  YamlReader reader(*entry.value, "pattern", context_);
  if (!reader.is_map()) return pattern;
  const YamlNode* phrases = choose_kind(reader, entry, pattern);
  static const std::vector<std::string_view> view_names = {
      name_of(View::kText), name_of(View::kWords), name_of(View::kSqueezed), name_of(View::kRaw)};
  const auto otherwise = kDefaultViews[static_cast<size_t>(pattern.kind)];
  pattern.view =
      static_cast<View>(reader.optional_choice("view", static_cast<size_t>(otherwise), view_names));
  pattern.expansions = expansions_;
  const YamlNode* expand = reader.optional_node("expand");
  const YamlNode* not_in = reader.optional_node("not_in");
  reader.finish();
  if (phrases == nullptr) return pattern;
  if (const YamlNode* view = entry.value->find("view")) check_view(*view, pattern);
  if (phrases->kind == YamlKind::kScalar) add_phrase(*phrases, pattern);
  for (const auto& item : phrases->items) add_phrase(*item, pattern);
  if (expand != nullptr) take_expansions(*entry.value->find_entry("expand"), pattern);
  if (not_in != nullptr) take_not_in(*entry.value->find_entry("not_in"), pattern);
  const bool is_empty_list = phrases->kind == YamlKind::kList && phrases->items.empty();
  if (phrases->kind == YamlKind::kMap || is_empty_list) {
    context_.error("R003", phrases->span,
                   fmt::format("`{}` must be a text or a list of texts",
                               kKindKeys[static_cast<size_t>(pattern.kind)]));
  }
  return pattern;
}

// The one of `words`, `lit` and `re` that is there.
const YamlNode* PatternParser::choose_kind(YamlReader& reader, const YamlEntry& entry,
                                           PatternDef& pattern) {
  const YamlNode* chosen = nullptr;
  const YamlEntry* first = nullptr;
  for (size_t i = 0; i < kKindKeys.size(); ++i) {
    const YamlNode* node = reader.optional_node(kKindKeys[i]);
    const YamlEntry* key = entry.value->find_entry(kKindKeys[i]);
    if (node == nullptr) continue;
    if (chosen != nullptr) {
      Diagnostic& out = context_.error("R020", key->key_span, "a pattern has one kind");
      out.label = "the second";
      out.related.push_back({"", first->key_span, "the first"});
      out.help = "make two patterns, and join them with `or` in the condition";
      continue;
    }
    chosen = node;
    first = key;
    pattern.kind = static_cast<PatternKind>(i);
  }
  if (chosen == nullptr) {
    context_
        .error("R020", entry.key_span,
               fmt::format("the pattern `{}` says nothing to look for", entry.key))
        .help = "give it `words:`, `lit:` or `re:`";
  }
  return chosen;
}

void PatternParser::check_view(const YamlNode& node, const PatternDef& pattern) {
  const bool is_words_view = pattern.view == View::kWords;
  if (pattern.kind == PatternKind::kWords && pattern.view != View::kWords) {
    context_.error("R005", node.span, "`words` are searched in the words view").help =
        "remove the view, or use `lit:` for a text that may stand inside a word";
  } else if (pattern.kind == PatternKind::kLiteral && is_words_view) {
    context_.error("R005", node.span, "`lit` cannot be searched in the words view").help =
        "use `words:` for whole words, or `view: text`";
  }
}

void PatternParser::take_expansions(const YamlEntry& entry, PatternDef& pattern) {
  pattern.expansions = parse_expansions(*entry.value, context_);
  if (pattern.kind != PatternKind::kWords) {
    context_.error("R032", entry.key_span, "only `words` can be expanded").help =
        "use `words:`, or write the other spellings yourself";
    return;
  }
  for (const Phrase& phrase : pattern.phrases) {
    const auto letters = too_few_letters(phrase.folded, pattern.expansions);
    if (!letters) continue;
    Diagnostic& out = context_.warning("R034", phrase.span, "this phrase is too short to expand");
    out.label = fmt::format("{} letters, fewer than {}", *letters, kShapedLettersMin);
    out.help = "put it into a pattern of its own, without `expand:`";
    out.notes.push_back("stand-ins for so few letters are met by chance in codes and links");
  }
}

void PatternParser::take_not_in(const YamlEntry& entry, PatternDef& pattern) {
  if (pattern.kind != PatternKind::kWords) {
    context_.error("R045", entry.key_span, "only `words` have longer words that do not count")
        .help = "use `words:`, or exclude them in the regular expression";
    return;
  }
  const YamlNode& words = *entry.value;
  if (words.kind == YamlKind::kScalar) add_longer_word(words, pattern);
  for (const auto& item : words.items) add_longer_word(*item, pattern);
  if (words.kind == YamlKind::kMap) {
    context_.error("R003", words.span, "`not_in` must be a text or a list of texts");
  }
}

void PatternParser::add_longer_word(const YamlNode& node, PatternDef& pattern) {
  if (!check_size(node)) return;
  Phrase word;
  word.text = node.scalar;
  word.span = node.span;
  word.folded = fold_literal(node.scalar, View::kWords);
  const bool contains =
      std::any_of(pattern.phrases.begin(), pattern.phrases.end(), [&word](const Phrase& phrase) {
        return word.folded.size() > phrase.folded.size() &&
               word.folded.find(phrase.folded) != std::string::npos;
      });
  if (!contains) {
    context_.error("R046", node.span, "none of the phrases is a part of this").help =
        "name longer words that contain a phrase, or exclude others with `not` in the condition";
    return;
  }
  pattern.not_in.push_back(std::move(word));
}

bool PatternParser::check_size(const YamlNode& node) {
  if (node.kind != YamlKind::kScalar) {
    context_.error("R003", node.span, "a phrase must be a single text");
    return false;
  }
  if (node.scalar.size() > limits::kPatternBytesMax) {
    context_.error("R028", node.span,
                   fmt::format("a pattern of {} bytes, more than the limit of {}",
                               node.scalar.size(), limits::kPatternBytesMax));
    return false;
  }
  if (node.scalar.find_first_not_of(" \t\r\n") == std::string::npos) {
    context_.error("R021", node.span, "an empty pattern would match every text");
    return false;
  }
  return true;
}

void PatternParser::add_phrase(const YamlNode& node, PatternDef& pattern) {
  if (!check_size(node)) return;
  check_quotes(node, PlainIntegers::kWarned, context_);
  Phrase phrase;
  phrase.text = node.scalar;
  phrase.span = node.span;
  if (pattern.kind == PatternKind::kRegex) {
    phrase.folded = node.scalar;
    check_regex_text(node, pattern.view);
  } else if (pattern.view == View::kRaw) {
    phrase.folded = node.scalar;
  } else {
    phrase.folded = fold_literal(node.scalar, pattern.view);
    check_folding(node, phrase, pattern.view);
  }
  const auto [first, is_new] = seen_.emplace(phrase.folded, phrase.span);
  if (!is_new) {
    Diagnostic& out = context_.warning("R023", phrase.span, "this phrase is already there");
    out.related.push_back({"", first->second, "the first"});
    out.help = "remove one of them";
    return;
  }
  pattern.phrases.push_back(std::move(phrase));
}

void PatternParser::check_folding(const YamlNode& node, const Phrase& phrase, View view) {
  if (phrase.folded.empty()) {
    context_.error("R021", node.span, "nothing is left of this phrase after folding").help =
        fmt::format("the {} view has no such characters; try `lit:` with `view: raw`",
                    name_of(view));
    return;
  }
  if (phrase.folded == phrase.text) return;
  Diagnostic& out = context_.warning("R022", node.span, "this phrase is searched in another form");
  out.label = fmt::format("searched as `{}`", phrase.folded);
  out.help = "write it folded";
  out.replacement = written_like(node, phrase.folded);
}

// What is wrong with a regular expression before any engine sees it.
void PatternParser::check_regex_text(const YamlNode& node, View view) {
  const std::string_view text = node.scalar;
  if (node.style == YamlStyle::kDoubleQuoted) {
    context_.warning("R026", node.span, "a regular expression in double quotes").help =
        "put it in single quotes: there `\\` stays as it is";
  }
  const bool ascii = is_ascii(text);
  bool in_class = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size()) {
      const char escaped = text[++at];
      const bool named = escaped == 'p' || escaped == 'P' || escaped == 'x';
      if (named && text.substr(at + 1, 1) == "{") at = std::min(text.find('}', at), text.size());
      if (escaped == 'Q') at = std::min(text.find("\\E", at), text.size());
      if (escaped == 'x' && at + 2 < text.size() && text[at] == 'x') at += 2;
      if (!ascii && std::string_view("wW").find(escaped) != std::string_view::npos) {
        Diagnostic& out = context_.warning(
            "R027", node.span_at(at - 1, 2),
            fmt::format("`\\{}` knows ASCII letters only, and this pattern has others", escaped));
        out.help = "use `words:`, or a space in the words view";
      }
      continue;
    }
    if (c == '[' || c == ']') in_class = c == '[';
    if (text.substr(at, 2) == "(?") {
      at = std::min(text.find_first_of(":>)=!'", at + 2), text.size());
      continue;
    }
    if (c < 'A' || c > 'Z' || in_class || view == View::kRaw) continue;
    Diagnostic& out = context_.error(
        "R014", node.span_at(at), fmt::format("this can never match in view `{}`", name_of(view)));
    out.label = "upper-case letter; the view is case-folded";
    out.help = "write it in lower case, or use `view: raw`";
    if (node.knows_places()) out.replacement = std::string(1, static_cast<char>(c + ('a' - 'A')));
    return;
  }
}

}  // namespace

void check_quotes(const YamlNode& node, PlainIntegers integers, const YamlContext& context) {
  if (!looks_like_another_type(node, integers)) return;
  Diagnostic& out = context.warning("R029", node.span, "this text looks like another type");
  out.help = "put it in quotes";
  out.replacement = fmt::format("\"{}\"", node.scalar);
}

bool check_name(const std::string& name, SourceSpan span, std::string_view what,
                const YamlContext& context) {
  static constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
  const bool shaped = !name.empty() && name.size() <= kNameBytesMax && name[0] >= 'a' &&
                      name[0] <= 'z' && name.find_first_not_of(kAllowed) == std::string::npos;
  if (shaped && !is_expression_keyword(name)) return true;
  const bool begins_with_vowel = what.find_first_of("aeiou") == 0;
  Diagnostic& out = context.error(
      "R024", span,
      fmt::format("`{}` cannot name {} {}", name, begins_with_vowel ? "an" : "a", what));
  if (shaped) {
    out.help = fmt::format("`{}` is a word of the condition language", name);
  } else {
    out.help = "lower-case letters, digits and _, first a letter, at most 64";
  }
  return false;
}

std::vector<PatternDef> parse_patterns(const YamlNode& node, const FileScope& file,
                                       const YamlContext& context) {
  std::vector<PatternDef> patterns;
  if (node.kind != YamlKind::kMap) {
    context.error("R003", node.span, "`patterns` must be a map from names to patterns");
    return patterns;
  }
  PatternParser parser(file.expansions, context);
  for (const YamlEntry& entry : node.entries) {
    patterns.push_back(parser.parse(entry));
    check_not_macro({entry.key, entry.key_span, "pattern"}, file.definitions, context);
  }
  return patterns;
}

ExpressionScope record_scope(RecordKind kind, const std::vector<PatternDef>& patterns,
                             const std::vector<CaptureDef>& captures,
                             const Definitions& definitions) {
  ExpressionScope scope;
  scope.kind = kind;
  scope.definitions = &definitions;
  for (const PatternDef& pattern : patterns) {
    scope.patterns.push_back(pattern.name);
    scope.pattern_views.push_back(pattern.view);
  }
  for (const CaptureDef& capture : captures) {
    scope.captures.push_back({capture.name, patterns[capture.pattern].view});
  }
  return scope;
}

}  // namespace sieve
