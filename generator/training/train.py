"""Trains pebble on scenes rendered by Touchstone, on a GPU or on CPU cores; the same command again continues.

    python3 train.py --data scenes-64 scenes-96 scenes-64x80 --out build --images 12000000

Each data folder is what `touchstone scenes render` writes: images.u8, captions.txt, shard.json. The result is
pebble-1.safetensors (exponential moving average of the weights), model-card.json and sample pictures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import platform
import re
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import weights
from optimizer import Muon
from pebble import RESERVED_TOKENS, Config, Pebble, depth_to_space, space_to_depth, tokenize

VALIDATION_IMAGES = 2048
PROBES = [
    "a portrait of a smiling person with long brown hair and round glasses, wearing a red shirt, on a mint background",
    "a portrait of a surprised person with curly black hair and dark skin, wearing a yellow shirt, lit from the left",
    "an outline drawing of a large blue fish on a cream background",
    "a pixel art green house on a sand background",
    "a painterly orange cat on the left, on a lilac background",
    "a low-poly purple star on a navy background",
    "a teal bottle with a striped label on a rose background",
    "a large pink mug on the right, on a grey background",
    "three blue balls on a sand background",
    "a hand with five fingers on a mint background",
    "a group of three faces on a sky background",
    "the word sale in red block letters on a cream background",
]


class Shard:
    """One folder of rendered scenes, on the training device."""

    def __init__(self, folder: Path, device: torch.device):
        self.facts = json.loads((folder / "shard.json").read_text())
        self.width, self.height = self.facts["widthPixels"], self.facts["heightPixels"]
        self.captions = (folder / "captions.txt").read_text().splitlines()
        count = len(self.captions)
        raw = np.memmap(folder / "images.u8", np.uint8, "r", shape=(count, self.height, self.width, 3))
        self.digest = hashlib.sha256(raw[:: max(1, count // 1000)].tobytes()).hexdigest()
        self.images = torch.empty(raw.shape, dtype=torch.uint8, device=device)
        for start in range(0, count, 65536):
            self.images[start : start + 65536] = torch.from_numpy(raw[start : start + 65536].copy()).to(device)
        self.tokens_per_image = self.width * self.height // 64

    def tokenized(self, vocabulary: dict[str, int], length: int, device: torch.device) -> None:
        rows = np.array([tokenize(caption, vocabulary, length) for caption in self.captions], np.int16)
        self.tokens = torch.from_numpy(rows).to(device)

    def batch(self, indexes: torch.Tensor):
        return self.images[indexes].float() / 127.5 - 1, self.tokens[indexes].long()


def losses(model: Pebble, pictures, tokens, generator):
    """Velocity loss of the transformer, and the decoder's loss on the nearly clean eighth of the batch."""
    count, device = len(pictures), pictures.device
    t = torch.sigmoid(torch.randn(count, device=device, generator=generator) * 0.8 - 0.8)
    clean = count // 8
    t[:clean] = 0.6 + 0.4 * torch.rand(clean, device=device, generator=generator)
    dropped = torch.rand(count, device=device, generator=generator) < 0.1
    tokens = tokens.clone()
    tokens[dropped, 1:] = 0
    noise = torch.randn(pictures.shape, device=device, generator=generator)
    share = t[:, None, None, None]
    noisy = share * pictures + (1 - share) * noise
    with torch.autocast(device.type, torch.bfloat16):
        prediction = model.predict(noisy, t, model.text(tokens))
    prediction = prediction.float()
    error = ((prediction - pictures) / (1 - share).clamp(min=0.05)).square().mean((1, 2, 3))
    with torch.autocast(device.type, torch.bfloat16):
        smooth = model.decoder(space_to_depth(prediction[:clean].detach()))
    smooth, wanted = depth_to_space(smooth.float()), pictures[:clean]
    difference = smooth - wanted
    edges = (difference[:, 1:] - difference[:, :-1]).abs().mean() + (
        difference[:, :, 1:] - difference[:, :, :-1]
    ).abs().mean()
    return error.clamp(max=10).mean(), difference.abs().mean() + edges


