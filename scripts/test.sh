#!/usr/bin/env bash
# Every test: the modules' own, then the product end to end on a twin of its own. Needs no account and no network
# beyond what Maven has downloaded before.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
find_terraform
cd "$ROOT"
# What the real provider says of itself, where it lies beside the project: two tests compare with it, else they skip.
if [ -z "${SLIPWAY_PROVIDER_FACTS:-}" ] && [ -d "$ROOT/../shared/aws-provider" ]; then
  SLIPWAY_PROVIDER_FACTS=$(cd "$ROOT/../shared/aws-provider" && pwd)
  export SLIPWAY_PROVIDER_FACTS
fi
export PATH="$STATE/tools/bin:$PATH" TERRAFORM
mvn -B -ntp verify
mvn -B -ntp -q -Dquick -DskipTests -pl cli -am package
mvn -B -ntp -Dquick -Pe2e -Dgroups=e2e -Dsurefire.failIfNoSpecifiedTests=false -pl topology,validation,twin,rehearsal,cli test
