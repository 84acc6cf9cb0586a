#!/usr/bin/env python3
"""Writes a wheel of dragoman.py and the library, with nothing but Python's standard library and no network.

    python3 make_wheel.py --library .build/static/libdragoman-c.so --output .build/wheel

Equal inputs give equal bytes. The platform's tag is what the library needs: of glibc the newest version that it names.
"""

import argparse
import base64
import hashlib
import pathlib
import platform
import re
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def version():
    text = (ROOT / "Sources/Translation/Translator+Version.swift").read_text()
    return re.search(r'"(\d+\.\d+\.\d+)"', text)[1]


def tag(library):
    """The platform that the library runs on."""
    machine = platform.machine()
    if sys.platform == "darwin":
        return f"macosx_15_0_{machine}"
    needed = max(int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)", library))
    return f"manylinux_2_{needed}_{machine}"


def files(library, name):
    """The content of the wheel by its names, without the list of it."""
    number, folder = version(), f"dragoman-{version()}.dist-info"
    content = library.read_bytes()
    metadata = "\n".join([
        "Metadata-Version: 2.1", "Name: dragoman", f"Version: {number}",
        "Summary: Translate with sequence models that Dragoman trained", "License: Apache-2.0",
        "Requires-Python: >=3.9", "Description-Content-Type: text/markdown", "",
        "Translates with a model file of Dragoman's. The library is inside; there is nothing else to install.", "",
        "```python", "import dragoman", "",
        'with dragoman.Translator("best.safetensors") as translator:',
        '    print(translator.translate("good morning"))', "```", ""])
    wheel = "\n".join([
        "Wheel-Version: 1.0", f"Generator: dragoman {number}", "Root-Is-Purelib: false",
        f"Tag: py3-none-{tag(content)}", ""])
    return {
        "dragoman.py": (HERE / "dragoman.py").read_bytes(),
        f"dragoman.libs/{name}": content,
        f"{folder}/METADATA": metadata.encode(),
        f"{folder}/WHEEL": wheel.encode(),
        f"{folder}/LICENSE": (ROOT / "LICENSE").read_bytes(),
    }, folder, tag(content)


def write(library, output):
    name = "libdragoman-c." + ("dylib" if sys.platform == "darwin" else "so")
    content, folder, platform_tag = files(library, name)
    lines = []
    for path, data in content.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(data)}")
    record = f"{folder}/RECORD"
    content[record] = "\n".join(lines + [f"{record},,", ""]).encode()
    output.mkdir(parents=True, exist_ok=True)
    path = output / f"dragoman-{version()}-py3-none-{platform_tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o755 if ".libs/" in name else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    if not arguments.library.is_file():
        sys.exit(f"{arguments.library}: expected the library, found no such file. Build it with `make static-c`.")
    print(write(arguments.library, arguments.output))


if __name__ == "__main__":
    main()
