#!/usr/bin/env python3
"""A corpus of small files, every subtype that the formats have, and digests of the pixels that Pillow reads from them.

Writes corpus.zip (the files), corpus.tsv (name, width, height, SHA-256 of the RGB samples; or name, "refused", words of the reason) and
clip-squares.tsv (name, SHA-256 of the square that CLIP makes of it, of 24 pixels).
Source:  Pillow, Image.open(file).convert("RGB")
Version: Debian 12: python3-pil 9.4.0 (libjpeg-turbo 2.1.5, libwebp 1.2.4, libtiff 4.5.0), libjpeg-turbo-progs 2.1.5, libtiff-tools 4.5.0,
         webp 1.2.4, imagemagick 6.9.11-60
Command: /usr/bin/python3 .ci/reference/decoder_corpus.py eval/metrics/src/test/resources/dev/touchstone/metrics/image
"""
import hashlib, os, struct, subprocess, sys, tempfile, warnings, zipfile, zlib
from pathlib import Path
import numpy as np
from PIL import Image

warnings.simplefilter("ignore")
target = Path(sys.argv[1]).resolve()
work = Path(tempfile.mkdtemp())
os.chdir(work)
random = np.random.RandomState(11)
SIDES = (29, 21)
refused = {}


def picture(w, h):
    y, x = np.mgrid[0:h, 0:w]
    waves = np.stack([(np.sin(x / 5.0) + 1) * 127, (np.cos(y / 4.0 + x / 9.0) + 1) * 127, (x * y * 3) % 256], -1).astype(np.uint8)
    waves[h // 4:h // 2, w // 4:w // 2] = random.randint(0, 256, waves[h // 4:h // 2, w // 4:w // 2].shape)
    return Image.fromarray(waves)


def run(command):
    subprocess.run(command, shell=True, check=True, stderr=subprocess.DEVNULL)


rgb = picture(*SIDES)
rgb.save("source.ppm"); rgb.save("source.png.tmp", "PNG")
y, x = np.mgrid[0:SIDES[1], 0:SIDES[0]]
alpha = Image.fromarray(((x * 9 + y * 5) % 256).astype(np.uint8))
rgba = rgb.copy(); rgba.putalpha(alpha)
la = rgb.convert("L"); la.putalpha(alpha)

# JPEG: sampling, progressive, restart intervals, tables of 16 bits, colour spaces, several scans, sides that fill no block.
for sampling in ("1x1", "2x1", "1x2", "2x2", "4x1", "4x2", "1x4", "2x2,2x1,1x1", "1x1,2x2,1x1"):
    for name, options in (("", ""), ("-progressive", "-progressive"), ("-restart", "-restart 1B -optimize")):
        run(f"cjpeg -quality 75 -sample {sampling} {options} -outfile {sampling.replace(',', '+')}{name}.jpg source.ppm")
run("cjpeg -quality 8 -sample 2x2 -progressive -restart 2B -outfile coarse.jpg source.ppm")
run("cjpeg -quality 100 -sample 2x2 -outfile fine.jpg source.ppm")
run("cjpeg -quality 60 -rgb -outfile rgb.jpg source.ppm")
run("cjpeg -quality 60 -grayscale -outfile grey.jpg source.ppm")
run("cjpeg -quality 60 -grayscale -progressive -outfile grey-progressive.jpg source.ppm")
Path("scans.txt").write_text("0;\n1;\n2;\n")
run("cjpeg -scans scans.txt -sample 2x2 -outfile scan-each.jpg source.ppm")
for side in ((1, 1), (2, 3), (5, 4), (16, 16), (17, 33)):
    picture(*side).save("sides.ppm")
    run(f"cjpeg -sample 2x2 -outfile sides-{side[0]}x{side[1]}.jpg sides.ppm")
    run(f"cjpeg -sample 2x1 -progressive -outfile sides-{side[0]}x{side[1]}-progressive.jpg sides.ppm")
rgb.convert("CMYK").save("cmyk.jpg", quality=70)
rgb.convert("CMYK").save("cmyk-progressive.jpg", quality=70, progressive=True, subsampling=2)
run("convert cmyk.jpg -quality 70 ycck.jpg")
run("cjpeg -quality 75 -arithmetic -outfile arithmetic.jpg source.ppm"); refused["arithmetic.jpg"] = "an arithmetic-coded JPEG"
data = Path("1x1.jpg").read_bytes()
Path("no-end-marker.jpg").write_bytes(data[:-2]); refused["no-end-marker.jpg"] = "the end of the file before the end marker"
Path("padded.jpg").write_bytes(data[:-2] + bytes(4) + data[-2:])
Path("trailing.jpg").write_bytes(data + b"behind the end")
Path("filled.jpg").write_bytes(data[:2] + b"\xff\xff\xff" + data[2:])
restart = bytearray(Path("1x1-restart.jpg").read_bytes())
restart[restart.index(b"\xff\xd1") + 1] = 0xD5
Path("wrong-restart.jpg").write_bytes(restart); refused["wrong-restart.jpg"] = "no restart marker 1"
progressive = Path("2x2-progressive.jpg").read_bytes()
last = progressive.rindex(b"\xff\xda")
Path("scan-missing.jpg").write_bytes(progressive[:last] + b"\xff\xd9"); refused["scan-missing.jpg"] = "too few scans"
frame = bytearray(data)
frame[frame.index(b"\xff\xc0") + 1] = 0xC3
Path("lossless.jpg").write_bytes(frame); refused["lossless.jpg"] = "a lossless JPEG"

# PNG: colour types and depths that decode.py leaves out, interlacing, transparency, several chunks.
rgb.quantize(4).save("palette-2-bits.png", bits=2)
rgb.quantize(2).save("palette-1-bit.png", bits=1)
rgb.save("transparent-colour.png", transparency=(10, 20, 30))
rgb.convert("L").save("transparent-grey.png", transparency=77)
rgba.save("rgba.png"); la.save("grey-alpha.png")
for kind, options in (("rgb", ""), ("grey", "-colorspace Gray"), ("palette", "-colors 20 -type Palette"), ("rgba", "-alpha set")):
    run(f"convert source.ppm {options} -interlace PNG interlaced-{kind}.png")
    run(f"convert source.ppm -crop 3x2+0+0 +repage {options} -interlace PNG interlaced-small-{kind}.png")
run("convert source.ppm -depth 16 -define png:color-type=6 -define png:bit-depth=16 rgba-16.png")

# GIF: palettes of every size, interlacing, transparency, animation, frames beside and beyond their screens.
for colours in (2, 3, 7, 16, 100, 256):
    rgb.quantize(colours).save(f"palette-{colours}.gif")
rgb.convert("L").save("grey.gif"); rgb.convert("1").save("bilevel.gif")
rgb.quantize(64).save("interlaced.gif", interlace=1); rgb.quantize(64).save("straight.gif", interlace=0)
rgba.save("transparent.gif")
rgb.quantize(32).save("animated.gif", save_all=True, append_images=[rgb.rotate(90).quantize(32)], loop=0)
for name, options in (("offset", "-page 40x33+5+4"), ("offset-transparent", "-page 40x33+5+4 -transparent black"),
                      ("beyond", "-page 30x22+6+8"), ("offset-interlaced", "-interlace GIF -page 40x33+3+3")):
    run(f"convert {options} source.ppm -colors 50 {name}.gif")
Image.fromarray(random.randint(0, 256, (60, 90)).astype(np.uint8)).save("full-table.gif")

# BMP: depths, masks, run lengths, old headers, top down.
rgb.save("24.bmp"); rgb.convert("L").save("grey.bmp"); rgb.convert("1").save("1.bmp"); rgb.quantize(16).save("palette.bmp"); rgba.save("32.bmp")
for name, options in (("555", "-type truecolor -define bmp:subtype=RGB555"), ("565", "-type truecolor -define bmp:subtype=RGB565"),
                      ("os2", "-define bmp:format=bmp2 -type truecolor"), ("v3", "-define bmp:format=bmp3 -type truecolor"),
                      ("v4", "-define bmp:format=bmp4"), ("runs-8", "-colors 200 -compress RLE -define bmp:format=bmp3"),
                      ("4", "-colors 12 -type palette -compress none -define bmp:format=bmp3"),
                      ("palette-1", "-colors 2 -type palette -define bmp:format=bmp3")):
    run(f"convert source.ppm {options} BMP:{name}.bmp")
down = bytearray(Path("24.bmp").read_bytes())
struct.pack_into("<i", down, 22, -SIDES[1])
Path("top-down.bmp").write_bytes(down)
runs = bytearray(Path("palette.bmp").read_bytes()[:54]) + bytes(v for i in range(16) for v in (i * 16, 255 - i * 16, i * 7, 0))
struct.pack_into("<HI", runs, 28, 4, 2); struct.pack_into("<I", runs, 46, 16)
body = b"".join(bytes((SIDES[0], (row % 16) << 4 | (row + 5) % 16, 0, 0)) for row in range(SIDES[1] - 1)) \
    + bytes((0, 4, 0x12, 0x34, 5, 0x77, 4, 0x9A, 0, 0, 0, 1))  # no skip: Pillow 9.4 reads two bytes too many there
struct.pack_into("<I", runs, 10, 54 + 64)
Path("runs-4.bmp").write_bytes(bytes(runs) + body)
jpeg = bytearray(Path("24.bmp").read_bytes()); struct.pack_into("<I", jpeg, 30, 4)
Path("holds-jpeg.bmp").write_bytes(jpeg); refused["holds-jpeg.bmp"] = "a BMP that holds a JPEG"

# TIFF: compressions by kinds, predictors, planes, tiles, byte orders, orientations, alpha of both kinds.
for mode in ("RGB", "L", "RGBA", "CMYK", "1", "P", "LA"):
    kind = {"RGBA": rgba, "LA": la, "P": rgb.quantize(64)}.get(mode) or rgb.convert(mode)
    for name, compression in (("plain", None), ("lzw", "tiff_lzw"), ("deflate", "tiff_adobe_deflate"), ("old-deflate", "tiff_deflate"), ("packbits", "packbits")):
        kind.save(f"{mode}-{name}.tif", compression=compression)
rgb.save("RGB-jpeg.tif", compression="jpeg"); rgb.convert("L").save("L-jpeg.tif", compression="jpeg"); rgb.convert("CMYK").save("CMYK-jpeg.tif", compression="jpeg")
rgb.convert("YCbCr").save("YCbCr-jpeg.tif", compression="jpeg")
for name, options in (("planar", "-p separate"), ("tiled", "-t -w 16 -l 16"), ("tiled-lzw-predicted", "-t -w 32 -l 16 -c lzw:2"), ("lzw-predicted", "-c lzw:2"),
                      ("deflate-predicted", "-c zip:2"), ("big-endian", "-B"), ("strips", "-r 4"), ("low-bits-first", "-f lsb2msb"),
                      ("planar-lzw-predicted", "-p separate -c lzw:2"), ("tiled-jpeg", "-t -w 16 -l 16 -c jpeg:90"), ("strips-jpeg", "-r 8 -c jpeg:r:90")):
    run(f"tiffcp {options} RGB-plain.tif RGB-{name}.tif")
run("tiffcp -f lsb2msb 1-plain.tif 1-low-bits-first.tif")
for name, options in (("RGB-16", "-depth 16"), ("RGB-16-big-endian", "-depth 16 -endian MSB"), ("grey-4", "-depth 4 -colorspace gray"), ("grey-2", "-depth 2 -colorspace gray"),
                      ("white-is-zero", "-define quantum:polarity=min-is-white -colorspace gray"), ("palette-4", "-colors 12 -type palette"),
                      ("premultiplied", "-alpha on -channel A -evaluate set 50% +channel -define tiff:alpha=associated"), ("RGBA-16", "-depth 16 -alpha on -channel A -evaluate set 50% +channel")):
    run(f"convert source.ppm {options} {name}.tif")
run("tiffcp -c lzw:2 RGB-16.tif RGB-16-lzw-predicted.tif"); run("tiffcp -c zip:2 RGB-16-big-endian.tif RGB-16-big-endian-predicted.tif")
for turn in range(1, 9):
    rgb.save(f"orientation-{turn}.tif", tiffinfo={274: turn})
rgb.save("pages.tif", save_all=True, append_images=[rgb.rotate(90)])
rgb.convert("1").save("fax.tif", compression="group4"); refused["fax.tif"] = "a TIFF with fax compression"
rgb.save("zstd.tif", compression="zstd"); refused["zstd.tif"] = "a TIFF with Zstandard compression"
Image.fromarray(np.asarray(rgb.convert("L")).astype(np.float32)).save("float.tif"); refused["float.tif"] = "a TIFF of signed or floating-point samples"
rgb.convert("YCbCr").save("ycbcr.tif"); refused["ycbcr.tif"] = "a YCbCr TIFF without JPEG"
run("tiffcp -8 RGB-plain.tif big.tif"); refused["big.tif"] = "a BigTIFF"

# WebP: lossless, lossy by every tool of the encoder, alpha, animated, odd sides, other chunks.
for lossless in (True, False):
    kind = "lossless" if lossless else "lossy"
    rgb.save(f"{kind}.webp", lossless=lossless); rgba.save(f"{kind}-alpha.webp", lossless=lossless, exact=True)
    rgb.save(f"{kind}-animated.webp", lossless=lossless, save_all=True, append_images=[rgb.rotate(180)], duration=100)
    rgba.save(f"{kind}-animated-alpha.webp", lossless=lossless, save_all=True, append_images=[rgb.rotate(180)], duration=100)
    rgb.save(f"{kind}-chunks.webp", lossless=lossless, exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0", icc_profile=bytes(40), xmp=b"<x/>")
    for side in ((1, 1), (2, 1), (15, 17), (33, 16)):
        rgb.resize(side).save(f"{kind}-{side[0]}x{side[1]}.webp", lossless=lossless, quality=30)
for name, options in (("segments", "-sns 100 -segments 4 -f 100 -sharpness 7"), ("strong", "-strong -f 60"), ("simple-filter", "-nostrong -f 80"), ("coarse", "-q 2"),
                      ("partitions", "-partition_limit 50 -q 5"), ("fine", "-q 100"), ("method-0", "-m 0"), ("no-filter", "-f 0"), ("near-lossless", "-near_lossless 40"), ("colour-cache", "-z 9")):
    run(f"cwebp -quiet {options} source.ppm -o {name}.webp")

lines = []
names = sorted(p.name for p in work.iterdir() if p.suffix in {".jpg", ".png", ".gif", ".bmp", ".tif", ".webp"})
for name in names:
    if name in refused:
        lines.append(f"{name}\trefused\t{refused[name]}")
        continue
    pixels = Image.open(name).convert("RGB")
    lines.append(f"{name}\t{pixels.width}\t{pixels.height}\t{hashlib.sha256(pixels.tobytes()).hexdigest()}")
(target / "corpus.tsv").write_text("\n".join(lines) + "\n")
with zipfile.ZipFile(target / "corpus.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name in names:
        archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), Path(name).read_bytes(), zipfile.ZIP_DEFLATED)
print(len(names), "files,", (target / "corpus.zip").stat().st_size, "bytes")

# CLIP's preparation: Resize(24), CenterCrop(24), then RGB, as openai/CLIP d05afc4 orders them (torchvision 0.14.1 calls these of Pillow).
SIDE = 24
lines = []
for name in names:
    if name in refused or min(Image.open(name).size) < 2:
        continue
    image = Image.open(name); image.load()
    if image.mode in ("I", "I;16", "F"):
        continue
    w, h = image.size
    size = (SIDE, int(SIDE * h / w)) if w <= h else (int(SIDE * w / h), SIDE)
    small = image.resize(size, Image.BICUBIC) if size != (w, h) else image
    left, top = int(round((small.width - SIDE) / 2.0)), int(round((small.height - SIDE) / 2.0))
    square = small.crop((left, top, left + SIDE, top + SIDE)).convert("RGB")
    lines.append(f"{name}\t{hashlib.sha256(square.tobytes()).hexdigest()}")
(target / "clip-squares.tsv").write_text("\n".join(lines) + "\n")
