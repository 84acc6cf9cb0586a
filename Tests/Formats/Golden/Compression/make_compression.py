"""Makes the compressed files of these tests with Python's zlib: python3 make_compression.py

All blocks that DEFLATE has, codes of up to 15 bits, copies from far away, and what may stand in the header of a gzip file.
"""

import pathlib
import random
import struct
import zipfile
import zlib

folder = pathlib.Path(__file__).parent
random.seed(1)


def deflated(data, level=9, strategy=zlib.Z_DEFAULT_STRATEGY, wbits=15, memory=8):
    packer = zlib.compressobj(level, zlib.DEFLATED, wbits, memory, strategy)
    return packer.compress(data) + packer.flush()


def member(data, flags=0, fields=b""):
    head = struct.pack("<4BIBB", 0x1F, 0x8B, 8, flags, 1234567890, 2, 3) + fields
    return head + deflated(data, wbits=-15) + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


words = ["attention", "größe", "sentence", "a", "of", "the", "encoder", "naïve", "Wörter", "0123"]
text = "".join(random.choice(words) + random.choice("  \n") for _ in range(2500)).encode()
(folder / "text.txt").write_bytes(text)
for name, made in {
    "text.stored": deflated(text[:5000], level=0),
    "text.fixed": deflated(text, strategy=zlib.Z_FIXED),
    "text.huffman": deflated(text, strategy=zlib.Z_HUFFMAN_ONLY),
    "text.runs": deflated(text, strategy=zlib.Z_RLE),
    "text.fast": deflated(text, level=1),
    "text.best": deflated(text),
    # Many short blocks.
    "text.blocks": deflated(text, memory=1),
    "zeros.best": deflated(bytes(300_000)),
    "empty.best": deflated(b""),
}.items():
    (folder / f"{name}.zlib").write_bytes(made)

# Frequencies of Fibonacci: the code of the rarest byte has 15 bits.
skew, (a, b) = b"", (1, 1)
for byte in range(19):
    skew += bytes([byte]) * a
    a, b = b, a + b
(folder / "skew.huffman.zlib").write_bytes(deflated(skew, strategy=zlib.Z_HUFFMAN_ONLY))

# The same again as far back as zlib looks.
far = random.randbytes(32_500)
(folder / "far.best.zlib").write_bytes(deflated(far + far[:700]))

(folder / "text.gz").write_bytes(member(text, 8, b"text.txt\0"))
extra = struct.pack("<H", 5) + b"XX\1\0!"
every = extra + b"name\0" + b"a comment\0"
head = struct.pack("<4BIBB", 0x1F, 0x8B, 8, 30, 1234567890, 2, 3) + every
every += struct.pack("<H", zlib.crc32(head) & 0xFFFF)
(folder / "members.gz").write_bytes(
    member(text[:100], 30, every) + member(b"") + bytes(3) + member(text[100:300]) + bytes(512)
)
(folder / "zeros.gz").write_bytes(member(bytes(1_000_000)))

with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
    def add(name, data, method):
        info = zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6))
        info.compress_type = method
        # As NumPy writes members: room for sizes of 64 bits before the data.
        with archive.open(info, "w", force_zip64=True) as file:
            file.write(data)

    add("stored.txt", text[:300], zipfile.ZIP_STORED)
    add("folder/größe.txt", text[:3000], zipfile.ZIP_DEFLATED)
    add("empty", b"", zipfile.ZIP_STORED)
    archive.comment = b"with a comment"
