"""Model files of dragoman, as docs/checkpoints.md describes them: reads one, and writes one like it with other weights."""
import json
import os
from pathlib import Path

import numpy as np
import torch

from crc32c import crc32c

FIELD = b'"dragoman.checksum":"%s"'
ZEROS = b"00000000"


class ModelFile:
    """A model file: `metadata` are its strings, `tensors` its weights by name, in the file's order."""

    def __init__(self, path):
        self.path, self.data = path, Path(path).read_bytes()
        self.start = 8 + int.from_bytes(self.data[:8], "little")
        entries = json.loads(self.data[8:self.start])
        self.metadata = entries.pop("__metadata__", {})
        if self.metadata.get("dragoman.format") != "2":
            raise ValueError(f"{path}: expected a model file of format 2, found format {self.metadata.get('dragoman.format')}")
        if "dragoman.state" in self.metadata:
            raise ValueError(f"{path} is the state of a run; take best.safetensors beside it")
        self.digits = self.metadata["dragoman.checksum"].encode()
        if checksum(self.data.replace(FIELD % self.digits, FIELD % ZEROS, 1)) != self.digits:
            raise ValueError(f"{path} is damaged: its checksum is another")
        self.places = {name: (entry["shape"], *entry["data_offsets"]) for name, entry in entries.items()}
        self.tensors = {
            name: torch.from_numpy(np.frombuffer(self.data[self.start + begin:self.start + end], "<f4").reshape(shape).copy())
            for name, (shape, begin, end) in self.places.items()}

    @property
    def model(self):
        """The keys under `model` of the configuration."""
        return json.loads(self.metadata["dragoman.configuration"])["model"]

    @property
    def shapes(self):
        return {name: tuple(tensor.shape) for name, tensor in self.tensors.items()}

    def write(self, path, tensors):
        """The same file with these weights: header as it is but for the checksum."""
        if set(tensors) != set(self.places):
            raise ValueError(f"expected the tensors of {self.path}, found others: {sorted(set(tensors) ^ set(self.places))}")
        data = bytearray(self.data.replace(FIELD % self.digits, FIELD % ZEROS, 1))
        for name, (shape, begin, end) in self.places.items():
            if list(tensors[name].shape) != shape:
                raise ValueError(f"{name}: expected the shape {shape}, found {list(tensors[name].shape)}")
            data[self.start + begin:self.start + end] = tensors[name].detach().cpu().numpy().astype("<f4").tobytes()
        data = data.replace(FIELD % ZEROS, FIELD % checksum(data), 1)
        temporary = Path(f"{path}.new")
        temporary.write_bytes(data)
        os.replace(temporary, path)


def checksum(data):
    """Eight digits, as they stand in the header."""
    return b"%08x" % crc32c(data)
