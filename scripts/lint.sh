#!/usr/bin/env bash
# Formatting of Java and Terraform, workflows, scripts. With --fix the formatting is mended.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
find_terraform
cd "$ROOT"
export PATH="$STATE/tools/bin:$PATH"
status=0

optional() { # PROGRAM ARGS...: skipped with a word where it is not installed, demanded in CI
  if command -v "$1" >/dev/null 2>&1; then
    say "lint: $1"
    "$@" || status=1
  elif [ "${CI:-}" = true ]; then
    fail "lint cannot run $1" "it is not on the PATH" "the CI machine did not install it" ".ci/run"
  else
    say "lint: $1 SKIPPED, it is not installed (make doctor)"
  fi
}

if [ "${1:-}" = --fix ]; then
  mvn -q spotless:apply
  "$TERRAFORM" fmt -recursive terraform
else
  say "lint: Java formatting"
  mvn -q spotless:check || status=1
  say "lint: Terraform formatting"
  "$TERRAFORM" fmt -check -recursive terraform || status=1
fi
optional actionlint
optional shellcheck -x -e SC1091 slipway scripts/*.sh .ci/run .github/actions/*/*.sh
exit $status
