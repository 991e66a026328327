#!/usr/bin/env bash
# terraform.sh ROOT COMMAND [ARGS...]: runs Terraform in one of the project's roots (foundation, stack) for ENV.
# On the twin, Terraform attaches to the provider that the twin serves; on AWS it downloads the real one.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_terraform
name=$1 command=$2
shift 2
case $name in
  foundation) dir=$ROOT/terraform/foundation ;;
  stack) dir=$ROOT/terraform ;;
  *) fail "terraform.sh knows no root '$name'" "roots are foundation and stack" "a typing error" "scripts/terraform.sh stack plan" ;;
esac
work=$STATE/$ENV/terraform/$name
mkdir -p "$work"
export TF_DATA_DIR=$work/data TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1

if [ "$ENV" = twin ]; then
  if [ ! -f "$STATE/twin/reattach.json" ] || ! port_open "$(cat "$STATE/twin/terraform.port")"; then
    fail "no twin is running" "nothing answers for $STATE/twin" "it was stopped, killed, or never started" "make up"
  fi
  # Terraform kills the provider's process when it cannot dial it. It is given a guard that may be
  # killed, and that ends with this script because its input ends; an interrupt is for Terraform alone.
  exec 8> >(trap '' INT; exec cat >/dev/null)
  guard=$!
  TF_REATTACH_PROVIDERS=$(sed "s/\"Pid\": *[0-9]*/\"Pid\":$guard/g" "$STATE/twin/reattach.json")
  export TF_REATTACH_PROVIDERS
fi

# Values of TF_VAR_* must win over the environment's file, which beats the environment by itself. A saved plan has them all.
variables=()
if [ "$command" = apply ] && [ -n "${SAVED_PLAN:-}" ]; then
  set -- "$@" -lock-timeout=60s "$SAVED_PLAN"
elif [ "$command" = plan ] || [ "$command" = apply ] || [ "$command" = destroy ] || [ "$command" = refresh ]; then
  file=$dir/environments/$ENV.tfvars
  [ ! -f "$file" ] || variables+=("-var-file=$file")
  while IFS='=' read -r key _; do
    variable=${key#TF_VAR_}
    if grep -qE "^variable \"$variable\"" "$dir"/*.tf; then
      variables+=("-var" "$variable=${!key}")
    fi
  done < <(env | grep '^TF_VAR_' || true)
  variables+=("-lock-timeout=60s")
fi

# The roots name the local backend; on AWS an override file puts the state into the bucket of the bootstrap.
cd "$dir"
if [ "$ENV" = twin ]; then
  rm -f backend_override.tf
  backend=("-backend-config=path=$work/terraform.tfstate")
else
  [ -n "${SLIPWAY_STATE_BUCKET:-}" ] ||
    fail "Terraform's state has no place on AWS" "SLIPWAY_STATE_BUCKET is not set" \
      "the bucket is made once per account by terraform/bootstrap, whose output names it" \
      "SLIPWAY_STATE_BUCKET=name ENV=aws make plan"
  printf 'terraform {\n  backend "s3" {}\n}\n' >backend_override.tf
  backend=("-backend-config=bucket=$SLIPWAY_STATE_BUCKET" "-backend-config=key=slipway/$name.tfstate"
    "-backend-config=use_lockfile=true" "-backend-config=encrypt=true")
fi
# What was planned a moment ago can be shown as it is.
if [ "$command" != init ] && [ -z "${INITIALISED:-}" ]; then
  "$TERRAFORM" init -input=false -no-color -reconfigure "${backend[@]}" >"$work/init.log" 2>&1 8>&- || { cat "$work/init.log" >&2; exit 1; }
fi
status=0
"$TERRAFORM" "$command" "${variables[@]+"${variables[@]}"}" "$@" 8>&- || status=$?
exit $status
