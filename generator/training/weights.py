"""Writes and reads pebble's weights as safetensors: float16 on disk, float32 in memory."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import torch

import update
from pebble import Config, Pebble


def save(path: Path, state: dict[str, torch.Tensor], config: Config, words: list[str]) -> None:
    """Tensors in name order; configuration and vocabulary travel in the header's metadata."""
    header: dict[str, object] = {
        "__metadata__": {
            "format": "pebble-2",
            "config": json.dumps(vars(config), sort_keys=True),
            "vocabulary": " ".join(words),
        }
    }
    blobs, offset = [], 0
    for name in sorted(state):
        tensor = state[name].detach().to("cpu", torch.float16).contiguous()
        blob = tensor.numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    temporary = path.with_name(path.name + ".part")
    with open(temporary, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for blob in blobs:
            out.write(blob)
    temporary.replace(path)


def load(path: Path, *updates: Path) -> tuple[Pebble, list[str]]:
    """The model in evaluation mode, float32, and its vocabulary in token order after the reserved tokens."""
    metadata, tensors = update.read(path)
    model = Pebble(Config(**json.loads(metadata["config"])))
    model.load_state_dict(tensors)
    for file in updates:
        update.apply(model, file)
    return model.eval(), metadata["vocabulary"].split()
