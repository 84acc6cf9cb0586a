/// The style sheet of pages of captions.
enum CaptionStyle {
  static let text: StaticString = """

    .shown { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; align-items: flex-start; }
    .large { margin: 0; flex: 0 1 16rem; min-width: min(12rem, 100%); }
    .large figcaption { display: block; margin-top: 0.4rem; overflow-wrap: anywhere; }
    .large .reading { display: block; min-height: 3.2em; color: var(--quiet); font-variant-numeric: tabular-nums; }
    .over { position: relative; } .over img { display: block; width: 100%; height: auto; image-rendering: pixelated; \
    border-radius: 4px; }
    .over .place, .over .weights { position: absolute; inset: 0; width: 100%; height: 100%; }
    .looks { display: flex; flex-wrap: wrap; gap: 0.6rem; flex: 1 1 18rem; min-width: 0; }
    .look { margin: 0; width: 5rem; cursor: crosshair; border-radius: 4px; padding: 0.2rem; }
    .look img { display: block; width: 100%; height: auto; image-rendering: pixelated; background: var(--panel); \
    border-radius: 3px; }
    .look figcaption { text-align: center; overflow-wrap: anywhere; }
    .look.now, .look:focus-visible { background: color-mix(in srgb, var(--c1) 18%, transparent); }

    """
}
