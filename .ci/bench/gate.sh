#!/bin/sh
# Comparing and deciding on two finished runs: seconds and memory of the command, by their records alone.
#
#   .ci/bench/gate.sh BASE CANDIDATE [POLICY]
#
# The figure to hold for two runs of 100,000 images, 20 cohorts and 12 metrics on two cores is 30 s and 2 GB.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
policy=${3:-$root/eval/policies/release.yaml}
status=0
TOUCHSTONE_JAVA_OPTS="-Xmx1600m" /usr/bin/time -f "%e s, %M KB" \
    "$root/touchstone" gate "$2" --baseline "$1" --policy "$policy" --no-pictures >/dev/null || status=$?
echo "exit $status"
