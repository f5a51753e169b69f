#!/usr/bin/env python3
"""Small files in every format and mode, with the pixels that Pillow reads from them.

Source:  Pillow, Image.open(file).convert("RGB") (16-bit grey: high byte, see docs/metrics.md)
Version: Debian 12 python3-pil 9.4.0
Command: /usr/bin/python3 .ci/reference/decode.py eval/metrics/src/test/resources/dev/touchstone/metrics/image
"""
import struct, sys, zlib
from pathlib import Path
import numpy as np
from PIL import Image

out = Path(sys.argv[1])
random = np.random.RandomState(7)
w, h = 13, 9
ramp = (np.add.outer(np.arange(h) * 11, np.arange(w) * 7)[..., None] + np.array([0, 40, 90])) % 256
noise = random.randint(0, 256, (h, w, 3))
rgb = Image.fromarray(((ramp + noise // 8) % 256).astype(np.uint8), "RGB")
alpha = Image.fromarray(random.randint(0, 256, (h, w), dtype=np.uint8), "L")
grey = rgb.convert("L")


def keep(name, expected=None):
    pixels = Image.open(out / name).convert("RGB") if expected is None else expected
    (out / (name + ".rgb")).write_bytes(struct.pack("<ii", *pixels.size) + pixels.tobytes())


def png(name, colour_type, depth, samples, palette=None):
    """A PNG by hand, for the modes Pillow does not write; samples [h, w, channels]."""
    bits = np.unpackbits(samples.astype(">u2").view(np.uint8).reshape(samples.shape + (2,)), axis=-1)[..., 16 - depth:]
    rows = np.packbits(bits.reshape(samples.shape[0], -1), axis=-1)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], depth, colour_type, 0, 0, 0)
    body = chunk(b"IHDR", header) + (chunk(b"PLTE", palette) if palette else b"")
    (out / name).write_bytes(b"\x89PNG\r\n\x1a\n" + body + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


rgb.save(out / "rgb.png"); keep("rgb.png")
rgba = rgb.copy(); rgba.putalpha(alpha)
rgba.save(out / "rgba.png"); keep("rgba.png")
grey.save(out / "grey.png"); keep("grey.png")
la = grey.copy(); la.putalpha(alpha)
la.save(out / "grey-alpha.png"); keep("grey-alpha.png")
rgb.quantize(16).save(out / "palette.png"); keep("palette.png")
rgb.quantize(16).save(out / "palette-transparent.png", transparency=3); keep("palette-transparent.png")
grey.convert("1").save(out / "bilevel.png"); keep("bilevel.png")
for depth in (2, 4):
    png(f"grey-{depth}.png", 0, depth, random.randint(0, 1 << depth, (h, w, 1))); keep(f"grey-{depth}.png")
deep = random.randint(0, 65536, (h, w, 3))
png("rgb-16.png", 2, 16, deep)
keep("rgb-16.png", Image.fromarray((deep >> 8).astype(np.uint8), "RGB"))
deep = random.randint(0, 65536, (h, w, 1))
png("grey-16.png", 0, 16, deep)
keep("grey-16.png", Image.fromarray((deep[..., 0] >> 8).astype(np.uint8), "L").convert("RGB"))
rgb.quantize(16).save(out / "palette.gif"); keep("palette.gif")
rgb.save(out / "rgb.bmp"); keep("rgb.bmp")
grey.save(out / "grey.bmp"); keep("grey.bmp")
rgb.save(out / "rgb.tiff"); keep("rgb.tiff")
rgb.save(out / "lzw.tiff", compression="tiff_lzw"); keep("lzw.tiff")
grey.save(out / "grey.tiff"); keep("grey.tiff")
rgb.save(out / "lossless.webp", lossless=True); keep("lossless.webp")
rgb.save(out / "rgb.jpg", quality=95, subsampling=0); keep("rgb.jpg")
grey.save(out / "grey.jpg", quality=95); keep("grey.jpg")
rgb.convert("CMYK").save(out / "cmyk.jpg", quality=95); keep("cmyk.jpg")
exif = Image.Exif(); exif[274] = 6
rgb.save(out / "turned.jpg", quality=95, subsampling=0, exif=exif); keep("turned.jpg")
