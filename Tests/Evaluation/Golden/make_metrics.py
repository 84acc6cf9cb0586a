"""Writes metrics.json: sentences of our own and what sacreBLEU says about them.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install sacrebleu==2.6.0
    /tmp/venv/bin/python make_metrics.py > metrics.json

All sentences are made here. The random corpora come from a fixed seed of Python's generator.
"""

import json
import random

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_char import TokenizerChar
from sacrebleu.tokenizers.tokenizer_intl import TokenizerV14International
from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

SENTENCES = [
    # (hypothesis, reference, second reference)
    ("The cat is sitting on the mat.", "The cat sat on the mat.", "There is a cat on the mat."),
    ("A boy plays with a red ball", "A boy is playing with a red ball.", "A red ball and a boy."),
    ("He bought 1,234.5 shares (at $3.50).", "He bought 1,234.50 shares at $3.50 each.", "He bought shares."),
    ("\"Yes\", she said -- and left.", "\"Yes,\" she said, and left.", "She said \"yes\" and went."),
    ("the the the the the the the", "the cat is on the mat", "there is a cat on the mat"),
    ("It's 5-10 minutes' walk; isn't it?", "It is a 5-10 minute walk, isn't it?", "It's ten minutes, no?"),
    ("Ein Mann mit Hut geht über die Straße.", "Ein Mann mit einem Hut überquert die Straße.", "Ein Mann geht."),
    ("L'été, c’est « super » !", "L'été est « super » !", "C’est super, l’été !"),
    ("Tom &amp; Jerry &lt;3 &quot;cheese&quot;", "Tom & Jerry <3 \"cheese\"", "Tom and Jerry love cheese"),
    ("naïve café", "nai\u0308ve cafe\u0301", "naïve cafe"),
    ("今日は良い天気です。", "今日はいい天気ですね。", "良い天気。"),
    ("Привет, мир! Как дела?", "Здравствуй, мир! Как твои дела?", "Привет мир"),
    ("ΟΔΟΣ ΣΟΦΙΑΣ", "οδος σοφιας", "Οδός Σοφίας"),
    ("x", "x", "y"),
    ("", "nothing was said", ""),
    ("something was said", "", "something"),
    ("one two three", "three one two", "two one three"),
    ("to the market we went on the second day of the week", "on the second day of the week we went to the market",
     "we went to the market on the second day"),
    ("a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z",
     "z y x w v u t s r q p o n m l k j i h g f e d c b a a b c d e f g h i j k l m n o p q r s t u v w x y z",
     "a b c"),
    ("tabs\tand\u00a0no-break\u2003spaces \u3000 end  ", "tabs and no-break spaces end", "tabs"),
    ("in 1999. and 3.14, 2,5 and x.y z,w 7-8 a-b", "in 1999 . and 3.14 , 2,5 and x . y z , w 7 - 8 a-b", "in 1999"),
    ("<skipped> e-mail: a@b.org, http://x.org/y?z=1#q", "e-mail: a@b.org; see http://x.org/y?z=1", "e-mail"),
    ("50% of £20 = £10 + 0€ → ½ ☺ 👍🏽", "50 % of £20 is £10 → ½ ☺ 👍", "half"),
    ("(hi) [there] {you} 'quoted' ,,", "(hi) [there] {you} 'quoted'", "hi"),
    ("¿Qué? ¡Sí! …", "¿Qué? Sí…", "¡Sí!"),
    ("Same sentence here.", "Same sentence here.", "Same sentence here."),
    ("\u001cstrange\u001f \u200bspaces\u2028here\u0085", "strange spaces here", "strange"),
]

WORDS = "the a cat dog , . sat on mat red ball big 12 3.5 it's well-known é e\u0301 (x) ? ! ß Über ran to of".split()


def random_corpus(generator, size, longest):
    def sentence():
        return " ".join(generator.choice(WORDS) for _ in range(generator.randint(0, longest)))

    def disturbed(text):
        words = text.split()
        for _ in range(generator.randint(0, 4)):
            if not words:
                break
            where = generator.randrange(len(words))
            what = generator.randrange(4)
            if what == 0:
                del words[where]
            elif what == 1:
                words.insert(where, generator.choice(WORDS))
            elif what == 2:
                words[where] = generator.choice(WORDS)
            else:
                to = generator.randrange(len(words) + 1)
                block = words[where : where + generator.randint(1, 5)]
                del words[where : where + len(block)]
                words[min(to, len(words)) : min(to, len(words))] = block
        return " ".join(words)

    first = [sentence() for _ in range(size)]
    return [disturbed(text) for text in first], [first, [disturbed(text) for text in first]]


