#!/usr/bin/env bash
# Writes the pages of docs/ that are made by tests, which otherwise fail when a page is out of date: those tagged "docs".
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
cd "$ROOT"
SLIPWAY_WRITE_DOCS=true mvn -B -ntp -q -Dquick -Dgroups=docs -Dsurefire.failIfNoSpecifiedTests=false \
  -pl topology,twin,validation,rehearsal test
say "docs: written"
git --no-pager diff --stat -- docs
