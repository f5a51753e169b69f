"""pebble: a small text-conditioned flow-matching model, in three graphs: text encoder, flow transformer, decoder.

This file is the definition that training uses; inference builds the same graphs from the same weights in Java.
Pictures are [-1, 1], channels last inside a patch. Time runs from 0 (noise) to 1 (picture):
x_t = t * picture + (1 - t) * noise. The transformer predicts the picture ("x-prediction"); the velocity is
(prediction - x_t) / (1 - t).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

PATCH = 8
PATCH_VALUES = PATCH * PATCH * 3
PAD, UNKNOWN, BEGIN = 0, 1, 2
RESERVED_TOKENS = 3
POSITION_FEATURES = 64
TIME_FEATURES = 128


@dataclass(frozen=True)
class Config:
    vocabulary: int
    width: int = 256
    heads: int = 4
    text_layers: int = 2
    layers: int = 4
    text_tokens: int = 36
    decoder_channels: int = 64
    decoder_layers: int = 3


def tokenize(text: str, vocabulary: dict[str, int], length: int) -> list[int]:
    """BEGIN, then a token per word of [a-z]+ in the lower-cased text, cut and padded to length."""
    words = re.findall(r"[a-z]+", text.lower())
    tokens = [BEGIN] + [vocabulary.get(word, UNKNOWN) for word in words]
    tokens = tokens[:length]
    return tokens + [PAD] * (length - len(tokens))


def position_features(rows: int, columns: int) -> torch.Tensor:
    """[rows * columns, 64]: sines and cosines of the patch centre's place in the picture, which is [0, 1] both ways."""
    frequencies = (math.pi / 2) * 32.0 ** (torch.arange(16, dtype=torch.float64) / 15)
    v = (torch.arange(rows, dtype=torch.float64) + 0.5) / rows
    u = (torch.arange(columns, dtype=torch.float64) + 0.5) / columns
    down = torch.cat([torch.sin(v[:, None] * frequencies), torch.cos(v[:, None] * frequencies)], 1)
    across = torch.cat([torch.sin(u[:, None] * frequencies), torch.cos(u[:, None] * frequencies)], 1)
    grid = torch.cat([down[:, None].expand(rows, columns, 32), across[None].expand(rows, columns, 32)], 2)
    return grid.reshape(rows * columns, POSITION_FEATURES).float()


def condition_features(t: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """[batch, 130]: sines and cosines of 1000 t at 64 frequencies from 1 to 1/10,000, and log2 of the sides over 64."""
    frequencies = 10000.0 ** (-torch.arange(64, dtype=torch.float64, device=t.device) / 64)
    angles = 1000.0 * t.double()[:, None] * frequencies
    sides = torch.tensor([math.log2(height / 64), math.log2(width / 64)], dtype=torch.float64, device=t.device)
    return torch.cat([torch.sin(angles), torch.cos(angles), sides.expand(len(t), 2)], 1).float()


def patchify(pictures: torch.Tensor) -> torch.Tensor:
    """[batch, height, width, 3] -> [batch, rows * columns, 192]; a patch is row-major with interleaved channels."""
    batch, height, width, _ = pictures.shape
    grid = pictures.reshape(batch, height // PATCH, PATCH, width // PATCH, PATCH, 3)
    return grid.permute(0, 1, 3, 2, 4, 5).reshape(batch, -1, PATCH_VALUES)


def unpatchify(patches: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """The inverse of patchify."""
    batch = patches.shape[0]
    grid = patches.reshape(batch, height // PATCH, width // PATCH, PATCH, PATCH, 3)
    return grid.permute(0, 1, 3, 2, 4, 5).reshape(batch, height, width, 3)


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, heads: int) -> torch.Tensor:
    """Softmax attention over [batch, tokens, width], heads side by side in width."""
    split = lambda x: x.unflatten(-1, (heads, -1)).transpose(1, 2)
    q, k, v = split(q), split(k), split(v)
    if hasattr(F, "scaled_dot_product_attention"):
        mixed = F.scaled_dot_product_attention(q, k, v)
    else:  # PyTorch 1
        mixed = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]), -1) @ v
    return mixed.transpose(1, 2).flatten(-2)


class TextBlock(nn.Module):
    """Attention and a perceptron with squared ReLU, each after a layer norm."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.out(attend(*self.qkv(self.norm1(x)).chunk(3, -1), self.heads))
        return x + self.down(F.relu(self.up(self.norm2(x))).square())


class TextEncoder(nn.Module):
    """tokens [batch, text_tokens] -> context [batch, text_tokens, width]. Padding is attended to like a word."""

    def __init__(self, config: Config):
        super().__init__()
        self.token = nn.Embedding(config.vocabulary, config.width)
        self.place = nn.Parameter(torch.randn(config.text_tokens, config.width) * 0.02)
        self.blocks = nn.ModuleList(TextBlock(config.width, config.heads) for _ in range(config.text_layers))
        self.norm = nn.LayerNorm(config.width)

    def forward(self, tokens):
        x = self.token(tokens) + self.place
        for block in self.blocks:
            x = block(x)
        return self.norm(x)


class FlowBlock(nn.Module):
    """Self-attention, cross-attention to the text, perceptron; the first and last scaled, shifted and gated by time."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.table = nn.Parameter(torch.randn(6, width) / width**0.5)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.cross_norm = nn.LayerNorm(width)
        self.cross_q = nn.Linear(width, width)
        self.cross_kv = nn.Linear(width, 2 * width)
        self.cross_out = nn.Linear(width, width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x, modulation, context):
        shift1, scale1, gate1, shift2, scale2, gate2 = (self.table + modulation).unsqueeze(2).unbind(1)
        plain = lambda y: F.layer_norm(y, y.shape[-1:])
        h = plain(x) * (1 + scale1) + shift1
        x = x + gate1 * self.out(attend(*self.qkv(h).chunk(3, -1), self.heads))
        k, v = self.cross_kv(context).chunk(2, -1)
        x = x + self.cross_out(attend(self.cross_q(self.cross_norm(x)), k, v, self.heads))
        h = plain(x) * (1 + scale2) + shift2
        return x + gate2 * self.down(F.relu(self.up(h)).square())


