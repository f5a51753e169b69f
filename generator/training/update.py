"""An update of trained weights that is far smaller than they are; a second one may follow it, and so on.

The file is safetensors. What it says of a tensor m of the base, by the names of its own tensors:

    m.up [rank, rows], m.down [rank, columns]   m becomes m + m.up' @ m.down (E. Hu et al., 2021, "LoRA: low-rank adaptation of
                                                large language models", arXiv 2106.09685)
    m.steps [ceil(size / 5)]                    each value grows by -1, 0 or 1 times a scale (F. Li et al., 2016, "Ternary weight
                                                networks", arXiv 1605.04711); a byte holds five, counting 1, 3, 9, 27 and 81
    m                                           new values

New values and factors of two axes and more are stored as signed bytes, others as float16. A scale, in name.scale, is for
each index of the first axis.
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
FINE_LEVELS = 127
FINEST = ("decoder.up_fine", "decoder.fine", "decoder.last")
TYPES = {torch.int8: "I8", torch.float16: "F16", torch.float32: "F32"}


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
    if name.startswith(FINEST):
        return FINE_LEVELS
    if name.startswith(("encoder.", "decoder.")):
        return PICTURE_LEVELS
    return FACTOR_LEVELS if name.endswith((".weight.up", ".weight.down")) else OTHER_LEVELS


def in_steps(name: str, tensor: torch.Tensor) -> bool:
    """Whether an update without factors stores a tensor's difference, in steps, instead of new values."""
    large = name.startswith("decoder.") or tensor.numel() >= SMALLEST_MATRIX
    return tensor.ndim >= 2 and large and not name.startswith(FINEST)


def steps(difference: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """-1, 0 and 1 of a difference's shape, and a positive scale for each index of the first axis."""
    rows = difference.detach().float().flatten(1)
    size = rows.abs()
    far = size > 0.75 * size.mean(1, keepdim=True)
    scale = ((size * far).sum(1) / far.sum(1).clamp(min=1)).half().float()
    return (rows.sign() * far).to(torch.int8).view(difference.shape), scale


def stepped(start: torch.Tensor, tensor: torch.Tensor) -> torch.Tensor:
    """What is left of a tensor after its difference from a start was stored in steps."""
    values, scale = steps(tensor - start)
    return start + (values.float().flatten(1) * scale[:, None]).view(tensor.shape)


def packed(values: torch.Tensor) -> torch.Tensor:
    """Steps as bytes of five."""
    flat = F.pad(values.flatten(), (0, -values.numel() % 5)).view(-1, 5)
    return (flat * torch.tensor([1, 3, 9, 27, 81])).sum(1).to(torch.int8)


def unpacked(values: torch.Tensor, shape: torch.Size) -> torch.Tensor:
    """The steps in bytes."""
    rest, columns = values.to(torch.int16), []
    for _ in range(5):
        step = (rest + 1) % 3 - 1
        columns.append(step)
        rest = torch.div(rest - step, 3, rounding_mode="trunc")
    return torch.stack(columns, 1).flatten()[: shape.numel()].view(shape).float()


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


def changed(model: nn.Module, origin: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The tensors of a model that differ from those it started from."""
    return {name: tensor for name, tensor in model.state_dict().items() if not torch.equal(tensor, origin[name])}


def save(path: Path, model: nn.Module, base: list[Path], origin: dict[str, torch.Tensor] | None = None) -> None:
    """Writes the update that a model has learnt of the weights in the files it started from: its factors and new values
    if it was adapted, else what changed from the origin, in steps where the tensors are large."""
    tensors: dict[str, torch.Tensor] = {}
    for name, tensor in (learnt(model) if origin is None else changed(model, origin)).items():
        if origin is not None and in_steps(name, tensor):
            values, tensors[name + ".steps.scale"] = steps(tensor - origin[name])
            tensors[name + ".steps"] = packed(values)
        elif tensor.ndim < 2:
            tensors[name] = tensor.detach().half()
        else:
            tensors[name], tensors[name + ".scale"] = quantised(tensor, levels(name))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in base)).hexdigest()
    header: dict[str, object] = {"__metadata__": {"format": "pebble-2-update", "base": digest}}
    blobs, offset = [], 0
    for name in sorted(tensors):
        blob = tensors[name].cpu().contiguous().numpy().tobytes()
        header[name] = {"dtype": TYPES[tensors[name].dtype], "shape": list(tensors[name].shape),
                        "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))
    temporary.replace(path)


@torch.no_grad()
def apply(model: nn.Module, path: Path) -> None:
    """Gives a model with the weights that the update in a file is of the updated ones."""
    _, tensors = read(path)
    state = model.state_dict()
    for name in [name for name in tensors if name.endswith(".scale") and name[: -len(".scale")] in tensors]:
        owner, scale = name[: -len(".scale")], tensors.pop(name)
        if owner.endswith(".steps"):
            target = state[owner[: -len(".steps")]]
            tensors[owner] = unpacked(tensors[owner], target.shape)
        tensors[owner] = tensors[owner] * scale.view(-1, *[1] * (tensors[owner].ndim - 1))
    for name, tensor in tensors.items():
        if name in state:
            state[name].copy_(tensor)
        elif name.endswith(".steps"):
            state[name[: -len(".steps")]].add_(tensor)
        elif name.endswith(".up"):
            state[name[: -len(".up")]].add_(tensor.T @ tensors[name[: -len(".up")] + ".down"])


def read(path: Path) -> tuple[dict[str, str], dict[str, torch.Tensor]]:
    """A safetensors file's metadata, and its tensors as 32-bit numbers."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    types = {text: kind for kind, text in TYPES.items()}
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        raw = bytearray(data[8 + length + begin : 8 + length + end])
        tensors[name] = torch.frombuffer(raw, dtype=types[entry["dtype"]]).reshape(entry["shape"]).float()
    return metadata, tensors
