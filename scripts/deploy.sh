#!/usr/bin/env bash
# deploy.sh up|down|plan|apply|validate|destroy|image|diagram: the steps behind the make targets of the same names.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

RUN=$STATE/$ENV
REPORTS=$RUN/reports
REPOSITORY=${TF_VAR_name:-slipway}/app

known_environment() {
  case $ENV in
    twin | aws) ;;
    *) fail "ENV=$ENV is no environment of slipway" "environments are twin and aws" "a typing error" "make up" "ENV=aws make plan" ;;
  esac
}

# Every TF_VAR_x must be a variable of one of the roots, or a typing error would pass in silence.
check_variables() {
  local key variable
  while IFS='=' read -r key _; do
    variable=${key#TF_VAR_}
    grep -qhE "^variable \"$variable\"" "$ROOT"/terraform/*.tf "$ROOT"/terraform/foundation/*.tf ||
      fail "TF_VAR_$variable sets no variable of this stack" \
        "variables are $(sed -n 's/^variable "\([^"]*\)".*/\1/p' "$ROOT"/terraform/variables.tf "$ROOT"/terraform/foundation/variables.tf | sort -u | tr '\n' ' ')" \
        "a typing error" "correct the name, or unset TF_VAR_$variable"
  done < <(env | grep '^TF_VAR_' || true)
}

twin_running() {
  [ -f "$STATE/twin/twin.pid" ] && kill -0 "$(cat "$STATE/twin/twin.pid")" 2>/dev/null && port_open "$(cat "$STATE/twin/twin.port")"
}

need_twin() {
  [ "$ENV" = twin ] || return 0
  twin_running || fail "no twin is running" "nothing answers for $STATE/twin" "it was stopped, killed, or never started" "make up"
  use_twin
}

use_twin() {
  # shellcheck disable=SC1091
  . "$STATE/twin/env"
}

start_twin() {
  [ "$ENV" = twin ] || return 0
  if ! twin_running; then
    "$ROOT/slipway" twin start 9>&- >&2
  fi
  use_twin
}

# A line an event; a plan that was asked for, and everything from the first error on, in full.
condense() {
  case $1${PLAN_ONLY:+ only} in
    "plan only") cat ;;
    *) awk '/Error: / {all = 1} all || /(Creation|Modifications|Destruction) complete after|complete!|^Plan:|^No changes|: Still / {print; fflush()}' ;;
  esac
}

# Terraform's own words go to standard error; a value that a variable refuses is wrong use.
run_terraform() {
  local log status=0
  mkdir -p "$RUN"
  log=$RUN/terraform-$1-$2.log
  # An interrupt is for Terraform alone: it ends in order, and must find its output still open to save the state.
  "$ROOT/scripts/terraform.sh" "$@" 2>&1 | (trap '' INT; tee "$log" | condense "$2" >&2) || status=$?
  if [ $status -ne 0 ]; then
    if grep -q 'Invalid value for variable\|Invalid value for input variable' "$log"; then exit 2; fi
    say "terraform $2 of the $1 failed; its output is in $log"
    exit 1
  fi
}

# A value of the stack, or nothing. Without any value Terraform says so on standard output, at length.
output() {
  local value
  value=$("$ROOT/scripts/terraform.sh" stack output -raw "$1" 2>/dev/null || true)
  case $value in *[[:space:]]*) ;; *) echo "$value" ;; esac
}

apply_foundation() {
  say "foundation: what outlives a service (the registry)"
  run_terraform foundation apply -auto-approve -compact-warnings -no-color
}

# The digest of the commit's image in the registry, or nothing.
find_image() { "$ROOT/slipway" image find --repository "$REPOSITORY" --tag "$1" 2>/dev/null || true; }

