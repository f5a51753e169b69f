#!/bin/sh
# Metrics against their peers on this machine, one after the other. Prints a table of rates and ratios.
#
#   PYTORCH_FID=checkout LPIPS=checkout [IMAGES=500] [SIDE=512] [PAIRS=100] .ci/bench/metrics.sh [FOLDER]
#
# Peers: pytorch-fid b9c1811, PerceptualSimilarity 082bb24, scipy; Debian's python3-torch, -torchvision, -scipy, -tqdm.
# Weights are formulas in the published shapes: speed does not depend on their values. On both sides FID counts loading the
# network, LPIPS does not (rows of their own say how fast that is) and follows one pair to warm up, and the Fréchet distance,
# which counts reading the files, is the best of three. VGG-16 gets a sixth of the pairs.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$(mktemp -d)}
images=${IMAGES:-500}
pairs=${PAIRS:-100}
python=${PYTHON:-/usr/bin/python3}
export PYTHONPATH="$root/.ci/reference" TORCH_FIDELITY="${TORCH_FIDELITY:-$PYTORCH_FID}"
mkdir -p "$folder"
if [ ! -f "$folder/b.npz" ]; then
    "$python" "$root/.ci/reference/inception.py" "$folder/inception.pth"
    "$python" "$root/.ci/bench/peers.py" prepare "$folder" "$images" "${SIDE:-512}"
fi
(cd "$root" && mvn -o -q -B -pl eval -am compile dependency:build-classpath -Dmdep.outputFile="$folder/classpath")
rm -rf "$folder/cache"
export ORT_DISABLE_TELEMETRY=1
java -Xmx2g -cp "$root/eval/target/classes:$root/generator/target/classes:$(cat "$folder/classpath")" \
    "$root/.ci/bench/MetricsBench.java" "$folder" "$images" "$pairs" "$LPIPS/lpips/weights/v0.1" > "$folder/ours.tsv"
"$python" "$root/.ci/bench/peers.py" time "$folder" "$images" "$pairs" > "$folder/peers.tsv" 2> "$folder/peers.log"
"$python" - "$folder" <<'TABLE'
import sys
rows = [dict((l.split("\t")[0], l.rstrip("\n").split("\t")) for l in open(sys.argv[1] + "/" + n)) for n in ("ours.tsv", "peers.tsv")]
ours, peers = rows
print("| work | peer | here | ratio |\n|---|---|---|---|")
for name, row in ours.items():
    peer = peers.get(name)
    ratio = "%.1f x" % (float(row[1]) / float(peer[1])) if peer else ""
    if name == "fid":
        ratio += ", %.0f %% of the raw network" % (100 * float(row[1]) / float(ours["raw-network"][1]))
    print("| %s | %s | %.2f %s | %s |" % (name, "%.2f" % float(peer[1]) if peer else "-", float(row[1]), row[2], ratio))
TABLE
