"""The page of `dragoman translate --html` in a headless Chromium, with text that would like to be more than text.

A Transformer's page has its heads as well: they are chosen by pointer and by keys, at each width, and without a script.
"""

import html
import json
import re
import subprocess

LINES = ["one two three four", '<script>window.hacked = 1</script> "quoted" \'x\' &amp; </td>', "مرحبا بالعالم (abc)",
         "שלום עולם", "👩‍👩‍👧 🇻🇳 日本語 e\u0301", ""]

# Runs beside the page, which it holds in a frame of the width to look at.
HARNESS = """<!doctype html><meta charset="utf-8"><style>body{margin:0}iframe{border:0;display:block}</style>
<iframe id="page" src="%(page)s" style="width:%(width)dpx;height:3000px"></iframe><pre id="result" hidden></pre>
<script>
document.getElementById("page").onload = (event) => {
  const frame = event.target.contentWindow, page = frame.document;
  const result = { hacked: frame.hacked === 1, text: page.body.textContent, scripts: page.scripts.length, sentences: [] };
  for (const part of page.querySelectorAll("details")) part.open = true;
  result.scrolls = page.documentElement.scrollWidth - page.documentElement.clientWidth;
  const point = (element, kind) => element.dispatchEvent(
    new frame.PointerEvent(kind, { bubbles: kind === "pointerover", pointerType: "mouse" }));
  for (const sentence of page.querySelectorAll("article.sentence")) {
    const all = (selector) => [...sentence.querySelectorAll(selector)];
    const [sources, targets, nodes] = [all("[data-source]"), all("[data-target]"), all("[data-node]")];
    const reading = () => sentence.querySelector(".pair .reading").textContent;
    const below = (tokens) => tokens.map((token) => token.querySelector("small").textContent);
    const large = (heads) => [...heads.querySelectorAll("[data-cell]")].map((e) => [e.getAttribute("fill-opacity"), e.dataset.reading]);
    // Each head in turn is shown large; the one that came first is shown at last.
    const groups = all(".heads").map((heads) => {
      const choices = [...heads.querySelectorAll("input[data-weights]")], before = large(heads), links = targets.map((e) => e.dataset.weights);
      const first = choices.find((e) => e.checked), bytes = (e) => [...frame.atob(e.dataset.weights)].map((c) => c.charCodeAt(0));
      const group = { name: first.name, layers: heads.querySelectorAll(".layer").length, heads: choices.length, cells: before.length,
        which: heads.querySelector(".which").textContent, checked: choices.indexOf(first), shown: [],
        looked: heads.closest(".looked") !== null };
      const fits = (e) => large(heads).every(([opacity, reading], i) => Number(reading.split(/\s/).pop()).toFixed(2)
        === (bytes(e)[i] / 255).toFixed(2) && Math.abs(Number(opacity) - 0.05 - 0.95 * bytes(e)[i] / 255) < 0.006);
      for (const choice of choices) {
        if (choice === first) continue;
        choice.click();
        group.shown.push([heads.querySelector(".which").textContent === choice.getAttribute("aria-label"), fits(choice),
          bytes(choice).length === before.length, JSON.stringify(links) !== JSON.stringify(targets.map((e) => e.dataset.weights))]);
      }
      first.click();
      group.restored = JSON.stringify(large(heads)) === JSON.stringify(before)
        && JSON.stringify(links) === JSON.stringify(targets.map((e) => e.dataset.weights)) && !sentence.dataset.head;
      first.focus();
      first.dispatchEvent(new frame.KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, cancelable: true }));
      group.above = choices.findIndex((e) => e.checked);
      group.focused = choices.indexOf(page.activeElement);
      first.click();
      page.activeElement.blur();
      return group;
    });
    const entry = { groups, title: sentence.querySelector("h2").textContent, source: sources.map((e) => e.querySelector(".word").textContent),
      target: targets.map((e) => e.querySelector(".word").textContent), weights: targets.map((e) => e.dataset.weights.split(" ")),
      probabilities: targets.map((e) => e.dataset.probability), cells: all(".looked .cell").length, nodes: nodes.length,
      steps: all("[data-step]").length, direction: sources.length ? frame.getComputedStyle(sources[0].parentElement).direction : "" };
    // The numbers of the map of tokens, and what is left of them; those of words have their own.
    entry.numbers = all(".looked .numbers input").map((control) => {
      const texts = () => [...control.closest("figure").querySelectorAll(".weight")].map((e) => e.textContent);
      const before = texts();
      control.click();
      const shown = texts();
      control.click();
      return [before.length, shown, texts().length];
    });
    entry.words = all("figure.heatmap").filter((e) => !e.closest(".looked, .heads")).map((e) =>
      [...e.querySelectorAll("[data-cell]")].map((cell) => cell.dataset.reading));
    if (targets.length) {
      const rest = below([...sources, ...targets]);
      point(targets[0], "pointerenter");
      Object.assign(entry, { shown: below(sources), reading: reading(), lit: all(".lit").length,
        colours: sources.map((e) => e.style.getPropertyValue("--weight")), step: all("[data-step].now").map((e) => e.dataset.step) });
      point(targets[0], "pointerleave");
      entry.rested = JSON.stringify(below([...sources, ...targets])) === JSON.stringify(rest) && reading() === "" && all(".lit").length === 0;
      sources[0].focus();
      entry.focused = below(targets);
      point(targets[0], "pointerenter");
      point(targets[0], "pointerleave");
      entry.refocused = below(targets);
      sources[0].blur();
      point(all(".looked [data-cell]")[0], "pointerover");
      entry.cell = [all("[data-target].now").length, all("[data-source].now").length];
      point(nodes[nodes.length - 1], "pointerenter");
      entry.way = all(".node.way").length;
      entry.told = sentence.querySelector(".beam .reading").textContent;
      const tree = sentence.querySelector(".beam .scroll > svg");
      point(tree, "pointerleave");
      entry.left = all(".node.way").length;
      tree.dispatchEvent(new frame.KeyboardEvent("keydown", { key: "ArrowLeft" }));
      entry.stepped = all(".node.way").length;
    }
    result.sentences.push(entry);
  }
  document.getElementById("result").textContent = JSON.stringify(result);
};
</script>"""


