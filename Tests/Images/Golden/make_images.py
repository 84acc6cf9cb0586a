"""Makes the images and arrays of these tests: python3 make_images.py (NumPy 2)

png.zip: every colour type and depth of PNG, with and without Adam7 and tRNS, rows filtered by 0 … 4 in turn. A sample is
(31 y + 17 x + 59 c + 7 x y) mod 2^depth, so that the tests need no second file.
arrays.npz: every type of numbers in both byte orders and both orders of axes, in all versions of the format.
resized.npz: an image and what it is in other sizes, by matrices of weights in float64.
"""

import fractions
import io
import pathlib
import struct
import zipfile
import zlib

import numpy

folder = pathlib.Path(__file__).parent
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}
ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def sample(y, x, c, depth):
    return (31 * y + 17 * x + 59 * c + 7 * x * y) % 2**depth


def packed(values, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", value) for value in values)
    bits = "".join(format(value, f"0{depth}b") for value in values)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filtered(kind, row, above, reach):
    out = bytearray([kind])
    for i, value in enumerate(row):
        a = row[i - reach] if i >= reach else 0
        b = above[i]
        c = above[i - reach] if i >= reach else 0
        out.append((value - [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]) % 256)
    return bytes(out)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, colour, depth, interlaced=False, transparency=None, parts=1):
    raw, turn = b"", 0
    count = SAMPLES[colour]
    for top, left, down, right in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        rows = [
            packed([sample(y, x, c, depth) for x in range(left, width, right) for c in range(count)], depth)
            for y in range(top, height, down)
        ]
        above = bytes(len(rows[0])) if rows else b""
        for row in rows if left < width else []:
            raw += filtered(turn % 5, row, above, max(1, count * depth // 8))
            above, turn = row, turn + 1
    data = zlib.compress(raw, 9)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))
    file += chunk(b"gAMA", struct.pack(">I", 45455))
    if colour == 3:
        file += chunk(b"PLTE", bytes(v for i in range(2**depth) for v in (i % 256, 3 * i % 256, 255 - i)))
    if transparency is not None:
        file += chunk(b"tRNS", transparency)
    size = -(-len(data) // parts)
    for at in range(0, len(data), size):
        file += chunk(b"IDAT", data[at : at + size])
    return file + chunk(b"tEXt", b"Comment\0x") + chunk(b"IEND", b"")


with zipfile.ZipFile(folder / "png.zip", "w") as archive:
    def add(name, data):
        archive.writestr(zipfile.ZipInfo(f"{name}.png", (2020, 1, 2, 3, 4, 6)), data)

    for colour, depths in DEPTHS.items():
        for depth in depths:
            for interlaced in [False, True]:
                name = f"{colour}-{depth}-{'adam7' if interlaced else 'rows'}"
                add(name, png(13, 9, colour, depth, interlaced))
                # The colour of row 2, column 3; of a palette, alpha for all colours but the last.
                if colour in (0, 2):
                    values = [sample(2, 3, c, depth) for c in range(SAMPLES[colour])]
                    # Bits beyond the depth do not count.
                    values = [v + (0 if depth == 16 else 1 << 15) for v in values]
                    add(name + "-t", png(13, 9, colour, depth, interlaced, struct.pack(f">{len(values)}H", *values)))
                elif colour == 3:
                    add(name + "-t", png(13, 9, 3, depth, interlaced, bytes(40 * i % 256 for i in range(2**depth - 1))))
    for width, height in [(1, 1), (2, 1), (1, 2), (5, 3), (4, 5), (8, 8), (3, 40)]:
        add(f"size-{width}-{height}", png(width, height, 2, 8, True))
    add("parts", png(13, 9, 6, 8, parts=20))

with zipfile.ZipFile(folder / "arrays.npz", "w", zipfile.ZIP_DEFLATED) as archive:
    def add_array(name, array, version=(1, 0)):
        file = io.BytesIO()
        numpy.lib.format.write_array(file, array, version=version)
        info = zipfile.ZipInfo(f"{name}.npy", (2020, 1, 2, 3, 4, 6))
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as member:
            member.write(file.getvalue())

    numbers = numpy.arange(24).reshape(2, 3, 4)
    for kind in ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]:
        low = 0 if kind[0] == "u" else -5
        for order in "<>":
            add_array(order + kind, (numbers + low).astype(order + kind))
        add_array(kind + "-fortran", numpy.asfortranarray((numbers + low).astype(">" + kind)))
    add_array("b1", numbers % 3 == 0)
    add_array("version2", numbers.astype("<i4"), (2, 0))
    add_array("version3", numbers.astype("<i4"), (3, 0))
    add_array("scalar", numpy.array(7.25))
    add_array("empty", numpy.zeros((0, 3), "<f4"))
    add_array("extremes", numpy.array([2**63, 2**64 - 1], "<u8"))
    add_array("fractions", numpy.array([0.1, numpy.inf, -1e300, 5e-324], "<f8"))
    add_array("text", numpy.array(["a"]))
    add_array("complex", numpy.zeros(2, "<c8"))
    add_array("record", numpy.zeros(2, [("x", "<f4"), ("y", "<i2")]))


def weights(old, new):
    """The matrix [new, old]: area if it shrinks, the nearest two centres if it grows."""
    result = numpy.zeros((new, old))
    for i in range(new):
        if new < old:
            low, high = fractions.Fraction(i * old, new), fractions.Fraction((i + 1) * old, new)
            for j in range(old):
                covered = min(high, j + 1) - max(low, j)
                result[i, j] = float(max(covered, 0) * fractions.Fraction(new, old))
        else:
            centre = max(fractions.Fraction((2 * i + 1) * old, 2 * new) - fractions.Fraction(1, 2), 0)
            first = int(centre)
            share = float(centre - first)
            result[i, first] += 1 - share
            result[i, min(first + 1, old - 1)] += share
    return result


generator = numpy.random.default_rng(1)
image = generator.random((11, 7, 3)).astype("f4")
made = {"image": image}
for height, width in [(5, 3), (4, 7), (11, 13), (23, 19), (3, 17), (22, 14), (1, 1), (30, 2)]:
    made[f"{height}-{width}"] = numpy.einsum(
        "yi,xj,ijc->yxc", weights(11, height), weights(7, width), image.astype("f8")
    )
numpy.savez_compressed(folder / "resized.npz", **made)
