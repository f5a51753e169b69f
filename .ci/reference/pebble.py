#!/usr/bin/env python3
"""What the definition of pebble computes for a tiny model whose weights come from a formula.

Source:  generator/training/pebble.py, PyTorch fp32 on the CPU
Version: Debian 12 python3-torch 1.13.1
Command: /usr/bin/python3 .ci/reference/pebble.py generator/src/test/resources/dev/touchstone/generator/model/pebble-reference.json
"""
import hashlib, json, math, struct, sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[2] / "generator/training"))
from pebble import CELL, Config, Pebble, tokenize

words = "a the red blue bottle house left right on".split()
config = Config(vocabulary=3 + len(words), width=32, heads=2, text_layers=2, layers=2, text_tokens=8, latent=8, coarse=12,
                middle=10, fine=6)


# Enough for times before, within and after those at which guidance weakens a block.
STEPS = 6


def values(count: int, salt: int) -> torch.Tensor:
    """Fractions of a linear congruence, [-1, 1): the same in every language."""
    i = torch.arange(count, dtype=torch.int64)
    return (((i * 40503 + salt * 9973) % 65536).float() / 32768) - 1


torch.manual_seed(0)
model = Pebble(config).eval()
state = model.state_dict()
for index, name in enumerate(sorted(state)):
    tensor = state[name]
    scale = 1 / tensor[0].numel() ** 0.5 if tensor.dim() > 1 else 0.3
    if "table" in name or "place" in name:
        scale = 0.3
    base = 1.0 if name.endswith("weight") and tensor.dim() == 1 else 0.0
    state[name] = (base + scale * values(tensor.numel(), index)).reshape(tensor.shape)
model.load_state_dict(state)

vocabulary = {word: 3 + i for i, word in enumerate(words)}
prompt, negative = "A red bottle, on the LEFT of the wooden house", "blue"
tokens = torch.tensor([tokenize(prompt, vocabulary, config.text_tokens)])
unwanted = torch.tensor([tokenize(negative, vocabulary, config.text_tokens)])
cases = []
for width, height in ((64, 64), (96, 96), (64, 80)):
    for sampler in ("euler", "heun"):
        for guidance in (1.0, 3.0):
            rows, columns = height // CELL, width // CELL
            noise = values(2 * rows * columns * config.latent, 77).reshape(2, rows * columns, -1) * 1.7
            picture = model.sample(tokens.expand(2, -1), unwanted, noise, rows, columns, STEPS, guidance, sampler)
            flat = picture.permute(0, 2, 3, 1).reshape(2, -1)
            # Every 611th value of both images: 611 is prime to 3 and to the sides.
            cases.append({"width": width, "height": height, "sampler": sampler, "guidance": guidance, "steps": STEPS,
                          "every": 611, "values": [[round(v, 6) for v in row[::611].tolist()] for row in flat]})

encoded = []
for width, height in ((64, 64), (96, 96), (64, 80)):
    pictures = values(2 * height * width * 3, 78).reshape(2, height, width, 3).permute(0, 3, 1, 2)
    encoded.append({"width": width, "height": height, "every": 7,
                    "values": [[round(v, 6) for v in row[::7].tolist()] for row in model.encoder(pictures).flatten(1)]})


def philox(counter: list[int], key: list[int]) -> list[int]:
    """Philox4x32-10 as in Salmon et al., SC 2011."""
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k[1], a & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def noise_values(seed: int, prompt_id: str, image: int, count: int) -> list[float]:
    digest = hashlib.sha256(prompt_id.encode()).digest()
    values = []
    for block in range((count + 3) // 4):
        w = philox([block, image, *struct.unpack(">II", digest[:8])], [seed & 0xFFFFFFFF, seed >> 32])
        for u, v in ((w[0], w[1]), (w[2], w[3])):
            radius, angle = math.sqrt(-2 * math.log((u + 1) / 2**32)), 2 * math.pi * v / 2**32
            values += [radius * math.cos(angle), radius * math.sin(angle)]
    return values[:count]


context = model.text(tokens).detach()
result = {
    "source": "PyTorch " + torch.__version__ + ", .ci/reference/pebble.py",
    "config": vars(config), "words": words, "prompt": prompt, "negative": negative,
    "tokens": tokens[0].tolist(), "negativeTokens": unwanted[0].tolist(),
    "summary": [round(v, 6) for v in context[0, 0].tolist()],
    "noise": {"seed": 42 + (7 << 32), "promptId": "pr-001", "image": 5,
              "values": [round(v, 7) for v in noise_values(42 + (7 << 32), "pr-001", 5, 12)]},
    "cases": cases,
    "encoded": encoded,
}
text = json.dumps(result, indent=1)
Path(sys.argv[1]).write_text(text + "\n")
