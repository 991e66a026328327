#!/usr/bin/env bash
# Measures the twin against its limits and writes docs/benchmarks: some minutes, on loopback only.
# bench.sh [PART...]: start, throughput, scale; all of them without an argument.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
cd "$ROOT"

if ! command -v wrk >/dev/null 2>&1 || ! [ -x "$(PATH=$PATH:/usr/sbin type -P nginx)" ]; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    say "bench: installing wrk and nginx"
    apt-get install -y -qq --no-install-recommends wrk nginx-light >/dev/null 2>&1 || true
  fi
fi
export PATH=$PATH:/usr/sbin
for tool in wrk nginx; do
  command -v $tool >/dev/null 2>&1 || fail "bench cannot run $tool" "it is not on the PATH" \
    "the benchmarks load the twin with wrk and compare its balancer with nginx" "apt-get install wrk nginx-light"
done

scripts/build.sh
lock bench
# Nobody waits for ever: every part has limits of its own, and this one is for all of them.
exec timeout --signal=TERM --kill-after=10 1500 "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m \
  -Xlog:disable -cp cli/target/slipway.jar -Dslipway.home="$ROOT" scripts/bench/Bench.java "$@"