METRICS = {
    "bleu": lambda: BLEU(),
    "bleu-lowercase": lambda: BLEU(lowercase=True),
    "bleu-none": lambda: BLEU(tokenize="none"),
    "bleu-char": lambda: BLEU(tokenize="char"),
    "bleu-intl": lambda: BLEU(tokenize="intl"),
    "bleu-effective": lambda: BLEU(effective_order=True),
    "chrf": lambda: CHRF(),
    "chrf-lowercase": lambda: CHRF(lowercase=True),
    "chrf-whitespace": lambda: CHRF(whitespace=True),
    "chrf++": lambda: CHRF(word_order=2),
    "ter": lambda: TER(),
    "ter-case": lambda: TER(case_sensitive=True),
}


def evaluate(name, hypotheses, references, segments):
    scores = {}
    for key, make in METRICS.items():
        metric = make()
        score = metric.corpus_score(hypotheses, references)
        scores[key] = {
            "score": score.score,
            "line": score.format(signature=metric.get_signature().format()),
        }
        if segments:
            rows = metric._extract_corpus_statistics(hypotheses, references)
            scores[key]["statistics"] = [[float(value) for value in row] for row in rows]
            scores[key]["segments"] = [
                metric.sentence_score(hypothesis, [stream[index] for stream in references]).score
                for index, hypothesis in enumerate(hypotheses)
            ]
    return {"name": name, "hypotheses": hypotheses, "references": references, "scores": scores}


def corpora():
    hypotheses = [row[0] for row in SENTENCES]
    first, second = [row[1] for row in SENTENCES], [row[2] for row in SENTENCES]
    yield evaluate("sentences, one reference", hypotheses, [first], True)
    yield evaluate("sentences, two references", hypotheses, [first, second], True)
    for index, row in enumerate(SENTENCES):
        yield evaluate(f"sentence {index}", [row[0]], [[row[1]]], False)
    generator = random.Random(20260101)
    for index, (size, longest) in enumerate([(1, 3), (3, 5), (5, 10), (20, 12), (20, 40), (6, 90)] * 3):
        hypotheses, references = random_corpus(generator, size, longest)
        yield evaluate(f"random {index}", hypotheses, references[: 1 + index % 2], False)
    for shift in range(22, 29):
        # As far off the diagonal as TER looks, and a little less and more.
        words = [f"w{index}" for index in range(60)]
        disturbed = [f"x{index}" for index in range(shift)] + words[: 60 - shift]
        yield evaluate(f"shift {shift}", [" ".join(disturbed)], [[" ".join(words)]], False)
    yield evaluate("nothing matches", ["a b", "c"], [["d e", "f g"]], False)
    yield evaluate("empty hypotheses", ["", ""], [["d e", "f g"]], False)
    yield evaluate("empty references", ["d e", "f"], [["", ""]], False)
    yield evaluate("all empty", ["", ""], [["", ""]], False)


def tokenizations():
    texts = [text for row in SENTENCES for text in row]
    generator = random.Random(7)
    alphabet = "ab19 .,-&;:'\"<>()\n\t$€½é\u0301中。٣ⅣΣ_~\u00a0"
    texts += ["".join(generator.choice(alphabet) for _ in range(12)) for _ in range(200)]
    tools = {
        "13a": Tokenizer13a(),
        "intl": TokenizerV14International(),
        "char": TokenizerChar(),
        "none": lambda text: text,
        "tercom": TercomTokenizer(),
    }
    for text in texts:
        yield {
            "text": text,
            "tokens": {name: tool(text.rstrip()).split() for name, tool in tools.items()},
        }


def bootstrap():
    """The paired test of sacreBLEU on given samples instead of random ones."""
    import numpy

    from sacrebleu.significance import _compute_p_value, estimate_ci

    generator = random.Random(11)
    baseline, references = random_corpus(generator, 12, 14)
    system = [text if generator.random() < 0.5 else reference for text, reference in zip(baseline, references[0])]
    samples = [[generator.randrange(12) for _ in range(12)] for _ in range(40)]
    result = {"baseline": baseline, "system": system, "references": references[:1], "samples": samples, "tests": {}}
    for key in ["bleu", "chrf", "ter"]:
        metric = METRICS[key]()
        rows = [
            numpy.array(metric._extract_corpus_statistics(texts, references[:1])) for texts in (baseline, system)
        ]
        scores = [
            numpy.array([metric._compute_score_from_stats(list(table[sample].sum(0))).score for sample in samples])
            for table in rows
        ]
        real = [metric.corpus_score(texts, references[:1]).score for texts in (baseline, system)]
        differences = numpy.abs(scores[1] - scores[0])
        mean, interval = estimate_ci(scores[1])
        result["tests"][key] = {
            "p": _compute_p_value(differences - differences.mean(), abs(real[0] - real[1])),
            "mean": float(mean),
            "interval": float(interval),
        }
    return result


if __name__ == "__main__":
    print(
        json.dumps(
            {
                "sacrebleu": sacrebleu.__version__,
                "corpora": list(corpora()),
                "tokenizations": list(tokenizations()),
                "bootstrap": bootstrap(),
            },
            ensure_ascii=True,
            separators=(",", ":"),
        )
    )
