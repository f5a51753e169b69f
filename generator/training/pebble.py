"""pebble: a small text-conditioned latent flow-matching model, in four networks: text encoder, flow transformer, and
the picture encoder and decoder of its latents.

This file is the definition that training uses; inference builds the same graphs from the same weights in Java.
Pictures are [-1, 1]. A latent cell stands for 16 x 16 pixels and is a vector of mean 0 and variance 1. Time runs from 0
(noise) to 1 (picture): x_t = t * latents + (1 - t) * noise. The transformer predicts the latents ("x-prediction"); the
velocity is (prediction - x_t) / (1 - t).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

CELL = 16
PAD, UNKNOWN, BEGIN = 0, 1, 2
RESERVED_TOKENS = 3
POSITION_FEATURES = 64
TIME_FEATURES = 128
# While the transformer predicts for the unwanted text, what this block adds is multiplied by this between these two times
# on the way from noise to picture (J. Hyung et al., 2024, "Spatiotemporal skip guidance for enhanced video diffusion
# sampling", arXiv 2411.18664, leave layers out).
WEAKENED_BLOCK, UNWANTED_STRENGTH, WEAKENED_FROM, WEAKENED_UNTIL = 1, 0.3, 0.2, 0.8


@dataclass(frozen=True)
class Config:
    vocabulary: int
    width: int = 256
    heads: int = 4
    text_layers: int = 2
    layers: int = 6
    text_tokens: int = 36
    latent: int = 48
    coarse: int = 192
    middle: int = 96
    fine: int = 64


def tokenize(text: str, vocabulary: dict[str, int], length: int) -> list[int]:
    """BEGIN, then a token per word of [a-z]+ in the lower-cased text, cut and padded to length."""
    words = re.findall(r"[a-z]+", text.lower())
    tokens = [BEGIN] + [vocabulary.get(word, UNKNOWN) for word in words]
    tokens = tokens[:length]
    return tokens + [PAD] * (length - len(tokens))


def position_features(rows: int, columns: int) -> torch.Tensor:
    """[rows * columns, 64]: sines and cosines of the cell centre's place in the picture, which is [0, 1] both ways."""
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


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, heads: int) -> torch.Tensor:
    """Softmax attention over [batch, tokens, width], heads side by side in width."""
    split = lambda x: x.unflatten(-1, (heads, -1)).transpose(1, 2)
    q, k, v = split(q), split(k), split(v)
    if hasattr(F, "scaled_dot_product_attention"):
        mixed = F.scaled_dot_product_attention(q, k, v)
    else:  # PyTorch 1
        mixed = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]), -1) @ v
    return mixed.transpose(1, 2).flatten(-2)


def norm(x: torch.Tensor) -> torch.Tensor:
    """Each vector along the last axis to mean 0 and variance 1."""
    return F.layer_norm(x.float(), x.shape[-1:]).to(x.dtype)


def squared_relu(x: torch.Tensor) -> torch.Tensor:
    x = F.relu(x)
    return x * x


class Norm(nn.LayerNorm):
    """Layer norm, computed in 32 bits (16-bit ones are slow on a CPU) and handed on in the precision of its input."""

    def forward(self, x):
        return super().forward(x.float()).to(x.dtype)


