/// The style sheet of small pictures.
enum MosaicStyle {
  static let text: StaticString = """

    .grid { margin: 0.9rem 0 1.1rem; }
    .grid figcaption { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; align-items: baseline; margin-bottom: \
    0.35rem; }
    .grid figcaption small { color: var(--quiet); font-variant-numeric: tabular-nums; }
    .tiles { width: fit-content; max-width: 100%; }
    .tiles[data-values] { cursor: crosshair; }
    .mosaic { display: block; max-width: 100%; height: auto; image-rendering: pixelated; background: var(--panel); \
    border-radius: 3px; }
    .matrices { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; margin-top: 0.5rem; }
    .matrices table { width: auto; min-width: 0; margin: 0; border-left: 1px solid var(--rule); border-right: 1px \
    solid var(--rule); }
    .matrices td { padding: 0.1rem 0.5rem; border: 0; font-size: 0.8125rem; }
    .patch { width: 2rem; height: 2rem; image-rendering: pixelated; border-radius: 3px; }
    .picture { display: block; width: min(12rem, 42vw); height: auto; image-rendering: pixelated; border-radius: 4px; }
    .picture + dl { margin-top: 0.9rem; }
    .sample-image { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: flex-start; }
    .sample-image .picture { width: min(7rem, 30vw); }
    .sample-image dl { flex: 1 1 14rem; min-width: 0; margin: 0; }

    """
}
