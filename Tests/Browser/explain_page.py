"""Looks at the pages of `dragoman explain` and `dragoman inspect --html` in a headless Chromium."""

import base64
import html
import json
import re
import struct
import subprocess

# Runs beside the page, which it holds in a frame of the width to look at.
HARNESS = """<!doctype html><meta charset="utf-8"><style>body{margin:0}iframe{border:0;display:block}</style>
<iframe id="page" src="%(page)s" style="width:%(width)dpx;height:900px"></iframe><pre id="result" hidden></pre>
<script>
document.getElementById("page").onload = (event) => {
  const frame = event.target.contentWindow, page = frame.document;
  const all = (selector) => [...page.querySelectorAll(selector)];
  const result = { hacked: "hacked" in frame, title: page.title, scripts: page.scripts.length, text: page.body.textContent };
  result.scrolls = page.documentElement.scrollWidth - page.documentElement.clientWidth;
  result.h2 = all("h2").map((e) => e.textContent);
  const steps = all(".step"), tip = page.querySelector(".tip");
  const shown = () => steps.map((step) => frame.getComputedStyle(step).display !== "none");
  const key = (target, name) => target.dispatchEvent(new frame.KeyboardEvent("keydown", { key: name, bubbles: true }));
  result.steps = [];
  if (steps.length > 0) {
    result.steps.push(shown());
    key(page.body, "ArrowRight"); result.steps.push(shown());
    key(page.body, "ArrowLeft"); result.steps.push(shown());
    page.querySelector(".stepper [data-turn='1']").click(); result.steps.push(shown());
    all(".stepper [data-step]").at(-1).click(); result.steps.push(shown());
    key(page.body, "ArrowRight"); result.steps.push(shown());
    page.querySelector(".stepper [data-step]").click();
    // Every number of a strip, by the pointer and by the keys.
    const row = page.querySelector("#vectors [data-values]"), strip = row.querySelector(".strip");
    row.scrollIntoView();
    const box = strip.getBoundingClientRect();
    result.values = row.dataset.values;
    result.count = frame.atob(row.dataset.values).length / 4;
    result.read = [];
    for (let i = 0; i < result.count; i += 1) {
      strip.dispatchEvent(new frame.PointerEvent("pointermove", { clientX: box.left + box.width * (i + 0.5) / result.count,
        clientY: (box.top + box.bottom) / 2, bubbles: true }));
      result.read.push(tip.textContent);
    }
    row.focus(); key(row, "ArrowRight"); result.keys = [tip.textContent];
    key(row, "ArrowRight"); result.keys.push(tip.textContent); result.isShown = !tip.hidden;
    key(row, "Escape"); result.isHidden = tip.hidden;
    const exact = page.querySelector(".step [data-exact]");
    exact.dispatchEvent(new frame.PointerEvent("pointerdown", { clientX: 50, clientY: 50, bubbles: true }));
    result.exact = [exact.dataset.exact, tip.textContent];
    const tips = tip.getBoundingClientRect();
    result.tipIsInside = tips.left >= 0 && tips.right <= frame.innerWidth;
    for (const details of all("details")) details.open = true;
    // A number of a head's strip belongs to a token, which its reading names.
    const seen = page.querySelector("#encoder [data-of]");
    if (seen) {
      seen.scrollIntoView();
      const cells = seen.querySelector(".strip").getBoundingClientRect();
      seen.dispatchEvent(new frame.PointerEvent("pointermove", { clientX: cells.left + 1,
        clientY: (cells.top + cells.bottom) / 2, bubbles: true }));
      result.seen = [page.querySelector("#tokens .tokens strong").textContent, seen.dataset.name, tip.textContent];
    }
    result.scrollsOpen = page.documentElement.scrollWidth - page.documentElement.clientWidth;
  }
  const dot = page.querySelector(".map .dot:last-of-type");
  if (dot) {
    dot.dispatchEvent(new frame.PointerEvent("pointerenter"));
    result.dot = [dot.dataset.reading, dot.closest("figure").querySelector(".reading").textContent];
    const first = page.querySelector(".map .dot"); first.focus();
    result.focused = [first.dataset.reading, first.closest("figure").querySelector(".reading").textContent];
  }
  document.getElementById("result").textContent = JSON.stringify(result);
};
</script>"""


def look(chromium, base, folder, page, width):
    name = f"look-{width}-{page}"
    (folder / name).write_text(HARNESS % {"page": page, "width": width})
    dom = chromium(f"--window-size={max(width, 600)},900", "--dump-dom", f"{base}/{name}")
    found = re.search(r'<pre id="result" hidden="">(.*?)</pre>', dom, re.S)
    assert found and found[1], "the page has not been looked at"
    return json.loads(html.unescape(found[1])), name


