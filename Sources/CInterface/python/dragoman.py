"""Translate with a model of Dragoman's.

    import dragoman

    with dragoman.Translator("best.safetensors") as translator:
        print(translator.translate("good morning"))
        print(translator.translate(["good morning", "where is the station?"], beam=4))
        for piece in translator.stream("good morning"):
            print(piece, end="", flush=True)

Everything is in this one file, over the C interface (dragoman.h); it needs Python 3.9 and no package. The library is looked for at
the path in DRAGOMAN_LIBRARY, then beside this file, as the wheel has it, then where the system looks for libraries.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import json
import os
import pathlib
import queue
import sys
import threading
from typing import Any, Iterator, Sequence, overload

__all__ = ["Error", "Translator", "version"]

_COMPLETE, _FAILED, _STOPPED = 0, 1, 2
_Piece = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_char_p, ctypes.c_void_p)


class Error(Exception):
    """What the library says when a call fails: which file, what was expected, what was found, what to do."""


def version() -> str:
    """The version of the library, such as "0.1.0"."""
    return _library().dragoman_version().decode()


class Translator:
    """A model in memory, ready to translate.

    It may be used from several threads at once; they translate in parallel. A process that was forked has to load its
    own. `close`, or leaving a `with`, frees the model; so does the end of the object.
    """

    def __init__(self, path: str | os.PathLike[str], threads: int = 0) -> None:
        """Loads a model file.

        `threads` compute, 1 to 1024; 0 is as many as there are processors. The result does not depend on it.

        Raises Error for a file that is missing, damaged or no model.
        """
        self._handle: int | None = None
        self._handle = _checked(
            lambda error: _library().dragoman_load(os.fsencode(path), threads, error))

    @overload
    def translate(self, text: str, **options: Any) -> str: ...

    @overload
    def translate(self, text: Sequence[str], **options: Any) -> list[str]: ...

    def translate(self, text: str | Sequence[str], **options: Any) -> str | list[str]:
        """Translates a line, or lines together, which is faster than one by one and gives the same.

        Options are keys of the `decoding` object of a configuration, such as beam=5 and noRepeat=3, and take the place of what
        the model says. Raises Error for one that is unknown or wrong.
        """
        library, handle, chosen = _library(), self._open(), _json(options)
        if isinstance(text, str):
            return _taken(_checked(
                lambda error: library.dragoman_translate(handle, _encoded(text), chosen, error)))
        lines = (ctypes.c_char_p * len(text))(*map(_encoded, text))
        found = (ctypes.c_void_p * len(text))()
        _checked(lambda error: library.dragoman_translate_batch(
            handle, lines, len(text), chosen, found, error))
        return [_taken(pointer) for pointer in found]

    def stream(self, line: str, **options: Any) -> Iterator[str]:
        """Gives the translation of a line piece by piece, as soon as a piece cannot change any more.

        The pieces joined are the translation. Leaving the loop stops the work.
        """
        library, handle, chosen, text = _library(), self._open(), _json(options), _encoded(line)
        return _pieces(lambda piece: _checked(
            lambda error: library.dragoman_stream(handle, text, chosen, piece, None, error)))

    def close(self) -> None:
        """Frees the model; calls that are under way end first. Closing again does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            _library().dragoman_unload(handle)

    def __enter__(self) -> Translator:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_handle", None) is not None and not sys.is_finalizing():
            self.close()

    def _open(self) -> int:
        if self._handle is None:
            raise Error("translator: expected one that is open, found one that was closed")
        return self._handle


def _pieces(call: Any) -> Iterator[str]:
    """Runs a call that gives pieces to a function, on a thread of its own, one piece ahead of the loop."""
    waiting: queue.Queue[Any] = queue.Queue(maxsize=1)
    is_left = threading.Event()

    def take(piece: bytes, _: object) -> int:
        put(piece.decode())
        return 1 if is_left.is_set() else 0

    def put(item: Any) -> None:
        while not is_left.is_set():
            try:
                waiting.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def run() -> None:
        try:
            call(_Piece(take))
            put(None)
        except BaseException as error:
            put(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while (item := waiting.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        is_left.set()
        thread.join()


def _json(options: dict[str, Any]) -> bytes | None:
    return json.dumps(options).encode() if options else None


def _encoded(text: str) -> bytes:
    if not isinstance(text, str):
        raise TypeError(f"a line has to be a str, not {type(text).__name__}")
    if "\0" in text:
        raise Error("line: expected text without NUL, found one")
    return text.encode()


def _taken(pointer: int) -> str:
    """The text of a string that the library made, which is freed."""
    text = ctypes.string_at(pointer)
    _library().dragoman_free_string(pointer)
    return text.decode()


def _checked(call: Any) -> Any:
    """What a call returns; raises what it reports."""
    error = ctypes.c_void_p()
    result = call(ctypes.byref(error))
    if error.value:
        raise Error(_taken(error.value))
    return result


@functools.lru_cache(maxsize=None)
def _library() -> ctypes.CDLL:
    """The library, with the types of its functions."""
    library = ctypes.CDLL(_path())
    pointer, text, size = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
    error = ctypes.POINTER(ctypes.c_void_p)
    for name, result, arguments in [
        ("version", text, []),
        ("load", pointer, [text, ctypes.c_int32, error]),
        ("translate", pointer, [pointer, text, text, error]),
        ("translate_batch", ctypes.c_int32,
         [pointer, ctypes.POINTER(text), size, text, ctypes.POINTER(pointer), error]),
        ("stream", ctypes.c_int32, [pointer, text, text, _Piece, pointer, error]),
        ("free_string", None, [pointer]),
        ("unload", None, [pointer]),
    ]:
        function = getattr(library, "dragoman_" + name)
        function.restype, function.argtypes = result, arguments
    return library


def _path() -> str:
    named = os.environ.get("DRAGOMAN_LIBRARY")
    if named:
        return named
    name = "libdragoman-c." + ("dylib" if sys.platform == "darwin" else "so")
    here = pathlib.Path(__file__).resolve().parent
    for folder in (here / "dragoman.libs", here):
        if (folder / name).exists():
            return str(folder / name)
    found = ctypes.util.find_library("dragoman-c")
    if not found:
        raise Error(
            f"{name}: expected it in {here}, where the system looks for libraries, or at the path in DRAGOMAN_LIBRARY, "
            "found nothing. `make static-c` builds it.")
    return found
