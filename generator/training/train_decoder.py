"""Sharpens pebble's picture decoder: it goes on learning with a critic that tells drawn pictures from decoded ones.

    python3 train_decoder.py --data scenes-64 scenes-96 scenes-64x80 --out build --minutes 15

Least errors alone make a decoder blur what the latents do not say. The critic (P. Esser et al., 2021, "Taming
transformers for high-resolution image synthesis", arXiv 2012.09841) judges patches by a hinge loss and, with the distance of
its inner values (J. Kong et al., 2020, "HiFi-GAN", arXiv 2010.05646), is weighed against the error by their gradients at the
pictures. The encoder, so the latents, stay as they are. The decoder is trained as an update will store it.

It sharpens the decoder of autoencoder.pt in place, or, with `--base`, that of weights and their updates; then it writes
decoder.pt and the same command goes on from there. With `--samples` the critic also judges what the decoder makes of latents
that a trained transformer has sampled (sample_latents.py), which no drawing stands beside.
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
import weights
from pebble import Config, Decoder, Encoder
from train_autoencoder import NOISE, Pictures, decibels, decoded
from workers import agreed, average_gradients, start


class Rounded(nn.Module):
    """A decoder's weight as it will be stored; gradients pass through as if it were not rounded."""

    def __init__(self, name: str, origin: torch.Tensor | None):
        super().__init__()
        self.name = name
        self.origin = origin

    def stored(self, weight):
        if self.origin is not None and update.in_steps(self.name, weight):
            return update.stepped(self.origin, weight)
        return update.stored(weight, update.levels(self.name))

    def forward(self, weight):
        return weight + (self.stored(weight) - weight).detach()


class Critic(nn.Module):
    """Pictures [batch, 3, height, width] -> [batch, 1, height / 8, width / 8], whether the patch around here is drawn, and
    the values of its layers."""

    def __init__(self, channels: int = 48):
        super().__init__()
        sizes = [(3, channels), (channels, 2 * channels), (2 * channels, 4 * channels)]
        self.layers = nn.ModuleList(
            nn.Conv2d(before, after, 4, stride=2, padding=1) for before, after in sizes)
        self.last = nn.Conv2d(4 * channels, 1, 3, padding=1)
        for layer in (*self.layers, self.last):
            nn.init.kaiming_normal_(layer.weight, 0.2)

    def forward(self, pictures):
        h, inner = pictures, []
        for layer in self.layers:
            h = F.leaky_relu(layer(h), 0.2)
            inner.append(h)
        return self.last(h).float(), inner


