/// The script of heads: the one that is chosen is shown large.
enum HeadScript {
  /// The map shown first is left as it came, with all of its digits; the others have a byte a weight.
  ///
  /// Left and right go from head to head, as in any choice; up and down go from layer to layer. Of attention to the
  /// source, the tokens of the sentence show the weights of the same head.
  static let text: StaticString = """

    "use strict";
    for (const heads of document.querySelectorAll(".heads")) {
      const choices = [...heads.querySelectorAll("input[data-weights]")];
      const layers = [...heads.querySelectorAll(".layer")].map((layer) => [...layer.querySelectorAll("input")]);
      const first = choices.find((choice) => choice.defaultChecked);
      const which = heads.querySelector(".which");
      const sentence = heads.closest(".sentence");
      const tokens = heads.closest(".looked") ? [...sentence.querySelectorAll("[data-target]")] : [];
      const standard = tokens.map((token) => token.dataset.weights);
      const cells = [...heads.querySelectorAll("[data-cell]")].map((cell) => (
        { cell, opacity: cell.getAttribute("fill-opacity"), reading: cell.dataset.reading }));
      const columns = new Set(cells.map(({ cell }) => cell.dataset.cell.split(" ")[1])).size;

      const show = (choice) => {
        const bytes = [...atob(choice.dataset.weights)].map((letter) => letter.charCodeAt(0));
        cells.forEach(({ cell, opacity, reading }, index) => {
          const weight = bytes[index] / 255;
          cell.setAttribute("fill-opacity", choice === first ? opacity : (0.05 + 0.95 * weight).toFixed(2));
          cell.dataset.reading = choice === first ? reading : reading.replace(/[0-9.]+$/, weight.toFixed(2));
        });
        tokens.forEach((token, row) => {
          token.dataset.weights = choice === first ? standard[row]
            : bytes.slice(row * columns, (row + 1) * columns).map((byte) => (byte / 255).toFixed(2)).join(" ");
        });
        which.textContent = choice.getAttribute("aria-label");
        if (tokens.length > 0) sentence.dataset.head = choice === first ? "" : which.textContent;
        heads.querySelector(".heatmap").dispatchEvent(new Event("weights"));
        const line = heads.querySelector(".reading");
        line.textContent = heads.querySelector("[data-cell].now")?.dataset.reading ?? "";
      };
      for (const choice of choices) choice.addEventListener("change", () => show(choice));
      heads.addEventListener("keydown", (event) => {
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        const layer = layers.findIndex((layer) => layer.includes(event.target));
        if (step === undefined || layer < 0) return;
        event.preventDefault();
        const next = layers[layer + step]?.[layers[layer].indexOf(event.target)];
        if (!next) return;
        next.focus();
        next.click();
      });
      // A browser may remember a choice over a reload.
      const chosen = choices.find((choice) => choice.checked);
      if (chosen !== first) show(chosen);
    }

    """
}