def check_common(text, found, references, scripts):
    references.feed(text)
    assert not references.found, references.found
    assert references.scripts == found["scripts"] == scripts, (references.scripts, found["scripts"])
    assert not found["hacked"], "text was run as a script"
    assert found["scrolls"] <= 0, f"{found['title']} scrolls sideways by {found['scrolls']} pixels"


def check_walk(found):
    steps = found["steps"]
    count = len(steps[0])
    at = [shown.index(True) for shown in steps]
    assert all(sum(shown) == 1 for shown in steps), "not one step at a time"
    assert at == [0, min(1, count - 1), 0, min(1, count - 1), count - 1, count - 1], at
    values = struct.unpack(f"<{found['count']}f", base64.b64decode(found["values"]))
    for index, (value, text) in enumerate(zip(values, found["read"], strict=True)):
        name, number = text.rsplit(": ", 1)
        assert name.endswith(f"unit {index + 1} of {found['count']}"), text
        # The digits shown are those of the number in single precision, and no other.
        assert struct.unpack("<f", struct.pack("<f", float(number.replace("−", "-"))))[0] == value, (text, value)
    first = 1 if "unit 1 of" in found["keys"][0] else 2
    assert f"unit {first} of" in found["keys"][0] and f"unit {first + 1} of" in found["keys"][1], found["keys"]
    assert found["isShown"] and found["isHidden"] and found["tipIsInside"]
    assert found["exact"][0] == found["exact"][1], found["exact"]
    if "seen" in found:
        token, name, text = found["seen"]
        assert text.startswith(f"{name}, at 1 \u2068{token}\u2069: "), found["seen"]
    assert found["scrollsOpen"] <= 0, f"scrolls sideways by {found['scrollsOpen']} pixels when all is unfolded"


def train_transformer(dragoman, folder, run):
    """Trains a Transformer on both sides for a few updates, with what such a side can have."""
    config = json.loads((folder / "config.json").read_text())
    side = {"kind": "transformer", "width": 24, "layers": 2, "heads": 3, "inner": 40}
    config["model"] = {"embedding": 24, "encoder": side, "decoder": {**side, "positions": "learnt", "activation": "gelu"}}
    config["training"]["epochs"] = 1
    (folder / f"{run}.json").write_text(json.dumps(config))
    command = [dragoman, "train", "--config", str(folder / f"{run}.json"), "--set", f"name={run}", "--restart",
               "--runs", str(folder / "runs")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def look_at_explanations(dragoman, base, folder, chromium, references, texts):
    """Makes the pages of three runs, two of them in `folder`, and looks at them; `texts` has what is unpleasant."""
    train_transformer(dragoman, folder, "transformer")
    for run in ("reverse", "reverse-lstm", "transformer"):
        model = str(folder / "runs" / run)
        made = {f"{run}-model.html": ["inspect", model, "--html", str(folder / f"{run}-model.html")]}
        for index, text in enumerate(["one two three four", *texts]):
            page = f"{run}-walk-{index}.html"
            made[page] = ["explain", text, "--model", f"{model}/best.safetensors", "--html", str(folder / page), "--gradients"]
            if index % 2 == 0:
                made[page] += ["--target", text]
        for page, command in made.items():
            subprocess.run([dragoman, *command], check=True, stdout=subprocess.DEVNULL)
            text = (folder / page).read_text()
            for width in (1280, 390, 320):
                found, name = look(chromium, base, folder, page, width)
                check_common(text, found, references(), 2 if "walk" in page else 1)
                if "walk" in page:
                    check_walk(found)
                    assert ("seen" in found) == (run == "transformer"), found.get("seen")
                    assert {"Tokens", "Encoder", "Decoder", "Gradients"} <= set(found["h2"]), found["h2"]
                    source = (["one two three four", *texts])[int(page.split("-")[-1][0])]
                    assert source in found["text"], source
                else:
                    assert {"Parameters", "Training", "Word vectors", "Tensors"} <= set(found["h2"]), found["h2"]
                    assert found["dot"][0] == found["dot"][1] and found["focused"][0] == found["focused"][1], found
                if width == 390:
                    chromium("--window-size=390,3400", f"--screenshot={folder}/{page}-phone.png", f"{base}/{page}")
            for scheme, setting in (("light", 1), ("dark", 0)):
                chromium("--window-size=1280,2600", f"--blink-settings=preferredColorScheme={setting}",
                         f"--screenshot={folder}/{page}-{scheme}.png", f"{base}/{page}")
