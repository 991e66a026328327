#!/usr/bin/env bash
# rehearse.sh [ARGS...]: slipway rehearse with what the environment names: FAULT, LAYER, SEED.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_maven
find_terraform
"$ROOT/scripts/build.sh"
arguments=()
[ -z "${FAULT:-}" ] || arguments+=(--fault "$FAULT")
[ -z "${LAYER:-}" ] || arguments+=(--layer "$LAYER")
[ -z "${SEED:-}" ] || arguments+=(--seed "$SEED")
# The whole of it, and only that, is a score.
if [ -z "${FAULT:-}${LAYER:-}" ] && [ $# -eq 0 ]; then
  install_ecs_deploy || say "no ecs-deploy: Python or its registry is missing, and so is a column of the score"
  arguments+=(--score "$ROOT/docs" --commit "$(git -C "$ROOT" rev-parse --short=12 HEAD)")
fi
export PATH="$STATE/tools/bin:$PATH"
exec "$ROOT/slipway" rehearse "${arguments[@]+"${arguments[@]}"}" "$@"
