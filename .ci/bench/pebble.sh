#!/bin/sh
# pebble against the same weights in eager PyTorch, fp32, on the same cores: batch 8 with guidance, 64 x 64 px.
# Usage: .ci/bench/pebble.sh [WEIGHTS] [THREADS] [ROUNDS]
# Runs everything once per round, so that a busy minute hits all alike, and prints medians and their ratios: by the
# clock, and by processor time, which is the fairer one where other work shares the machine (then give 1 thread).
set -eu
home=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
weights=$(realpath "${1:-$home/generator/src/main/resources/dev/touchstone/generator/model/pebble-2.safetensors}")
threads=${2:-$(nproc)}
rounds=${3:-3}
steps=8
classes=$home/generator/target/bench.classpath
(cd "$home" && mvn -o -q -B test-compile -pl generator \
    && cd generator && mvn -o -q -B dependency:build-classpath -Dmdep.outputFile="$classes" -Dmdep.includeScope=test >/dev/null)
results=$(mktemp)
trap 'rm -f "$results"' EXIT
export OMP_WAIT_POLICY=passive OMP_NUM_THREADS="$threads"
round=0
while [ "$round" -lt "$rounds" ]; do
    (cd "$home/generator/training" && /usr/bin/python3 bench_eager.py "$weights" 8 $steps "$threads" 5) >>"$results"
    for variant in "onnxruntime fp32" "onnxruntime int8" "nd4j fp32"; do
        # shellcheck disable=SC2086
        java -Xmx2g -cp "$home/generator/target/classes:$home/generator/target/test-classes:$(cat "$classes")" \
            dev.touchstone.generator.model.PebbleBenchmark "$weights" $variant 8 $steps "$threads" 8 2>/dev/null >>"$results"
    done
    round=$((round + 1))
done
/usr/bin/python3 - "$results" <<'PYTHON'
import collections, json, statistics, sys

runs = collections.defaultdict(lambda: collections.defaultdict(list))
for line in open(sys.argv[1]):
    run = json.loads(line)
    for key in ("stepMillis", "processorMillis"):
        runs[run["runtime"]][key].append(run[key])
for key, title in (("stepMillis", "by the clock"), ("processorMillis", "processor time")):
    median = {name: statistics.median(values[key]) for name, values in runs.items()}
    print(f"{title}, median ms per step of 8 images with guidance")
    for name, value in median.items():
        print(f"  {name:18s} {value:8.2f}   n={len(runs[name][key])}")
    print(f"  onnxruntime fp32 is {median['eager'] / median['onnxruntime-fp32']:.2f} x eager PyTorch,"
          f" int8 is {median['onnxruntime-fp32'] / median['onnxruntime-int8']:.2f} x fp32,"
          f" nd4j is {median['onnxruntime-fp32'] / median['nd4j-fp32']:.2f} x onnxruntime")
PYTHON
