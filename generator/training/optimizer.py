"""Muon for the matrices of hidden layers, AdamW for the rest.

Muon (K. Jordan et al., 2024, "Muon: an optimizer for hidden layers in neural networks") orthogonalises the momentum of
a matrix with five Newton-Schulz steps, so that every direction learns at the same pace. On two CPU cores, where pictures
are dear, it reaches a given loss with far fewer of them than AdamW does.
"""

from __future__ import annotations

import torch


def orthogonalised(matrix: torch.Tensor) -> torch.Tensor:
    """[rows, columns] -> a matrix of the same shape with singular values near 1, by a quintic iteration."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix.bfloat16()
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return (x.T if tall else x).float()


class Muon(torch.optim.Optimizer):
    """Momentum, orthogonalised; the rate is scaled so that one suits matrices of every shape, and flattened kernels."""

    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.01):
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                state = self.state[parameter]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(parameter)
                momentum = state["momentum"].lerp_(parameter.grad, 1 - group["momentum"])
                ahead = parameter.grad.lerp(momentum, group["momentum"])
                update = orthogonalised(ahead.flatten(1))
                scale = max(1, update.shape[0] / update.shape[1]) ** 0.5
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                parameter.add_(update.reshape(parameter.shape), alpha=-group["lr"] * scale)
