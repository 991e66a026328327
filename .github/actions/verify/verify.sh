#!/usr/bin/env bash
# The action's one step: its inputs, from INPUT_*, as options of "slipway verify"; outputs to GITHUB_OUTPUT.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
mkdir -p "${REPORTS:?the action sets it}"
arguments=(--cluster "${INPUT_CLUSTER:?the input cluster is needed}" --service "${INPUT_SERVICE:?the input service is needed}")
option() { # NAME VALUE: left out when the value is empty
  if [ -n "$2" ]; then arguments+=("$1" "$2"); fi
}
option --image-digest "${INPUT_IMAGE_DIGEST:-}"
option --expect-revision "${INPUT_EXPECT_REVISION:-}"
option --url "${INPUT_URL:-}"
option --commit "${INPUT_COMMIT:-}"
option --expect-build "${INPUT_EXPECT_BUILD:-}"
option --region "${INPUT_REGION:-}"
option --timeout "${INPUT_TIMEOUT:-}"
option --fail-on "${INPUT_FAIL_ON:-}"
while IFS= read -r line; do option --skip "$line"; done <<<"${INPUT_SKIP:-}"
# The verdict is open until the verifier has written another: the last value counts.
outputs=${GITHUB_OUTPUT:-/dev/stdout}
printf '%s\n' verdict=UNKNOWN cause= "report=$REPORTS/report.json" >>"$outputs"
exec "$root/slipway" verify "${arguments[@]}" --json "$REPORTS/report.json" --html "$REPORTS/report.html" --junit-xml "$REPORTS/junit.xml"
