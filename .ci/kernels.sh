#!/usr/bin/env bash
# Runs the numeric tests, and with --quickstart a run's scores, under every kernel that this processor can execute, so that a green
# check on one machine says something about another. Names what it skipped. Call after 'mvn verify'.
#
#   .ci/kernels.sh                      numeric tests
#   .ci/kernels.sh --quickstart RUN     scores a finished run again under each kernel; printed digits must stay
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
    "$@" </dev/null
}

numeric() {
    mvn -o -q -B -ntp surefire:test -pl eval/metrics -Dtest="$tests" -Dsurefire.failIfNoSpecifiedTests=false
}

# Scores of a run into a file; features are computed anew.
scored() { # file
    rm -rf "$run/features" "$run/scores.jsonl" "$run/evaluation.json" .touchstone/features
    ./touchstone score "$run" --no-progress >/dev/null
    ./touchstone summarize "$run" --no-progress >/dev/null
    cp "$run/evaluation.json" "$1"
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
        under "$kernel" "$answer" "$isa" "$paths" scored "$(dirname "$run")/$kernel.json"
        [ -n "$first" ] || first=$kernel
        python3 .ci/reference/digits.py "$(dirname "$run")/$first.json" "$(dirname "$run")/$kernel.json" "kernels: $first and $answer"
    fi
done <<<"$kernels"
