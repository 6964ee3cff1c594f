#!/bin/sh
# Runs a canary: succeeds only when it reaches its bug and dies of it.
output=$("$@" 2>&1)
code=$?
echo "$output"
if [ $code -eq 0 ] || ! echo "$output" | grep -q "canary: the bug is reached"; then
  echo "must_crash.sh: exit code $code: the harness did not notice the canary's bug"
  exit 1
fi
