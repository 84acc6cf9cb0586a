#!/usr/bin/env python3
"""Trains tiny models, makes their pages, and looks at them in a headless Chromium.

    python3 Tests/Browser/test_pages.py [--dragoman FILE] [--output FOLDER]

Needs `chromium` (or `chromium-browser`, `google-chrome`) and nothing else. Checks the pages as a browser builds them: curves,
readings under the pointer, the switch of scales, text that would like to be markup, no reference to anything outside, no sideways
scrolling at the width of a phone. Saves pictures in light, dark and at the width of a phone for people to look at.
"""

import argparse
import functools
import html
import html.parser
import http.server
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import captions_page
import classes_page
import explain_page
from attention_page import check_attention_page

HOSTILE = '<script>window.hacked = 1</script> "quoted" \'x\' &amp; </td>'
ARABIC = "مرحبا بالعالم (abc)"
EMOJI = "👩‍👩‍👧 🇻🇳 e\u0301"


def corpus(seed, count):
    """Pairs whose target says the words of the source backwards; three of them are unpleasant."""
    chance = random.Random(seed)
    words = "one two three four five six seven eight nine ten".split()
    pairs = []
    for _ in range(count):
        line = [chance.choice(words) for _ in range(chance.randint(2, 5))]
        pairs.append((" ".join(line), " ".join(reversed(line))))
    # Every pair is a sample, also where equal sources are one segment.
    for place, text in ((0, HOSTILE), (count // 3, ARABIC), (2 * count // 3, EMOJI)):
        pairs[place] = (text, text)
    return "".join(f"{source}\t{target}\n" for source, target in pairs)


def train(dragoman, folder, name, *settings):
    """Trains a run, interrupts it after its second validation, and lets it go on."""
    command = [dragoman, "train", "--config", str(folder / "config.json"), "--runs", str(folder / "runs"), "--set", f"name={name}"]
    for setting in settings:
        command += ["--set", setting]
    log = folder / "runs" / name / "log.jsonl"
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while process.poll() is None and not (log.exists() and log.read_text().count('"validated"') >= 2):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    output = process.communicate()[0]
    assert "saved and stopped" in output, output
    again = subprocess.run(command + ["--resume"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert again.returncode == 0, again.stdout


class References(html.parser.HTMLParser):
    """Collects every attribute that a browser would load something for or run, and all inline scripts."""

    def __init__(self):
        super().__init__()
        self.found, self.scripts = [], 0

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script"
        for name, value in attributes:
            loads = name in ("src", "srcset", "href", "xlink:href", "action", "poster", "background", "formaction", "style")
            # A picture has its bytes in the page.
            inside = "#" if tag != "img" else "data:image/png;base64,"
            if name.startswith("on") or loads and not (value or "").startswith(inside):
                self.found.append(f"<{tag} {name}={value!r}>")
        if tag in ("link", "iframe", "object", "embed", "base", "form", "video", "audio"):
            self.found.append(f"<{tag}>")


# Runs beside the page, which it holds in a frame of the width to look at.
HARNESS = """<!doctype html><meta charset="utf-8"><style>body{margin:0}iframe{border:0;display:block}</style>
<iframe id="page" src="%(page)s" style="width:%(width)dpx;height:%(height)dpx"></iframe><pre id="result" hidden></pre>
<script>
document.getElementById("page").onload = (event) => {
  const frame = event.target.contentWindow, page = frame.document;
  const result = { charts: [], hacked: frame.hacked === 1, title: page.title };
  result.scrolls = page.documentElement.scrollWidth - page.documentElement.clientWidth;
  result.scripts = page.scripts.length;
  result.text = page.body.innerText;
  result.h2 = [...page.querySelectorAll("h2")].map((e) => e.textContent);
  for (const chart of page.querySelectorAll("figure.chart")) {
    const svg = chart.querySelector(":scope > svg"), box = svg.getBoundingClientRect();
    const read = () => [...chart.querySelectorAll(".value, .at")].map((e) => e.textContent);
    const move = (share) => svg.dispatchEvent(new frame.PointerEvent("pointermove",
      { clientX: box.left + box.width * share, clientY: box.top + 20, bubbles: true }));
    const shown = () => [...chart.querySelectorAll("polyline.linear, polyline.logarithmic")]
      .filter((e) => frame.getComputedStyle(e).display !== "none").map((e) => e.getAttribute("class"));
    const entry = { title: chart.querySelector(".title").textContent, before: read() };
    move(0.05); entry.first = read();
    entry.xs = [...svg.querySelectorAll(".series")].map((e) => e.dataset.x.split(" "));
    entry.ys = [...svg.querySelectorAll(".series")].map((e) => e.dataset.y.split(" "));
    svg.dispatchEvent(new frame.KeyboardEvent("keydown", { key: "ArrowRight" })); entry.next = read();
    svg.dispatchEvent(new frame.PointerEvent("pointerleave")); entry.after = read();
    const control = chart.querySelector(".switch input");
    entry.shown = shown();
    if (control) { control.click(); entry.switched = shown(); control.click(); }
    const texts = [...svg.querySelectorAll("text")].map((e) => e.getBoundingClientRect()).filter((b) => b.width > 0);
    entry.cut = texts.some((b) => b.left < box.left - 1 || b.right > box.right + 1);
    result.charts.push(entry);
  }
  document.getElementById("result").textContent = JSON.stringify(result);
};
</script>"""


def find_chromium():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    sys.exit("test-pages needs Chromium: apt-get install chromium, or put 'chromium' on the PATH")


def chromium(*arguments):
    command = [find_chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"]
    done = subprocess.run(command + list(arguments), capture_output=True, text=True, timeout=600)
    complaints = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert not complaints, complaints
    return done.stdout


def look(base, folder, page, width, height=3000):
    """What the harness found out about a page at a width."""
    name = f"look-{width}-{page.replace('/', '-')}"
    (folder / name).write_text(HARNESS % {"page": page, "width": width, "height": height})
    dom = chromium(f"--window-size={max(width, 600)},{height}", "--dump-dom", f"{base}/{name}")
    found = re.search(r'<pre id="result" hidden="">(.*?)</pre>', dom, re.S)
    assert found and found[1], "the page has not been looked at"
    return json.loads(html.unescape(found[1])), name


def check(text, found):
    references = References()
    references.feed(text)
    assert not references.found, references.found
    assert references.scripts == found["scripts"] == 1, (references.scripts, found["scripts"])
    assert not found["hacked"], "text was run as a script"
    assert found["scrolls"] <= 0, f"{found['title']} scrolls sideways by {found['scrolls']} pixels"
    assert found["charts"], "no chart"
    for chart in found["charts"]:
        title = chart["title"]
        firsts = [ys[0] for ys in chart["ys"]]
        lasts = [ys[-1] for ys in chart["ys"]]
        assert chart["before"][:-1] == lasts == chart["after"][:-1], (title, chart["before"], lasts)
        assert chart["first"][:-1] == firsts, (title, chart["first"], firsts)
        assert chart["next"] != chart["first"] or len(chart["xs"][0]) == 1, title
        assert not chart["cut"], f"{title}: a label is cut off"
        if "switched" in chart:
            assert len(chart["shown"]) == len(chart["switched"]) == len(chart["xs"]) and chart["shown"] != chart["switched"], title


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dragoman", default=".build/release/dragoman")
    parser.add_argument("--output", type=pathlib.Path, help="where runs and pictures go; a temporary folder by default")
    options = parser.parse_args()
    folder = (options.output or pathlib.Path(tempfile.mkdtemp(prefix="dragoman-pages-"))).resolve()
    dragoman = str(pathlib.Path(options.dragoman).resolve())
    find_chromium()
    shutil.rmtree(folder / "runs", ignore_errors=True)
    folder.mkdir(exist_ok=True)
    (folder / "train.tsv").write_text(corpus(1, 600))
    (folder / "validation.tsv").write_text(corpus(2, 30))
    (folder / "config.json").write_text(json.dumps({
        "data": {"train": [str(folder / "train.tsv")], "validation": [str(folder / "validation.tsv")]},
        "tokenizer": {"kind": "word", "minimumFrequency": 1},
        "model": {"embedding": 24, "encoder": {"hidden": 24}, "decoder": {"hidden": 24}, "attention": {"size": 24}},
        "training": {"epochs": 12, "batchTokens": 200, "metrics": ["bleu", "chrf", "loss"], "samples": 30, "logEvery": 5,
                     "optimizer": {"learningRate": 0.01}, "patience": None},
    }))
    train(dragoman, folder, "reverse")
    train(dragoman, folder, "reverse-lstm", "model.encoder.cell=lstm", "model.decoder.cell=lstm", "training.optimizer.learningRate=0.003")
    # What fits one family does not fit the other, so this one has a configuration of its own.
    transformer = json.loads((folder / "config.json").read_text())
    stack = {"kind": "transformer", "width": 24, "layers": 2, "heads": 3, "inner": 32}
    transformer["model"] = {"embedding": 24, "encoder": stack, "decoder": stack}
    transformer["training"] |= {"epochs": 3, "samples": 0}
    (folder / "transformer.json").write_text(json.dumps(transformer))
    subprocess.run([dragoman, "train", "--config", str(folder / "transformer.json"), "--runs", str(folder / "runs"), "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    pieces = json.loads((folder / "config.json").read_text())
    pieces["tokenizer"] = {"kind": "bpe", "vocabulary": 280}
    pieces["training"] |= {"epochs": 3, "samples": 0}
    (folder / "pieces.json").write_text(json.dumps(pieces))
    subprocess.run([dragoman, "train", "--config", str(folder / "pieces.json"), "--runs", str(folder / "runs"), "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    compared = [dragoman, "compare", str(folder / "runs/reverse"), str(folder / "runs/reverse-lstm")]
    sentences = [word for text in (HOSTILE, ARABIC, EMOJI) for word in ("--sentence", text)]
    subprocess.run(compared + sentences + ["--html", str(folder / "compare.html")], check=True, stdout=subprocess.DEVNULL)
    print(subprocess.run(compared, check=True, capture_output=True, text=True).stdout)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/favicon.ico":  # what a browser asks a server for, but not a file
                self.send_response(204)
                return self.end_headers()
            super().do_GET()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    pages = {"runs/reverse/report.html": ["Curves", "Translations", "Data", "Configuration"],
             "compare.html": ["Best models", "Configurations", "Curves", "Translations"]}
    for page, headings in pages.items():
        text = (folder / page).read_text()
        for width in (1280, 390, 320):
            found, name = look(base, folder, page, width)
            check(text, found)
            assert set(headings) <= set(found["h2"]), found["h2"]
            # What was unpleasant is on the page, letter by letter.
            for sample in (HOSTILE, ARABIC, EMOJI):
                assert sample in found["text"], sample
            if width == 390:
                chromium("--window-size=390,3400", f"--screenshot={folder}/{page.replace('/', '-')}-phone.png", f"{base}/{name}")
        stem = f"{folder}/{page.replace('/', '-')}"
        for scheme, setting in (("light", 1), ("dark", 0)):
            chromium("--window-size=1280,2600", f"--blink-settings=preferredColorScheme={setting}",
                     f"--screenshot={stem}-{scheme}.png", f"{base}/{page}")
    explain_page.look_at_explanations(dragoman, base, folder, chromium, References, [HOSTILE, ARABIC, EMOJI])
    models = {name: folder / f"runs/{name}/best.safetensors" for name in ("reverse", "transformer", "pieces")}
    check_attention_page(dragoman, models, folder, base, chromium, References)
    classes_page.look_at_classes(dragoman, base, folder, chromium, References)
    captions_page.look_at_captions(dragoman, base, folder, chromium, References)
    server.shutdown()
    print(f"all is well; look at the pictures in {folder}:")
    for picture in sorted(os.listdir(folder)):
        if picture.endswith(".png"):
            print(f"  {picture}")


if __name__ == "__main__":
    main()
