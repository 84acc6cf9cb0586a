import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `What is wrong with arrays of examples is said` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file of arrays of floats and whole numbers.
  private func safetensors(
    features: [Int] = [6, 2], _ more: [(name: String, numbers: [Int])] = [],
    labels: [Int] = [0, 1, 0], numbers: [Float]? = nil, metadata: [String: String] = [:],
    as name: String = "train.safetensors"
  ) throws {
    let count = features.reduce(1, *)
    try AtomicFile.write(
      ArrayBytes.safetensors(
        [("features", "F32", features, ArrayBytes.floats(numbers ?? (0..<count).map { Float($0) }))]
          + more.map { ($0.name, "I64", [$0.numbers.count], ArrayBytes.integers($0.numbers)) }
          + [("labels", "I64", [labels.count], ArrayBytes.integers(labels))], metadata: metadata),
      to: folder[name])
  }

  private func message(
    train: String = "train.safetensors", validation: String = "train.safetensors",
    features: String = "", encoder: String = #"{"kind": "features"}"#
  ) throws -> String {
    do {
      _ = try ClassificationData(
        RunConfiguration.parse(
          Array(
            """
            {"task": "classification",
             "data": {"train": ["\(folder[train])"], "validation": ["\(folder[validation])"]\(features)},
             "classifier": {"encoder": \(encoder)}}
            """.utf8), file: "a.json"))
      return "no error"
    } catch { return "\(error)".replacing("\(folder.path)/", with: "") }
  }

  @Test func `shapes, lengths and offsets`() throws {
    try safetensors([("lengths", [1, 2, 3])])
    #expect(try message() == "no error")
    try safetensors([("lengths", [1, 2, 2])])
    #expect(
      try message() == """
        train.safetensors: array 'lengths': expected a sum of 6, the rows of 'features', found 5. Give the number of \
        rows of each example, in their order.
        """)
    try safetensors([("lengths", [6, 0, 0])])
    #expect(
      try message() == """
        train.safetensors: array 'lengths': expected numbers from 1 to 6, found 0 at index 1. They count the rows of \
        'features': one for each example.
        """)
    try safetensors([("offsets", [0, 1, 2, 5])])
    #expect(
      try message() == """
        train.safetensors: array 'offsets': expected numbers from 0 to 6, the rows of 'features', found 0 to 5. Give \
        where each example begins, and at last the number of rows.
        """)
    try safetensors([("offsets", [0, 2, 2, 6])])
    #expect(
      try message() == """
        train.safetensors: array 'offsets': expected numbers each greater than the one before, found 2 after 2 at \
        index 2. An example has at least one row.
        """)
    try safetensors([("offsets", [0, 6]), ("lengths", [6])])
    #expect(
      try message().hasPrefix(
        "train.safetensors: array 'lengths': expected either 'lengths' or 'offsets', found both."))
    try safetensors(features: [3, 0, 2], [("lengths", [1, 1, 1])])
    #expect(try message().contains("expected at least one row in each example"))
    try safetensors(features: [3, 2, 2], [("offsets", [0, 1, 2, 3])])
    #expect(
      try message().contains("array 'offsets': expected no offsets beside 'features' of three axes")
    )
    try safetensors(features: [3, 2, 2], [("lengths", [1, 3, 1])])
    #expect(
      try message().contains("array 'lengths': expected numbers from 1 to 2, found 3 at index 1"))
    try safetensors(features: [3, 2, 2], [("lengths", [1, 2])])
    #expect(
      try message().contains(
        "array 'lengths': expected a list of 3 numbers, one for each example, found I64 [2]."))
    try safetensors(features: [12])
    #expect(
      try message().contains(
        "array 'features': expected the shape [rows, columns] or [examples, rows, columns], found F32 [12]. Of one "
          + "number"
      ))
    try safetensors(features: [0, 2], numbers: [])
    #expect(
      try message().contains("array 'features': expected at least one row, found F32 [0, 2]."))
  }

  @Test func `numbers of labels, and their names`() throws {
    try safetensors()
    #expect(
      try message() == """
        train.safetensors: array 'features': expected 3 examples, one for each label, found 1. Give 'lengths' or \
        'offsets' with rows of several examples, or an axis of their own.
        """)
    try safetensors(features: [3, 2, 2], labels: [0, 1])
    #expect(
      try message() == """
        train.safetensors: array 'features': expected 2 examples, one for each label, found 3. Save both in the same \
        order.
        """)
    try safetensors(features: [3, 2, 2], labels: [0, 1, 2], metadata: ["names": #"["a", "b"]"#])
    #expect(
      try message() == """
        train.safetensors: array 'labels': expected numbers from 0 to 1, as there are 2 names, found 2 at index 2. \
        Give a name to each class.
        """)
    try safetensors(features: [3, 2, 2], metadata: ["names": #"["a", "a "]"#])
    #expect(
      try message() == """
        train.safetensors: array 'names': expected a different name for each class, found one twice, or an empty one. \
        Give each class a name of its own.
        """)
    try safetensors(features: [3, 2, 2], metadata: ["names": "a, b"])
    #expect(try message().contains("train.safetensors[names]:1:1"))
    try safetensors(features: [3, 2, 2], metadata: ["names": #"{"a": 0}"#])
    #expect(try message().contains("metadata 'names': expected a list of texts in JSON"))
    try AtomicFile.write(
      ArrayBytes.safetensors([("features", "F32", [1, 1, 1], ArrayBytes.floats([0]))]),
      to: folder["train.safetensors"])
    #expect(
      try message() == """
        train.safetensors: expected an array 'labels', found 'features'. Save the class of each example, for example \
        with 'numpy.savez(file, labels=labels)'.
        """)
    try AtomicFile.write(
      ArrayBytes.safetensors([
        ("features", "F32", [1, 1, 1], ArrayBytes.floats([0])),
        ("labels", "F32", [1], ArrayBytes.floats([0.5])),
      ]), to: folder["train.safetensors"])
    #expect(
      try message() == """
        train.safetensors: array 'labels': expected whole numbers, found others. Save it with 'array.astype("int64")'.
        """)
    try AtomicFile.write(
      ArrayBytes.safetensors([
        ("features", "F32", [1, 1, 1], ArrayBytes.floats([0])),
        ("labels", "F32", [1, 2], ArrayBytes.floats([0, 1])),
      ]), to: folder["train.safetensors"])
    #expect(
      try message().contains(
        "array 'labels': expected a list, one class for each example, found F32 [1, 2]."))
    try AtomicFile.write(
      ArrayBytes.npz([
        ("features", ArrayBytes.npy("<f4", [2, 1, 1], ArrayBytes.floats([0, 1]))),
        ("labels", ArrayBytes.npy("<U1", [2], ArrayBytes.texts(["a", ""], of: 1))),
      ]), to: folder["train.npz"])
    #expect(
      try message(train: "train.npz") == """
        train.npz: array 'labels': expected a class for each example, found an empty text at index 1. Name it, or take \
        the example out.
        """)
  }

  @Test func `numbers that are none, and rows of other sizes`() throws {
    try safetensors(features: [3, 2, 2], numbers: [0, 0, 0, 0, 0, 0, 0, .infinity, 0, 0, 0, 0])
    #expect(
      try message() == """
        train.safetensors: array 'features': expected finite numbers, found inf in row 1, column 1 of example 1. \
        Clean it with 'numpy.nan_to_num'.
        """)
    try safetensors(features: [3, 2, 2])
    try safetensors(features: [3, 2, 3], as: "validation.safetensors")
    #expect(
      try message(validation: "validation.safetensors") == """
        validation.safetensors: array 'features': expected rows of 2 numbers, as the training examples have them, \
        found F32 [3, 2, 3]. Compute the features in the same way.
        """)
    #expect(
      try message(features: #", "features": {"mean": [1, 2, 3]}"#) == """
        data.features.mean: expected one number, or one for each of the 2 columns of the features, found 3. Leave it \
        out to have them measured.
        """)
    #expect(
      try message(encoder: #"{"kind": "features", "size": 7}"#) == """
        classifier.encoder.size: expected 2, the numbers in a row of the features, found 7. Leave it out.
        """)
    try AtomicFile.write(
      ArrayBytes.safetensors([
        ("features", "C64", [2, 1, 1], [UInt8](repeating: 0, count: 16)),
        ("labels", "I64", [2], ArrayBytes.integers([0, 1])),
      ]), to: folder["train.safetensors"])
    let found = try message()
    #expect(found.contains("array 'features': expected plain numbers, found C64."), "\(found)")
  }

  @Test func `files of a table`() throws {
    try AtomicFile.write(
      ArrayBytes.npy("<f4", [2, 2], ArrayBytes.floats([0, 1, 2, 3])), to: folder["a.npy"])
    try AtomicFile.write(
      ArrayBytes.npy("<f4", [2, 2, 1], ArrayBytes.floats([0, 1, 2, 3])), to: folder["b.npy"])
    try AtomicFile.write(
      ArrayBytes.npy("<f4", [2, 1], ArrayBytes.floats([0, 1])), to: folder["c.npy"])
    func table(_ name: String) throws -> String {
      try folder.write("train.tsv", "a.npy\tx\n\(name)\ty\n")
      return try message(
        train: "train.tsv", validation: "train.tsv",
        features: #", "features": {"folder": "\#(folder.path)"}"#)
    }
    let place = "train.tsv:2: the file that this line names cannot be used. "
    #expect(
      try table("b.npy") == """
        \(place)b.npy: expected the rows of one example, [rows, columns], found 2 examples. Name the file itself in \
        data.train, with its labels, or save each example by itself.
        """)
    #expect(
      try table("c.npy") == """
        \(place)c.npy: expected rows of 2 numbers, as a.npy has them, found F32 [2, 1]. Compute the features in the \
        same way.
        """)
    #expect(try table("nowhere.npy").hasPrefix("\(place)nowhere.npy"))
    try folder.write("d.npy", "no array")
    #expect(try table("d.npy").hasPrefix(place))
    try AtomicFile.write(
      Array(ArrayBytes.npy("<f4", [2, 2], ArrayBytes.floats([0, 1, 2, 3])).dropLast()),
      to: folder["e.npy"])
    #expect(try table("e.npy").hasPrefix(place))
    #expect(
      try message(train: "a.npy").contains(
        "a.npy: expected arrays of examples and of 'labels', found one without a name. Name two files,"
      ))
  }

  @Test(arguments: [
    (
      #""classifier": {"encoder": {"kind": "features"}, "input": "features"}"#, "",
      "counts only if classifier.encoder.kind is \"recurrent\" or \"transformer\""
    ),
    (
      #""classifier": {"encoder": {"kind": "features"}, "embedding": 3}"#, "", "counts only if"
    ),
    (
      #""classifier": {"encoder": {"kind": "features"}, "dropout": {"layers": 0.1}}"#, "",
      "such an encoder has no place for it"
    ),
    (
      #""classifier": {"input": "features", "dropout": {"words": 0.1}}"#, "",
      "features are not words"
    ),
    (
      #""classifier": {"input": "features"}, "tokenizer": {"kind": "word"}"#, "",
      "features are neither text nor images; leave tokenizer out"
    ),
    (
      #""classifier": {"input": "features"}"#, #", "maximumLength": 3"#,
      "data.features.maximumRows instead"
    ),
    (
      #""classifier": {"input": "features"}"#, #", "images": {"height": 3}"#,
      "features are neither text nor images"
    ),
    (#""classifier": {"pooling": "mean"}"#, #", "features": {"mean": [1]}"#, "reads texts"),
    (
      #""classifier": {"encoder": {"kind": "vision"}}"#, #", "features": {"mean": [1]}"#,
      "reads images"
    ),
    (#""classifier": {"pooling": "mean"}"#, "", "arrays of numbers hold no text"),
    (
      #""classifier": {"input": "features"}"#,
      #", "features": {"mean": [1, 2], "deviation": [1, 2, 3]}"#,
      "there is one number for each column"
    ),
    (
      #""classifier": {"input": "features"}, "training": {"batchImages": 3}"#, "",
      "batchTokens instead"
    ),
  ])
  func `keys that do not go together`(keys: String, data: String, message: String) throws {
    let json = """
      {"task": "classification", "data": {"train": ["a.npz"], "validation": ["b.npz"]\(data)}, \(keys)}
      """
    let found = try #require(throws: ConfigurationError.self) {
      try RunConfiguration.parse(Array(json.utf8), file: "a.json")
    }.description
    #expect(found.contains(message), "\(found)")
  }

  @Test func `a translation that would read features`() throws {
    let json = """
      {"data": {"train": ["a.tsv"], "validation": ["b.npz"], "features": {"mean": [1]}},
       "model": {"encoder": {"kind": "features"}}}
      """
    let found = try #require(throws: ConfigurationError.self) {
      try RunConfiguration.parse(Array(json.utf8), file: "a.json")
    }.description
    #expect(
      found.contains(#"task is "translation" (by default) and model.encoder.kind is "features""#),
      "\(found)")
    #expect(found.contains("data.features"), "\(found)")
    #expect(found.contains("arrays of numbers hold no text"), "\(found)")
  }
}
