"""Makes the safetensors files of this folder with Python's own library, and by hand.

    pip install numpy safetensors==0.8.0 && python make_safetensors.py

Made anew they have equal bytes. (That is why no file of the library's has two metadata entries: their order is by
chance.)

python.safetensors     every type the library writes, a scalar, an empty tensor, metadata
empty.safetensors      no tensors and no metadata
metadata.safetensors   no tensors, metadata only
dragoman.safetensors   what SafetensorsWriter has to write, byte for byte, composed here independently of it;
                       opened with the library before it is saved
"""

import json
import struct
from pathlib import Path

import numpy as np
from safetensors import TensorSpec, safe_open, serialize_file
from safetensors.numpy import save_file

here = Path(__file__).parent


keep = []


def raw(dtype, shape, data):
    """A tensor of any type, also of those NumPy does not have."""
    array = np.frombuffer(data, np.uint8)
    keep.append(array)
    return TensorSpec(
        dtype=dtype, shape=shape, data_ptr=array.ctypes.data, data_len=array.nbytes)


tensors = {
    "float64": raw("float64", [2, 2], np.array([[0.1, -1e300], [5e-324, np.inf]], "<f8").tobytes()),
    "float32": raw("float32", [3], np.array([1.5, -0.0, 3.4e38], "<f4").tobytes()),
    # 1, -2.5, smallest subnormal, largest, infinity, not a number
    "float16": raw("float16", [6], struct.pack("<6H", 0x3C00, 0xC100, 1, 0x7BFF, 0x7C00, 0x7E00)),
    # 1, -2.5, 3.140625, negative infinity
    "bfloat16": raw("bfloat16", [2, 2], struct.pack("<4H", 0x3F80, 0xC020, 0x4049, 0xFF80)),
    "int64": raw("int64", [2], struct.pack("<2q", -(2**63), 2**53)),
    "uint64": raw("uint64", [1], struct.pack("<Q", 2**63)),
    "int32": raw("int32", [2], struct.pack("<2i", -(2**31), 7)),
    "uint32": raw("uint32", [1], struct.pack("<I", 2**32 - 1)),
    "int16": raw("int16", [2], struct.pack("<2h", -32768, 32767)),
    "uint16": raw("uint16", [1], struct.pack("<H", 65535)),
    "int8": raw("int8", [3], struct.pack("<3b", -128, 0, 127)),
    "uint8": raw("uint8", [2], bytes([0, 255])),
    "float8": raw("float8_e4m3fn", [2], bytes([0x38, 0xFF])),
    "bool": raw("bool", [2, 2], bytes([1, 0, 0, 1])),
    "scalar": raw("float32", [], struct.pack("<f", 42.0)),
    "empty": raw("float32", [0, 3], b""),
    "größe ☃": raw("uint8", [1], b"\x07"),
}
serialize_file(tensors, here / "python.safetensors", {"é\n": "\"q\""})
save_file({}, here / "empty.safetensors")
save_file({}, here / "metadata.safetensors", {"only": "this"})


def crc32c(data):
    """Bit by bit: nothing in common with the tables of the writer."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


ours = [
    ("b.weight", "F32", [2, 3], struct.pack("<6f", 1, -2, 0.5, 1e-30, -0.0, 65504)),
    ("a \"bias\"\n", "F32", [1], struct.pack("<f", 3.25)),
    ("none", "F32", [0, 4], b""),
    ("one", "F32", [], struct.pack("<f", 1)),
]
data = b"".join(tensor[3] for tensor in ours)
metadata = {"dragoman.checksum": "00000000", "Z": "1", "a": "{\"b\":\"c\"}", "zwölf": "☃"}
header = {"__metadata__": metadata}
offset = 0
for name, dtype, shape, content in ours:
    header[name] = {
        "dtype": dtype, "shape": shape, "data_offsets": [offset, offset + len(content)]}
    offset += len(content)
text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
text += b" " * (-(8 + len(text)) % 64)
path = here / "dragoman.safetensors"
whole = struct.pack("<Q", len(text)) + text + data
metadata["dragoman.checksum"] = f"{crc32c(whole):08x}"
path.write_bytes(whole.replace(b"00000000", metadata["dragoman.checksum"].encode(), 1))

with safe_open(path, "np") as file:
    assert set(file.keys()) == {name for name, *_ in ours}
    assert file.metadata() == metadata
    for name, _, shape, content in ours:
        tensor = file.get_tensor(name)
        assert list(tensor.shape) == shape and tensor.tobytes() == content, name
