"""An update of trained weights that is far smaller than they are: low-rank differences of the large matrices (E. Hu et
al., 2021, "LoRA: low-rank adaptation of large language models", arXiv 2106.09685), new values of everything else.

The file is safetensors. Matrix m [rows, columns] of the base becomes m + m.up' @ m.down, with m.up [rank, rows] and m.down
[rank, columns]; any other tensor is taken as it is. Tensors of two axes and more are stored as signed bytes with a scale
for each index of their first axis, in name.scale; others as float16.
"""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

SMALLEST_MATRIX = 60_000
PICTURE_LEVELS = 31
FACTOR_LEVELS = 15
OTHER_LEVELS = 63


class LowRankLinear(nn.Linear):
    """A linear layer whose matrix stays as it was, plus up' @ down, which is learnt: up [rank, out], down [rank, in]."""

    def __init__(self, layer: nn.Linear, rank: int):
        super().__init__(layer.in_features, layer.out_features)
        self.load_state_dict(layer.state_dict())
        self.weight.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) / layer.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(rank, layer.out_features))

    def forward(self, x):
        return super().forward(x) + F.linear(x, self.down) @ self.up


def adapt(module: nn.Module, rank: int) -> None:
    """Gives every large linear layer below the module a low-rank difference."""
    for name, child in module.named_children():
        if type(child) is nn.Linear and child.weight.numel() >= SMALLEST_MATRIX:
            setattr(module, name, LowRankLinear(child, rank))
        else:
            adapt(child, rank)


def quantised(tensor: torch.Tensor, most: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole numbers in [-most, most] of the tensor's shape, and a positive scale for each index of the first axis."""
    rows = tensor.detach().float().flatten(1)
    scale = (rows.abs().amax(1) / most).clamp(min=1e-12)
    return (rows / scale[:, None]).round().to(torch.int8).view(tensor.shape), scale


def stored(tensor: torch.Tensor, most: int) -> torch.Tensor:
    """What is left of a tensor after it was stored."""
    if tensor.ndim < 2:
        return tensor.detach().half().float()
    values, scale = quantised(tensor, most)
    return (values.float().flatten(1) * scale[:, None]).view(tensor.shape)


def levels(name: str) -> int:
    """How finely a tensor is stored: in whole numbers from minus so many to so many."""
    if name.startswith(("encoder.", "decoder.")):
        return PICTURE_LEVELS
    return FACTOR_LEVELS if name.endswith((".weight.up", ".weight.down")) else OTHER_LEVELS


def learnt(model: nn.Module) -> dict[str, torch.Tensor]:
    """The tensors of an adapted model that belong to its update."""
    state = model.state_dict()
    adapted = {name for name, module in model.named_modules() if isinstance(module, LowRankLinear)}
    tensors = {}
    for name, tensor in state.items():
        module, _, last = name.rpartition(".")
        if module not in adapted or last == "bias":
            tensors[name] = tensor
        elif last != "weight":
            tensors[f"{module}.weight.{last}"] = tensor
    return tensors


def save(path: Path, model: nn.Module, base: Path) -> None:
    """Writes the update that an adapted model has learnt of the weights in the file it started from."""
    tensors: dict[str, torch.Tensor] = {}
    for name, tensor in learnt(model).items():
        if tensor.ndim < 2:
            tensors[name] = tensor.detach().half()
        else:
            tensors[name], tensors[name + ".scale"] = quantised(tensor, levels(name))
    base_digest = hashlib.sha256(base.read_bytes()).hexdigest()
    header: dict[str, object] = {"__metadata__": {"format": "pebble-2-update", "base": base_digest}}
    types = {torch.int8: "I8", torch.float16: "F16", torch.float32: "F32"}
    blobs, offset = [], 0
    for name in sorted(tensors):
        blob = tensors[name].cpu().contiguous().numpy().tobytes()
        header[name] = {"dtype": types[tensors[name].dtype], "shape": list(tensors[name].shape),
                        "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))
    temporary.replace(path)
