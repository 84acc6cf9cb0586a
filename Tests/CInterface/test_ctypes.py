#!/usr/bin/env python3
"""Calls libdragoman-c from Python and C: loads a tiny model, translates, streams, and does what programs do wrong.

    python3 Tests/CInterface/test_ctypes.py [--build .build/release]

Needs Python's standard library and nothing else; the C part is left out where there is no C compiler.
"""

import argparse
import ctypes
import json
import os
import pathlib
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = {"one": "eins", "two": "zwei", "three": "drei", "four": "vier", "five": "fünf", "six": "sechs"}

PIECE = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_char_p, ctypes.c_void_p)
COMPLETE, FAILED, STOPPED = 0, 1, 2


class Error(Exception):
    """What the library says when a call fails."""


class Library:
    """The functions of dragoman.h with Python's types."""

    def __init__(self, path):
        self.c = ctypes.CDLL(str(path))
        # A string that is to be freed is a void pointer: c_char_p would be copied and lost.
        pointer, text, size = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
        error = ctypes.POINTER(ctypes.c_void_p)
        for name, result, arguments in [
            ("version", text, []),
            ("load", pointer, [text, ctypes.c_int32, error]),
            ("translate", pointer, [pointer, text, text, error]),
            ("translate_batch", ctypes.c_int32,
             [pointer, ctypes.POINTER(text), size, text, ctypes.POINTER(pointer), error]),
            ("stream", ctypes.c_int32, [pointer, text, text, PIECE, pointer, error]),
            ("free_string", None, [pointer]),
            ("unload", None, [pointer]),
        ]:
            function = getattr(self.c, "dragoman_" + name)
            function.restype, function.argtypes = result, arguments

    def taken(self, pointer):
        text = ctypes.string_at(pointer)
        self.c.dragoman_free_string(pointer)
        return text.decode()

    def checked(self, call):
        error = ctypes.c_void_p(1)
        result = call(ctypes.byref(error))
        if error.value:
            raise Error(self.taken(error.value))
        return result

    def version(self):
        return self.c.dragoman_version().decode()

    def load(self, path, threads=0):
        return self.checked(lambda error: self.c.dragoman_load(encoded(path), threads, error))

    def translate(self, translator, line, options=None):
        return self.taken(self.checked(lambda error: self.c.dragoman_translate(
            translator, encoded(line), encoded(options), error)))

    def translate_all(self, translator, lines, options=None):
        sources = (ctypes.c_char_p * len(lines))(*map(encoded, lines))
        found = (ctypes.c_void_p * len(lines))()
        status = self.checked(lambda error: self.c.dragoman_translate_batch(
            translator, sources, len(lines), encoded(options), found, error))
        assert status == COMPLETE, status
        return [self.taken(text) for text in found]

    def stream(self, translator, line, limit=None):
        pieces = []

        def take(piece, context):
            pieces.append(piece.decode())
            return 1 if limit is not None and len(pieces) >= limit else 0

        function = PIECE(take)
        status = self.checked(lambda error: self.c.dragoman_stream(
            translator, encoded(line), None, function, None, error))
        return status, pieces


def encoded(text):
    return text.encode() if isinstance(text, str) else text


def train(dragoman, folder):
    """A model of numbers; what it has learnt does not matter."""
    chance = random.Random(1)
    lines = []
    for _ in range(300):
        words = [chance.choice(list(WORDS)) for _ in range(chance.randint(1, 4))]
        lines.append(" ".join(words) + "\t" + " ".join(WORDS[word] for word in words))
    (folder / "train.tsv").write_text("\n".join(lines) + "\n")
    (folder / "c.json").write_text(json.dumps({
        "name": "tiny",
        "data": {"train": [str(folder / "train.tsv")], "validation": [str(folder / "train.tsv")]},
        "tokenizer": {"kind": "bpe", "vocabulary": 300},
        "model": {"embedding": 16, "encoder": {"hidden": 16}, "decoder": {"hidden": 32},
                  "attention": {"size": 16}, "dropout": 0},
        "training": {"epochs": 4, "batchTokens": 200},
    }))
    subprocess.run([dragoman, "train", "--config", folder / "c.json", "--quiet"], cwd=folder, check=True)
    return str(folder / "runs/tiny/best.safetensors")


