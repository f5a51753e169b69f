#!/usr/bin/env bash
# The gate at work: pebble with twelve steps is pinned as the baseline, and a draft of one step is put before the gate.
# The draft is far faster and cheaper on average, and shows less of what was asked for. Ends as the gate does: with 10.
#   eval/manifests/demo/run.sh
set -euo pipefail
cd "$(dirname "$0")/../../.."
runs=${RUNS:-runs}
base=$(./touchstone run eval/manifests/demo/base.yaml --runs "$runs" | sed -n 's/^run: *//p')
./touchstone baseline pin "$base" --name demo --dirty
exec ./touchstone run eval/manifests/demo/gated.yaml --runs "$runs"
