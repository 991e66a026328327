#!/usr/bin/env bash
# Builds the slipway jar when a source is newer than it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
jar=$ROOT/cli/target/slipway.jar
cd "$ROOT"
lock build
if [ -f "$jar" ] && [ -z "$(find pom.xml topology twin validation cli \( -name target -prune \) -o -newer "$jar" \( -path '*/src/main/*' -o -name pom.xml \) -type f -print | head -n 1)" ]; then
  exit 0
fi
say "building slipway with JDK $(jdk_major "$JAVA_HOME")"
mvn -q -Dquick -DskipTests -pl cli -am package
# Maven leaves the jar alone when only another module changed.
touch "$jar"
