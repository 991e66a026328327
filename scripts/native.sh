#!/usr/bin/env bash
# The service as a native executable: with the GraalVM or Mandrel in GRAALVM_HOME, else with the builder container.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
cd "$ROOT"
container=()
if [ -n "${GRAALVM_HOME:-}" ]; then
  [ -x "$GRAALVM_HOME/bin/native-image" ] ||
    fail "the native build cannot use the GraalVM that GRAALVM_HOME names" "no native-image in $GRAALVM_HOME/bin" \
      "GRAALVM_HOME names another JDK" "set GRAALVM_HOME to a GraalVM or Mandrel for Java $NEEDED_JDK" "unset GRAALVM_HOME    to use the builder container"
elif command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1; then
  container=(-Dquarkus.native.container-build=true)
else
  fail "the native build has nothing to build with" "GRAALVM_HOME is not set, and no container engine answers" \
    "native images need GraalVM or Mandrel for Java $NEEDED_JDK, or its builder container" \
    "install GraalVM or Mandrel and set GRAALVM_HOME to it, then:  make native" "start Docker, then:  make native"
fi
revision=$(revision)
mvn -q -Dquick -DskipTests -Pnative -pl app package "${container[@]+"${container[@]}"}" -Dslipway.revision="$revision"
find app/target -maxdepth 1 -name '*-runner' -print
