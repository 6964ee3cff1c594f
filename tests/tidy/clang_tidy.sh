#!/bin/sh
# Runs clang-tidy 14 over the engine: clang_tidy.sh BUILD_DIR [FILE...]. BUILD_DIR is a configured
# build with compile_commands.json. Every finding of .clang-tidy is an error.
set -e
build=$(realpath "${1:?usage: clang_tidy.sh BUILD_DIR [FILE...]}")
shift
cd "$(dirname "$0")/../.."
[ -f "$build/compile_commands.json" ] || {
  echo "clang_tidy.sh: $build has no compile_commands.json: configure it first" >&2
  exit 2
}
[ $# -gt 0 ] || set -- $(find engine -name '*.cc' | sort)
echo "clang-tidy: $# files"
# Clang does not know every warning that GCC has; what it says about flags is of no interest here.
printf '%s\0' "$@" |
  xargs -0 -n 1 -P "$(nproc)" clang-tidy-14 -p "$build" --quiet \
    --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-error
