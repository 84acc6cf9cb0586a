/// What pages with heads add to the style sheet of pages of translations.
enum HeadStyle {
  /// The small maps stand right of the large one, or above it where that is too wide.
  ///
  /// Without a script, the small one that is chosen grows in its place.
  static let text: StaticString = """

    .heads { display: flex; flex-flow: row-reverse wrap; justify-content: flex-end; align-items: flex-start; gap: \
    1rem 2.5rem; }
    .heads > figure { flex: 0 1 auto; max-width: 100%; }
    .heads .which { min-width: 11.5rem; color: var(--quiet); font-size: 0.8125rem; }
    .small { display: grid; gap: 0.6rem; flex: 1 1 18rem; min-width: 0; padding-top: 0.25rem; }
    .layer { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 0.35rem; }
    .layer > .number { flex: 0 0 3.75rem; padding-top: 0.3rem; }
    .head { position: relative; padding: 3px; border-radius: 6px; cursor: pointer; text-align: center; line-height: \
    1.2; }
    .head input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
    .head .map { display: block; width: 3.75rem; height: 3.75rem; background: var(--panel); border-radius: 3px; \
    shape-rendering: crispEdges; }
    .head small { font-size: 0.6875rem; font-variant-numeric: tabular-nums; }
    .head:hover .map { outline: 1px solid var(--quiet); }
    .head:has(:checked) { box-shadow: inset 0 0 0 1.5px var(--accent); }
    .head:has(:checked) small { color: var(--ink); font-weight: 650; }
    .head:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
    @media (scripting: none) {
      .head:has(:checked:not(:default)) .map { width: min(20rem, 70vw); height: min(20rem, 70vw); }
    }
    @media (max-width: 34rem) {
      .layer { gap: 0.15rem; }
      .layer > .number { flex-basis: 100%; padding: 0; }
      .head .map { width: 2.75rem; height: 2.75rem; }
    }

    """
}
