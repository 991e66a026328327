#!/usr/bin/env bash
# Mutation testing: small faults are put into the classes that judge and explain, and the tests must notice.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
cd "$ROOT"
status=0
mvn -q -Dquick -Ppit -pl topology,validation test -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false || status=$?
echo "report: $ROOT/validation/target/pit-reports/index.html"
exit $status
