"""Looks at the page of `dragoman caption --html` in a headless Chromium, with names of files that would like to be markup.

The pictures are those of the classes; captions are made of unpleasant words. Words show where they looked, under the pointer
and by the keys.
"""

import html
import json
import re
import subprocess

from classes_page import FILES, PHONE

# What pictures of each class are called; the second has letters from right to left.
CAPTIONS = ["a <b>bar</b> at the left", "شريط at the top", 'a "bar" across & more']

# Runs beside the page, which it holds in a frame of the width to look at.
HARNESS = """<!doctype html><meta charset="utf-8"><style>body{margin:0}iframe{border:0;display:block}</style>
<iframe id="page" src="%(page)s" style="width:%(width)dpx;height:900px"></iframe><pre id="result" hidden></pre>
<script>
document.getElementById("page").onload = (event) => {
  const frame = event.target.contentWindow, page = frame.document;
  const all = (selector, element = page) => [...element.querySelectorAll(selector)];
  const result = { hacked: "hacked" in frame, scripts: page.scripts.length, text: page.body.textContent };
  result.scrolls = page.documentElement.scrollWidth - page.documentElement.clientWidth;
  // Those of the page itself are there when it has loaded; a broken one has no width.
  result.images = all("img").map((e) => e.naturalWidth);
  result.wide = all("img, figure, h2").filter((e) => e.getBoundingClientRect().right > frame.innerWidth + 1)
    .map((e) => e.outerHTML.slice(0, 80));
  const point = (element, kind) => element.dispatchEvent(new frame.PointerEvent(kind, { pointerType: "mouse" }));
  result.captions = all("section.caption").map((caption) => {
    const looks = all(".look", caption), reading = caption.querySelector(".large .reading");
    const shown = () => all(".large .place svg", caption).length;
    const entry = { words: looks.length, before: [reading.textContent, shown()] };
    point(looks.at(-1), "pointerenter");
    entry.pointed = [reading.textContent === looks.at(-1).dataset.readingText, shown(), all(".look.now", caption).length];
    point(looks.at(-1), "pointerleave");
    entry.left = [reading.textContent, shown()];
    looks[0].focus();
    looks[0].dispatchEvent(new frame.KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    entry.keys = page.activeElement === looks.at(-1) && reading.textContent === looks.at(-1).dataset.readingText;
    looks.at(-1).blur();
    return entry;
  });
  document.getElementById("result").textContent = JSON.stringify(result);
};
</script>"""


def look_at_captions(dragoman, base, folder, chromium, references):
    """Trains a small captioning run on the pictures of the classes, makes its page, and tries what it does."""
    for part in ("train", "validation"):
        lines = (folder / f"pictures-{part}.tsv").read_text().splitlines()
        captions = "".join(f"{line.split(chr(9))[0]}\t{CAPTIONS[number % 3]}\n" for number, line in enumerate(lines))
        (folder / f"captions-{part}.tsv").write_text(captions)
    config = {
        "name": "captions", "task": "captioning",
        "data": {"train": [str(folder / "captions-train.tsv")], "validation": [str(folder / "captions-validation.tsv")],
                 "test": [str(folder / "captions-validation.tsv")], "images": {"folder": str(folder / "pictures")}},
        "tokenizer": {"kind": "word", "minimumFrequency": 1},
        "model": {"embedding": 12, "encoder": {"kind": "convolutional", "stages": [{"channels": 8}, {"channels": 12, "pool": "maximum"}]},
                  "decoder": {"hidden": 16}, "attention": {"score": "additive", "size": 8}},
        "training": {"epochs": 12, "batchTokens": 60, "logEvery": 2, "patience": None, "optimizer": {"learningRate": 0.01}},
        "decoding": {"maximumLength": 12},
    }
    (folder / "captions.json").write_text(json.dumps(config))
    done = subprocess.run([dragoman, "train", "--config", str(folder / "captions.json"), "--runs", str(folder / "runs"), "--restart", "--quiet"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    files = [str(folder / "pictures" / file) for file in FILES]
    command = [dragoman, "caption", "--model", str(folder / "runs/captions/best.safetensors"), *files]
    plain = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for name, options in (("captions", []), ("captions-beam", ["--beam", "3", "--n-best", "3"])):
        page = f"{name}.html"
        paged = subprocess.run(command + options + ["--html", str(folder / page)], check=True, capture_output=True, text=True).stdout
        assert options or paged == plain, (paged, plain)
        found = references()
        found.feed((folder / page).read_text())
        assert not found.found and found.scripts == 2, (found.found, found.scripts)
        for width in (1280, 390, 320):
            harness = f"look-{width}-{page}"
            (folder / harness).write_text(HARNESS % {"page": page, "width": width})
            dom = chromium(f"--window-size={max(width, 600)},900", "--dump-dom", f"{base}/{harness}")
            seen = re.search(r'<pre id="result" hidden="">(.*?)</pre>', dom, re.S)
            assert seen and seen[1], f"{page} has not been looked at"
            check(json.loads(html.unescape(seen[1])), width)
        (folder / "phone.html").write_text(PHONE % page)
        chromium("--window-size=390,3400", f"--screenshot={folder}/{page}-phone.png", f"{base}/phone.html")
        for scheme, setting in (("light", 1), ("dark", 0)):
            chromium("--window-size=1280,1600", f"--blink-settings=preferredColorScheme={setting}",
                     f"--screenshot={folder}/{page}-{scheme}.png", f"{base}/{page}")


def check(found, width):
    assert not found["hacked"], "text was run as a script"
    assert found["scripts"] == 2 and len(found["captions"]) == len(FILES), found["scripts"]
    assert found["scrolls"] <= 0, f"the page of captions scrolls sideways by {found['scrolls']} pixels at {width}"
    assert not found["wide"], (width, found["wide"])
    assert found["images"] and all(found["images"]), "a picture is broken"
    for caption in found["captions"]:
        assert caption["words"] > 0 and caption["before"] == caption["left"] == ["", 0], caption
        # One word is pointed at; its weights lie over the large picture.
        assert caption["pointed"] == [True, 1, 1] and caption["keys"], caption
