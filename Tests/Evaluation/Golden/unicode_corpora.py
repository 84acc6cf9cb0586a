"""Corpora full of Unicode's oddities, and what sacreBLEU says about them.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install sacrebleu==2.6.0
    /tmp/venv/bin/python unicode_corpora.py fixture > unicode.json
    /tmp/venv/bin/python unicode_corpora.py check .build/release/dragoman

`fixture` writes 40 corpora with the figures that the tests compare; `check` generates 1,000 and compares every figure
(to 1e-9) and every printed line with those of `dragoman evaluate`. Word and character error rates are computed here,
from their definition. All text is drawn from a fixed seed of Python's generator.
"""

import json
import random
import subprocess
import sys
import tempfile

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER

# Neither line feeds, which part segments, nor NUL, which no text has.
LETTERS = {
    "latin": "abcdefghijklmnop ABCDE .,-'!?0123",
    "marks": "a\u0301e\u0308 o\u0302\u0323n\u0303 \u0301 x\u20dd y\ufe0f z\u0345 1\u20e3",
    "emoji": "👍🏽👩‍👩‍👧‍👦🏳️‍🌈☺❤️ 🇫🇷🇩🇪\u200d\u200c🤷🏿‍♂️",
    "right to left": "שלום עולם \u05b0\u05c1 مرحبا بالعالم ؟ ، ٣٤٥ \u200f\u202b\u202c",
    "spaces": "a b\u00a0c\u2003d\u3000e\u202ff\u205fg\u1680h\u200bi\u2060j\tk\ufeffl",
    "controls": "a\u0001b\u0008c\u001bd\u007fe\u0085f\u009fg\u000bh\u000ci\u001cj\u001dk\u001el\u001fm\rn o",
    "separators": "a\u2028b\u2029c d\u0085e.f,g",
    "full width": "ＡＢＣ　ａｂｃ １２３ ！＂＃ （ａ） ．， ｱｲｳ ￥",
    "cjk": "今日は良い天気です。「東京」、日本語ー・々 中文，标点；𠀀𠮷 한국어 각",
    "numbers": "1,234.5 ½ Ⅳ ² ٣,٤ ३.४ ① 12:30 -3 5% €7 7€ 3-4 x.5 5.x ,9 9,",
    "punctuation": "¿a? ¡b! «c» „d“ ‘e’ …—–‐‑ ‰ § ¶ • ⟨f⟩ 〈g〉 _h_ #i @j &k; *l* ~m~ ^n^ `o` |p|",
    "symbols": "+<=>±×÷ ∑∞≤ $£¥₿ ©®™ °¬ ¨´¸ ˜ ˚ → ⇒ ░█ ♠♥ 𝛼𝛽",
    "case": "ΣΑΣ ΟΔΟΣ σς İıI ßẞ ǅǆ ﬁﬂ Å K Ω ÄÖ äö Жж Աա Ⓐⓐ 𐐀𐐨 ŉ",
    "entities": "&amp; &lt; &gt; &quot; &amp;lt; <skipped> &#39; -- '' `` -\u2028",
    "indic": "नमस्ते क्षि ॥ ১২৩ தமிழ் ไทย ภาษา ๑๒ ลาว ຍ བོད ། မြန်မာ",
    "private": "\ue000\uf8ff \U000f0000 \u0378 \ufffe \uffff \U0001ffff \u00ad\u034f\u115f",
}
TOKENIZERS = ["13a", "none", "char", "intl"]


def corpus(seed):
    generator = random.Random(20261000 + seed)
    # Mostly one kind of letters, sometimes several, so that differences cannot hide in noise.
    kinds = generator.sample(sorted(LETTERS), generator.choice([1, 1, 2, 3]))
    alphabet = "".join(LETTERS[kind] for kind in kinds) + " " * generator.choice([0, 5, 20])

    def text():
        if generator.random() < 0.06:
            return generator.choice(["", " ", "\u00a0", "\u3000 "])
        # Runs of the alphabet keep sequences that mean something together.
        result = ""
        while len(result) < generator.choice([3, 20, 60]):
            start = generator.randrange(len(alphabet))
            result += alphabet[start : start + generator.randint(1, 9)]
        return result

    def disturbed(text):
        symbols = list(text)
        for _ in range(generator.randint(0, 5)):
            if not symbols:
                break
            where = generator.randrange(len(symbols))
            match generator.randrange(4):
                case 0:
                    del symbols[where]
                case 1:
                    symbols.insert(where, generator.choice(alphabet))
                case 2:
                    symbols[where] = generator.choice(alphabet)
                case 3:
                    block = symbols[where : where + 6]
                    del symbols[where : where + 6]
                    symbols = block + [" "] + symbols
        result = "".join(symbols)
        return result.upper() if generator.random() < 0.05 else result

    def line(text):
        # What ends a line for every tool cannot stand in one.
        return text.replace("\n", " ").rstrip("\r").removeprefix("\ufeff")

    references = [line(text()) for _ in range(generator.randint(1, 6))]
    hypotheses = [line(disturbed(text)) for text in references]
    sets = [references]
    if generator.random() < 0.3:
        sets.append([line(disturbed(text)) for text in references])
    return f"{seed}: {', '.join(kinds)}", hypotheses, sets