def message(call):
    try:
        call()
    except Error as error:
        return str(error)
    raise AssertionError("no error")


def expect_beginning(text, beginning):
    assert text.startswith(beginning), f"expected {beginning!r} at the beginning of {text!r}"


def test_translations(library, dragoman, model):
    lines = ["one two three", "", "six", "zebra ñ 猫 🦓", "two\ttwo  \n two"]
    shown = subprocess.run([dragoman, "translate", "--model", model], check=True, capture_output=True,
                           input="\n".join(" ".join(line.split()) for line in lines) + "\n", text=True).stdout
    expected = shown.split("\n")[:-1]
    translator = library.load(model)
    assert [library.translate(translator, line) for line in lines] == expected
    assert library.translate_all(translator, lines) == expected
    assert library.translate_all(translator, []) == []
    wide = subprocess.run([dragoman, "translate", "--beam", "4", "--model", model, lines[0]],
                          check=True, capture_output=True, text=True).stdout.strip("\n")
    assert library.translate(translator, lines[0], '{"beam": 4}') == wide
    for line, text in zip(lines, expected):
        status, pieces = library.stream(translator, line)
        assert status == COMPLETE and "".join(pieces) == text and "" not in pieces, pieces
    status, pieces = library.stream(translator, lines[0], limit=1)
    assert status == STOPPED and len(pieces) == 1 and expected[0].startswith(pieces[0])
    library.c.dragoman_unload(translator)


def test_errors(library, model, folder):
    load = lambda path, threads=0: message(lambda: library.load(path, threads))
    expect_beginning(load(None), "path: expected text in UTF-8 that ends with a NUL, found NULL")
    expect_beginning(load(b"\xff\xfe"), "path: expected text in UTF-8, found the byte 0xFF at 0")
    expect_beginning(load("/nonexistent/m"), "/nonexistent/m: cannot open the file")
    expect_beginning(load(str(folder)), f"{folder}: cannot read it: it is a folder")
    expect_beginning(load(model, -1), "threads: expected 0 (all processors) to 1024, found -1")
    whole = pathlib.Path(model).read_bytes()
    chance = random.Random(2)
    damaged = str(folder / "damaged.safetensors")
    for size in [0, 1, 7, 8, 9, 100, len(whole) // 2, len(whole) - 1]:
        pathlib.Path(damaged).write_bytes(whole[:size])
        expect_beginning(load(damaged), damaged)
    for _ in range(60):
        # Anywhere, and half of them in the header.
        place = chance.randrange(len(whole) if chance.random() < 0.5 else 3000)
        pathlib.Path(damaged).write_bytes(
            whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1:])
        try:
            library.c.dragoman_unload(library.load(damaged))
        except Error as error:
            expect_beginning(str(error), damaged)

    translator = library.load(model)
    translate = lambda *arguments: message(lambda: library.translate(*arguments))
    expect_beginning(translate(None, "one"), "translator: expected what dragoman_load returned, found NULL")
    for wrong in [translator + 1, 0xDEADBEEF, 2**64 - 1]:
        expect_beginning(translate(wrong, "one"), "translator: expected what dragoman_load returned, found one")
    expect_beginning(translate(translator, None), "line: expected text")
    expect_beginning(translate(translator, b"a\xc3"), "line: expected text in UTF-8, found the byte 0xC3 at 1")
    expect_beginning(translate(translator, "one", b"\x80"), "options: expected text in UTF-8")
    expect_beginning(translate(translator, "one", "{"), "options:1:2: expected")
    assert 'did you mean "beam"?' in translate(translator, "one", '{"baem": 2}')
    for _ in range(200):
        hostile = bytes(chance.randrange(1, 256) for _ in range(chance.randrange(40)))
        for arguments in [(translator, hostile), (translator, "one", hostile)]:
            try:
                library.translate(*arguments)
            except Error as error:
                assert str(error)
    # Nobody wants the message, and no room is given.
    assert library.c.dragoman_translate(translator, None, None, None) is None
    assert library.c.dragoman_translate_batch(translator, None, 3, None, None, None) == FAILED
    assert library.c.dragoman_stream(translator, b"one", None, PIECE(), None, None) == FAILED
    assert library.c.dragoman_load(None, 0, None) is None
    library.c.dragoman_free_string(None)
    library.c.dragoman_unload(None)
    library.c.dragoman_unload(translator)
    library.c.dragoman_unload(translator)
    expect_beginning(translate(translator, "one"), "translator: ")


