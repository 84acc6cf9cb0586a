/// The script of pages of captions.
enum CaptionScript {
  /// The word under the pointer, with the focus or tapped lays its weights over the large picture.
  static let text: StaticString = """

    "use strict";
    for (const caption of document.querySelectorAll("section.caption")) {
      const looks = [...caption.querySelectorAll(".look")];
      const place = caption.querySelector(".large .place");
      const reading = caption.querySelector(".large .reading");
      const show = (look) => {
        for (const other of looks) other.classList.toggle("now", other === look);
        place?.replaceChildren(...(look ? [look.querySelector(".weights").cloneNode(true)] : []));
        reading.textContent = look ? look.dataset.readingText : "";
      };
      const rest = () => show(looks.find((look) => look === document.activeElement));
      looks.forEach((look, index) => {
        look.addEventListener("pointerenter", () => show(look));
        look.addEventListener("focus", () => show(look));
        look.addEventListener("blur", () => rest());
        look.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") rest(); });
        look.addEventListener("keydown", (event) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (!step) return;
          event.preventDefault();
          looks[(index + step + looks.length) % looks.length].focus();
        });
      });
    }

    """
}