@torch.no_grad()
def probe_sheet(model: Pebble, vocabulary: dict[str, int], device: torch.device, path: Path) -> None:
    """A sheet of the probe prompts, four seeds each, for looking at."""
    from PIL import Image

    length = model.config.text_tokens
    tokens = torch.tensor([tokenize(probe, vocabulary, length) for probe in PROBES for _ in range(4)], device=device)
    empty = torch.tensor(tokenize("", vocabulary, length), device=device)
    noise = torch.randn((len(tokens), 64, 64, 3), generator=torch.Generator().manual_seed(7)).to(device)
    pictures = model.sample(tokens, empty, noise, 16, 3.0, "heun")
    pictures = ((pictures + 1) * 127.5).round().clamp(0, 255).byte().cpu()
    sheet = pictures.reshape(6, 8, 64, 64, 3).permute(0, 2, 1, 3, 4).reshape(6 * 64, 8 * 64, 3)
    Image.fromarray(sheet.numpy()).resize((8 * 128, 6 * 128), Image.NEAREST).save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--images", type=int, help="training images in all, repeats counted")
    length.add_argument("--budget-minutes", type=float, help="training time in all; the learning rate follows it")
    parser.add_argument("--batch", type=int, default=512, help="images of 64 tokens in a batch; larger ones get fewer")
    parser.add_argument("--rate", type=float, default=1e-3, help="AdamW's peak rate, for what Muon does not train")
    parser.add_argument("--muon-rate", type=float, default=0.02, help="Muon's peak rate")
    parser.add_argument("--warmup-steps", type=int, default=200)
    parser.add_argument("--averaging", type=float, default=0.998, help="decay of the average of the weights")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop (with a checkpoint) after so long")
    parser.add_argument("--checkpoint-minutes", type=float, default=5)
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 leaves PyTorch's choice")
    parser.add_argument("--compile", action="store_true", help="compile the transformer's blocks (GPU)")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_flush_denormal(True)
    torch.set_num_threads(options.threads or torch.get_num_threads())
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(options.seed)
    generator = torch.Generator(device).manual_seed(options.seed)

    started = time.monotonic()
    shards = [Shard(folder, device) for folder in options.data]
    words = sorted({word for shard in shards for word in re.findall(r"[a-z]+", " ".join(set(shard.captions)))})
    vocabulary = {word: RESERVED_TOKENS + i for i, word in enumerate(words)}
    config = Config(vocabulary=RESERVED_TOKENS + len(words))
    for shard in shards:
        shard.tokenized(vocabulary, config.text_tokens, device)
    model = Pebble(config).to(device)
    average = Pebble(config).to(device).requires_grad_(False)
    average.load_state_dict(model.state_dict())
    parameters = list(model.parameters())
    hidden = {
        id(p)
        for name, p in model.named_parameters()
        if p.ndim == 2 and ".blocks." in name and "table" not in name
    }
    rest = [p for p in parameters if id(p) not in hidden]
    optimizers = [
        Muon([p for p in parameters if id(p) in hidden], lr=options.muon_rate),
        torch.optim.AdamW(
            [
                {"params": [p for p in rest if p.ndim > 1], "weight_decay": 0.01},
                {"params": [p for p in rest if p.ndim <= 1], "weight_decay": 0.0},
            ],
            lr=options.rate,
            betas=(0.9, 0.98),
        ),
    ]
    seen, step, seconds, curve = 0, 0, 0.0, []
    checkpoint_path = options.out / "checkpoint.pt"
    if checkpoint_path.exists():
        saved = torch.load(checkpoint_path, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        for optimizer, state in zip(optimizers, saved["optimizers"]):
            optimizer.load_state_dict(state)
        generator.set_state(saved["generator"].cpu())
        seen, step, seconds, curve = saved["seen"], saved["step"], saved["seconds"], saved["curve"]
        print(f"continuing at {seen} images", file=sys.stderr)
    if options.compile:
        for block in list(model.flow.blocks) + list(model.text.blocks):
            block.compile(dynamic=True)
    probabilities = torch.tensor([float(len(s.captions)) for s in shards])
    probabilities /= probabilities.sum()
    chooser = torch.Generator().manual_seed(options.seed + step)
    print(f"ready in {time.monotonic() - started:.0f} s: {len(words)} words, "
          f"{sum(len(s.captions) for s in shards)} pictures, {sum(p.numel() for p in parameters)} parameters on {device}",
          file=sys.stderr, flush=True)

    def save() -> None:
        state = {"model": model.state_dict(), "average": average.state_dict(), "optimizers": [optimizer.state_dict() for optimizer in optimizers],
                 "generator": generator.get_state(), "seen": seen, "step": step, "seconds": seconds, "curve": curve}
        temporary = checkpoint_path.with_suffix(".part")
        torch.save(state, temporary)
        temporary.replace(checkpoint_path)
        weights.save(options.out / "pebble-1.safetensors", average.state_dict(), config, words)
        probe_sheet(average, vocabulary, device, options.out / f"probes-{seen:010d}.png")

    begun = last = last_save = time.monotonic()
    running = None
    finished = False
    while time.monotonic() - begun < options.minutes * 60:
        spent = seconds + time.monotonic() - last
        progress = seen / options.images if options.images else spent / (options.budget_minutes * 60)
        if progress >= 1:
            finished = True
            break
        shard = shards[int(torch.multinomial(probabilities, 1, generator=chooser))]
        count = max(64, options.batch * 64 // shard.tokens_per_image // 64 * 64)
        indexes = torch.randint(
            VALIDATION_IMAGES if len(shard.captions) > 4 * VALIDATION_IMAGES else 0,
            len(shard.captions), (count,), device=device, generator=generator)
        share = min(1, (step + 1) / options.warmup_steps) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))
        for optimizer, rate in zip(optimizers, (options.muon_rate, options.rate)):
            for group in optimizer.param_groups:
                group["lr"] = rate * share
        flow_loss, decoder_loss = losses(model, *shard.batch(indexes), generator)
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        (flow_loss + decoder_loss).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        with torch.no_grad():
            decay = min(options.averaging, (step + 1) / (step + 10))
            for kept, new in zip(average.parameters(), parameters):
                kept.lerp_(new, 1 - decay)
        seen, step = seen + count, step + 1
        now = torch.stack([flow_loss.detach(), decoder_loss.detach()])
        running = now if running is None else running.lerp(now, 0.02)
        if step % 10 == 0 and time.monotonic() - last > 10:
            elapsed = time.monotonic() - begun
            seconds += time.monotonic() - last
            last = time.monotonic()
            speed = seen / max(seconds, 1e-9)
            flow, decoder = (round(float(v), 5) for v in running)
            curve.append([seen, round(seconds, 1), flow, decoder])
            print(f"{seen} images, {100 * progress:.1f} %, {speed:.0f} images/s, flow {flow}, decoder {decoder}, "
                  f"{seconds / 60 * (1 / progress - 1):.1f} min left", file=sys.stderr, flush=True)
        if time.monotonic() - last_save > options.checkpoint_minutes * 60:
            save()
            last_save = time.monotonic()
    save()

    digest = hashlib.sha256((options.out / "pebble-1.safetensors").read_bytes()).hexdigest()
    card = {
        "schemaVersion": 1,
        "model": "pebble",
        "version": 1,
        "licence": "Apache-2.0",
        "weights": {"file": "pebble-1.safetensors", "sha256": digest, "storedAs": "float16"},
        "parameters": sum(p.numel() for p in parameters),
        "config": vars(config),
        "data": [{**{k: v for k, v in s.facts.items() if k != "attributes"}, "sampleDigest": s.digest} for s in shards],
        "training": {"seed": options.seed, "images": seen, "steps": step, "seconds": round(seconds, 1),
                     "batch": options.batch, "rate": options.rate, "finished": finished,
                     "device": torch.cuda.get_device_name() if device.type == "cuda" else platform.processor() or "cpu",
                     "pytorch": torch.__version__},
        "curve": {"columns": ["images", "seconds", "flowLoss", "decoderLoss"], "rows": curve[:: max(1, len(curve) // 200)]},
    }
    (options.out / "model-card.json").write_text(json.dumps(card, indent=1) + "\n")
    print(f"{seen} images; weights {digest}", file=sys.stderr)


if __name__ == "__main__":
    main()
