#include "rule/fix.h"

#include <algorithm>

#include "base/limits.h"
#include "base/patch.h"

namespace sieve {
namespace {

Diagnostics patches_of(const std::string& file, const Diagnostics& diagnostics) {
  Diagnostics patches;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.file == file && has_patch(diagnostic)) patches.push_back(diagnostic);
  }
  return patches;
}

// `text` with as many of `patches` as leave it YAML: all at once, or else the first that does.
Patched patch_file(const LoadedFile& file, const Diagnostics& patches) {
  Patched patched = apply_patches(file.file, file.text, patches);
  if (patched.applied == 0 || parse_yaml(file.file, patched.text)) return patched;
  for (const Diagnostic& patch : patches) {
    patched = apply_patches(file.file, file.text, {patch});
    if (parse_yaml(file.file, patched.text)) return patched;
  }
  return {file.text, 0};
}

// Applies the patches of `loaded` to `edits`; how many.
size_t patch_round(const LoadedRules& loaded, FileEdits& edits) {
  size_t applied = 0;
  for (const LoadedFile& file : loaded.texts) {
    Patched patched = patch_file(file, patches_of(file.file, loaded.diagnostics));
    if (patched.applied == 0 || patched.text == file.text) continue;
    applied += patched.applied;
    edits.insert_or_assign(file.file, std::move(patched.text));
  }
  return applied;
}

}  // namespace

FixedRules fix_rules(const std::vector<std::string>& paths, const std::string& thresholds_path) {
  FixedRules out;
  FileEdits edits;
  LoadedRules loaded = load_rules(paths, thresholds_path);
  const std::vector<LoadedFile> originals = loaded.texts;
  for (size_t round = 0; round < limits::kFixRoundsMax; ++round) {
    const size_t applied = patch_round(loaded, edits);
    if (applied == 0) break;
    out.patches += applied;
    loaded = load_rules(paths, thresholds_path, edits);
  }
  for (const LoadedFile& file : originals) {
    const auto edit = edits.find(file.file);
    if (edit == edits.end() || edit->second == file.text) continue;
    out.files.push_back({file.file, file.text, edit->second});
  }
  out.left = static_cast<size_t>(
      std::count_if(loaded.diagnostics.begin(), loaded.diagnostics.end(), has_patch));
  out.diagnostics = std::move(loaded.diagnostics);
  return out;
}

}  // namespace sieve
