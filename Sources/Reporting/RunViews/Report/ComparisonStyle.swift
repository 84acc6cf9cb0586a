/// What pages of comparisons add to the style sheet of all pages.
enum ComparisonStyle {
  /// Translations of a sentence stand side by side, two of them on a telephone as well; a wide picture scrolls by
  /// itself, and so does a table, whose first column stays.
  static let text: StaticString = """

    .compared { padding: 1.1rem 0; border-top: 1px solid var(--rule); }
    .compared > dl { margin-bottom: 1rem; }
    .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); gap: 1.25rem \
    1rem; }
    .sides > div { min-width: 0; }
    .scroll tbody th, .scroll thead th:first-child { position: sticky; left: 0; background: var(--paper); }
    .sides h3 { margin: 0 0 0.15rem; overflow-wrap: anywhere; }
    .sides h3 + p { margin: 0 0 0.6rem; font-size: 1.0625rem; }

    """
}
