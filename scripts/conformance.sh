#!/usr/bin/env bash
# conformance.sh [RESULTS-DIRECTORY]: runs the OCI distribution conformance suite against the ECR of the twin (or of
# the account) that the AWS variables of the environment name. Exit code 1 when a test of the suite fails.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export PATH="$STATE/tools/bin:$PATH"
for tool in aws conformance; do
  [ -n "$(type -P $tool)" ] || fail "the conformance suite cannot run" "no $tool on the PATH or in $STATE/tools/bin" \
    "CI installs it, a clone does not" ".ci/run"
done

results=${1:-$(mktemp -d)}
repositories=(conformance/one conformance/two)
for repository in "${repositories[@]}"; do
  aws ecr create-repository --repository-name "$repository" --output text --query repository.repositoryUri
done
cleanup() {
  for repository in "${repositories[@]}"; do
    aws ecr delete-repository --repository-name "$repository" --force --output text >/dev/null
  done
}
trap cleanup EXIT

endpoint=$(aws ecr get-authorization-token --output text --query 'authorizationData[0].proxyEndpoint')
OCI_PASSWORD=$(aws ecr get-login-password)
tls=enabled
case $endpoint in http://*) tls=disabled ;; esac
export OCI_PASSWORD OCI_USERNAME=AWS OCI_TLS=$tls OCI_REGISTRY=${endpoint#*://}
export OCI_REPO1=${repositories[0]} OCI_REPO2=${repositories[1]} OCI_RESULTS_DIR=$results OCI_VERSION=1.1
# Said by the specification to be optional, and ECR does them: they are tested too.
export OCI_API_BLOBS_DIGEST_HEADER=true OCI_API_MANIFESTS_DIGEST_HEADER=true OCI_API_BLOBS_UPLOAD_CANCEL=true
# ECR knows SHA-256 alone.
export OCI_DATA_SHA512=false
conformance
