#!/usr/bin/env python3
"""Small weight files in the containers of PyTorch and safetensors, and hostile ones.

Source:  torch.save of torch 1.13 (legacy and zip); the safetensors layout by hand
Command: PYTHONPATH=.ci/reference /usr/bin/python3 .ci/reference/containers.py eval/metrics/src/test/resources/dev/touchstone/metrics/weights/container
"""
import collections, json, os, pickle, struct, sys
from pathlib import Path
import numpy as np
import torch
import formula

out = Path(sys.argv[1])
lin = collections.OrderedDict(("lin%d.model.1.weight" % i, torch.from_numpy(formula.tensor("lin%d.model.1.weight" % i, (1, c, 1, 1))))
                              for i, c in enumerate((64, 192, 384, 256, 256)))
torch.save(lin, out / "lin-legacy.pth", _use_new_zipfile_serialization=False)
torch.save(lin, out / "lin-zip.pth")
base = torch.arange(24, dtype=torch.float32)
views = collections.OrderedDict(
    transposed=base.reshape(4, 6).t(), tail=base[20:], scalar=torch.tensor(7), half=base.half(), bfloat=base.bfloat16(),
    double=base.double() / 3, parameter=torch.nn.Parameter(base[:2]))
torch.save(views, out / "views-legacy.pth", _use_new_zipfile_serialization=False)
torch.save(views, out / "views-zip.pth")
torch.save({"state_dict": {"a": base}}, out / "nested.pth")
wrong = collections.OrderedDict(lin)
wrong["lin1.model.1.weight"] = torch.zeros(1, 190, 1, 1)
del wrong["lin3.model.1.weight"]
wrong["extra"] = torch.zeros(2)
torch.save(wrong, out / "lin-wrong.pth")


class Run:
    def __reduce__(self):
        return os.system, ("echo run > /tmp/run",)


(out / "hostile.pth").write_bytes(pickle.dumps(Run(), protocol=2))
torch.save({"a": Run()}, out / "hostile-zip.pth")
header, data = {"__metadata__": {"format": "pt"}}, b""
for name, tensor in lin.items():
    raw = tensor.numpy().tobytes()
    header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header).encode()
(out / "lin.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
