#!/usr/bin/env python3
"""Statistics files as NumPy writes them in each peer's way.

Source:  numpy.savez / savez_compressed as called by pytorch-fid b9c1811 (save_fid_stats), clean-fid e88c4d6
         (make_custom_stats) and guided-diffusion (evaluator reference batches)
Version: NumPy 1.24.2
Command: /usr/bin/python3 .ci/reference/statistics.py eval/metrics/src/test/resources/dev/touchstone/metrics/metric/fid
"""
import sys
from pathlib import Path
import numpy as np

out = Path(sys.argv[1])
d = 5
mu = np.arange(d) / 3
sigma = np.add.outer(np.arange(d), np.arange(d)) / 7 + np.eye(d)
sigma[0, 4] += 2 ** -51  # not symmetric by a rounding, on purpose: tells rows from columns
np.savez_compressed(out / "pytorch-fid.npz", mu=mu, sigma=sigma)
np.savez_compressed(out / "clean-fid.npz", mu=mu.astype(np.float32), sigma=sigma)
np.savez(out / "guided-diffusion.npz", arr_0=np.zeros((2, 4, 4, 3), np.uint8), mu=mu, sigma=np.asfortranarray(sigma),
         mu_s=mu[:3], sigma_s=sigma[:3, :3])
np.savez(out / "objects.npz", mu=np.array([{"a": 1}], dtype=object), sigma=sigma)
np.savez(out / "misfit.npz", mu=mu, sigma=sigma[:, :4])
