"""The text that the fixtures learn from: generated, ours, from the words and templates in this file."""

# English, French, and whether the noun is feminine.
NOUNS = [
    ("cat", "chat", False), ("dog", "chien", False), ("house", "maison", True),
    ("car", "voiture", True), ("garden", "jardin", False), ("door", "porte", True),
    ("book", "livre", False), ("table", "table", True),
]
# English, and the French forms for a masculine and a feminine noun.
ADJECTIVES = [
    ("small", "petit", "petite"), ("black", "noir", "noire"), ("green", "vert", "verte"),
    ("heavy", "lourd", "lourde"),
]
# English, the same with "I", French, the same with "je".
VERBS = [
    ("sees", "see", "voit", "vois"), ("finds", "find", "trouve", "trouve"),
    ("wants", "want", "veut", "veux"), ("loses", "lose", "perd", "perds"),
]
CONSONANTS = [("k", "к"), ("m", "м"), ("n", "н"), ("t", "т"), ("sh", "ш"), ("ch", "ч"), ("r", "р"),
              ("v", "в")]
MORE_CONSONANTS = CONSONANTS + [("l", "л"), ("z", "з")]
VOWELS = [("a", "а"), ("e", "е"), ("i", "и"), ("o", "о"), ("ya", "я")]
PHONES = {"a": "AA", "e": "EH", "i": "IY", "o": "OW", "ya": "Y AA"}


class Numbers:
    """Pseudo-random numbers that every Python draws alike."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def one_of(self, choices):
        return choices[self.below(len(choices))]


def sentence(numbers):
    """A pair of sentences; French adjectives follow their noun and agree with it."""
    (noun, nom, feminine), (other, autre, other_feminine) = numbers.one_of(NOUNS), numbers.one_of(NOUNS)
    adjective = numbers.one_of(ADJECTIVES)
    verb, verb_i, verbe, verbe_je = numbers.one_of(VERBS)
    the, the_other = ("la" if f else "le" for f in (feminine, other_feminine))
    a_other = "une" if other_feminine else "un"
    described = f"{nom} {adjective[1 + feminine]}"
    return [
        (f"The {adjective[0]} {noun} {verb} the {other}.",
         f"{the.capitalize()} {described} {verbe} {the_other} {autre}."),
        (f"The {noun} {verb} a {other}.", f"{the.capitalize()} {nom} {verbe} {a_other} {autre}."),
        (f"I {verb_i} the {adjective[0]} {noun}!", f"Je {verbe_je} {the} {described} !"),
        (f"Who {verb} the {other}?", f"Qui {verbe} {the_other} {autre} ?"),
    ][numbers.below(4)]


def name(numbers, phones=False, consonants=CONSONANTS):
    """An invented name, and the same in Cyrillic letters or as phones."""
    latin, letters, sounds = "", "", []
    for _ in range(2 + numbers.below(3)):
        (consonant, letter), (vowel, vowel_letter) = numbers.one_of(consonants), numbers.one_of(VOWELS)
        latin += consonant + vowel
        letters += letter + vowel_letter
        sounds += [consonant.upper(), PHONES[vowel]]
    if phones:
        return latin.capitalize(), " ".join(sounds)
    return latin.capitalize(), letters.capitalize()


MAKERS = {
    "sentences": sentence,
    "names": name,
    "more-names": lambda numbers: name(numbers, consonants=MORE_CONSONANTS),
    "phones": lambda numbers: name(numbers, phones=True),
}

# What every model of a corpus translates: what it has learnt, what it has not, nothing, and more than it is used to.
LINES = {
    "sentences": [
        "The small cat sees the dog.", "The house loses a table.", "I want the heavy book!",
        "Who finds the door?", "the garden", "The purple zebra sees the car.", "",
        "WHO sees the black dog, who finds the cat, who wants the green door?",
    ],
    "names": ["Mashano", "Kiya", "Tevari", "Chomyasheko", "ra", "Quixote", "", "Noshavirekamyatocheni Rava"],
}
LINES["more-names"] = ["Zalo", "Lunira", *LINES["names"][:1], *LINES["names"][3:]]
LINES["phones"] = LINES["names"]

# What every model of a corpus scores.
PAIRS = {
    "sentences": [
        ("The small cat sees the dog.", "Le petit chat voit le chien."),
        ("Who finds the door?", "Qui trouve la porte ?"),
        ("The purple zebra sees the car.", "Le zèbre violet voit la voiture."), ("the garden", ""),
    ],
    "names": [("Mashano", "Машано"), ("Kiya", "Кия"), ("Quixote", "Кихот"), ("ra", "")],
    "phones": [("Mashano", "M AA SH AA N OW"), ("Kiya", "K IY AA"), ("Quixote", "K IY HH OW T"), ("ra", "")],
}
PAIRS["more-names"] = [("Zalo", "Зало"), *PAIRS["names"]]


def pairs(corpus, count, seed):
    """As many different pairs of a corpus."""
    numbers, found = Numbers(seed), {}
    while len(found) < count:
        source, target = MAKERS[corpus](numbers)
        found[source] = target
    return list(found.items())


def write(corpus, train, validation, train_file, validation_file):
    """Writes two parts of a corpus, which have no pair in common."""
    drawn = pairs(corpus, train + validation, seed=1)
    for path, part in [(train_file, drawn[:train]), (validation_file, drawn[train:])]:
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f"{source}\t{target}\n" for source, target in part)
