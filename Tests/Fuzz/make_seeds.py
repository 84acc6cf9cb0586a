#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets into Tests/Fuzz/Seeds: small inputs that are right, or nearly.

    python3 Tests/Fuzz/make_seeds.py

Those of `model` and `state` come from the targets themselves: fuzz.py --write-seeds.
"""

import gzip
import io
import json
import os
import struct
import zipfile
import zlib

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Seeds")


def put(target, name, data):
    os.makedirs(os.path.join(FOLDER, target), exist_ok=True)
    with open(os.path.join(FOLDER, target, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def npy(descr, shape, data, fortran=False, version=1):
    header = repr({"descr": descr, "fortran_order": fortran, "shape": shape}).encode()
    length = 10 if version == 1 else 12
    header += b" " * (-(length + len(header) + 1) % 64) + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(header)) + header + data


def png(width, height, depth, colour, rows, palette=b"", transparency=b"", interlace=0):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    chunks = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))
    if palette:
        chunks += chunk(b"PLTE", palette)
    if transparency:
        chunks += chunk(b"tRNS", transparency)
    return b"\x89PNG\r\n\x1a\n" + chunks + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def safetensors():
    header = {"a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]},
              "b": {"dtype": "I8", "shape": [2, 3], "data_offsets": [16, 22]},
              "b.scale": {"dtype": "F32", "shape": [2], "data_offsets": [22, 30]},
              "c": {"dtype": "BF16", "shape": [], "data_offsets": [30, 32]}}
    text = json.dumps(header, separators=(",", ":")).encode()
    data = struct.pack("<4f", 1, -2, 0.5, 3) + bytes(range(6)) + struct.pack("<2f", 0.1, 0.2) + b"\x80\x3f"
    put("safetensors", "tensors", text + b"\xff" + data)
    put("safetensors", "raw", struct.pack("<Q", len(text)) + text + data)
    named = {"__metadata__": {"dragoman.checksum": "00000000", "labels": "[\"a\",\"b\"]"},
             "x": {"dtype": "U8", "shape": [2], "data_offsets": [0, 2]}}
    put("safetensors", "metadata", json.dumps(named).encode() + b"\xff\x01\x02")
    put("safetensors", "escapes", '{"\\u00e9\\n":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}'.encode() + b"\xff" + bytes(8))


def texts():
    configuration = {"name": "one", "data": {"train": ["a.tsv"], "validation": ["b.tsv"]}}
    put("configuration", "short", json.dumps(configuration))
    families = [
        {"model": {"encoder": {"cell": "lstm", "hidden": 8, "layers": 2}, "decoder": {"hidden": 16, "initialState": "layerwise"},
                   "attention": {"score": "general"}, "dropout": {"embedding": 0.1}}},
        {"model": {"encoder": {"kind": "transformer", "width": 8, "heads": 2}, "decoder": {"kind": "transformer", "width": 8,
                   "heads": 2, "selfAttention": "ssru"}, "tied": "output"},
         "training": {"schedule": {"kind": "cosine", "warmup": 3}, "average": {"kind": "ema"}}},
        {"task": "classification", "classifier": {"encoder": {"kind": "convolutional", "stages": [
            {"channels": 8, "squeeze": 2, "pool": "max"}]}, "pooling": "mean"},
         "data": {"train": ["a.tsv"], "validation": ["b.tsv"], "images": {"height": 8, "width": 8, "augment": {"flip": True}}}},
        {"task": "captioning", "model": {"encoder": {"kind": "features", "size": 3}, "attention": {"gate": True}}},
        {"preset": "g2p", "decoding": {"search": "sampling", "topK": 3, "temperature": 0.5}},
    ]
    for index, family in enumerate(families):
        put("configuration", f"family-{index}", json.dumps({**configuration, **family}, indent=1))
    word = {"kind": "word", "lowercase": False, "vocabulary": ["<unk>", "<s>", "</s>", "the", "\uffed.", "cat"]}
    put("codec", "word", json.dumps(word).encode() + b"\xffthe cat. Dog")
    put("codec", "character", json.dumps({**word, "kind": "character", "vocabulary": ["a", "<s>", "\u2581", "</s>", "<unk>", "\u00e9"],
                                          "normalization": "nfkc", "lowercase": "source"}).encode() + "\xffa\u00c9 b".encode("latin-1"))
    pairs = {"kind": "bpe", "lowercase": True, "normalization": "nfc", "punctuation": "folded", "alphabet": " ae\u00e9t",
             "merges": [256, 258, 257, 260, 261, 262]}
    put("codec", "bpe", json.dumps(pairs).encode() + b"\xffat the tea")
    put("codec", "bpe-vocabulary", json.dumps({**pairs, "vocabulary": ["<unk>", "<s>", "</s>", "<0x41>", "\u2581a"]}))
    for index, line in enumerate(["the cat, sat.", "e\u0301 \u00e9 \ufb01 \u212b \u1100\u1161 \u0130", "a \u2581b \uffed. <s> <0x41>",
                                  "don't 1,234.5 %1$s {name} <b>x</b> &eacute;", "\u00a0a\u202f! \u200b\u00ad \u201cq\u201d \u2026"]):
        put("text", str(index), bytes([index * 4]) + line.encode())
    put("keys", "edit", b"the cat\x1b[D\x1b[D\x7f\x1b[A\x1b[B\x0b\xe6\x97\xa5\x01\x05\x1bb\r")
    put("keys", "command", b":beam 4")


def corpora():
    put("tsv", "pairs", "a b\tc d\n\n\u00e9\tx\textra\nalone\n")
    put("tsv", "header", "en\tfr\r\none\tun\r\n")
    put("tsv", "wide", "\ufeffa\tb\n".encode() + b"\xff\xfe\x00")
    put("csv", "quoted", 'en,fr\n"a, b","c ""d""\ne"\nx,y\n')
    put("csv", "semicolon", "a;b\nc;d\n")
    put("jsonl", "objects", '{"en":"a b","fr":"c"}\n{"source":"x","target":"\\u00e9\\ud83d\\ude00"}\n{"translation":{"en":"a","fr":"b"}}\n')
    put("tmx", "units", '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="en"/><body>\n'
        '<tu><tuv xml:lang="en"><seg>a <bpt i="1">x</bpt>b&amp;</seg></tuv><tuv xml:lang="fr-CA"><seg>c <hi>d</hi></seg></tuv></tu>\n'
        '<tu><tuv lang="EN_us"><seg><![CDATA[q]]></seg></tuv><tuv lang="fr"><seg>&#233;<!-- n --></seg></tuv></tu></body></tmx>')
    put("po", "messages", 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        '#, fuzzy\nmsgctxt "menu"\nmsgid "a"\nmsgstr "b"\n\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "un"\nmsgstr[1] "des\\t\\"x\\""\n#~ msgid "old"\n')
    put("xliff", "one", '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" target-language="fr">'
        '<body><trans-unit id="1"><source>a <g id="1">b</g></source><target state="final">c</target></trans-unit></body></file></xliff>')
    put("xliff", "two", '<xliff version="2.0" srcLang="en" trgLang="fr"><file id="f"><unit id="u"><segment><source>a<ph id="1"/></source>'
        '<target>b</target></segment></unit></file></xliff>')
    put("strings", "keys", b'/* note */ "a" = "one \\"x\\"";\n// b\nb = "two\\U0041";\n\xff"a" = "un";\n"b" = "deux";\n')
    resources = '<root><resheader name="version"><value>2.0</value></resheader><data name="a" xml:space="preserve"><value>{}</value></data></root>'
    put("resx", "keys", resources.format("one").encode() + b"\xff" + resources.format("un &lt;").encode())
    put("aligned", "lines", b"a b\nc\n\xffx\ny z\n")
    put("dictionary", "words", "cat\tchat\ndog\tchien\n")


def binaries():
    raw = b"the cat sat on the mat, the cat sat on the hat " * 4
    for name, level, strategy in [("fixed", 9, zlib.Z_FIXED), ("dynamic", 9, zlib.Z_DEFAULT_STRATEGY), ("stored", 0, 0)]:
        packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
        put("inflate", name, packer.compress(raw + bytes(range(200))) + packer.flush())
    put("gzip", "one", gzip.compress(raw, mtime=0))
    put("gzip", "two", gzip.compress(b"a", mtime=0) + gzip.compress(b"", mtime=0) + bytes(4))
    put("arrays", "floats.npy", npy("<f4", (2, 3), struct.pack("<6f", *range(6))))
    put("arrays", "order.npy", npy(">i8", (2, 2), struct.pack(">4q", 1, -2, 3, 4), fortran=True, version=2))
    put("arrays", "texts.npy", npy("<U2", (2,), "ab".encode("utf-32-le") + "c\0".encode("utf-32-le")))
    put("arrays", "bool.npy", npy("|b1", (3,), b"\1\0\1"))
    for name, method in [("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)]:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as archive:
            for member, data in [("x.npy", npy("<f2", (4,), bytes(8))), ("labels.npy", npy("<U1", (1,), "a".encode("utf-32-le")))]:
                archive.writestr(zipfile.ZipInfo(member), data, method)
        put("arrays", name + ".npz", packed.getvalue())
    put("image", "grey.npy", npy("|u1", (2, 3), bytes(range(6))))
    put("image", "p1", b"P1\n# note\n3 2\n1 0 1\n0 1 0\n")
    put("image", "p2", b"P2 2 2 9\n1 2 3 9\n")
    put("image", "p4", b"P4\n9 2\n\xaa\x80\x55\x00")
    put("image", "p6", b"P6\n2 1\n65535\n" + bytes(range(12)))
    put("image", "p7", b"P7\nWIDTH 1\nHEIGHT 2\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n" + bytes(range(8)))
    put("image", "png", png(2, 2, 8, 2, bytes([0, 1, 2, 3, 4, 5, 6, 2, 7, 8, 9, 1, 2, 3])))
    put("png", "rgb", png(2, 2, 8, 2, bytes([0, 1, 2, 3, 4, 5, 6, 4, 7, 8, 9, 1, 2, 3])))
    put("png", "palette", png(3, 2, 2, 3, bytes([0, 0b00011000, 1, 0b11100100]), bytes(range(12)), b"\x00\x80"))
    put("png", "interlaced", png(3, 3, 8, 0, bytes([0, 1, 0, 2, 0, 3, 4, 0, 5, 6, 7, 0, 8]), interlace=1))
    put("png", "grey16", png(1, 2, 16, 4, bytes([0, 1, 2, 3, 4, 3, 5, 6, 7, 8]), b"", b""))
    put("png", "made", bytes([2, 2, 8, 6, 0, 0, 0]) + bytes([0, *range(8), 3, *range(8)]))
    put("png", "made-interlaced", bytes([3, 3, 1, 3, 1, 6, 1]) + bytes(7) + bytes([0, 128, 0, 0, 0, 255, 0, 64, 0, 224]))


def runs():
    lines = [{"event": "began", "update": 0, "parameters": 100, "batchTokens": 60, "threads": 1, "instructions": "avx2", "seconds": 0.1},
             {"event": "updated", "update": 1, "epoch": 0, "loss": 2.5, "gradientNorm": 1.5, "learningRate": 0.001, "targetTokens": 60,
              "pairs": 10, "seconds": 0.2}]
    put("log", "plain", "".join(json.dumps(line) + "\n" for line in lines).encode() + b"\xff"
        + b'{"data":{"train":["a"],"validation":["b"]}}')
    for index, line in enumerate([
            "translate\nmodel.safetensors\nthe cat\n--beam\n3\n--json", "score\nmodel.safetensors\na b\nb a\n--tokens",
            "inspect\nmodel.safetensors\n--verify", "explain\nmodel.safetensors\na b\n--json", "check\nconfig.json",
            "encode\nconfig.json\n--set\ntokenizer.kind=word", "evaluate\nmodel.safetensors\n--test\npairs.tsv", "help\ntranslate",
            "schema\n--command\ntranslate", "completions\nbash", "runs\n.", "--version", "compare\none", "manual",
            "classify\nmodel.safetensors\na", "average\nmodel.safetensors\nmodel.safetensors\n--output\nx.safetensors"]):
        put("arguments", str(index), line)


safetensors()
texts()
corpora()
binaries()
runs()
