#!/usr/bin/env bash
# Builds the slipway jar when a source is newer than it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
jar=$ROOT/cli/target/slipway.jar
cd "$ROOT"
lock build
if [ -f "$jar" ] && [ -z "$(find pom.xml topology twin validation rehearsal cli \( -name target -prune \) -o -newer "$jar" \( -path '*/src/main/*' -o -name pom.xml \) -type f -print | head -n 1)" ]; then
  exit 0
fi
say "building slipway with JDK $(jdk_major "$JAVA_HOME")"
mvn -q -Dquick -DskipTests -pl cli -am package
# Maven leaves the jar alone when only another module changed.
touch "$jar"
# What the JVM learns in training runs of a start: first of the twin's process, then of the command that
# starts it. Without them the twin starts slower, and no more.
train() { # NAME ARGUMENTS...
  local cache=$ROOT/cli/target/$1.aot
  shift
  rm -f "$cache" "$cache.new"
  if "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$cache.new" -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow \
    -Dslipway.home="$ROOT" "$@" >"$cache.log" 2>&1; then
    mv "$cache.new" "$cache"
  else
    say "no AOT cache (see $cache.log): the twin will start slower"
  fi
}
train slipway -Xmx512m -Djava.net.preferIPv4Stack=true -Dvertx.disableDnsResolver=true -Dio.netty.jfr.enabled=false \
  -cp "$jar" dev.slipway.twin.command.Training
training=$(mktemp -d)
train start -XX:TieredStopAtLevel=1 -jar "$jar" twin start --port 0 --dir "$training"
"$ROOT/slipway" twin stop --dir "$training" >/dev/null 2>&1 || true
rm -rf "$training"
