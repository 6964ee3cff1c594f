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

bool can_be_read(const LoadedFile& file, const std::string& text) {
  return !file.is_yaml || parse_yaml(file.file, text).has_value();
}

// `file` with as many of `patches` as leave it readable: all at once, or else the first that does.
Patched patch_file(const LoadedFile& file, const Diagnostics& patches) {
  Patched patched = apply_patches(file.file, file.text, patches);
  if (patched.applied == 0 || can_be_read(file, patched.text)) return patched;
  for (const Diagnostic& patch : patches) {
    patched = apply_patches(file.file, file.text, {patch});
    if (can_be_read(file, patched.text)) return patched;
  }
  return {file.text, 0};
}

// Applies the patches of `loaded` to `edits`; how many. Files that had none get into `files`.
size_t patch_round(const LoadedRules& loaded, FileEdits& edits, std::vector<FixedFile>& files) {
  size_t applied = 0;
  for (const LoadedFile& file : loaded.texts) {
    Patched patched = patch_file(file, patches_of(file.file, loaded.diagnostics));
    if (patched.applied == 0 || patched.text == file.text) continue;
    applied += patched.applied;
    if (!edits.contains(file.file)) files.push_back({file.file, file.text, ""});
    edits.insert_or_assign(file.file, std::move(patched.text));
  }
  return applied;
}

}  // namespace

FixedRules fix_rules(const std::vector<std::string>& paths, const std::string& thresholds_path) {
  FixedRules out;
  FileEdits edits;
  LoadedRules loaded = load_rules(paths, thresholds_path);
  for (size_t round = 0; round < limits::kFixRoundsMax; ++round) {
    const size_t applied = patch_round(loaded, edits, out.files);
    if (applied == 0) break;
    out.patches += applied;
    loaded = load_rules(paths, thresholds_path, edits);
  }
  for (FixedFile& file : out.files) file.after = edits[file.file];
  std::erase_if(out.files, [](const FixedFile& file) { return file.after == file.before; });
  out.left = static_cast<size_t>(
      std::count_if(loaded.diagnostics.begin(), loaded.diagnostics.end(), has_patch));
  out.diagnostics = std::move(loaded.diagnostics);
  return out;
}

}  // namespace sieve
