"""Numbers of a line, and a line of numbers, as docs/checkpoints.md describes them: `Side(json.loads(metadata["dragoman.source"]))`.

Words and stretches are cut by the rules for letters, digits and punctuation. Left out are scripts without spaces, emoji, marks,
numbers with points, and the invisible characters that a Unicode form removes.
"""
import re
import unicodedata

SPECIALS = ["<unk>", "<s>", "</s>"]
# A letter or digit, with apostrophes and hyphens inside; three dots; any other character.
WORD = re.compile(r"(?:[^\W_]|(?<=[^\W_])['’-](?=[^\W_]))+|\.\.\.|.")
# A run of letters, with apostrophes between them; of digits; of anything else.
STRETCH = re.compile(r" ?(?:[^\W\d_]|(?<=[^\W\d_])['’](?=[^\W\d_]))+| ?\d+| ?(?:[^\w\s]|_)+")


class Side:
    """The tokenizer and the vocabulary of one side."""

    def __init__(self, side):
        self.side, self.kind, self.texts = side, side["kind"], []
        if self.kind == "bpe":
            self.texts = [bytes([byte]) for byte in range(256)] + [scalar.encode() for scalar in side["alphabet"]]
            self.scalars = {scalar: 256 + place for place, scalar in enumerate(side["alphabet"])}
            self.merges = {}
            for pair in zip(side["merges"][::2], side["merges"][1::2]):
                self.merges[pair] = len(self.texts)
                self.texts.append(self.texts[pair[0]] + self.texts[pair[1]])
        self.vocabulary = side.get("vocabulary", SPECIALS + self.texts)
        self.numbers = {token: number for number, token in enumerate(self.vocabulary)}

    def encode(self, line):
        form = self.side.get("normalization", "none")
        line = line if form == "none" else unicodedata.normalize(form.upper(), line)
        line = " ".join((line.lower() if self.side["lowercase"] in (True, "source") else line).split())
        if self.kind == "bpe":
            return [3 + piece for stretch in STRETCH.findall(" " + line) for piece in self.pieces(stretch)]
        return [self.numbers.get(token, 0) for token in (words(line) if self.kind == "word" else characters(line))]

    def pieces(self, stretch):
        pieces = [piece for scalar in stretch for piece in ([self.scalars[scalar]] if scalar in self.scalars else scalar.encode())]
        while True:
            made, place = min(((self.merges.get(pair, 1 << 30), place) for place, pair in enumerate(zip(pieces, pieces[1:]))),
                              default=(1 << 30, 0))
            if made == 1 << 30:
                return pieces
            pieces[place:place + 2] = [made]

    def decode(self, numbers):
        tokens = [self.vocabulary[number] if number else "⁇" for number in numbers if number not in (1, 2)]
        if self.kind == "bpe":
            text = b"".join(token if isinstance(token, bytes) else " ⁇".encode() for token in tokens).decode(errors="replace")
        elif self.kind == "character":
            text = "".join(" " if token == "▁" else token.removeprefix("␛") for token in tokens)
        else:
            text = re.sub("￭? ￭|￭ ", "", " ".join(tokens)).strip("￭")
        return " ".join(text.split())


def characters(line):
    return ["▁" if scalar == " " else "␛▁" if scalar == "▁" else scalar for scalar in line]


def words(line):
    tokens = []
    for word in line.split():
        parts = [part for run in WORD.findall(word) for part in split(run)]
        for left in range(len(parts) - 1):
            kinds = kind(parts[left]), kind(parts[left + 1])
            if kinds[0] in ("elision", "opening") or kinds == ("symbol", "word"):
                parts[left] += "￭"
            else:
                parts[left + 1] = "￭" + parts[left + 1]
        tokens += parts
    return tokens


def split(run):
    """A word, cut at its apostrophes: `John` `'s`, `l'` `homme`, but `isn't`."""
    found = re.fullmatch(r"(.+?)(['’](?:s|m|d|re|ve|ll))?", run, re.I)
    if not run[0].isalnum() or re.fullmatch(r".*n['’]t", run, re.I):
        return [run]
    return re.findall(r".+?['’]|.+", found[1]) + [part for part in found.groups()[1:] if part]


def kind(part):
    part = part.strip("￭")
    if part[0].isalnum():
        return "elision" if part[-1] in "'’" else "word"
    if part[0] in "'’" and len(part) > 1:
        return "clitic"
    return "opening" if unicodedata.category(part[0]) in ("Ps", "Pi") or part in "¿¡" else "symbol"