# Builds and pushes the image of the commit when the registry has none; prints its digest.
image() {
  local tag=$1 digest
  digest=$(find_image "$tag")
  if [ -z "$digest" ]; then
    say "image: building and pushing $REPOSITORY:$tag"
    push_image "$tag" >&2
    digest=$(find_image "$tag")
  fi
  [ -n "$digest" ] || { say "image: $REPOSITORY:$tag was pushed, but the registry does not show it"; exit 1; }
  say "image: $REPOSITORY@$digest"
  echo "$digest"
}

push_image() {
  local tag=$1 login uri built source insecure profile=()
  find_jdk
  need_maven
  login=$("$ROOT/slipway" image login --repository "$REPOSITORY") # lines: URI, user, password, insecure
  uri=$(sed -n 1p <<<"$login")
  insecure=$(sed -n 4p <<<"$login")
  built=$(TZ=UTC git -C "$ROOT" log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ HEAD)
  source=${GITHUB_REPOSITORY:+$GITHUB_SERVER_URL/$GITHUB_REPOSITORY}
  [ "$ENV" = twin ] || profile=(-Paws)
  (
    cd "$ROOT"
    QUARKUS_CONTAINER_IMAGE_USERNAME=$(sed -n 2p <<<"$login")
    QUARKUS_CONTAINER_IMAGE_PASSWORD=$(sed -n 3p <<<"$login")
    export QUARKUS_CONTAINER_IMAGE_USERNAME QUARKUS_CONTAINER_IMAGE_PASSWORD
    mvn -q -Dquick -DskipTests -pl app package "${profile[@]+"${profile[@]}"}" \
      -Dslipway.revision="$tag" -Dslipway.build-time="$built" -Dslipway.source="${source:-unknown}" \
      -Dquarkus.container-image.build=true -Dquarkus.container-image.push=true \
      -Dquarkus.container-image.image="$uri:$tag" -Dquarkus.container-image.insecure="$insecure" \
      -DsendCredentialsOverHttp="$insecure"
  )
}

# What is planned is looked at before it is applied, and then that very plan is.
apply_stack() {
  local tag=$1 digest=$2 plan=$RUN/stack.tfplan
  say "stack: terraform plan and apply with $digest"
  mkdir -p "$RUN"
  rm -f "$plan"
  TF_VAR_revision=$tag TF_VAR_image_digest=$digest run_terraform stack plan -out="$plan" -compact-warnings -no-color
  preflight "$plan"
  INITIALISED=1 SAVED_PLAN=$plan run_terraform stack apply -compact-warnings -no-color
  rm -f "$plan"
}

# Stops what would surely fail, before anything is changed. PREFLIGHT=warn only says so, PREFLIGHT=off leaves it out.
preflight() {
  local status=0
  [ "${PREFLIGHT:-on}" != off ] || { say "preflight: left out (PREFLIGHT=off)"; return 0; }
  mkdir -p "$REPORTS"
  INITIALISED=1 "$ROOT/scripts/terraform.sh" stack show -json "$1" >"$RUN/stack.plan.json"
  "$ROOT/slipway" preflight --plan "$RUN/stack.plan.json" --json "$REPORTS/preflight.json" --html "$REPORTS/preflight.html" >&2 || status=$?
  rm -f "$RUN/stack.plan.json"
  case $status in
    0) ;;
    1)
      if [ "${PREFLIGHT:-on}" = warn ]; then
        say "preflight: this will fail, and is applied all the same (PREFLIGHT=warn)"
        return 0
      fi
      say "preflight: this would fail, so nothing was applied"
      say "  try   PREFLIGHT=warn make apply      to apply it all the same"
      exit 1 ;;
    *) say "preflight: could not be made (exit code $status); applying without it" ;;
  esac
}

known_preflight() {
  case ${PREFLIGHT:-on} in
    on | warn | off) ;;
    *) fail "PREFLIGHT=$PREFLIGHT is no choice" "choices are on, warn and off" "a typing error" "unset PREFLIGHT" ;;
  esac
}

