"""Times the definition of pebble in eager PyTorch, fp32: what .ci/bench/pebble.sh compares with.

Command: /usr/bin/python3 generator/training/bench_eager.py WEIGHTS [batch] [steps] [threads] [repeats]
Prints one JSON line per repeat: wall-clock and processor milliseconds per sampling step (both prompts in one call).
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import torch

from pebble import BEGIN
from weights import load


def main(arguments: list[str]) -> None:
    path = Path(arguments[0])
    batch, steps, threads, repeats = (int(x) for x in (arguments[1:] + ["8", "8", "2", "3"][len(arguments) - 1 :]))
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    model, _ = load(path)
    length = model.config.text_tokens
    tokens = torch.tensor([[BEGIN] + [0] * (length - 1)]).expand(batch, -1)
    noise = torch.randn(batch, 16, model.config.latent, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        for _ in range(repeats):
            wall, processor = time.perf_counter(), time.process_time()
            model.sample(tokens, tokens[:1], noise, 4, 4, steps, 4.0)
            print(json.dumps({
                "runtime": "eager", "batch": batch, "threads": threads,
                "stepMillis": (time.perf_counter() - wall) * 1000 / steps,
                "processorMillis": (time.process_time() - processor) * 1000 / steps,
            }), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