class FlowTransformer(nn.Module):
    """patches [batch, n, 192], positions [n, 64], condition [batch, 130], context [batch, l, width] -> [batch, n, 192]."""

    def __init__(self, config: Config):
        super().__init__()
        width = config.width
        self.width = width
        self.patch_in = nn.Linear(PATCH_VALUES, width)
        self.position = nn.Linear(POSITION_FEATURES, width)
        self.condition1 = nn.Linear(TIME_FEATURES + 2, width)
        self.condition2 = nn.Linear(width, width)
        self.pooled = nn.Linear(width, width)
        self.modulation = nn.Linear(width, 6 * width)
        self.blocks = nn.ModuleList(FlowBlock(width, config.heads) for _ in range(config.layers))
        self.final_modulation = nn.Linear(width, 2 * width)
        self.patch_out = nn.Linear(width, PATCH_VALUES)
        for layer in (self.modulation, self.final_modulation, self.patch_out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, patches, positions, condition, context):
        # The context's first token, BEGIN, has seen the whole text: it stands for it.
        c = F.silu(self.condition2(F.silu(self.condition1(condition))) + self.pooled(context[:, 0]))
        modulation = self.modulation(c).unflatten(-1, (6, self.width))
        x = self.patch_in(patches) + self.position(positions)
        for block in self.blocks:
            x = block(x, modulation, context)
        shift, scale = self.final_modulation(c).unsqueeze(1).chunk(2, -1)
        return self.patch_out(F.layer_norm(x, x.shape[-1:]) * (1 + scale) + shift)


class Decoder(nn.Module):
    """Smooths patch seams: [batch, 12, height / 2, width / 2] -> the same shape, a residual over its input.

    The 12 channels are the 2 x 2 pixels of a cell, row-major, with interleaved colours (space to depth)."""

    def __init__(self, config: Config):
        super().__init__()
        channels = config.decoder_channels
        self.first = nn.Conv2d(12, channels, 3, padding=1)
        self.middle = nn.ModuleList(nn.Conv2d(channels, channels, 3, padding=1) for _ in range(config.decoder_layers))
        self.last = nn.Conv2d(channels, 12, 3, padding=1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, cells):
        h = F.relu(self.first(cells))
        for layer in self.middle:
            h = h + F.relu(layer(h))
        return cells + self.last(h)


def space_to_depth(pictures: torch.Tensor) -> torch.Tensor:
    """[batch, height, width, 3] -> [batch, 12, height / 2, width / 2]."""
    batch, height, width, _ = pictures.shape
    cells = pictures.reshape(batch, height // 2, 2, width // 2, 2, 3)
    return cells.permute(0, 2, 4, 5, 1, 3).reshape(batch, 12, height // 2, width // 2)


def depth_to_space(cells: torch.Tensor) -> torch.Tensor:
    """The inverse of space_to_depth."""
    batch, _, rows, columns = cells.shape
    grid = cells.reshape(batch, 2, 2, 3, rows, columns)
    return grid.permute(0, 4, 1, 5, 2, 3).reshape(batch, rows * 2, columns * 2, 3)


class Pebble(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.text = TextEncoder(config)
        self.flow = FlowTransformer(config)
        self.decoder = Decoder(config)

    def predict(self, x, t, context):
        """x [batch, height, width, 3], t [batch] -> predicted picture of the same shape."""
        _, height, width, _ = x.shape
        positions = position_features(height // PATCH, width // PATCH).to(x.device)
        patches = self.flow(patchify(x), positions, condition_features(t, height, width), context)
        return unpatchify(patches, height, width)

    @torch.no_grad()
    def sample(self, tokens, negative, noise, steps: int, guidance: float, sampler: str = "euler"):
        """tokens [batch, l] and noise [batch, height, width, 3] -> pictures [batch, height, width, 3] in [-1, 1]."""
        context = self.text(torch.cat([tokens, negative.expand_as(tokens)]))
        batch = len(tokens)

        def predict(x, t):
            both = self.predict(torch.cat([x, x]), x.new_full((2 * batch,), t), context).float()
            wanted, unwanted = both.chunk(2)
            return unwanted + guidance * (wanted - unwanted)

        x = noise
        for step in range(steps):
            t, following = step / steps, (step + 1) / steps
            picture = predict(x, t)
            if step == steps - 1:
                x = picture
                break
            velocity = (picture - x) / (1 - t)
            trial = x + (following - t) * velocity
            if sampler == "heun":
                velocity2 = (predict(trial, following) - trial) / (1 - following)
                trial = x + (following - t) * (velocity + velocity2) / 2
            x = trial
        return depth_to_space(self.decoder(space_to_depth(x)).float()).clamp(-1, 1)
