"""Writes captions.json: captions of our own and their BLEU-1 to BLEU-4 and CIDEr-D, in double precision.

    python3 make_captions.py > captions.json

needs nothing but Python. The figures are computed here from the papers: Papineni et al. 2002 with the constants of the
captioning challenge, Vedantam et al. 2015. With pycocoevalcap, the challenge's own program, and NLTK beside it, the same
corpora are compared with both, and nothing is written:

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install numpy nltk && /tmp/venv/bin/pip install --no-deps pycocoevalcap
    /tmp/venv/bin/python make_captions.py compare
"""

import json
import math
import random
import sys
from collections import Counter

WORDS = "a an the red blue small big dog cat ball boy girl on in under with plays runs sits near grass , . é e\u0301 3.5".split()

SENTENCES = [
    # (hypothesis, references)
    ("a red circle above a blue square", ["a red circle above a blue square"]),
    ("a red circle below a blue square", ["a red circle above a blue square", "a blue square under a red circle"]),
    ("the the the the the the the", ["the cat is on the mat", "there is a cat on the mat"]),
    ("un cercle rouge au-dessus d'un carré bleu", ["un cercle rouge à gauche d'un carré bleu"]),
    ("một hình tròn màu đỏ ở trên một hình vuông", ["một hình tròn màu đỏ ở bên trái một hình vuông màu xanh dương"]),
    ("a dog", ["a dog runs on the grass", "the dog", "a big dog runs", "dog"]),
    ("", ["nothing was said", "a"]),
    ("a dog runs and runs and runs and runs", ["a dog runs", "a dog runs and runs"]),
    ("word", ["word", ""]),
    ("  a  cat\tsits\u00a0here ", ["a cat sits here"]),
]


def ngrams(words, order):
    return Counter(tuple(words[i:i + order]) for i in range(len(words) - order + 1))


def bleu_counts(hypothesis, references):
    """[c, r, matches of orders 1 to 4, n-grams of orders 1 to 4]"""
    words = hypothesis.split()
    cut = [reference.split() for reference in references]
    nearest = sorted((abs(len(r) - len(words)), len(r)) for r in cut)[0][1]
    row = [len(words), nearest]
    for order in range(1, 5):
        limits = [ngrams(r, order) for r in cut]
        row.append(sum(min(count, max(limit[ngram] for limit in limits))
                       for ngram, count in ngrams(words, order).items()))
    return row + [max(0, len(words) - order + 1) for order in range(1, 5)]


def bleu(rows, order):
    sums = [sum(column) for column in zip(*rows)]
    precisions = [(sums[2 + n] + 1e-15) / (sums[6 + n] + 1e-9) for n in range(order)]
    ratio = (sums[0] + 1e-15) / (sums[1] + 1e-9)
    return 100 * math.prod(precisions) ** (1 / order) * (math.exp(1 - 1 / ratio) if ratio < 1 else 1)


def cider(hypotheses, references):
    """The figure of each segment."""
    df = Counter()
    for texts in references:
        df.update({g for text in texts for n in range(1, 5) for g in ngrams(text.split(), n)})

    def vector(text, order):
        return {g: count * math.log(len(references) / max(1, df[g])) for g, count in ngrams(text.split(), order).items()}

    def norm(vector):
        return math.sqrt(math.fsum(weight ** 2 for weight in vector.values()))

    def pairs(text):
        return max(0, len(text.split()) - 1)

    figures = []
    for hypothesis, texts in zip(hypotheses, references):
        sum = 0.0
        for text in texts:
            penalty = math.exp(-(pairs(hypothesis) - pairs(text)) ** 2 / (2 * 6.0 ** 2))
            for order in range(1, 5):
                g, s = vector(hypothesis, order), vector(text, order)
                if norm(g) and norm(s):
                    product = math.fsum(min(weight, s[key]) * s[key] for key, weight in g.items() if key in s)
                    sum += penalty * product / (norm(g) * norm(s))
        figures.append(10 * sum / 4 / len(texts))
    return figures


