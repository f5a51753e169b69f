"""Latents of pictures that pebble samples for the captions of rendered scenes, for train_decoder.py to learn from.

    python3 sample_latents.py --base pebble-2.safetensors --data scenes-64 --out build --count 4000

The transformer is that of the weights and updates, or of a training's checkpoint.pt in the folder, where there is one.
Writes samples.pt, [count, cells, latent].
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

import weights
from pebble import RESERVED_TOKENS, tokenize
from scenes import VALIDATION_IMAGES
from workers import start

BATCH = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, nargs="+", required=True, help="weights, and updates of them")
    parser.add_argument("--data", type=Path, required=True, help="folder of rendered scenes of 64 x 64 pixels")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--guidance", type=float, default=3)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 leaves PyTorch's choice")
    options = parser.parse_args()
    _, _, device = start(options.threads)
    model, words = weights.load(*options.base)
    checkpoint = options.out / "checkpoint.pt"
    if checkpoint.exists():
        average = torch.load(checkpoint, map_location="cpu", weights_only=True)["average"]
        model.load_state_dict({name: p for name, p in average.items() if name.startswith(("text.", "flow."))}, strict=False)
    model.to(device)
    vocabulary = {word: RESERVED_TOKENS + i for i, word in enumerate(words)}
    length = model.config.text_tokens
    captions = (options.data / "captions.txt").read_text().splitlines()[VALIDATION_IMAGES:][: options.count]
    empty = torch.tensor(tokenize("", vocabulary, length), device=device)
    generator = torch.Generator().manual_seed(options.seed)
    samples = []
    for begin in range(0, len(captions), BATCH):
        tokens = torch.tensor([tokenize(c, vocabulary, length) for c in captions[begin : begin + BATCH]], device=device)
        noise = torch.randn((len(tokens), 16, model.config.latent), generator=generator).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            samples.append(model.sample_latents(
                tokens, empty, noise, 4, 4, options.steps, options.guidance, "euler").float().cpu())
        print(f"{begin + len(tokens)} of {len(captions)}", file=sys.stderr, flush=True)
    torch.save(torch.cat(samples), options.out / "samples.pt")


if __name__ == "__main__":
    main()
