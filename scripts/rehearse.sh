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
export PATH="$STATE/tools/bin:$PATH"
exec "$ROOT/slipway" rehearse "${arguments[@]+"${arguments[@]}"}" "$@"
