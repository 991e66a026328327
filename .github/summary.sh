#!/usr/bin/env bash
# summary.sh REPORT: the verifier's report as the summary of a GitHub job; the verdict first. Needs jq.
set -euo pipefail
report=${1:?usage: summary.sh REPORT}
if [ ! -s "$report" ]; then
  echo "## No verdict"
  echo
  echo "The job ended before the verifier wrote its report; the log of the failed step says why."
  exit 0
fi
jq -r '
  def cell: tostring | gsub("\n"; " ") | gsub("\\|"; "\\|");
  "## \(.verdict): \(.service.name // "service") in cluster \(.service.cluster // "?")",
  "",
  (.causes[]? | "**\(.id)** `\(.resource)`", "", .explanation, "", "Fix: \(.fix)", ""),
  "| check | status | expected | observed |",
  "|---|---|---|---|",
  (.checks[]? | "| \(.id | cell) | \(.status) | \(.expected // "" | cell) | \(.observed // "" | cell) |"),
  "",
  "<details><summary>The chain from commit to response</summary>",
  "",
  "```json",
  (.chain // {} | tojson),
  "```",
  "",
  "</details>"
' "$report"
