"""Sharpens pebble's picture decoder: it goes on learning with a critic that tells drawn pictures from decoded ones.

    python3 train_decoder.py --data scenes-64 scenes-96 scenes-64x80 --out build --minutes 15

Least errors alone make a decoder blur what the latents do not say. The critic (P. Esser et al., 2021, "Taming
transformers for high-resolution image synthesis", arXiv 2012.09841) judges patches by a hinge loss and is weighed against
the error by their gradients at the decoder's last layer. The encoder, so the latents, stay as they are. The decoder is
trained as it will be stored, rounded to update.PICTURE_LEVELS. Writes autoencoder.pt, autoencoder.json and sharpened.png.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.nn.utils.parametrize as parametrize

import update
from pebble import Config, Decoder, Encoder
from train_autoencoder import NOISE, Pictures, decibels, decoded
from workers import agreed, average_gradients, start


class Rounded(nn.Module):
    """A weight as it will be stored; gradients pass through as if it were not rounded."""

    def forward(self, weight):
        return weight + (update.stored(weight, update.PICTURE_LEVELS) - weight).detach()


class Critic(nn.Module):
    """Pictures [batch, 3, height, width] -> [batch, 1, height / 8, width / 8]: is the patch around here drawn?"""

    def __init__(self, channels: int = 48):
        super().__init__()
        sizes = [(3, channels), (channels, 2 * channels), (2 * channels, 4 * channels)]
        self.layers = nn.ModuleList(
            nn.Conv2d(before, after, 4, stride=2, padding=1) for before, after in sizes)
        self.last = nn.Conv2d(4 * channels, 1, 3, padding=1)
        for layer in (*self.layers, self.last):
            nn.init.kaiming_normal_(layer.weight, 0.2)

    def forward(self, pictures):
        h = pictures
        for layer in self.layers:
            h = F.leaky_relu(layer(h), 0.2)
        return self.last(h).float()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--batch", type=int, default=32, help="pictures of 64 x 64 in a batch; larger ones get fewer")
    parser.add_argument("--rate", type=float, default=3e-4, help="AdamW's peak rate for the decoder")
    parser.add_argument("--critic-rate", type=float, default=1e-3, help="AdamW's peak rate for the critic")
    parser.add_argument("--weight", type=float, default=0.3, help="of the critic's gradient against the error's")
    parser.add_argument("--faces", type=float, default=0.3, help="share of faces, the finest pictures, in a batch")
    parser.add_argument("--averaging", type=float, default=0.995, help="decay of the average of the decoder's weights")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 leaves PyTorch's choice")
    options = parser.parse_args()
    workers, worker, device = start(options.threads)

    folders = [Pictures(folder, device) for folder in options.data]
    shares = np.array([len(folder) for folder in folders], float)
    encoder, decoder = Encoder(Config(vocabulary=4)).to(device), Decoder(Config(vocabulary=4)).to(device)
    saved = torch.load(options.out / "autoencoder.pt", map_location=device, weights_only=True)
    encoder.load_state_dict({n: update.stored(p, update.PICTURE_LEVELS) for n, p in saved["encoder"].items()})
    decoder.load_state_dict(saved["decoder"])
    encoder.requires_grad_(False).to(memory_format=torch.channels_last)
    decoder.to(memory_format=torch.channels_last)
    torch.manual_seed(options.seed)
    critic = Critic().to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(decoder).requires_grad_(False)
    rounded = [module for module in decoder.modules() if isinstance(module, nn.Conv2d)]
    for module in rounded:
        parametrize.register_parametrization(module, "weight", Rounded())
    own = list(decoder.parameters())
    trained = [torch.optim.AdamW(own, lr=options.rate, betas=(0.5, 0.95), weight_decay=0.0),
               torch.optim.AdamW(critic.parameters(), lr=options.critic_rate, betas=(0.5, 0.95), weight_decay=0.0)]
    common = np.random.default_rng(options.seed)
    choose = np.random.default_rng([options.seed, worker])
    torch.manual_seed(options.seed + worker)

    begun = last = time.monotonic()
    seen = step = 0
    running = torch.zeros(4)
    while (progress := agreed((time.monotonic() - begun) / (options.minutes * 60), workers)) < 1:
        for optimizer, rate in zip(trained, (options.rate, options.critic_rate)):
            optimizer.param_groups[0]["lr"] = rate * min(1, (step + 1) / 50, 0.02 + 2 * (1 - progress))
        folder = folders[common.choice(len(folders), p=shares / shares.sum())]
        count = max(4, options.batch * 4096 // (folder.width * folder.height))
        pictures = folder.at(folder.choice(choose, count, options.faces))
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
            latents = encoder(pictures)
        with torch.autocast(device.type, torch.bfloat16):
            made = decoded(decoder, latents, pictures, NOISE * torch.rand(count, 1, 1, device=device))
            drawn_score, made_score = critic(pictures), critic(made.detach())
        judged = F.relu(1 - drawn_score).mean() + F.relu(1 + made_score).mean()
        trained[1].zero_grad(set_to_none=True)
        judged.backward()
        average_gradients(list(critic.parameters()), workers)
        trained[1].step()

        difference = made - pictures
        error = difference.abs().mean() + difference.square().mean() + (
            difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean())
        with torch.autocast(device.type, torch.bfloat16):
            praise = critic(made).mean()
        slope = torch.autograd.grad(error, made, retain_graph=True)[0].norm()
        sway = torch.autograd.grad(praise, made, retain_graph=True)[0].norm()
        balance = float(options.weight * slope / (sway + 1e-8))
        trained[0].zero_grad(set_to_none=True)
        (error - min(balance, 10.0) * praise).backward()
        average_gradients(own, workers)
        trained[0].step()
        with torch.no_grad():
            for kept, module in zip((m for m in average.modules() if isinstance(m, nn.Conv2d)), rounded):
                kept.weight.lerp_(module.parametrizations.weight.original, 1 - options.averaging)
                kept.bias.lerp_(module.bias, 1 - options.averaging)
        seen, step = seen + count * workers, step + 1
        now = torch.tensor([float(difference.square().mean()), float(judged), float(made_score.mean()), balance])
        running = now if step == 1 else running.lerp(now, 0.02)
        if worker == 0 and time.monotonic() - last > 20:
            last = time.monotonic()
            print(f"{seen} images, {100 * progress:.1f} %, {seen / (last - begun):.0f} images/s, "
                  f"{decibels(float(running[0])):.2f} dB with noise, critic's loss {running[1]:.3f}, "
                  f"score {running[2]:.3f}, weight {running[3]:.4f}", file=sys.stderr, flush=True)
    if worker > 0:
        return
    average.load_state_dict({n: update.stored(p, update.PICTURE_LEVELS) for n, p in average.state_dict().items()})
    with torch.no_grad():
        pictures = folders[0].at(np.arange(256))
        made = decoded(average, encoder(pictures), pictures, torch.zeros(1)).clamp(-1, 1)
    card = json.loads((options.out / "autoencoder.json").read_text())
    card["heldOutPsnrDecibels"] = round(decibels(float((made - pictures).square().mean())), 2)
    card["sharpening"] = {"images": seen, "seconds": round(time.monotonic() - begun, 1), "weight": options.weight}
    torch.save({"encoder": saved["encoder"], "decoder": average.state_dict()}, options.out / "autoencoder.pt")
    (options.out / "autoencoder.json").write_text(json.dumps(card) + "\n")
    try:
        from PIL import Image

        rows = [torch.cat(list(kind[i : i + 16]), 2) for i in (0, 16, 32) for kind in (pictures, made)]
        sheet = ((torch.cat(rows, 1).permute(1, 2, 0) + 1) * 127.5).round().byte().cpu().numpy()
        Image.fromarray(sheet).save(options.out / "sharpened.png")
    except ImportError:
        print("no sheet: Pillow is not installed", file=sys.stderr)
    print(f"{seen} images, held out {card['heldOutPsnrDecibels']} dB", file=sys.stderr)


if __name__ == "__main__":
    main()
