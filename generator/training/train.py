"""Trains pebble's text encoder and flow transformer on scenes rendered by Touchstone; the same command again continues.

    python3 train_autoencoder.py --data scenes-64 scenes-96 scenes-64x80 --out build --minutes 25
    python3 train.py --data scenes-64 scenes-96 scenes-64x80 --out build --budget-minutes 90 --threads 1

Each data folder is what `touchstone scenes render` writes: images.u8, captions.txt, shard.json. The first command
writes autoencoder.pt, the networks between pictures and latents; the second writes pebble-2.safetensors (an
exponential moving average of the weights), model-card.json and sample pictures. Either runs on a GPU or on CPU cores;
several processes may train together (workers.py).

With `--base pebble-2.safetensors` it learns an update of those weights instead (see update.py) and writes it to
update.safetensors. With `--rank` that holds low-rank differences and the picture networks of autoencoder.pt; without, it
holds the steps from weights and updates (`--base pebble-2.safetensors pebble-2-update.safetensors`) to those that were
trained in full, and the decoder of train_decoder.py where there is one.
"""

from __future__ import annotations

import argparse
import copy
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
import torch.distributed as distributed

import update
import weights
from optimizer import Muon
from pebble import CELL, RESERVED_TOKENS, Config, Pebble, tokenize
from scenes import first_for_training, shows_face
from workers import agreed, average_gradients, start

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
    """One folder of rendered scenes, as latents on the training device."""

    def __init__(self, folder: Path, model: Pebble, device: torch.device, cache: Path):
        self.facts = json.loads((folder / "shard.json").read_text())
        width, height = self.facts["widthPixels"], self.facts["heightPixels"]
        self.rows, self.columns = height // CELL, width // CELL
        self.captions = (folder / "captions.txt").read_text().splitlines()
        count = len(self.captions)
        self.first = first_for_training(count)
        raw = np.memmap(folder / "images.u8", np.uint8, "r", shape=(count, height, width, 3))
        self.digest = hashlib.sha256(raw[:: max(1, count // 1000)].tobytes()).hexdigest()
        self.latents = self.encoded(raw, model, cache / f"latents-{folder.name}.pt").to(device)
        length = model.config.text_tokens
        rows = np.array([tokenize(caption, model.vocabulary, length) for caption in self.captions], np.int16)
        self.tokens = torch.from_numpy(rows).to(device)
        face = shows_face(folder, self.facts)
        face[: self.first] = False
        self.faces = torch.from_numpy(np.flatnonzero(face)).to(device)

    def encoded(self, raw: np.ndarray, model: Pebble, cache: Path) -> torch.Tensor:
        """[pictures, cells, latent]; kept in a file beside the checkpoint, for the encoder and the pictures it is of."""
        device = next(model.parameters()).device
        origin = hashlib.sha256(self.digest.encode())
        for parameter in model.encoder.parameters():
            origin.update(parameter.detach().cpu().numpy().tobytes())
        if cache.exists():
            kept = torch.load(cache, weights_only=True)
            if kept["origin"] == origin.hexdigest():
                return kept["latents"]
        latents = torch.empty((len(raw), self.rows * self.columns, model.config.latent))
        for start in range(0, len(raw), 512):
            pictures = torch.from_numpy(raw[start : start + 512].copy()).to(device).permute(0, 3, 1, 2) / 127.5 - 1
            with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
                latents[start : start + 512] = model.encoder(pictures.to(memory_format=torch.channels_last)).cpu()
        torch.save({"origin": origin.hexdigest(), "latents": latents}, cache)
        return latents

    def choice(self, count: int, faces: float, generator) -> torch.Tensor:
        """Indexes of so many pictures; a share of them is taken from those with a face, the rest from all."""
        device = self.latents.device
        indexes = torch.randint(self.first, len(self.captions), (count,), device=device, generator=generator)
        some = torch.randint(len(self.faces), (count,), device=device, generator=generator)
        return torch.where(
            torch.rand(count, device=device, generator=generator) < faces, self.faces[some], indexes)

    def batch(self, indexes: torch.Tensor):
        return self.latents[indexes], self.tokens[indexes].long()


def sampled_times(count: int, mean: float, spread: float, device: torch.device, generator) -> torch.Tensor:
    """[count] times, logit-normal, one from each of so many equally likely ranges."""
    ranks = torch.arange(count, device=device) + torch.rand(count, device=device, generator=generator)
    normal = math.sqrt(2) * torch.erfinv((2 * ranks / count - 1).clamp(-1 + 1e-6, 1 - 1e-6))
    shuffled = normal[torch.randperm(count, device=device, generator=generator)]
    return torch.sigmoid(mean + spread * shuffled)


def flow_loss(model: Pebble, shard: Shard, indexes: torch.Tensor, options: argparse.Namespace, generator):
    """Velocity loss of the transformer; each picture is seen at several times, its text is read once."""
    latents, tokens = shard.batch(indexes)
    device = latents.device
    dropped = torch.rand(len(tokens), device=device, generator=generator) < 0.1
    tokens[dropped, 1:] = 0
    latents = latents.repeat_interleave(options.times, 0)
    t = sampled_times(len(latents), options.time_mean, options.time_spread, device, generator)
    noise = torch.randn(latents.shape, device=device, generator=generator)
    share = t[:, None, None]
    noisy = share * latents + (1 - share) * noise
    with torch.autocast(device.type, torch.bfloat16):
        prediction = model.predict(noisy, t, model.text(tokens), shard.rows, shard.columns)
    error = ((prediction.float() - latents) / (1 - share).clamp(min=0.05)).square().mean((1, 2))
    return error.clamp(max=10).mean()


@torch.no_grad()
def probe_sheet(model: Pebble, vocabulary: dict[str, int], device: torch.device, path: Path) -> None:
    """A sheet of the probe prompts, four seeds each, for looking at."""
    from PIL import Image

    length = model.config.text_tokens
    tokens = torch.tensor([tokenize(probe, vocabulary, length) for probe in PROBES for _ in range(4)], device=device)
    empty = torch.tensor(tokenize("", vocabulary, length), device=device)
    noise = torch.randn((len(tokens), 16, model.config.latent), generator=torch.Generator().manual_seed(7)).to(device)
    pictures = model.sample(tokens, empty, noise, 4, 4, 12, 3.0, "heun").permute(0, 2, 3, 1)
    pictures = ((pictures + 1) * 127.5).round().clamp(0, 255).byte().cpu()
    sheet = pictures.reshape(6, 8, 64, 64, 3).permute(0, 2, 1, 3, 4).reshape(6 * 64, 8 * 64, 3)
    Image.fromarray(sheet.numpy()).resize((8 * 128, 6 * 128), Image.NEAREST).save(path)


def picture_networks(options: argparse.Namespace, in_steps: bool, device: torch.device) -> dict[str, dict]:
    """State of the encoder and decoder that training takes from files beside it; they may have gone on learning there."""
    if in_steps:
        path = options.out / "decoder.pt"
        return torch.load(path, map_location=device, weights_only=True)["networks"] if path.exists() else {}
    saved = torch.load(options.out / "autoencoder.pt", map_location=device, weights_only=True)
    if options.rank:
        return {network: {name: update.stored(p, update.levels(f"{network}.{name}")) for name, p in tensors.items()}
                for network, tensors in saved.items()}
    return saved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--images", type=int, help="training images in all, repeats counted")
    length.add_argument("--budget-minutes", type=float, help="training time in all; the learning rate follows it")
    parser.add_argument("--batch", type=int, default=64, help="pictures in a batch")
    parser.add_argument("--times", type=int, default=4, help="noise levels at which a batch sees each picture")
    parser.add_argument("--time-mean", type=float, default=-0.5, help="of the times' normal distribution before the "
                        "logistic function; what stands where is decided early, where noise is most")
    parser.add_argument("--time-spread", type=float, default=1.5, help="its standard deviation")
    parser.add_argument("--faces", type=float, default=0.15, help="share of a batch taken from pictures with a face")
    parser.add_argument("--base", type=Path, nargs="+", default=[], help="weights, and updates of them, to learn an "
                        "update of")
    parser.add_argument("--rank", type=int, default=0, help="learn low-rank differences of so many rows")
    parser.add_argument("--rounded-from", type=float, default=0.4, help="share of the training after which weights are "
                        "rounded to steps as they will be stored")
    parser.add_argument("--rate", type=float, default=1e-3, help="AdamW's peak rate, for what Muon does not train")
    parser.add_argument("--muon-rate", type=float, default=0.02, help="Muon's peak rate")
    parser.add_argument("--warmup-steps", type=int, default=200)
    parser.add_argument("--averaging", type=float, default=0.999, help="decay of the average of the weights")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop (with a checkpoint) after so long")
    parser.add_argument("--checkpoint-minutes", type=float, default=10)
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0 leaves PyTorch's choice")
    options = parser.parse_args()
    workers, worker, device = start(options.threads)
    torch.manual_seed(options.seed)
    generator = torch.Generator(device).manual_seed(options.seed + worker)

    started = time.monotonic()
    captions = {line for folder in options.data for line in (folder / "captions.txt").read_text().splitlines()}
    words = sorted({word for caption in captions for word in re.findall(r"[a-z]+", caption)})
    config = Config(vocabulary=RESERVED_TOKENS + len(words))
    model = Pebble(config).to(device)
    model.vocabulary = {word: RESERVED_TOKENS + i for i, word in enumerate(words)}
    if options.base:
        base, base_words = weights.load(*options.base)
        if base_words != words:
            sys.exit(f"{options.base[0]}: expected the vocabulary of the captions, found another")
        model.load_state_dict(base.state_dict())
    origin = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    if options.rank:
        update.adapt(model.text, options.rank)
        update.adapt(model.flow, options.rank)
        model.to(device)
    in_steps = bool(options.base) and not options.rank
    average = copy.deepcopy(model).requires_grad_(False)
    trained = [
        (name, p) for name, p in model.named_parameters() if name.startswith(("text.", "flow.")) and p.requires_grad]
    hidden = [p for name, p in trained if p.ndim == 2 and ".blocks." in name and "table" not in name]
    if options.rank:
        hidden = []
    stepped = [(p, origin[name], torch.empty_like(p)) for name, p in trained if in_steps and update.in_steps(name, p)]
    rest = [p for _, p in trained if all(p is not other for other in hidden)]
    optimizers = [
        *([Muon(hidden, lr=options.muon_rate)] if hidden else []),
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
    result = options.out / ("update.safetensors" if options.base else "pebble-2.safetensors")
    if checkpoint_path.exists():
        saved = torch.load(checkpoint_path, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        for optimizer, state in zip(optimizers, saved["optimizers"]):
            optimizer.load_state_dict({**optimizer.state_dict(), "state": state})
        curve = saved["curve"].tolist()
        seen, step, seconds = int(saved["seen"]), int(saved["step"]), float(saved["seconds"])
        if worker == 0:
            generator.set_state(saved["generator"].cpu())
        else:
            generator.manual_seed(options.seed + worker + 1000 * step)
        print(f"continuing at {seen} images", file=sys.stderr)
    for network, tensors in picture_networks(options, in_steps, device).items():
        for owner in (model, average):
            getattr(owner, network).load_state_dict(tensors)
    if worker > 0:
        distributed.barrier()  # the first one has encoded the pictures by then
    shards = [Shard(folder, model, device, options.out) for folder in options.data]
    if workers > 1 and worker == 0:
        distributed.barrier()
    probabilities = torch.tensor([float(len(s.captions)) for s in shards])
    probabilities /= probabilities.sum()
    chooser = torch.Generator().manual_seed(options.seed + step)
    print(f"ready in {time.monotonic() - started:.0f} s: {len(words)} words, "
          f"{sum(len(s.captions) for s in shards)} pictures, {sum(p.numel() for p in model.parameters())} parameters, "
          f"{sum(p.numel() for _, p in trained)} of them trained here, on {device}", file=sys.stderr, flush=True)

    def save() -> None:
        # Tensors only: the restricted unpickler that reads this back knows no plain numbers in older releases.
        state = {"model": model.state_dict(), "average": average.state_dict(),
                 "optimizers": [optimizer.state_dict()["state"] for optimizer in optimizers],
                 "generator": generator.get_state(), "seen": torch.tensor(seen), "step": torch.tensor(step),
                 "seconds": torch.tensor(seconds, dtype=torch.float64),
                 "curve": torch.tensor(curve, dtype=torch.float64).reshape(-1, 3)}
        temporary = checkpoint_path.with_suffix(".part")
        torch.save(state, temporary)
        temporary.replace(checkpoint_path)
        kept = average
        if in_steps:
            kept = copy.deepcopy(average)
            for name, p in kept.state_dict().items():
                if update.in_steps(name, p):
                    p.copy_(update.stepped(origin[name], p))
        if options.base:
            update.save(result, average, options.base, origin if in_steps else None)
        else:
            weights.save(result, average.state_dict(), config, words)
        probe_sheet(kept, model.vocabulary, device, options.out / f"probes-{seen:010d}.png")

    begun = last = last_save = time.monotonic()
    running = None
    finished = False
    while True:
        spent = seconds + time.monotonic() - last
        progress = seen / options.images if options.images else spent / (options.budget_minutes * 60)
        progress = agreed(progress, workers)
        if progress >= 1:
            finished = True
            break
        if agreed(time.monotonic() - begun, workers) > options.minutes * 60:
            break
        shard = shards[int(torch.multinomial(probabilities, 1, generator=chooser))]
        count = max(8, options.batch * 16 // (shard.rows * shard.columns))
        indexes = shard.choice(count, options.faces, generator)
        share = min(1, (step + 1) / options.warmup_steps) * (0.01 + 0.99 * min(1, (1 - progress) / 0.6))
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = share * (options.muon_rate if isinstance(optimizer, Muon) else options.rate)
        rounding = stepped if progress >= options.rounded_from else []
        with torch.no_grad():
            for p, begin, exact in rounding:
                exact.copy_(p)
                p.copy_(update.stepped(begin, p))
        loss = flow_loss(model, shard, indexes, options, generator)
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        average_gradients([p for _, p in trained], workers)
        with torch.no_grad():
            for p, _, exact in rounding:
                p.copy_(exact)
        torch.nn.utils.clip_grad_norm_([p for _, p in trained], 1.0)
        for optimizer in optimizers:
            optimizer.step()
        with torch.no_grad():
            decay = min(options.averaging, (step + 1) / (step + 10))
            for kept, new in zip(average.parameters(), model.parameters()):
                kept.lerp_(new, 1 - decay)
        seen, step = seen + count * workers, step + 1
        running = loss.detach() if running is None else running.lerp(loss.detach(), 0.02)
        if worker == 0 and time.monotonic() - last > 20:
            seconds += time.monotonic() - last
            last = time.monotonic()
            curve.append([seen, round(seconds, 1), round(float(running), 5)])
            print(f"{seen} images, {100 * progress:.1f} %, {seen / seconds:.0f} images/s, loss {float(running):.5f}, "
                  f"{seconds / 60 * (1 / progress - 1):.1f} min left", file=sys.stderr, flush=True)
        if worker == 0 and time.monotonic() - last_save > options.checkpoint_minutes * 60:
            save()
            last_save = time.monotonic()
    if worker > 0:
        return
    save()

    digest = hashlib.sha256(result.read_bytes()).hexdigest()
    changed = update.changed(average, origin) if in_steps else (
        update.learnt(model) if options.rank else model.state_dict())
    cards = {name: options.out / f"{name}.json" for name in ("autoencoder", "decoder")}
    card = {
        "schemaVersion": 1,
        "model": "pebble",
        "version": 2,
        "licence": "Apache-2.0",
        "weights": {"file": result.name, "sha256": digest, "storedAs": "int8" if options.base else "float16"},
        "parameters": sum(p.numel() for p in changed.values()),
        "config": vars(config),
        "data": [{**{k: v for k, v in s.facts.items() if k != "attributes"}, "sampleDigest": s.digest} for s in shards],
        **{name: json.loads(card.read_text()) for name, card in cards.items() if card.exists()},
        "training": {"seed": options.seed, "images": seen, "times": options.times, "steps": step, "workers": workers,
                     "seconds": round(seconds, 1), "batch": options.batch, "rate": options.rate, "finished": finished,
                     "timeMean": options.time_mean, "timeSpread": options.time_spread, "faces": options.faces,
                     **({"rank": options.rank} if options.rank else {}),
                     **({"roundedFrom": options.rounded_from} if in_steps else {}),
                     "device": torch.cuda.get_device_name() if device.type == "cuda" else platform.processor() or "cpu",
                     "pytorch": torch.__version__},
        "curve": {"columns": ["images", "seconds", "loss"], "rows": curve[:: max(1, len(curve) // 200)]},
    }
    (options.out / "model-card.json").write_text(json.dumps(card, indent=1) + "\n")
    print(f"{seen} images; weights {digest}", file=sys.stderr)


if __name__ == "__main__":
    main()
