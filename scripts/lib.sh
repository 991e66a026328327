# shellcheck shell=bash
# Shared by the scripts; sourced, never run. Bash 3.2 or newer, so that it runs on macOS as it comes.

ROOT=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
ENV=${ENV:-twin}
export STATE=$ROOT/.slipway
NEEDED_JDK=25

# fail WHAT EXPECTED CAUSE TRY...: a message in four parts, exit code 2.
fail() {
  local what=$1 seen=$2 cause=$3
  shift 3
  {
    echo "$what"
    echo "  seen    $seen"
    echo "  cause   $cause"
    local step
    for step in "$@"; do echo "  try     $step"; done
  } >&2
  exit 2
}

# One line an event, on standard error: results go to standard output.
say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

# The major version of the JDK in a directory, or nothing when it is none.
jdk_major() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  local line
  while IFS= read -r line; do
    case $line in JAVA_VERSION=\"[0-9]*) line=${line#*\"}; echo "${line%%[!0-9]*}" ;; esac
  done <"$1/release"
}

# Every JDK that the platform lists, one "major directory" a line.
list_jdks() {
  local home major on_path
  on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$on_path" ]; then on_path=$(cd "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")/.." && pwd); fi
  for home in "$on_path" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -d "$home" ] && [ ! -L "$home" ] || continue
    major=$(jdk_major "$home")
    if [ -n "$major" ]; then echo "$major $home"; fi
  done | sort -u
}

