"""Weights and images by formula, the same numbers here and in the Java tests (FormulaWeights, FormulaImages)."""
import numpy as np

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def mix(z):
    with np.errstate(over="ignore"):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def uniform(name, count):
    """24-bit uniforms in [0, 1): SplitMix64 of FNV-1a(name) and the index."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * GOLDEN
    return (mix(z) >> np.uint64(40)).astype(np.float64) / 2.0**24


def tensor(name, shape):
    """Kernels are uniform with the variance 2 / fan-in, batch-norm is near the identity."""
    count = int(np.prod(shape))
    u = uniform(name, count)
    if name.endswith("running_var"):
        values = 0.5 + u
    elif name.endswith("bn.weight"):
        values = 0.8 + 0.4 * u
    elif len(shape) == 1:
        values = 0.2 * (u - 0.5)
    elif name.startswith("lin"):
        values = u
    else:
        values = (2 * u - 1) * np.sqrt(6.0 / np.prod(shape[1:]))
    return values.astype(np.float32).reshape(shape)


def fill(module):
    """A state dict of a module with every float tensor by formula."""
    import torch

    state = module.state_dict()
    return {k: v if v.dtype == torch.int64 else torch.from_numpy(tensor(k, tuple(v.shape))) for k, v in state.items()}


def image(index, width, height):
    """An 8-bit picture: waves of the index's own direction and a little noise."""
    y, x = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    planes = []
    for c in range(3):
        wave = (x * (3 + index % 5 + c) + y * (2 + index % 7) + index * 31 + c * 40) % 256
        planes.append(np.abs(wave - 128) * 2 * 3 // 4)
    noise = (uniform("image-%d" % index, width * height * 3).reshape(height, width, 3) * 64).astype(np.int64)
    return np.minimum(255, np.stack(planes, -1) + noise).astype(np.uint8)
