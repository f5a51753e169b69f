#!/usr/bin/env python3
"""The peers of the metrics benchmark: writes weights and pictures by formula, then times the original code.

Source:  pytorch-fid b9c1811, PerceptualSimilarity 082bb24 (checkouts named by $PYTORCH_FID and $LPIPS), scipy
Command: peers.py prepare FOLDER IMAGES SIDE | peers.py time FOLDER IMAGES PAIRS
"""
import os, sys, time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "reference"),
                os.path.join(os.environ["PYTORCH_FID"], "src"), os.environ["LPIPS"]]
import numpy as np
import torch
import torchvision
from PIL import Image
import formula

torch.set_num_threads(os.cpu_count())
folder = Path(sys.argv[2])
BACKBONES = {"alex": "alexnet", "vgg": "vgg16", "squeeze": "squeezenet1_1"}


def prepare(images, side):
    for k in (0, 1):
        (folder / "set" / str(k)).mkdir(parents=True, exist_ok=True)
        for i in range(images):
            base = Image.fromarray(formula.image(1000 * k + i, side // 4, side // 4)).resize((side, side), Image.BICUBIC)
            base.save(folder / "set" / str(k) / ("%04d.png" % i))
    for net, name in BACKBONES.items():
        state = getattr(torchvision.models, name)(weights=None).state_dict()
        torch.save({k: torch.from_numpy(formula.tensor(k, tuple(v.shape))) for k, v in state.items()
                    if k.startswith("features")}, folder / (net + ".pth"))
    random = np.random.RandomState(1)
    for name in ("a", "b"):
        x = np.maximum(random.randn(3000, 2048), 0) * (1 + np.arange(2048) / 500)
        np.savez_compressed(folder / (name + ".npz"), mu=x.mean(0), sigma=np.cov(x, rowvar=False))


def peers(images, pairs):
    import pytorch_fid.fid_score as fid_score
    import pytorch_fid.inception as inception
    import scipy.linalg

    inception.load_state_dict_from_url = lambda *a, **k: torch.load(folder / "inception.pth")
    start = time.time()
    model = inception.InceptionV3([inception.InceptionV3.BLOCK_INDEX_BY_DIM[2048]])
    stats = [fid_score.compute_statistics_of_path(str(folder / "set" / str(k)), model, 50, 2048, "cpu", 2) for k in (0, 1)]
    try:
        fid_score.calculate_frechet_distance(*stats[0], *stats[1])
    except ValueError as imaginary:  # pytorch-fid gives up on few images
        print(imaginary, file=sys.stderr)
    seconds = time.time() - start
    print("fid\t%.6f\timages/s" % (2 * images / seconds))
    best = float("inf")
    for _ in range(3):
        start = time.time()
        a, b = ({k: v for k, v in np.load(folder / n).items()} for n in ("a.npz", "b.npz"))
        root, _ = scipy.linalg.sqrtm(a["sigma"].dot(b["sigma"]), disp=False)
        value = ((a["mu"] - b["mu"]) ** 2).sum() + np.trace(a["sigma"]) + np.trace(b["sigma"]) - 2 * np.trace(root.real)
        best = min(best, time.time() - start)
    print("frechet\t%.6f\tdistances/s\t%.12g" % (1 / best, value))
    for net, name in BACKBONES.items():
        original = getattr(torchvision.models, name)

        def make(pretrained=True, **kwargs):
            model = original(weights=None)
            model.load_state_dict(torch.load(folder / (net + ".pth")), strict=False)
            return model

        setattr(torchvision.models, name, make)
        import lpips

        start = time.time()
        loss = lpips.LPIPS(net=net, version="0.1", verbose=False).eval()
        loading = time.time() - start
        count = pairs if net != "vgg" else max(2, pairs // 6)
        load = lambda k, i: lpips.im2tensor(np.asarray(Image.open(folder / "set" / str(k) / ("%04d.png" % i))))
        with torch.no_grad():
            loss(load(0, 0), load(1, 0))
            start = time.time()
            values = [float(loss(load(0, i), load(1, i))) for i in range(count)]
        print("lpips-%s\t%.6f\tpairs/s\t%.9g" % (net, count / (time.time() - start), values[0]))
        print("lpips-%s-loading\t%.6f\tnetworks/s" % (net, 1 / loading))
        setattr(torchvision.models, name, original)


if sys.argv[1] == "prepare":
    prepare(int(sys.argv[3]), int(sys.argv[4]))
else:
    peers(int(sys.argv[3]), int(sys.argv[4]))