# Sets JAVA_HOME to JAVA_HOME itself when that is new enough, else to the newest JDK that is listed.
find_jdk() {
  local major newest
  if [ -n "${JAVA_HOME:-}" ]; then
    major=$(jdk_major "$JAVA_HOME")
    if [ "${major:-0}" -ge $NEEDED_JDK ] 2>/dev/null; then export JAVA_HOME; return; fi
    newest=$(list_jdks | sort -n | tail -n 1)
    if [ "${newest%% *}" -ge $NEEDED_JDK ] 2>/dev/null; then
      fail "slipway cannot use the JDK that JAVA_HOME names" \
        "JAVA_HOME=$JAVA_HOME is ${major:+JDK }${major:-no JDK}; JDK $NEEDED_JDK or newer is needed" \
        "JAVA_HOME is set for another project" \
        "unset JAVA_HOME        then JDK ${newest%% *} in ${newest#* } is found by itself" \
        "make doctor            to see everything that was found"
    fi
    fail "slipway cannot use the JDK that JAVA_HOME names" \
      "JAVA_HOME=$JAVA_HOME is ${major:+JDK }${major:-no JDK}; JDK $NEEDED_JDK or newer is needed, and none is installed" \
      "an older JDK is the default of this machine" \
      "install a JDK $NEEDED_JDK from any vendor and set JAVA_HOME to it, then:  make doctor"
  fi
  newest=$(list_jdks | sort -n | tail -n 1)
  if [ "${newest%% *}" -ge $NEEDED_JDK ] 2>/dev/null; then
    export JAVA_HOME=${newest#* }
    return
  fi
  fail "slipway found no JDK $NEEDED_JDK or newer" \
    "$(list_jdks | awk '{printf "%sJDK %s in %s", sep, $1, $2; sep=", "} END {if (!NR) printf "no JDK at all"}')" \
    "none is installed where this platform keeps them" \
    "install a JDK $NEEDED_JDK from any vendor, or set JAVA_HOME to one, then:  make doctor"
}

# Maven 3 uses what newer JDKs warn of; the warning says nothing about this project.
need_maven() {
  export MAVEN_OPTS="${MAVEN_OPTS:-} -Djansi.mode=strip --sun-misc-unsafe-memory-access=allow"
  command -v mvn >/dev/null 2>&1 && return
  fail "slipway found no Maven" "no mvn on the PATH; 3.8 or newer is needed" "Maven is not installed" \
    "install Maven with the system's package manager, then:  make doctor"
}

# Installs a real deployer that many use into the clone; it brings boto3 along.
install_ecs_deploy() {
  local tools=$STATE/tools
  [ -x "$tools/bin/ecs" ] && return
  mkdir -p "$tools/bin"
  { [ -x "$tools/python/bin/pip" ] || python3 -m venv "$tools/python"; } &&
    "$tools/python/bin/pip" install -q "boto3==1.43.11" "ecs-deploy==1.17.0" &&
    ln -sf "$tools/python/bin/ecs" "$tools/bin/ecs"
}

# Sets TERRAFORM to terraform or tofu; builds OpenTofu where there is Go and neither of them.
find_terraform() {
  if [ -n "${TERRAFORM:-}" ]; then
    [ -n "$(type -P "$TERRAFORM")" ] && return
    fail "slipway cannot run the Terraform that TERRAFORM names" "TERRAFORM=$TERRAFORM is not a program" \
      "the variable is set to something else" "unset TERRAFORM"
  fi
  local tool built="$HOME/.cache/slipway/tofu-$TOFU_VERSION"
  for tool in terraform tofu "$built"; do
    if [ -n "$(type -P "$tool")" ]; then TERRAFORM=$(type -P "$tool"); export TERRAFORM; return; fi
  done
  if command -v go >/dev/null 2>&1; then
    say "no terraform or tofu on the PATH: building OpenTofu $TOFU_VERSION with $(go version | cut -d' ' -f3), a few minutes"
    build_tofu "$built" && TERRAFORM=$built && export TERRAFORM && return
  fi
  fail "slipway found neither terraform nor tofu" "neither is on the PATH, and no Go to build OpenTofu with" \
    "none of them is installed" "install Terraform 1.11+ or OpenTofu 1.10+, or Go 1.25+ to have it built, then:  make doctor"
}

TOFU_VERSION=v1.12.6

# go install refuses OpenTofu for its replace directives; building inside the downloaded module works.
build_tofu() {
  local target=$1 module copy
  module=$(cd / && go mod download -json "github.com/opentofu/opentofu@$TOFU_VERSION" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p')
  [ -n "$module" ] || return 1
  copy=$(mktemp -d) && cp -r "$module/." "$copy" && chmod -R u+w "$copy"
  mkdir -p "$(dirname "$target")"
  local status=0
  # Go names every module that it downloads: only of interest when it fails.
  (cd "$copy" && CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X github.com/opentofu/opentofu/version.dev=no" \
    -o "$target.partial" ./cmd/tofu) >"$copy.log" 2>&1 || status=$?
  if [ $status -eq 0 ]; then mv "$target.partial" "$target"; else tail -n 20 "$copy.log" >&2; fi
  rm -rf "$copy" "$copy.log"
  return $status
}

# True when something accepts connections on a loopback port.
port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The commit that is deployed; marked when the service's sources differ from it, for tags never move.
revision() {
  local commit changes
  commit=$(git -C "$ROOT" rev-parse HEAD 2>/dev/null) ||
    fail "slipway cannot tell which commit to deploy" "$ROOT has no commit" \
      "an image is tagged with the revision it is built from, and there is none" "git init && git add -A && git commit -m 'First commit'"
  changes=$(git -C "$ROOT" status --porcelain -- app pom.xml)
  if [ -n "$changes" ]; then
    commit=$commit-dirty-$( (git -C "$ROOT" diff HEAD -- app pom.xml; git -C "$ROOT" ls-files -o --exclude-standard -- app | while read -r file; do cat "$ROOT/$file"; done) | git hash-object --stdin | cut -c1-8)
  fi
  echo "$commit"
}

# lock NAME: one command at a time; a second one waits for the first.
lock() {
  mkdir -p "$STATE"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$STATE/$1.lock"
    if ! flock -n 9; then
      say "waiting for another $1 in $ROOT to end"
      flock 9
    fi
    return
  fi
  lock_directory=$STATE/$1.lock.d
  until mkdir "$lock_directory" 2>/dev/null; do
    local holder
    holder=$(cat "$lock_directory/pid" 2>/dev/null || echo 0)
    if [ "$holder" != 0 ] && ! kill -0 "$holder" 2>/dev/null; then rm -rf "$lock_directory"; continue; fi
    say "waiting for another $1 (process $holder) to end"
    sleep 1
  done
  echo $$ >"$lock_directory/pid"
  trap 'rm -rf "$lock_directory"' EXIT
}
