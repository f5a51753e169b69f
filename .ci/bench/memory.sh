#!/bin/sh
# Peak memory of the set metrics over 50,000 generated and 50,000 reference images under 2 GB of heap. Prints a table; each metric
# is a process of its own.
#
#   [IMAGES=50000] [DIMENSION=2048] .ci/bench/memory.sh [METRIC...]
#
# A 2048-d set against another of 50,000 is 10 Tflop in double; prdc and kid-full take 20 each.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${FOLDER:-$(mktemp -d)}
mkdir -p "$folder"
(cd "$root" && mvn -o -q -B -pl eval -am compile dependency:build-classpath -Dmdep.outputFile="$folder/classpath")
export ORT_DISABLE_TELEMETRY=1 OMP_WAIT_POLICY=passive
for metric in ${*:-fid fid-infinity kid is folders folders-cached folders-warm prdc kid-full cmmd}; do
    java -Xmx2g -XX:+UseSerialGC -Ddimension="${DIMENSION:-2048}" -cp "$root/eval/target/classes:$root/generator/target/classes:$(cat "$folder/classpath")" \
        "$root/.ci/bench/MemoryBench.java" "$folder" "${IMAGES:-50000}" "$metric"
done
