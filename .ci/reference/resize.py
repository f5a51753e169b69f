#!/usr/bin/env python3
"""Resized samples as the originals compute them: PyTorch, Pillow, and TensorFlow 1's formula from torch-fidelity.

Source:  torch 1.13 F.interpolate, Pillow 9.4.0 Image.resize, torch-fidelity 5e211a9
         torch_fidelity/interpolate_compat_tensorflow.py (run from a checkout, $TORCH_FIDELITY)
Command: TORCH_FIDELITY=/path/to/checkout /usr/bin/python3 .ci/reference/resize.py > eval/metrics/src/test/resources/dev/touchstone/metrics/image/resize.json
Input:   sample(x, y, c) = (x * 37 + y * 91 + c * 53 + (x * y) % 29 * 7) % 256, width 50, height 34
"""
import json, os, sys
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

sys.path.insert(0, os.environ["TORCH_FIDELITY"])
from importlib import util

spec = util.spec_from_file_location("compat", os.path.join(
    os.environ["TORCH_FIDELITY"], "torch_fidelity/interpolate_compat_tensorflow.py"))
compat = util.module_from_spec(spec)
spec.loader.exec_module(compat)

w, h = 50, 34
y, x, c = np.meshgrid(np.arange(h), np.arange(w), np.arange(3), indexing="ij")
image = ((x * 37 + y * 91 + c * 53 + (x * y) % 29 * 7) % 256).astype(np.uint8)
chw = torch.from_numpy(image.transpose(2, 0, 1)).float()[None]
picked = np.random.RandomState(3)


def sample(name, planes, size):
    planes = np.asarray(planes, dtype=np.float32)
    at = [[int(picked.randint(0, 3)), int(picked.randint(0, size[1])), int(picked.randint(0, size[0]))] for _ in range(40)]
    return {"name": name, "width": size[0], "height": size[1], "sum": float(planes.astype(np.float64).sum()),
            "at": at, "values": [float(planes[tuple(p)]) for p in at]}


cases = []
for size in ((299, 299), (50, 34), (20, 17), (31, 60)):
    ow, oh = size
    cases.append(sample("torch", F.interpolate(chw, (oh, ow), mode="bilinear", align_corners=False)[0], size))
    cases.append(sample("tensorflow", compat.interpolate_bilinear_2d_like_tensorflow1x(
        chw, (oh, ow), align_corners=False, method="slow")[0], size))
    for name, kind in (("bicubic", Image.BICUBIC), ("bilinear", Image.BILINEAR)):
        planes = [np.asarray(Image.fromarray(image[..., k].astype(np.float32), "F").resize(size, kind)) for k in range(3)]
        cases.append(sample("pillow-float-" + name, np.stack(planes), size))
        cases.append(sample("pillow-bytes-" + name,
                            np.asarray(Image.fromarray(image, "RGB").resize(size, kind)).transpose(2, 0, 1), size))
        anti = F.interpolate(chw, (oh, ow), mode=name, align_corners=False, antialias=True)[0]
        cases.append(sample("torch-antialias-" + name, anti, size))
    x299 = F.interpolate(chw / 255, (299, 299), mode="bilinear", align_corners=False)[0] * 2 - 1
print(json.dumps({"cases": cases, "pytorch-fid": sample("pytorch-fid", x299, (299, 299))}, indent=0))
