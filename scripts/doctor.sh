#!/usr/bin/env bash
# Says what slipway needs, what this machine has, and how to get what is missing. Exit code 2 when something is.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
missing=0

row() { printf '%-5s %-11s %s\n' "$1" "$2" "$3"; }
need() { # NAME FOUND HOW
  if [ -n "$2" ]; then row OK "$1" "$2"; else row MISS "$1" "$3"; missing=1; fi
}
like() { if [ -n "$2" ]; then row OK "$1" "$2"; else row "-" "$1" "$3"; fi; }
version() { command -v "$1" >/dev/null 2>&1 && "$@" 2>/dev/null | head -n 1 | sed 's/\x1b\[[0-9;]*m//g' || true; }

jdk=$( (find_jdk && echo "JDK $(jdk_major "$JAVA_HOME") in $JAVA_HOME") 2>/dev/null || true)
need jdk "$jdk" "install a JDK $NEEDED_JDK or newer from any vendor, or set JAVA_HOME to one; found: $(list_jdks | awk '{printf "%sJDK %s in %s", s, $1, $2; s=", "} END {if (!NR) printf "none"}')"
need maven "$(version mvn -v)" "install Maven 3.8 or newer with the system's package manager"
terraform=$(version terraform version)
[ -n "$terraform" ] || terraform=$(version tofu version)
if [ -z "$terraform" ] && command -v go >/dev/null 2>&1; then terraform="OpenTofu $TOFU_VERSION, to be built with $(go version | cut -d' ' -f3) at first use"; fi
need terraform "$terraform" "install Terraform 1.11+ or OpenTofu 1.10+, or Go 1.25+ to have OpenTofu built"
need git "$(version git --version)" "install git: the image's tag is the commit"
need bash "bash $BASH_VERSION" ""
if [ -f "$STATE/twin/twin.pid" ] && kill -0 "$(cat "$STATE/twin/twin.pid")" 2>/dev/null; then
  row OK "port 4566" "the twin runs there (process $(cat "$STATE/twin/twin.pid"))"
elif port_open 4566; then
  row MISS "port 4566" "in use by another program; end it, or choose another:  SLIPWAY_TWIN_PORT=4600 make up"
  missing=1
else
  row OK "port 4566" "free"
fi
like awscli "$(version aws --version)" "optional: pip install awscli, to look around in the twin by hand"
like crane "$(version crane version)" "optional: go install github.com/google/go-containerregistry/cmd/crane@latest"
like actionlint "$(version actionlint -version)" "optional: go install github.com/rhysd/actionlint/cmd/actionlint@latest, for make lint"
if [ $missing -ne 0 ]; then
  echo "something that slipway needs is missing: see the lines with MISS" >&2
  exit 2
fi
