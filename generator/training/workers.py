"""Processes that train together, each with batches of its own; RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT say so."""

from __future__ import annotations

import os

import torch
import torch.distributed as distributed


def start(threads: int) -> tuple[int, int, torch.device]:
    """Joins the others: how many workers there are, which one this is, and what it computes on."""
    workers, worker = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
    if workers > 1:
        distributed.init_process_group("gloo")
    torch.set_flush_denormal(True)
    torch.set_num_threads(threads or torch.get_num_threads())
    return workers, worker, torch.device("cuda" if torch.cuda.is_available() else "cpu")


def agreed(value: float, workers: int) -> float:
    """The first worker's value, in every worker."""
    held = torch.tensor([value], dtype=torch.float64)
    if workers > 1:
        distributed.broadcast(held, 0)
    return float(held)


def average_gradients(parameters: list[torch.nn.Parameter], workers: int) -> None:
    """Gradients over the batches of all workers."""
    if workers > 1:
        flat = torch.cat([p.grad.flatten() for p in parameters])
        distributed.all_reduce(flat)
        for p, mean in zip(parameters, flat.div_(workers).split([p.numel() for p in parameters])):
            p.grad.copy_(mean.view_as(p))