def corpora():
    yield "sentences", [h for h, _ in SENTENCES], [r for _, r in SENTENCES]
    yield "one segment", ["a red dog on the grass"], [["a red dog on grass", "the red dog"]]
    yield "no pair of words in common", ["a dog", "cat the"], [["dog a"], ["the cat"]]
    generator = random.Random(17)
    for number in range(40):
        most = generator.choice([1, 1, 5])
        references, hypotheses = [], []
        for _ in range(generator.randint(2, 14)):
            first = [generator.choice(WORDS) for _ in range(generator.randint(0, 11))]
            texts = [first]
            while len(texts) < most and generator.random() < 0.8:
                texts.append([word if generator.random() < 0.6 else generator.choice(WORDS) for word in first]
                             + [generator.choice(WORDS)] * generator.randint(0, 2))
            found = [word if generator.random() < 0.7 else generator.choice(WORDS) for word in generator.choice(texts)]
            hypotheses.append(" ".join(found[generator.randint(0, 1):]))
            references.append([" ".join(text) for text in texts])
        yield f"random {number}", hypotheses, references


def figures(hypotheses, references):
    rows = [bleu_counts(h, r) for h, r in zip(hypotheses, references)]
    result = {f"bleu{order}": {"score": bleu(rows, order), "segments": [bleu([row], order) for row in rows]}
              for order in range(1, 5)}
    segments = cider(hypotheses, references)
    result["cider"] = {"score": math.fsum(segments) / len(segments), "segments": segments}
    return result


def compare():
    from nltk.translate.bleu_score import corpus_bleu
    from pycocoevalcap.bleu.bleu_scorer import BleuScorer
    from pycocoevalcap.cider.cider_scorer import CiderScorer

    count, greatest, plainly = 0, 0.0, 0

    def check(name, found, expected):
        nonlocal count, greatest
        count += 1
        greatest = max(greatest, abs(found - expected))
        assert abs(found - expected) < 1e-9, f"{name}: {found}, expected {expected}"

    for name, hypotheses, references in corpora():
        own = figures(hypotheses, references)
        blue, consensus = BleuScorer(n=4), CiderScorer(n=4, sigma=6.0)
        for hypothesis, texts in zip(hypotheses, references):
            blue += (hypothesis, texts)
            consensus += (hypothesis, texts)
        scores, segments = blue.compute_score(option="closest", verbose=0)
        for order in range(4):
            check(name, own[f"bleu{order + 1}"]["score"], 100 * scores[order])
            for one, other in zip(own[f"bleu{order + 1}"]["segments"], segments[order]):
                check(name, one, 100 * other)
        score, each = consensus.compute_score()
        check(name, own["cider"]["score"], score)
        for one, other in zip(own["cider"]["segments"], each):
            check(name, one, other)
        # NLTK adds no constants, and counts an n-gram where a text is too short for one: compared without such texts.
        long = [(h.split(), [t.split() for t in texts]) for h, texts in zip(hypotheses, references) if len(h.split()) > 3]
        ours = bleu([bleu_counts(" ".join(h), [" ".join(t) for t in texts]) for h, texts in long], 4) if long else 0
        if ours > 1:
            plain = 100 * corpus_bleu([texts for _, texts in long], [h for h, _ in long])
            assert abs(plain - ours) < 1e-6, f"{name}: {plain}, expected {ours}"
            plainly += 1
    print(f"{count} figures, greatest difference {greatest:.1e}; {plainly} beside NLTK")


if sys.argv[1:] == ["compare"]:
    compare()
else:
    json.dump({"corpora": [
        {"name": name, "hypotheses": hypotheses, "references": references, "scores": figures(hypotheses, references)}
        for name, hypotheses, references in corpora()]}, sys.stdout, separators=(",", ":"))
    print()
