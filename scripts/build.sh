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
# What the JVM learns of a twin's start in a training run; without it the twin starts slower, and no more.
cache=$ROOT/cli/target/slipway.aot
rm -f "$cache" "$cache.new"
if "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$cache.new" -XX:+UseSerialGC -Xmx512m --sun-misc-unsafe-memory-access=allow \
  -Djava.net.preferIPv4Stack=true -Dvertx.disableDnsResolver=true \
  -cp "$jar" dev.slipway.twin.command.Training >"$cache.log" 2>&1; then
  mv "$cache.new" "$cache"
else
  say "no AOT cache (see $cache.log): the twin will start slower"
fi