def convolutions(decoder: Decoder) -> list[tuple[str, nn.Conv2d]]:
    return [(name, module) for name, module in decoder.named_modules() if isinstance(module, nn.Conv2d)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, nargs="+", default=[], help="weights, and updates of them")
    parser.add_argument("--samples", type=Path, help="latents of sampled pictures")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--batch", type=int, default=32, help="pictures of 64 x 64 in a batch; larger ones get fewer")
    parser.add_argument("--rate", type=float, default=3e-4, help="AdamW's peak rate for the decoder")
    parser.add_argument("--critic-rate", type=float, default=1e-3, help="AdamW's peak rate for the critic")
    parser.add_argument("--weight", type=float, default=0.5, help="of the critic's gradient against the error's")
    parser.add_argument("--faces", type=float, default=0.3, help="share of faces, the finest pictures, in a batch")
    parser.add_argument("--averaging", type=float, default=0.995, help="decay of the average of the decoder's weights")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 leaves PyTorch's choice")
    options = parser.parse_args()
    workers, worker, device = start(options.threads)

    folders = [Pictures(folder, device) for folder in options.data]
    shares = np.array([len(folder) for folder in folders], float)
    torch.manual_seed(options.seed)
    critic = Critic()
    card: dict[str, object] = {}
    target = options.out / ("decoder.pt" if options.base else "autoencoder.pt")
    if options.base:
        model, _ = weights.load(*options.base)
        encoder, decoder = model.encoder, model.decoder
    else:
        saved = torch.load(target, map_location=device, weights_only=True)
        encoder, decoder = Encoder(Config(vocabulary=4)), Decoder(Config(vocabulary=4))
        encoder.load_state_dict(
            {n: update.stored(p, update.levels(f"encoder.{n}")) for n, p in saved["encoder"].items()})
        decoder.load_state_dict(saved["decoder"])
        card = json.loads(target.with_suffix(".json").read_text())
    origins = {name: module.weight.detach().clone() if options.base else None for name, module in convolutions(decoder)}
    if options.base and target.exists():
        continued = torch.load(target, map_location=device, weights_only=True)
        decoder.load_state_dict(continued["decoder"])
        critic.load_state_dict(continued["critic"])
        card = json.loads(target.with_suffix(".json").read_text())
    before = card.get("sharpening", {"images": 0, "seconds": 0})
    samples = torch.load(options.samples, map_location=device, weights_only=True) if options.samples else None
    for network in (encoder, decoder, critic):
        network.to(device, memory_format=torch.channels_last)
    encoder.requires_grad_(False)
    average = copy.deepcopy(decoder).requires_grad_(False)
    rounded = []
    for name, module in convolutions(decoder.train()):
        parametrize.register_parametrization(module, "weight", Rounded(f"decoder.{name}.weight", origins[name]))
        rounded.append(module)
    own = list(decoder.parameters())
    trained = [torch.optim.AdamW(own, lr=options.rate, betas=(0.5, 0.95), weight_decay=0.0),
               torch.optim.AdamW(critic.parameters(), lr=options.critic_rate, betas=(0.5, 0.95), weight_decay=0.0)]
    common = np.random.default_rng([options.seed, before["images"]])
    choose = np.random.default_rng([options.seed, before["images"], worker])
    torch.manual_seed(options.seed + before["images"] + worker)

    def save() -> None:
        stored = copy.deepcopy(average)
        for (_, kept), module in zip(convolutions(stored), rounded):
            kept.weight.copy_(module.parametrizations.weight[0].stored(kept.weight))
        with torch.no_grad():
            pictures = folders[0].at(np.arange(256))
            made = decoded(stored, encoder(pictures), pictures, torch.zeros(1)).clamp(-1, 1)
        card["heldOutPsnrDecibels"] = round(decibels(float((made - pictures).square().mean())), 2)
        card["sharpening"] = {"images": before["images"] + seen, "weight": options.weight,
                              "seconds": round(before["seconds"] + time.monotonic() - begun, 1)}
        if options.base:
            torch.save({"networks": {"decoder": stored.state_dict()}, "decoder": average.state_dict(),
                        "critic": critic.state_dict()}, target)
        else:
            torch.save({"encoder": saved["encoder"], "decoder": stored.state_dict()}, target)
        target.with_suffix(".json").write_text(json.dumps(card) + "\n")
        print(f"{seen} images, held out {card['heldOutPsnrDecibels']} dB", file=sys.stderr)
        try:
            from PIL import Image

            rows = [torch.cat(list(kind[i : i + 16]), 2) for i in (0, 16, 32) for kind in (pictures, made)]
            sheet = ((torch.cat(rows, 1).permute(1, 2, 0) + 1) * 127.5).round().byte().cpu().numpy()
            Image.fromarray(sheet).save(options.out / "sharpened.png")
        except ImportError:
            print("no sheet: Pillow is not installed", file=sys.stderr)

    begun = last = last_save = time.monotonic()
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
            drawn_score, drawn_inner = critic(pictures)
            judged = F.relu(1 - drawn_score).mean() + F.relu(1 + critic(made.detach())[0]).mean()
        dreamt = None
        if samples is not None and (folder.width, folder.height) == (64, 64):
            picked = samples[torch.from_numpy(choose.integers(0, len(samples), count // 2))]
            with torch.autocast(device.type, torch.bfloat16):
                dreamt = decoder(picked, 4, 4).float()
                judged = judged + F.relu(1 + critic(dreamt.detach())[0]).mean()
        trained[1].zero_grad(set_to_none=True)
        judged.backward()
        average_gradients(list(critic.parameters()), workers)
        trained[1].step()

        difference = made - pictures
        error = difference.abs().mean() + difference.square().mean() + (
            difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean())
        with torch.autocast(device.type, torch.bfloat16):
            score, inner = critic(made)
            apart = sum((a - b.detach()).abs().mean() for a, b in zip(inner, drawn_inner))
        (towards,) = torch.autograd.grad(error, made, retain_graph=True)
        (sway,) = torch.autograd.grad(2 * apart.float() - score.mean(), made)
        balance = min(10.0, float(options.weight * towards.norm() / (sway.norm() + 1e-8)))
        trained[0].zero_grad(set_to_none=True)
        made.backward(towards + balance * sway)
        if dreamt is not None:
            with torch.autocast(device.type, torch.bfloat16):
                praise = critic(dreamt)[0].mean()
            (-balance * praise).backward()
        average_gradients(own, workers)
        trained[0].step()
        with torch.no_grad():
            for (_, kept), module in zip(convolutions(average), rounded):
                kept.weight.lerp_(module.parametrizations.weight.original, 1 - options.averaging)
                kept.bias.lerp_(module.bias, 1 - options.averaging)
        seen, step = seen + count * workers, step + 1
        now = torch.tensor([float(difference.square().mean()), float(judged), float(score.mean()), balance])
        running = now if step == 1 else running.lerp(now, 0.02)
        if worker == 0 and time.monotonic() - last > 20:
            last = time.monotonic()
            print(f"{seen} images, {100 * progress:.1f} %, {seen / (last - begun):.0f} images/s, "
                  f"{decibels(float(running[0])):.2f} dB with noise, critic's loss {running[1]:.3f}, "
                  f"score {running[2]:.3f}, weight {running[3]:.4f}", file=sys.stderr, flush=True)
        if worker == 0 and options.base and time.monotonic() - last_save > 600:
            save()
            last_save = time.monotonic()
    if worker == 0:
        save()


if __name__ == "__main__":
    main()
