#!/usr/bin/env python3
"""LPIPS distances and maps by the original code: its own linear weights, formula weights in the backbones.

Source:  PerceptualSimilarity 082bb24 (package lpips 0.1.4), torchvision 0.14, torch 1.13
Command: LPIPS=checkout /usr/bin/python3 .ci/reference/lpips_reference.py > eval/metrics/src/test/resources/dev/touchstone/metrics/weights/network/lpips.json
Images:  formula.image(i, 70, 66) for pairs (0, 1), (2, 2), (3, 103), and imgs/ex_ref.png against ex_p0.png and ex_p1.png
"""
import json, os, sys
import numpy as np
import torch
import torchvision
from PIL import Image

sys.path.insert(0, os.environ["LPIPS"])
import formula

for name in ("alexnet", "vgg16", "squeezenet1_1"):
    def make(pretrained=True, make=getattr(torchvision.models, name), **kwargs):
        model = make(weights=None)
        state = {k: torch.from_numpy(formula.tensor(k, tuple(v.shape))) if k.startswith("features") else v
                 for k, v in model.state_dict().items()}
        model.load_state_dict(state)
        return model

    setattr(torchvision.models, name, make)
import lpips

def smallest(loss):
    """The shortest side that the network takes, and the formula distance at it."""
    for side in range(8, 64):
        try:
            return {"side": side, "distance": float(loss(tensor(formula.image(0, side, side)), tensor(formula.image(1, side, side))))}
        except RuntimeError:
            pass


linear = {}
result = {}
tensor = lambda a: lpips.im2tensor(a)
pairs = [(formula.image(a, 70, 66), formula.image(b, 70, 66)) for a, b in ((0, 1), (2, 2), (3, 103))]
load = lambda n: np.asarray(Image.open(os.path.join(os.environ["LPIPS"], "imgs", n)).convert("RGB"))
examples = [(load("ex_ref.png"), load("ex_p0.png")), (load("ex_ref.png"), load("ex_p1.png"))]
with torch.no_grad():
    for net in ("alex", "vgg", "squeeze"):
        loss = lpips.LPIPS(net=net, version="0.1", verbose=False).eval()
        spatial = lpips.LPIPS(net=net, version="0.1", spatial=True, verbose=False).eval()
        values = [float(loss(tensor(a), tensor(b))) for a, b in pairs]
        maps = spatial(tensor(pairs[0][0]), tensor(pairs[0][1]))[0, 0].numpy()
        state = loss.state_dict()
        formula_lin = {k: torch.from_numpy(formula.tensor(k, tuple(v.shape))) for k, v in state.items()
                       if k.startswith("lin") and not k.startswith("lins")}
        real = [float(loss(tensor(a), tensor(b))) for a, b in examples]
        for k, v in formula_lin.items():
            getattr(loss, k.split(".")[0]).model[1].weight.data = v
            getattr(spatial, k.split(".")[0]).model[1].weight.data = v
        formula_values = [float(loss(tensor(a), tensor(b))) for a, b in pairs]
        formula_map = spatial(tensor(pairs[0][0]), tensor(pairs[0][1]))[0, 0].numpy()
        small = smallest(loss)
        result[net] = {"smallest": small, "published-linear": values, "examples": real, "formula-linear": formula_values,
                       "map-mean": float(formula_map.mean()), "map": [float(formula_map[y, x]) for y, x in
                                                                     ((0, 0), (10, 20), (33, 35), (65, 69), (64, 1))]}
print(json.dumps(result, indent=0))
