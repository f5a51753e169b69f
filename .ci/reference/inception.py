#!/usr/bin/env python3
"""Features and distances of the original Inception code on formula weights and formula images.

Source:  pytorch-fid b9c1811 (src/pytorch_fid/inception.py, fid_score.py), torch-fidelity 5e211a9
         (feature_extractor_inceptionv3.py, metric_fid.py, metric_kid.py, metric_isc.py), torch 1.13, scipy 1.10.1
Command: PYTORCH_FID=checkout TORCH_FIDELITY=checkout /usr/bin/python3 .ci/reference/inception.py > eval/metrics/src/test/resources/dev/touchstone/metrics/weights/network/inception.json
Weights: .ci/reference/formula.py in the published shapes; images formula.image(i, 96, 80), sets 0..11 and 100..109
"""
import json, os, sys, tempfile
from pathlib import Path

sys.path[:0] = [os.path.join(os.environ["PYTORCH_FID"], "src"), os.environ["TORCH_FIDELITY"]]
import numpy as np
import torch
from PIL import Image
import formula

torch.set_num_threads(2)
import pytorch_fid.inception as inception
import pytorch_fid.fid_score as fid_score

weights = None


def formula_weights(*args, **kwargs):
    return weights


inception.load_state_dict_from_url = formula_weights
shell = inception._inception_v3(num_classes=1008, aux_logits=False, weights=None)
for name, block in (("5b", inception.FIDInceptionA(192, 32)), ("5c", inception.FIDInceptionA(256, 64)),
                    ("5d", inception.FIDInceptionA(288, 64)), ("6b", inception.FIDInceptionC(768, 128)),
                    ("6c", inception.FIDInceptionC(768, 160)), ("6d", inception.FIDInceptionC(768, 160)),
                    ("6e", inception.FIDInceptionC(768, 192)), ("7b", inception.FIDInceptionE_1(1280)),
                    ("7c", inception.FIDInceptionE_2(2048))):
    setattr(shell, "Mixed_" + name, block)
weights = formula.fill(shell)
if len(sys.argv) > 1:
    torch.save({k: v for k, v in weights.items() if "num_batches" not in k}, sys.argv[1])
    sys.exit()

sets = [list(range(12)), list(range(100, 110))]
images = [np.stack([formula.image(i, 96, 80) for i in s]) for s in sets]
result = {}
with tempfile.TemporaryDirectory() as folder:
    for k, s in enumerate(sets):
        (Path(folder) / str(k)).mkdir()
        for n, i in enumerate(s):
            Image.fromarray(images[k][n]).save(Path(folder) / str(k) / ("%03d.png" % i))
    for dims in (64, 2048):
        model = inception.InceptionV3([inception.InceptionV3.BLOCK_INDEX_BY_DIM[dims]]).eval()
        acts = [fid_score.get_activations(sorted((Path(folder) / str(k)).iterdir()), model, 5, dims, "cpu", 0) for k in (0, 1)]
        stats = [(a.mean(0), np.cov(a, rowvar=False)) for a in acts]
        # Rank-deficient: scipy's sqrtm needs pytorch-fid's eps there; eigenvalues as in torch-fidelity do not.
        sys.stderr.write("dims %d\n" % dims)
        d = stats[0][0] - stats[1][0]
        root = np.sum(np.sqrt(np.linalg.eigvals(stats[0][1] @ stats[1][1]).astype("complex128")).real)
        result["pytorch-fid-%d" % dims] = {
            "first": acts[0][0][:16].tolist(), "last": acts[1][-1][-16:].tolist(), "sum": float(np.sum(acts[0])),
            "fid": float(d @ d + np.trace(stats[0][1]) + np.trace(stats[1][1]) - 2 * root)}

import torch_fidelity.feature_extractor_inceptionv3 as fe

with tempfile.NamedTemporaryFile(suffix=".pth") as file:
    torch.save({k: v for k, v in weights.items()}, file.name)
    extractor = fe.FeatureExtractorInceptionV3("inception-v3-compat", ["2048", "logits_unbiased", "768"],
                                               feature_extractor_weights_path=file.name)
from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric
from torch_fidelity.metric_kid import kid_features_to_metric
from torch_fidelity.metric_isc import isc_features_to_metric

with torch.no_grad():
    out = [extractor(torch.from_numpy(i.transpose(0, 3, 1, 2).copy())) for i in images]
features = [o[0] for o in out]
fid = fid_statistics_to_metric(*[fid_features_to_statistics(f) for f in features], False)
kid = kid_features_to_metric(features[0], features[1], kid_subsets=7, kid_subset_size=9, rng_seed=2020, verbose=False)
isc = isc_features_to_metric(out[0][1], splits=3, shuffle=True, rng_seed=2020)
result["torch-fidelity"] = {
    "first": features[0][0][:16].tolist(), "last": features[1][-1][-16:].tolist(),
    "logits": out[0][1][0][:16].tolist(), "pool768": out[0][2][0].reshape(-1)[:16].tolist(),
    "fid": float(fid["frechet_inception_distance"]),
    "kid": [float(kid["kernel_inception_distance_mean"]), float(kid["kernel_inception_distance_std"])],
    "isc": [float(isc["inception_score_mean"]), float(isc["inception_score_std"])]}
print(json.dumps(result, indent=0))