def test_threads(library, model):
    translator = library.load(model)
    lines = ["one two three", "six five four three", "two", "four four"]
    expected = library.translate_all(translator, lines)
    wrong = []

    def work(number):
        chance = random.Random(number)
        for _ in range(20):
            place = chance.randrange(len(lines))
            if chance.random() < 0.5:
                found = library.translate(translator, lines[place])
            else:
                found = "".join(library.stream(translator, lines[place])[1])
            if found != expected[place]:
                wrong.append((lines[place], found))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, wrong
    library.c.dragoman_unload(translator)


def test_memory(library, model):
    """What is given back is freed: the process does not grow with calls and loads."""
    if not pathlib.Path("/proc/self/statm").exists():
        return
    resident = lambda: int(pathlib.Path("/proc/self/statm").read_text().split()[1])

    def use():
        translator = library.load(model, 1)
        library.translate(translator, "one two")
        message(lambda: library.translate(translator, None))
        library.c.dragoman_unload(translator)

    for _ in range(20):
        use()
    before = resident()
    for _ in range(100):
        use()
    grown = (resident() - before) * os.sysconf("SC_PAGE_SIZE")
    # 100 models that stay would be more than 20 MB.
    assert grown < 8 << 20, f"{grown} bytes more after 100 loads"


def test_c(build, model, folder):
    compiler = next(filter(None, map(shutil.which, ["clang", "cc", "gcc"])), None)
    if not compiler:
        print("no C compiler: example.c is left out")
        return
    include = f"-I{ROOT}/Sources/CInterface/include"
    program = folder / "example"
    subprocess.run([compiler, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", include,
                    ROOT / "Tests/CInterface/example.c", f"-L{build}", "-ldragoman-c",
                    f"-Wl,-rpath,{build}", "-o", program], check=True)
    subprocess.run([compiler, "-x", "c++", "-std=c++17", "-Wall", "-Werror", "-fsyntax-only",
                    f"{ROOT}/Sources/CInterface/include/dragoman.h"], check=True)
    good = subprocess.run([program, model, "one two"], check=True, capture_output=True, text=True)
    assert len(good.stdout.splitlines()) == 2, good.stdout
    bad = subprocess.run([program, "/nonexistent"], capture_output=True, text=True)
    assert bad.returncode == 1 and bad.stderr.startswith("/nonexistent: cannot open the file"), bad
    text = (ROOT / "docs/library.md").read_text()
    source = (ROOT / "Tests/CInterface/example.c").read_text()
    assert f"```c\n{source}```\n" in text, "docs/library.md does not hold Tests/CInterface/example.c"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=str(ROOT / ".build/release"))
    build = pathlib.Path(parser.parse_args().build).resolve()
    ending = "dylib" if platform.system() == "Darwin" else "so"
    library = Library(build / f"libdragoman-c.{ending}")
    dragoman = build / "dragoman"
    shown = subprocess.run([dragoman, "--version"], check=True, capture_output=True, text=True).stdout
    assert shown == f"dragoman {library.version()}\n"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        model = train(dragoman, folder)
        for test, arguments in [
            (test_translations, (library, dragoman, model)), (test_errors, (library, model, folder)),
            (test_threads, (library, model)), (test_memory, (library, model)), (test_c, (build, model, folder)),
        ]:
            test(*arguments)
            print(f"{test.__name__}: ok")


if __name__ == "__main__":
    sys.exit(main())
