/// The script of pages of translations: words that are linked, and ways through trees.
enum AttentionScript {
  /// A token under the pointer, with the focus or tapped shows its weights on the other side.
  ///
  /// The one under the pointer goes before the one with the focus. A hypothesis shows the way to it; arrow keys go
  /// through the tree.
  static let text: StaticString = """

    "use strict";
    for (const sentence of document.querySelectorAll(".sentence")) {
      const sources = [...sentence.querySelectorAll("[data-source]")];
      const targets = [...sentence.querySelectorAll("[data-target]")];
      if (targets.length === 0) continue;
      const tokens = [...sources, ...targets];
      // Those of the head that is shown, which may change.
      const row = (token) => token.dataset.weights.split(" ");
      const below = tokens.map((token) => token.querySelector("small").textContent);
      const steps = sentence.querySelectorAll("[data-step]");
      const reading = sentence.querySelector(".pair .reading");
      const name = (token) => `“\\u2068${token.querySelector(".word").textContent}\\u2069”`;

      const clear = () => {
        tokens.forEach((token, index) => {
          token.classList.remove("now", "lit");
          token.style.removeProperty("--weight");
          token.querySelector("small").textContent = below[index];
        });
        for (const step of steps) step.classList.remove("now");
        reading.textContent = "";
      };
      const light = (token, weight) => {
        token.classList.add("lit");
        token.style.setProperty("--weight", weight);
        token.querySelector("small").textContent = weight;
      };
      const greatest = (list) => list.map((weight, index) => [Number(weight), index])
        .sort((a, b) => b[0] - a[0]).slice(0, 3).filter((entry) => entry[0] >= 0.0005);
      const show = (token) => {
        clear();
        token.classList.add("now");
        const [isTarget, index] = token.dataset.target === undefined
          ? [false, Number(token.dataset.source)] : [true, Number(token.dataset.target)];
        const others = isTarget ? sources : targets;
        const list = isTarget ? row(token) : targets.map((token) => row(token)[index]);
        others.forEach((other, place) => light(other, list[place]));
        if (isTarget) steps[index]?.classList.add("now");
        const places = greatest(list).map(([, place]) => `${name(others[place])} ${list[place]}`).join(", ");
        const head = sentence.dataset.head ? ` (${sentence.dataset.head})` : "";
        reading.textContent = isTarget
          ? `${name(token)}: probability ${token.dataset.probability}; looked at ${places}${head}`
          : `${name(token)}: looked at by ${places}${head}`;
      };
      const rest = () => {
        const focused = tokens.find((token) => token === document.activeElement);
        if (focused) show(focused); else clear();
      };
      for (const token of tokens) {
        token.addEventListener("pointerenter", () => show(token));
        token.addEventListener("focus", () => show(token));
        token.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") rest(); });
        token.addEventListener("blur", rest);
      }
      document.addEventListener("pointerdown", (event) => {
        if (event.pointerType === "touch" && !event.target.closest(".token")) clear();
      });
      const cells = sentence.querySelector(".looked .heatmap svg");
      cells?.addEventListener("pointerover", (event) => {
        const cell = event.target.closest("[data-cell]");
        if (!cell) return;
        const [target, source] = cell.dataset.cell.split(" ").map(Number);
        show(targets[target]);
        sources[source].classList.add("now");
      });
      cells?.addEventListener("pointerleave", rest);
    }

    // The numbers of a map; another head has others.
    for (const control of document.querySelectorAll(".heatmap .numbers input")) {
      const figure = control.closest("figure");
      const map = figure.querySelector("svg");
      const draw = () => {
        for (const text of map.querySelectorAll(".weight")) text.remove();
        if (!control.checked) return;
        for (const cell of map.querySelectorAll("[data-cell]")) {
          const weight = Number(cell.dataset.reading.match(/[0-9.]+$/)[0]);
          const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
          text.setAttribute("class", weight > 0.5 ? "weight strong" : "weight");
          text.setAttribute("x", cell.x.baseVal.value + cell.width.baseVal.value / 2);
          text.setAttribute("y", cell.y.baseVal.value + cell.height.baseVal.value / 2 + 4);
          text.textContent = Math.round(100 * weight);
          map.append(text);
        }
      };
      control.addEventListener("change", draw);
      figure.addEventListener("weights", draw);
      draw();
    }

    for (const tree of document.querySelectorAll(".beam .scroll > svg")) {
      const nodes = new Map([...tree.querySelectorAll("[data-node]")].map((node) => [node.dataset.node, node]));
      const edges = new Map([...tree.querySelectorAll("[data-edge]")].map((edge) => [edge.dataset.edge, edge]));
      let at = null;
      const leave = () => {
        for (const element of tree.querySelectorAll(".way")) element.classList.remove("way");
      };
      const show = (node) => {
        leave();
        at = node;
        for (let step = node; step; step = nodes.get(step.dataset.parent)) {
          step.classList.add("way");
          edges.get(step.dataset.node).classList.add("way");
        }
        tree.closest("figure").querySelector(".reading").textContent = node.dataset.reading;
      };
      for (const node of nodes.values()) {
        node.addEventListener("pointerenter", () => show(node));
        node.addEventListener("pointerdown", () => show(node));
      }
      tree.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") leave(); });
      tree.addEventListener("blur", leave);
      const column = (node) => node.querySelector("rect").x.baseVal.value;
      const row = (node) => node.querySelector("rect").y.baseVal.value;
      tree.addEventListener("keydown", (event) => {
        const all = [...nodes.values()];
        const move = {
          ArrowLeft: () => nodes.get(at.dataset.parent),
          ArrowRight: () => all.filter((node) => node.dataset.parent === at.dataset.node).sort((a, b) => row(a) - \
    row(b))[0],
          ArrowUp: () => all.find((node) => column(node) === column(at) && row(node) === row(at) - 44),
          ArrowDown: () => all.find((node) => column(node) === column(at) && row(node) === row(at) + 44),
        }[event.key];
        if (!move) return;
        event.preventDefault();
        const next = at ? move() : nodes.get("0");
        if (!next) return;
        show(next);
        next.scrollIntoView({ block: "nearest", inline: "nearest" });
      });
    }

    """
}
