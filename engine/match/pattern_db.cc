#include "match/pattern_db.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/limits.h"
#include "match/pattern_db_impl.h"
#include "text/leet.h"

namespace sieve {
namespace {

using Failures = std::vector<PatternFailure>;

// The patterns of one view. A regex has its looser form at the same index.
struct ViewInput {
  std::vector<BytePattern> literals;
  std::vector<BytePattern> regexes;
  std::vector<BytePattern> loose_regexes;
};

// What all databases of a rule set are compiled with.
struct Compilation {
  DatabaseCompiler compiler;
  DatabaseCache cache;
  Failures failures;
  bool over = false;  // A limit was broken: nothing more is tried.
};

// Takes the looser form of pattern `index`, if there is one that could help and is not taken yet.
bool loosen(std::vector<BytePattern>& patterns, const std::vector<BytePattern>& loose,
            const CompileFailure& failure) {
  if (failure.index >= loose.size() || failure.message == kNeverMatchesReason) return false;
  BytePattern& pattern = patterns[failure.index];
  if (pattern.prefilter) return false;
  pattern = loose[failure.index];
  return true;
}

// The failures of `input` as a whole, or of one of its patterns.
PatternFailure failure_of(const CompileFailure& failure, const DatabaseInput& input) {
  if (failure.index < input.patterns.size()) {
    return refusal(input.patterns[failure.index], failure);
  }
  return refusal_of_all(input.patterns.front(), failure);
}

// Compiles `input`. A pattern that Hyperscan refuses is tried in its looser form, then reported and
// left out, until the rest is accepted: every pattern is touched at most twice.
std::optional<Database> compile(DatabaseInput input, std::vector<BytePattern> loose,
                                Compilation& compilation) {
  while (!input.patterns.empty() && !compilation.over) {
    auto database = Database::compile(input, compilation.compiler, compilation.cache);
    if (database) return std::move(*database);
    const CompileFailure& failure = database.error();
    const bool refused = failure.problem == CompileProblem::kRefused;
    if (refused && loosen(input.patterns, loose, failure)) continue;
    compilation.failures.push_back(failure_of(failure, input));
    compilation.over = !refused;
    if (failure.index >= input.patterns.size()) return std::nullopt;
    const auto at = static_cast<std::ptrdiff_t>(failure.index);
    input.patterns.erase(input.patterns.begin() + at);
    if (!loose.empty()) loose.erase(loose.begin() + at);
  }
  return std::nullopt;
}

void add_words(const PatternSpec& phrase, PatternDb::Impl& impl) {
  impl.known_words.add_phrase(phrase.text);
  for (const std::string& longer : phrase.not_in) impl.known_words.add_phrase(longer);
}

// Fills the matchers of all patterns and the inputs of those that texts are scanned for.
void prepare(PatternDb::Impl& impl, const std::vector<bool>& on_demand,
             std::array<ViewInput, kViewCount>& inputs, Failures& failures) {
  impl.matchers.resize(impl.specs.size());
  for (size_t i = 0; i < impl.specs.size(); ++i) {
    const PatternId id(static_cast<uint32_t>(i));
    const PatternSpec& spec = impl.specs[i];
    if (is_read_by_shapes(spec.view)) {
      auto shapes = prepare_shapes(id, spec);
      if (!shapes) {
        failures.push_back(std::move(shapes.error()));
        continue;
      }
      if (spec.view == View::kLeet) add_leet_words(spec.text, impl.leet_words);
      impl.views[static_cast<size_t>(spec.view)].shapes.add(std::move(*shapes), id);
      continue;
    }
    ViewInput& input = inputs[static_cast<size_t>(spec.view)];
    if (spec.kind == PatternKind::kRegex) {
      auto regex = prepare_regex(id, spec);
      if (!regex) {
        failures.push_back(std::move(regex.error()));
        continue;
      }
      impl.matchers[i].regex = std::move(regex->regex);
      if (on_demand[i]) continue;
      input.regexes.push_back(std::move(regex->pattern));
      input.loose_regexes.push_back(std::move(regex->loose));
      continue;
    }
    auto literal = prepare_literal(id, spec);
    if (!literal) {
      failures.push_back(std::move(literal.error()));
      continue;
    }
    impl.matchers[i] = std::move(*literal);
    if (spec.kind == PatternKind::kWords && spec.view == View::kSqueezed) {
      impl.views[static_cast<size_t>(spec.view)].shapes.add(spec.text, id);
      continue;
    }
    if (spec.kind == PatternKind::kWords && spec.view == View::kWords) add_words(spec, impl);
    if (on_demand[i]) continue;
    input.literals.push_back({id.value, impl.matchers[i].literal, false});
  }
}

}  // namespace

size_t PatternDbBuilder::SpecHash::operator()(const PatternSpec& spec) const {
  const auto seed = static_cast<uint64_t>(spec.kind) << 8 | static_cast<uint64_t>(spec.view);
  uint64_t hash = hash64(spec.text, seed);
  for (const std::string& word : spec.not_in) hash = hash64(word, hash);
  return hash;
}

PatternId PatternDbBuilder::add(const PatternSpec& spec) {
  const auto [entry, added] =
      ids_.try_emplace(spec, PatternId(static_cast<uint32_t>(specs_.size())));
  if (added) {
    specs_.push_back(spec);
    on_demand_.push_back(false);
  }
  return entry->second;
}

Expected<std::shared_ptr<const PatternDb>, std::vector<PatternFailure>> PatternDbBuilder::build(
    const PatternDbOptions& options) && {
  auto impl = std::make_unique<PatternDb::Impl>();
  impl->specs = std::move(specs_);
  std::array<ViewInput, kViewCount> inputs;
  Compilation compilation{
      DatabaseCompiler(options.compiler), DatabaseCache(options.cache_directory), {}, false};
  Failures& failures = compilation.failures;
  prepare(*impl, on_demand_, inputs, failures);
  for (size_t view = 0; view < kViewCount; ++view) {
    ViewInput& input = inputs[view];
    ViewDatabases& databases = impl->views[view];
    databases.literals =
        compile({PatternSyntax::kLiteral, std::move(input.literals)}, {}, compilation);
    databases.regexes = compile({PatternSyntax::kRegex, std::move(input.regexes)},
                                std::move(input.loose_regexes), compilation);
    databases.shapes.finish();
  }
  impl->leet_words.finish();
  if (!failures.empty()) {
    std::sort(failures.begin(), failures.end(),
              [](const auto& a, const auto& b) { return a.pattern < b.pattern; });
    return Unexpected<Failures>(std::move(failures));
  }
  impl->cache_fault = compilation.cache.fault();
  return std::make_shared<const PatternDb>(std::move(impl));
}

PatternDb::PatternDb(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PatternDb::~PatternDb() = default;

size_t PatternDb::pattern_count() const { return impl_->specs.size(); }

const PatternSpec& PatternDb::spec(PatternId id) const { return impl_->specs[id.index()]; }

const KnownWords& PatternDb::known_words() const { return impl_->known_words; }

size_t PatternDb::size_bytes() const {
  size_t size = 0;
  for (const Database* database : impl_->databases()) size += database->size_bytes();
  for (const ViewDatabases& view : impl_->views) size += view.shapes.size_bytes();
  return size;
}

bool PatternDb::from_cache() const {
  const auto databases = impl_->databases();
  return !databases.empty() && std::all_of(databases.begin(), databases.end(),
                                           [](const Database* d) { return d->from_cache(); });
}

const std::string& PatternDb::cache_fault() const { return impl_->cache_fault; }

std::vector<const Database*> PatternDb::Impl::databases() const {
  std::vector<const Database*> all;
  for (const ViewDatabases& view : views) {
    if (view.literals) all.push_back(&*view.literals);
    if (view.regexes) all.push_back(&*view.regexes);
  }
  return all;
}

}  // namespace sieve