class TextBlock(nn.Module):
    """Attention and a perceptron with squared ReLU, each after a layer norm."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm1 = Norm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = Norm(width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.out(attend(*self.qkv(self.norm1(x)).chunk(3, -1), self.heads))
        return x + self.down(squared_relu(self.up(self.norm2(x))))


class TextEncoder(nn.Module):
    """tokens [batch, text_tokens] -> context [batch, text_tokens, width]. Padding is attended to like a word."""

    def __init__(self, config: Config):
        super().__init__()
        self.token = nn.Embedding(config.vocabulary, config.width)
        self.place = nn.Parameter(torch.randn(config.text_tokens, config.width) * 0.02)
        self.blocks = nn.ModuleList(TextBlock(config.width, config.heads) for _ in range(config.text_layers))
        self.norm = Norm(config.width)

    def forward(self, tokens):
        x = self.token(tokens) + self.place
        if torch.is_autocast_cpu_enabled():
            x = x.bfloat16()
        for block in self.blocks:
            x = block(x)
        return self.norm(x)


class FlowBlock(nn.Module):
    """Self-attention, cross-attention to the text, perceptron; the first and last scaled, shifted and gated by time.

    What each of the three adds is multiplied by `strength` [batch, 1, 1] where there is one."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.table = nn.Parameter(torch.randn(6, width) / width**0.5)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.cross_norm = Norm(width)
        self.cross_q = nn.Linear(width, width)
        self.cross_kv = nn.Linear(width, 2 * width)
        self.cross_out = nn.Linear(width, width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x, modulation, context, strength=None):
        shift1, scale1, gate1, shift2, scale2, gate2 = (self.table + modulation).to(x.dtype).unsqueeze(2).unbind(1)
        if strength is not None:
            gate1, gate2 = strength * gate1, strength * gate2
        h = norm(x) * (1 + scale1) + shift1
        x = x + gate1 * self.out(attend(*self.qkv(h).chunk(3, -1), self.heads))
        # Several latents may share a text: they are looked up side by side.
        k, v = self.cross_kv(context).chunk(2, -1)
        q = self.cross_q(self.cross_norm(x)).reshape(len(context), -1, x.shape[-1])
        found = self.cross_out(attend(q, k, v, self.heads).reshape(x.shape))
        x = x + (found if strength is None else strength * found)
        h = norm(x) * (1 + scale2) + shift2
        return x + gate2 * self.down(squared_relu(self.up(h)))


