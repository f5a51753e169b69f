"""Trains the networks between pictures and latents, pebble's picture encoder and decoder, on rendered scenes.

    python3 train_autoencoder.py --data scenes-64 scenes-96 scenes-64x80 --out build --minutes 20

Writes autoencoder.pt and autoencoder.json for train.py (where they are there already, their weights are trained on),
and reconstructions.png: pictures, their reconstructions, and those of latents with noise of a third of their size added.
Several processes may train together (workers.py).
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch

from optimizer import Muon
from pebble import CELL, Config, Decoder, Encoder
from scenes import first_for_training, shows_face
from workers import agreed, average_gradients, start

NOISE = 0.25


class Pictures:
    """One folder of rendered scenes, left on disk."""

    def __init__(self, folder: Path, device: torch.device):
        facts = json.loads((folder / "shard.json").read_text())
        self.width, self.height = facts["widthPixels"], facts["heightPixels"]
        shape = (facts["count"], self.height, self.width, 3)
        self.values = np.memmap(folder / "images.u8", np.uint8, "r", shape=shape)
        first = first_for_training(facts["count"])
        face = shows_face(folder, facts)[first:]
        self.faces, self.others = first + np.flatnonzero(face), first + np.flatnonzero(~face)
        self.device = device

    def choice(self, random: np.random.Generator, count: int, faces: float) -> np.ndarray:
        """Indexes of so many pictures, a share of them faces."""
        with_faces = random.binomial(count, faces)
        return np.concatenate([random.choice(self.faces, with_faces), random.choice(self.others, count - with_faces)])

    def __len__(self) -> int:
        return len(self.values)

    def at(self, indexes: np.ndarray) -> torch.Tensor:
        """[batch, 3, height, width] in [-1, 1]."""
        values = torch.from_numpy(self.values[np.sort(indexes)]).to(self.device)
        return (values.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def decoded(decoder: Decoder, latents: torch.Tensor, pictures: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """What the decoder makes of latents with noise, in the size of the pictures."""
    noisy = latents + noise * torch.randn_like(latents)
    return decoder(noisy, pictures.shape[2] // CELL, pictures.shape[3] // CELL).float()


def decibels(squared_error: float) -> float:
    return 10 * math.log10(4 / squared_error)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True, help="the learning rate follows it")
    parser.add_argument("--batch", type=int, default=32, help="pictures of 64 x 64 in a batch; larger ones get fewer")
    parser.add_argument("--rate", type=float, default=2e-3, help="AdamW's peak rate, for biases and the last kernels")
    parser.add_argument("--muon-rate", type=float, default=0.02, help="Muon's peak rate")
    parser.add_argument("--faces", type=float, default=0.3, help="share of faces, the finest pictures, in a batch")
    parser.add_argument("--anchor", type=float, default=0.0, help="weight of the squared distance of latents to those "
                        "of the weights at the start, so that a transformer trained on those remains of use")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 leaves PyTorch's choice")
    options = parser.parse_args()
    workers, worker, device = start(options.threads)
    torch.manual_seed(options.seed)
    common = np.random.default_rng(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)

    folders = [Pictures(folder, device) for folder in options.data]
    shares = np.array([len(folder) for folder in folders], float)
    config = Config(vocabulary=4)
    encoder = Encoder(config).to(device, memory_format=torch.channels_last)
    decoder = Decoder(config).to(device, memory_format=torch.channels_last)
    target = options.out / "autoencoder.pt"
    seen_before, seconds_before = 0, 0.0
    if target.exists():
        saved = torch.load(target, map_location=device, weights_only=True)
        encoder.load_state_dict(saved["encoder"])
        decoder.load_state_dict(saved["decoder"])
        card = json.loads((options.out / "autoencoder.json").read_text())
        seen_before, seconds_before = card["images"], card["seconds"]
    torch.manual_seed(options.seed + seen_before + worker)
    choose = np.random.default_rng([options.seed, seen_before, worker])
    anchor = copy.deepcopy(encoder).requires_grad_(False)
    parameters = list(encoder.parameters()) + list(decoder.parameters())
    kernels = [p for p in parameters if p.ndim == 4 and p is not decoder.last.weight]
    rest = [p for p in parameters if all(p is not kernel for kernel in kernels)]
    optimizers = [
        Muon(kernels, lr=options.muon_rate),
        torch.optim.AdamW(rest, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]

    def save(seen: int, seconds: float) -> float:
        with torch.no_grad():
            pictures = folders[0].at(np.arange(256))
            latents = encoder(pictures)
            plain = decoded(decoder, latents, pictures, torch.zeros(1)).clamp(-1, 1)
            noisy = decoded(decoder, latents, pictures, torch.full((1,), 0.33)).clamp(-1, 1)
        quality = round(decibels(float((plain - pictures).square().mean())), 2)
        card = {"images": seen_before + seen, "seconds": round(seconds_before + seconds, 1), "batch": options.batch,
                "heldOutPsnrDecibels": quality}
        torch.save({"encoder": encoder.state_dict(), "decoder": decoder.state_dict()}, target)
        (options.out / "autoencoder.json").write_text(json.dumps(card) + "\n")
        try:
            from PIL import Image

            rows = [torch.cat(list(kind[i : i + 16]), 2) for i in (0, 16, 32) for kind in (pictures, plain, noisy)]
            sheet = ((torch.cat(rows, 1).permute(1, 2, 0) + 1) * 127.5).round().byte().cpu().numpy()
            Image.fromarray(sheet).save(options.out / "reconstructions.png")
        except ImportError:
            print("no sheet of reconstructions: Pillow is not installed", file=sys.stderr)
        return quality

    begun = last = last_save = time.monotonic()
    seen = step = 0
    running = None
    while (progress := agreed((time.monotonic() - begun) / (options.minutes * 60), workers)) < 1:
        share = min(1, (step + 1) / 100) * (0.01 + 0.99 * min(1, (1 - progress) / 0.7))
        for optimizer, rate in zip(optimizers, (options.muon_rate, options.rate)):
            for group in optimizer.param_groups:
                group["lr"] = rate * share
        folder = folders[common.choice(len(folders), p=shares / shares.sum())]
        count = max(4, options.batch * 4096 // (folder.width * folder.height))
        pictures = folder.at(folder.choice(choose, count, options.faces))
        noise = NOISE * torch.rand(count, 1, 1, device=device)
        with torch.autocast(device.type, torch.bfloat16):
            latents = encoder(pictures)
            difference = decoded(decoder, latents, pictures, noise) - pictures
        absolute, squared = difference.abs().mean(), difference.square().mean()
        edges = (difference[:, :, 1:] - difference[:, :, :-1]).abs().mean() + (
            difference[:, :, :, 1:] - difference[:, :, :, :-1]
        ).abs().mean()
        loss = absolute + edges + squared
        if options.anchor > 0:
            with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
                before = anchor(pictures)
            drift = (latents - before).square().mean()
            loss = loss + options.anchor * drift
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        average_gradients(parameters, workers)
        for optimizer in optimizers:
            optimizer.step()
        seen, step = seen + count * workers, step + 1
        running = squared.detach() if running is None else running.lerp(squared.detach(), 0.02)
        if worker == 0 and time.monotonic() - last > 20:
            last = time.monotonic()
            drifted = f", latents {float(drift):.3f} from the start's" if options.anchor > 0 else ""
            print(f"{seen} images, {100 * progress:.1f} %, {seen / (last - begun):.0f} images/s, "
                  f"{decibels(float(running)):.2f} dB with noise{drifted}", file=sys.stderr, flush=True)
        if worker == 0 and time.monotonic() - last_save > 120:
            last_save = time.monotonic()
            print(f"held out {save(seen, last_save - begun)} dB", file=sys.stderr, flush=True)
    if worker > 0:
        return
    quality = save(seen, time.monotonic() - begun)
    print(f"{seen} images, held out {quality} dB", file=sys.stderr)


if __name__ == "__main__":
    main()