prepare() {
  known_environment
  known_preflight
  check_variables
  find_jdk
  find_terraform
  "$ROOT/scripts/build.sh"
}

apply() {
  local tag digest
  tag=$(revision)
  apply_foundation
  digest=$(image "$tag")
  apply_stack "$tag" "$digest"
}

print_result() {
  echo "url: $(output url)"
  echo "report: $REPORTS/report.json"
}

verify() {
  mkdir -p "$REPORTS"
  local cluster service arguments=()
  cluster=${CLUSTER:-$(output cluster_name)}
  service=${SERVICE:-$(output service_name)}
  if [ -z "$cluster" ] || [ -z "$service" ]; then
    fail "there is nothing to validate" "Terraform's state for ENV=$ENV names no cluster and no service" \
      "nothing is applied yet" "make up" "CLUSTER=name SERVICE=name make validate    for a service from elsewhere"
  fi
  if [ -z "${CLUSTER:-}" ]; then
    arguments+=(--image-digest "$(output image_digest)" --expect-revision "$(output task_definition_arn)" --commit "$(output revision)" --url "$(output url)")
  fi
  [ -z "${TAGS:-}" ] || arguments+=(--tags "$TAGS")
  "$ROOT/slipway" verify --cluster "$cluster" --service "$service" "${arguments[@]+"${arguments[@]}"}" \
    --json "$REPORTS/report.json" --html "$REPORTS/report.html" --junit-xml "$REPORTS/junit.xml"
}

known_environment
case ${1:-} in
  up)
    [ "$ENV" = twin ] || fail "make up is for the twin" "ENV=$ENV" "the main job runs without an account" "ENV=$ENV make apply validate"
    prepare; lock make; start_twin; apply; status=0; verify || status=$?; print_result; exit $status ;;
  apply) prepare; lock make; start_twin; apply; print_result ;;
  image) prepare; lock make; start_twin; apply_foundation; image "$(revision)" ;;
  plan)
    prepare; lock make; need_twin
    PLAN_ONLY=1 run_terraform foundation plan -compact-warnings -no-color
    tag=$(revision); digest=$(find_image "$tag")
    [ -n "$digest" ] || fail "the stack cannot be planned" "no image $REPOSITORY:$tag in the registry" \
      "the current commit was not built and pushed yet" "make image      then      make plan"
    TF_VAR_revision=$tag TF_VAR_image_digest=$digest PLAN_ONLY=1 run_terraform stack plan -compact-warnings -no-color ;;
  validate) prepare; need_twin; verify ;;
  destroy)
    prepare; lock make
    if [ "$ENV" = twin ] && ! twin_running; then
      rm -rf "$STATE/twin"
      say "no twin is running, so there is nothing to destroy"
      exit 0
    fi
    need_twin
    TF_VAR_revision=${TF_VAR_revision:-0000000} TF_VAR_image_digest=${TF_VAR_image_digest:-sha256:$(printf '0%.0s' {1..64})} \
      run_terraform stack destroy -auto-approve -compact-warnings -no-color
    run_terraform foundation destroy -auto-approve -compact-warnings -no-color
    mkdir -p "$REPORTS"
    # The bucket of the state outlives the stack.
    "$ROOT/slipway" sweep --json "$REPORTS/sweep.json" ${SLIPWAY_STATE_BUCKET:+--ignore s3-bucket} ;;
  down) [ ! -d "$STATE/twin" ] || "$ROOT/slipway" twin stop; rm -rf "$STATE/twin"; say "the twin is down and its state is removed" ;;
  diagram)
    prepare; need_twin
    "$ROOT/scripts/terraform.sh" stack show -json >"$RUN/stack.json"
    "$ROOT/slipway" diagram "$RUN/stack.json" --out "$ROOT/assets/architecture.png" ;;
  *) fail "deploy.sh knows no step '${1:-}'" "steps are up, down, plan, apply, validate, destroy, image and diagram" "a typing error" "make help" ;;
esac