class FlowTransformer(nn.Module):
    """cells [batch, n, latent], positions [n, 64], condition [batch, 130], context [texts, l, width] -> like cells.

    batch is a multiple of texts; the first batch / texts cells belong to the first text, and so on. `strength`
    [batch, 1, 1] multiplies what the weakened block adds."""

    def __init__(self, config: Config):
        super().__init__()
        width = config.width
        self.width = width
        self.cell_in = nn.Linear(config.latent, width)
        self.position = nn.Linear(POSITION_FEATURES, width)
        self.condition1 = nn.Linear(TIME_FEATURES + 2, width)
        self.condition2 = nn.Linear(width, width)
        self.pooled = nn.Linear(width, width)
        self.modulation = nn.Linear(width, 6 * width)
        self.blocks = nn.ModuleList(FlowBlock(width, config.heads) for _ in range(config.layers))
        self.final_modulation = nn.Linear(width, 2 * width)
        self.cell_out = nn.Linear(width, config.latent)
        for layer in (self.modulation, self.final_modulation, self.cell_out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, cells, positions, condition, context, strength=None):
        # The context's first token, BEGIN, has seen the whole text: it stands for it.
        summary = self.pooled(context[:, 0]).repeat_interleave(len(cells) // len(context), 0)
        c = F.silu(self.condition2(F.silu(self.condition1(condition))) + summary)
        modulation = self.modulation(c).unflatten(-1, (6, self.width))
        x = self.cell_in(cells) + self.position(positions)
        for index, block in enumerate(self.blocks):
            x = block(x, modulation, context, strength if index == WEAKENED_BLOCK else None)
        shift, scale = self.final_modulation(c).unsqueeze(1).chunk(2, -1)
        return self.cell_out(norm(x) * (1 + scale) + shift)


class Residual(nn.Module):
    """x + convolution of relu(x), 3 x 3."""

    def __init__(self, channels: int):
        super().__init__()
        self.convolution = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.normal_(self.convolution.weight, std=0.5 / (9 * channels) ** 0.5)
        nn.init.zeros_(self.convolution.bias)

    def forward(self, x):
        return x + self.convolution(F.relu(x))


class Encoder(nn.Module):
    """Pictures [batch, 3, height, width] -> latents [batch, height / 16 * width / 16, latent], normed per cell."""

    def __init__(self, config: Config):
        super().__init__()
        self.first = nn.Conv2d(48, config.middle, 3, padding=1)
        self.middle = nn.ModuleList(Residual(config.middle) for _ in range(2))
        self.down = nn.Conv2d(4 * config.middle, config.coarse, 1)
        self.coarse = nn.ModuleList(Residual(config.coarse) for _ in range(2))
        self.last = nn.Conv2d(config.coarse, config.latent // 4, 1)

    def forward(self, pictures):
        h = self.first(space_to_depth(pictures, 4))
        for layer in self.middle:
            h = layer(h)
        h = self.down(space_to_depth(F.relu(h), 2))
        for layer in self.coarse:
            h = layer(h)
        return norm(space_to_depth(self.last(F.relu(h)), 2).float().flatten(2).transpose(1, 2))


class Decoder(nn.Module):
    """Latents [batch, rows * columns, latent] -> pictures [batch, 3, 16 * rows, 16 * columns]."""

    def __init__(self, config: Config):
        super().__init__()
        self.first = nn.Conv2d(config.latent // 4, config.coarse, 3, padding=1)
        self.coarse = nn.ModuleList(Residual(config.coarse) for _ in range(2))
        self.up = nn.Conv2d(config.coarse, 4 * config.middle, 1)
        self.middle = nn.ModuleList(Residual(config.middle) for _ in range(3))
        self.up_fine = nn.Conv2d(config.middle, 4 * config.fine, 1)
        self.fine = nn.ModuleList(Residual(config.fine) for _ in range(2))
        self.last = nn.Conv2d(config.fine, 12, 3, padding=1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, latents, rows: int, columns: int):
        h = self.first(depth_to_space(norm(latents).transpose(1, 2).unflatten(2, (rows, columns)), 2))
        for layer in self.coarse:
            h = layer(h)
        h = depth_to_space(self.up(F.relu(h)), 2)
        for layer in self.middle:
            h = layer(h)
        h = depth_to_space(self.up_fine(F.relu(h)), 2)
        for layer in self.fine:
            h = layer(h)
        return depth_to_space(self.last(F.relu(h)), 2)


def space_to_depth(x: torch.Tensor, block: int) -> torch.Tensor:
    """[batch, c, rows, columns] -> [batch, block * block * c, rows / block, columns / block], ONNX's order."""
    batch, channels, rows, columns = x.shape
    x = x.reshape(batch, channels, rows // block, block, columns // block, block)
    return x.permute(0, 3, 5, 1, 2, 4).reshape(batch, -1, rows // block, columns // block)


def depth_to_space(x: torch.Tensor, block: int) -> torch.Tensor:
    """The inverse of space_to_depth, ONNX's mode DCR."""
    batch, channels, rows, columns = x.shape
    x = x.reshape(batch, block, block, channels // block**2, rows, columns)
    return x.permute(0, 3, 4, 1, 5, 2).reshape(batch, channels // block**2, rows * block, columns * block)


class Pebble(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.text = TextEncoder(config)
        self.flow = FlowTransformer(config)
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)

    def predict(self, x, t, context, rows: int, columns: int, strength=None):
        """x [batch, rows * columns, latent], t [batch] -> predicted latents of the same shape."""
        positions = position_features(rows, columns).to(x.device)
        return self.flow(x, positions, condition_features(t, rows * CELL, columns * CELL), context, strength)

    @torch.no_grad()
    def sample(self, tokens, negative, noise, rows: int, columns: int, steps: int, guidance: float, sampler="euler"):
        """tokens [batch, l] and noise [batch, rows * columns, latent] -> [batch, 3, height, width] in [-1, 1]."""
        latents = self.sample_latents(tokens, negative, noise, rows, columns, steps, guidance, sampler)
        return self.decoder(latents, rows, columns).float().clamp(-1, 1)

    @torch.no_grad()
    def sample_latents(self, tokens, negative, noise, rows: int, columns: int, steps: int, guidance: float, sampler):
        """tokens [batch, l] and noise [batch, rows * columns, latent] -> latents of the noise's shape."""
        context = self.text(torch.cat([tokens, negative.expand_as(tokens)]))
        batch = len(tokens)

        def predict(x, t):
            times = x.new_full((2 * batch,), t)
            unwanted_strength = UNWANTED_STRENGTH if WEAKENED_FROM <= t < WEAKENED_UNTIL else 1.0
            strength = torch.tensor([1.0, unwanted_strength]).to(x).repeat_interleave(batch)[:, None, None]
            wanted, unwanted = self.predict(torch.cat([x, x]), times, context, rows, columns, strength).float().chunk(2)
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
        return x
