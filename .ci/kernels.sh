#!/usr/bin/env bash
# Runs the numeric tests, and with --quickstart a run's scores, under every kernel that this processor can execute, so that a green
# check on one machine says something about another. Names what it skipped. Call after 'mvn verify'.
#
#   .ci/kernels.sh                      numeric tests
#   .ci/kernels.sh --quickstart RUN     scores a finished run again under each kernel; what is printed must not change by a digit
set -euo pipefail
cd "$(dirname "$0")/.."
tests='LinearAlgebraTest,OpenBlasTest,LinearCheckTest,RuntimeCheckTest,RuntimeContractTest,Frechet*Test,StatisticsFileTest,Kernel*Test'
tests+=',RelativeKernel*Test,Precision*Test,ClipMaximum*Test,InceptionScoreTest,LpipsNetworkTest,InceptionFeaturesTest'

# Name that OpenBLAS takes, name that it answers, the most that oneDNN may use beside it, ONNX Runtime's paths, what the processor needs.
kernels='PRESCOTT Prescott SSE41 fast pni
HASWELL Haswell AVX2 fast avx2,fma
ZEN Zen AVX2 plain avx2,fma
SKYLAKEX SkylakeX AVX512_CORE fast avx512f,avx512bw,avx512dq,avx512vl,avx512cd
COOPERLAKE Cooperlake ALL fast avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx512_bf16'

can() {
    for feature in ${1//,/ }; do
        grep -m 1 '^flags' /proc/cpuinfo 2>/dev/null | grep -qw "$feature" || { echo "$feature"; return 1; }
    done
}

under() { # kernel, answer, isa, paths, command...
    export OPENBLAS_CORETYPE=$1 TOUCHSTONE_EXPECTED_KERNEL=$2 ONEDNN_MAX_CPU_ISA=$3 DNNL_MAX_CPU_ISA=$3 TOUCHSTONE_ONNXRUNTIME_PATHS=$4
    shift 4
    "$@"
}

numeric() {
    mvn -o -q -B -ntp surefire:test -pl eval/metrics -Dtest="$tests" -Dsurefire.failIfNoSpecifiedTests=false
}

# Prints what a run prints of its pictures; features and scores are computed anew.
printed() {
    rm -rf "$run/features" "$run/scores.jsonl" "$run/evaluation.json" .touchstone/features
    ./touchstone score "$run" --no-progress >/dev/null
    ./touchstone summarize "$run" --no-progress >/dev/null
    python3 - "$run/evaluation.json" <<'PYTHON'
import json, sys

def numbers(place, node):
    if isinstance(node, dict):
        for key, value in node.items():
            numbers(place + "/" + key, value)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            numbers(place + "/" + str(index), value)
    elif isinstance(node, float):
        print(place, "%.4g" % node)  # four digits, as everything that is printed

evaluation = json.load(open(sys.argv[1]))
numbers("", evaluation)
PYTHON
}

run=""
if [ "${1:-}" = --quickstart ]; then
    run=$(mktemp -d)/run
    trap 'rm -rf "$(dirname "$run")"' EXIT
    cp -r "$2" "$run"
fi
first=""
while read -r kernel answer isa paths features; do
    if ! lacking=$(can "$features"); then
        echo "kernels: $kernel skipped: this processor has no $lacking"
        continue
    fi
    if [ -z "$run" ]; then
        under "$kernel" "$answer" "$isa" "$paths" numeric
        echo "kernels: $answer (oneDNN up to $isa, ONNX Runtime's $paths paths): numeric tests pass"
    else
        under "$kernel" "$answer" "$isa" "$paths" printed >"$(dirname "$run")/$kernel"
        if [ -z "$first" ]; then first=$kernel; fi
        if ! diff "$(dirname "$run")/$first" "$(dirname "$run")/$kernel"; then
            echo "kernels: $kernel prints other digits than $first (above: <$first >$kernel)" >&2
            exit 1
        fi
        echo "kernels: $answer: $(wc -l <"$(dirname "$run")/$kernel") numbers of the run agree"
    fi
done <<<"$kernels"