def check_attention_page(dragoman, models, folder, base, chromium, references):
    """Makes the page with a beam, greedily, with a Transformer's heads and with pieces of words, and tries what it does at three widths."""
    for name, model, options in (("beam", "reverse", ["--beam", "4"]), ("greedy", "reverse", []),
                                 ("heads", "transformer", ["--beam", "2"]), ("pieces", "pieces", ["--beam", "2"])):
        page = f"attention-{name}.html"
        path = models[model]
        command = [dragoman, "translate", "--model", str(path), "--maximum-length", "30", *options]
        plain = subprocess.run(command, input="\n".join(LINES) + "\n", capture_output=True, text=True, check=True)
        done = subprocess.run(command + ["--html", str(folder / page)], input="\n".join(LINES) + "\n",
                              capture_output=True, text=True, check=True)
        assert done.stdout == plain.stdout, (done.stdout, plain.stdout)
        found = references()
        found.feed((folder / page).read_text())
        assert not found.found and found.scripts == (3 if name == "heads" else 2), (found.found, found.scripts)
        for width in (1280, 390, 320):
            harness = f"look-{width}-{page}"
            (folder / harness).write_text(HARNESS % {"page": page, "width": width})
            dom = chromium(f"--window-size={max(width, 600)},3000", "--dump-dom", f"{base}/{harness}")
            seen = re.search(r'<pre id="result" hidden="">(.*?)</pre>', dom, re.S)
            assert seen and seen[1], "the page has not been looked at"
            check(json.loads(html.unescape(seen[1])), beam=bool(options), kind=name)
            if width == 390:
                chromium("--window-size=390,3400", f"--screenshot={folder}/{page}-phone.png", f"{base}/{harness}")
        for scheme, setting in (("light", 1), ("dark", 0)):
            chromium("--window-size=1280,2600", f"--blink-settings=preferredColorScheme={setting}",
                     f"--screenshot={folder}/{page}-{scheme}.png", f"{base}/{page}")


