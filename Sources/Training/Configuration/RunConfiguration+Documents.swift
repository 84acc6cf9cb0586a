import DragomanFormats

extension RunConfiguration {
  /// The configuration as a file, with everything filled in; equal configurations give equal text.
  package var text: String { json.serialized(pretty: true) + "\n" }

  /// The contents of `configs/schema.json`.
  package static var schemaDocument: String {
    schema(title: "Dragoman configuration").serialized(pretty: true) + "\n"
  }

  /// The contents of `docs/configuration.md`.
  package static var markdownDocument: String {
    """
    # Configuration

    Made by `dragoman schema --markdown`; do not edit.

    A configuration is a JSON file, strictly: no comments, no trailing commas, no key twice. Every key
    but those of `data` has a default suited to small data, so the shortest useful file is

    ```json
    { "data": { "train": ["train.tsv"], "validation": ["validation.tsv"] } }
    ```

    `dragoman train --config FILE --set model.dropout=0.3` overrides one key; the value is JSON, or a
    bare text such as `--set model.attention.score=dot`. All problems of a file are told at once, each
    with its line and column. `"$schema"`, the path of [configs/schema.json](../configs/schema.json) from the file, lets
    editors complete and check while you type.

    \(guide)
    """
  }
}
