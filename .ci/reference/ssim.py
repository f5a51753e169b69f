#!/usr/bin/env python3
"""SSIM and MS-SSIM by the original code on formula images.

Source:  piq 9948a52 (piq/ssim.py, piq/ms_ssim.py) in float64, torch 1.13
Command: PIQ=checkout PYTHONPATH=.ci/reference /usr/bin/python3 .ci/reference/ssim.py > eval/metrics/src/test/resources/dev/touchstone/metrics/metric/ssim/ssim.json
"""
import importlib, json, os, sys, types
import numpy as np
import torch
import formula

root = os.environ["PIQ"]
package = types.ModuleType("piq")  # only the two modules that are needed, not the whole package
package.__path__ = [os.path.join(root, "piq")]
sys.modules["piq"] = package
ssim = importlib.import_module("piq.ssim").ssim
multi = importlib.import_module("piq.ms_ssim").multi_scale_ssim

to = lambda a: torch.from_numpy(a.transpose(2, 0, 1).copy())[None].double() / 255
result = []
for i, j, w, h in ((0, 1, 70, 66), (4, 9, 301, 180), (5, 5, 64, 64), (7, 3, 530, 515)):
    a, b = formula.image(i, w, h), formula.image(j, w, h)
    mixed = ((a.astype(int) * 3 + b) // 4).astype(np.uint8)
    row = {"images": [i, j], "size": [w, h],
           "plain": float(ssim(to(mixed), to(a), data_range=1.0, downsample=False)),
           "downsampled": float(ssim(to(mixed), to(a), data_range=1.0, downsample=True))}
    if min(w, h) >= 161:
        row["multi-scale"] = float(multi(to(mixed), to(a), data_range=1.0))
    result.append(row)
print(json.dumps(result, indent=0))
