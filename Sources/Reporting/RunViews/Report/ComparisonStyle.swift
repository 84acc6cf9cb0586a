/// What pages of comparisons add to the style sheet of all pages.
enum ComparisonStyle {
  /// Translations of a sentence stand side by side as long as each has room, and below each other on a telephone.
  static let text: StaticString = """

    .compared { padding: 1.1rem 0; border-top: 1px solid var(--rule); }
    .compared > dl { margin-bottom: 1rem; }
    .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 1.25rem 2rem; }
    .sides > div { min-width: 0; }
    .sides h3 { margin: 0 0 0.15rem; overflow-wrap: anywhere; }
    .sides h3 + p { margin: 0 0 0.6rem; font-size: 1.0625rem; }

    """
}