def distance(one, other):
    row = list(range(len(other) + 1))
    for index, item in enumerate(one):
        last, row = row, [index + 1]
        for column, expected in enumerate(other):
            row.append(min(last[column] + (item != expected), last[column + 1] + 1, row[column] + 1))
    return row[-1]


def error_rate(name, cut, hypotheses, sets):
    edits, length = 0, 0
    for index, hypothesis in enumerate(hypotheses):
        references = [cut(references[index]) for references in sets]
        best = min((distance(cut(hypothesis), reference), -len(reference)) for reference in references)
        edits, length = edits + best[0], length - best[1]
    score = 100 * edits / length if length else 100.0 * (edits > 0)
    unit, tokenizer = ("word", "none") if name == "WER" else ("character", "char")
    signature = f"nrefs:{len(sets)}|case:mixed|tok:{tokenizer}|version:2.6.0"
    return {"score": score, "line": f"{name}|{signature} = {score:.2f} (edits = {edits} {unit}s = {length})"}


def figures(hypotheses, sets):
    metrics = {
        "bleu" if name == "13a" else f"bleu-{name}": BLEU(tokenize=name) for name in TOKENIZERS
    } | {"chrf": CHRF(), "chrf++": CHRF(word_order=2), "ter": TER()}
    scores = {}
    for key, metric in metrics.items():
        score = metric.corpus_score(hypotheses, sets)
        scores[key] = {"score": score.score, "line": score.format(signature=metric.get_signature().format())}
    scores["wer"] = error_rate("WER", str.split, hypotheses, sets)
    scores["cer"] = error_rate("CER", str.strip, hypotheses, sets)
    return scores


def evaluated(program, folder, hypotheses, sets):
    def write(name, lines):
        path = f"{folder}/{name}"
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("".join(line + "\n" for line in lines))
        return path

    command = [program, "evaluate", "--hypothesis", write("hypotheses", hypotheses)]
    for index, references in enumerate(sets):
        command += ["--reference", write(f"references{index}", references)]
    scores = {}
    for tokenizer in TOKENIZERS:
        bleu = "bleu" if tokenizer == "13a" else f"bleu-{tokenizer}"
        keys = [bleu, "chrf", "chrf++", "ter", "wer", "cer"] if tokenizer == "13a" else [bleu]
        options = ["--tokenize", tokenizer, "--metrics", ",".join(key.split("-")[0] for key in keys)]
        lines, objects = (
            subprocess.run(command + options + more, check=True, capture_output=True).stdout.decode().split("\n")[:-1]
            for more in ([], ["--json"])
        )
        # An interval stands indented below its figure.
        lines = [line for line in lines if not line.startswith("  ")]
        for key, line, text in zip(keys, lines, objects, strict=True):
            scores[key] = {"score": json.loads(text)["score"], "line": line}
    return scores


def check(program, count):
    mismatches = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            name, hypotheses, sets = corpus(seed)
            expected = figures(hypotheses, sets)
            found = evaluated(program, folder, hypotheses, sets)
            for key in expected:
                line = expected[key]["line"].replace("version:2.6.0", "version:dragoman-1")
                near = abs(found[key]["score"] - expected[key]["score"]) < 1e-9
                if not near or found[key]["line"] != line:
                    mismatches += 1
                    print(f"corpus {name}: {key}\n  expected {line}\n  found    {found[key]['line']}")
    print(f"{count} corpora, {count * len(expected)} figures, {mismatches} mismatches")
    return mismatches == 0


if __name__ == "__main__":
    if sys.argv[1] == "check":
        sys.exit(not check(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1000))
    rows = [corpus(seed) for seed in range(40)]
    print(
        json.dumps(
            {
                "sacrebleu": sacrebleu.__version__,
                "corpora": [
                    {"name": name, "hypotheses": hypotheses, "references": sets, "scores": figures(hypotheses, sets)}
                    for name, hypotheses, sets in rows
                ],
            },
            separators=(",", ":"),
        )
    )