def check_heads(sentence, layers, heads):
    """Three groups, each of which shows any of its heads large."""
    source, target = len(sentence["source"]), len(sentence["target"])
    sizes = {"source": source * target, "encoder": source * source, "decoder": target * target}
    assert [group["name"].split("-")[0] for group in sentence["groups"]] == list(sizes)
    for group in sentence["groups"]:
        assert group["layers"] == layers and group["heads"] == layers * (heads + 1), group
        assert group["cells"] == sizes[group["name"].split("-")[0]], group
        assert group["which"] == f"layer {layers}, mean of its heads" and group["checked"] == (layers - 1) * (heads + 1), group
        for shown in group["shown"]:
            assert shown[:3] == [True, True, True], group
            # Only the attention to the source belongs to the tokens above.
            assert shown[3] == group["looked"], group
        assert group["restored"], group
        assert group["above"] == group["focused"] == (layers - 2) * (heads + 1), group


def check(found, beam, kind):
    heads = kind == "heads"
    assert not found["hacked"], "text was run as a script"
    assert found["scrolls"] <= 0, f"the page scrolls sideways by {found['scrolls']} pixels"
    assert found["scripts"] == (3 if heads else 2) and len(found["sentences"]) == len(LINES)
    # Pieces of letters that hardly occur are bytes, whose names are written from left to right.
    assert kind == "pieces" or any(sentence["direction"] == "rtl" for sentence in found["sentences"])
    for line, sentence in zip(LINES, found["sentences"]):
        assert line in found["text"], line
        source, target, weights = sentence["source"], sentence["target"], sentence["weights"]
        if not line:
            assert not target
            continue
        if heads:
            check_heads(sentence, layers=2, heads=3)
        else:
            assert not sentence["groups"]
        assert sentence["cells"] == len(source) * len(target) == sum(map(len, weights)), line
        shares = [str(int(100 * float(weight) + 0.5)) for row in weights for weight in row]
        assert sentence["numbers"] == [[0, shares, 0]], (line, sentence["numbers"], shares)
        if kind == "pieces":
            # One map of words, whose labels are what white space separates.
            assert len(sentence["words"]) == (sentence["title"] != "–"), line
            assert not sentence["words"] or all(any(word in reading for reading in sentence["words"][0]) for word in line.split()), (line, sentence["words"])
        else:
            assert not sentence["words"], line
        assert sentence["steps"] == len(target) == len(sentence["probabilities"])
        # A token that the vocabulary does not have is shown as <unk>, which is written from left to right.
        first = source[0].lstrip("-")[0]
        assert sentence["direction"] == ("rtl" if first in "مש" else "ltr"), line
        # The first token of the translation shows where it looked, and then nothing is left of that.
        assert sentence["shown"] == sentence["colours"] == weights[0], line
        assert sentence["lit"] == len(source) and sentence["step"] == ["0"]
        assert sentence["probabilities"][0] in sentence["reading"] and target[0] in sentence["reading"]
        assert sentence["rested"], line
        # A source token with the focus shows who looked at it, also after the pointer came and went.
        assert sentence["focused"] == sentence["refocused"] == [row[0] for row in weights], line
        assert sentence["cell"] == [1, 1]
        # A hypothesis shows the way to it, and the arrow keys go along it.
        assert sentence["way"] >= 1 and "log p" in sentence["told"] and sentence["left"] == 0
        assert sentence["stepped"] == max(sentence["way"] - 1, 0) or sentence["way"] == 1
        assert sentence["nodes"] == len(target) if not beam else sentence["nodes"] > len(target), line
