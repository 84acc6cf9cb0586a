"""How often a captioning model looks at what it names: the test pictures of data/scenes/captions and their masks.

    dragoman caption --json runs/scenes-caption data/scenes/captions/test | python3 benchmarks/looks.py en

At the last word of each noun, the region with the greatest weight should lie on the object, and most of the weight with
it. A region is on an object if the object has a pixel of its square. Also says how many captions are exact, and the same of
the pictures whose captions are. Needs nothing but Python. A word of several tokens counts where its last token was written.
"""

import json
import os
import sys

SIDE = 24
FOLDER = os.path.join(os.path.dirname(__file__), "..", "data", "scenes", "captions")


def mask(runs):
    """The pixels of an object, as numbers."""
    return {pixel for start, count in zip(runs[::2], runs[1::2]) for pixel in range(start, start + count)}


def last_tokens(caption):
    """For each word between spaces, the number of its last token."""
    places, tokens = [], iter(enumerate(caption["tokens"]))
    for word in caption["caption"].split():
        written = ""
        while len(written) < len(word):
            place, token = next(tokens)
            written += token.strip()
        places.append(place)
    return places


def looks(caption, objects, language):
    """For each object the share of the weight on it, and whether the greatest weight is."""
    height, width = caption["grid"]["height"], caption["grid"]["width"]
    places = last_tokens(caption)
    for thing in objects:
        on = {(pixel // SIDE * height // SIDE) * width + pixel % SIDE * width // SIDE for pixel in mask(thing["runs"])}
        word = thing["words"][language]["noun"][-1]
        if word >= len(places):
            yield 0.0, False
            continue
        weights = caption["attention"][places[word]]
        yield sum(weights[region] for region in on), weights.index(max(weights)) in on


def main(language):
    with open(os.path.join(FOLDER, f"test.{language}.tsv"), encoding="utf-8") as file:
        references = dict(line.rstrip("\n").split("\t") for line in file)
    with open(os.path.join(FOLDER, "test.objects.jsonl"), encoding="utf-8") as file:
        scenes = {scene["image"]: scene["objects"] for scene in map(json.loads, file)}
    found, exact = [], 0
    for line in sys.stdin:
        caption = json.loads(line)
        name = "test/" + os.path.basename(caption["image"])
        isExact = caption["caption"] == references[name]
        exact += isExact
        found += [(share, hit, isExact) for share, hit in looks(caption, scenes[name], language)]
    print(f"exact: {exact} of {len(found) // 2}")
    for title, rows in [("all pictures", found), ("pictures with exact captions", [row for row in found if row[2]])]:
        if rows:
            print(f"{title}: greatest weight on the object {100 * sum(row[1] for row in rows) / len(rows):.1f} %, "
                  f"mean weight on it {100 * sum(row[0] for row in rows) / len(rows):.1f} %, {len(rows)} nouns")


if len(sys.argv) != 2 or sys.argv[1] not in ("en", "fr", "vi"):
    sys.exit("usage: dragoman caption --json MODEL data/scenes/captions/test | python3 benchmarks/looks.py en|fr|vi")
main(sys.argv[1])
