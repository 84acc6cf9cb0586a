#!/usr/bin/env python3
"""Writes the Unicode tables of Sources/Text/Unicode/Tables, and prints the sums that their test expects.

    pip install unicodedata2        # the Unicode Character Database of a version newer than Python's own
    python3 Tests/Golden/unicode_tables.py

A table is text: `XXXX:` says at which scalar it goes on, and each word after that belongs to the next scalar.
Mappings are those of UnicodeData.txt, one step each, scalars in hexadecimal with dots between; `!` marks one that is
never composed again. The Unicode data are used under the Unicode License v3, https://www.unicode.org/license.txt
"""

import pathlib
import textwrap

import unicodedata2 as unicode

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "Text" / "Unicode" / "Tables"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
HANGUL = range(0xAC00, 0xD7A4)


def mapping(scalar):
    return unicode.decomposition(chr(scalar))


def canonical(scalar):
    text = mapping(scalar)
    if scalar in HANGUL or not text or text.startswith("<"):
        return None
    parts = [int(part, 16) for part in text.split()]
    excluded = len(parts) == 2 and unicode.normalize("NFC", chr(scalar)) != chr(scalar)
    return ("!" if excluded else "") + ".".join(f"{part:X}" for part in parts)


def compatible(scalar):
    text = mapping(scalar)
    if not text.startswith("<"):
        return None
    return ".".join(f"{int(part, 16):X}" for part in text.split()[1:])


def combining_class(scalar):
    number = unicode.combining(chr(scalar))
    return f"{number:X}" if number else None


def table(value):
    words, last = [], None
    for scalar in SCALARS:
        word = value(scalar)
        if word is None:
            continue
        if last is None or scalar != last + 1:
            words.append(f"{scalar:X}:")
        words.append(word)
        last = scalar
    return "\n".join(textwrap.wrap(" ".join(words), 114, break_long_words=False))


def write(name, comment, value):
    text = "".join(f"    {line}\n" for line in table(value).split("\n"))
    (FOLDER / f"{name}.swift").write_text(
        "// Made by Tests/Golden/unicode_tables.py; do not edit.\n\n"
        "extension UnicodeTables {\n"
        f"  /// {comment}, of Unicode {unicode.unidata_version}.\n"
        f'  static let {name[0].lower() + name[1:]} = """\n{text}    """\n'
        "}\n")


def checksum(form):
    """FNV-1a over the UTF-8 of every scalar's form, each followed by a line feed."""
    value = 0xCBF29CE484222325
    for scalar in SCALARS:
        for byte in (unicode.normalize(form, chr(scalar)) + "\n").encode():
            value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


FOLDER.mkdir(exist_ok=True)
write("CanonicalMappings", "The canonical decompositions, but for those of Hangul syllables", canonical)
write("CompatibilityMappings", "The compatibility decompositions", compatible)
write("CombiningClasses", "The canonical combining classes that are not 0", combining_class)
for form in ["NFC", "NFKC"]:
    print(f"{form} 0x{checksum(form):016X}")
