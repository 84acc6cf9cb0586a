import DragomanFormats
import DragomanLayers
import DragomanSystem
import DragomanTranslation

/// A result that one process can tell another.
protocol Transferable {
  /// The result as others read it.
  var transferred: JSON { get }
  /// What another process told.
  init?(transferred: JSON)
}

extension ProcessGroup {
  /// What all processes make of shared work, in the order of its numbers: each does its share and tells the others.
  ///
  /// - Throws: ``StopRequested`` in all of them if one was asked to stop; what goes wrong in this one, or when others
  ///   do not answer.
  func shared<Value: Transferable>(_ work: (WorkShare) throws -> [Value]) throws -> [Value] {
    guard size > 1 else { return try work(.all) }
    var told: [UInt8] = []
    do {
      let own = try work(WorkShare(rank: rank, size: size))
      told = Array(JSON.array(own.map(\.transferred)).serialized().utf8)
    } catch is StopRequested {
      // Nothing is told, which no work is: not even that of no number, an empty list.
    }
    let parts = try gather(told)
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw StopRequested() }
    return WorkShare.joined(
      try parts.enumerated().map { rank, bytes in
        let list = try JSON.parse(bytes, file: name(of: rank)).array ?? []
        return list.compactMap(Value.init(transferred:))
      })
  }
}

extension Loss: Transferable {
  // Numbers go as their bits, since a loss may not be finite.
  var transferred: JSON {
    .array(
      [sum.bitPattern, weight.bitPattern, penalty.bitPattern].map { .string(String($0)) }
        + [.int(count)])
  }

  init?(transferred: JSON) {
    guard let list = transferred.array, list.count == 4, let count = list[3].int else { return nil }
    let numbers = list.prefix(3).compactMap { $0.string.flatMap { UInt64($0) } }
      .map(Double.init(bitPattern:))
    guard numbers.count == 3 else { return nil }
    self.init(sum: numbers[0], count: count, weight: numbers[1])
    penalty = numbers[2]
  }
}

extension ValidationReport.Sample: Transferable {
  var transferred: JSON {
    [
      "source": .string(source), "reference": .string(reference),
      "translation": .string(translation),
      "probability": probability.map { .int(Int($0.bitPattern)) },
      "map": map.map { map in
        [
          "height": .int(map.height), "width": .int(map.width),
          "weights": .array(map.weights.map { .int(Int($0.bitPattern)) }),
        ]
      },
    ]
  }

  init?(transferred: JSON) {
    func float(_ json: JSON?) -> Float? {
      json?.int.flatMap { UInt32(exactly: $0) }.map(Float.init(bitPattern:))
    }
    guard let source = transferred["source"]?.string,
      let reference = transferred["reference"]?.string,
      let translation = transferred["translation"]?.string
    else { return nil }
    self.init(
      source: source, reference: reference, translation: translation,
      probability: float(transferred["probability"]))
    if let map = transferred["map"], let height = map["height"]?.int,
      let width = map["width"]?.int
    {
      self.map = ImageClassifier.AttentionMap(
        height: height, width: width, weights: (map["weights"]?.array ?? []).compactMap(float))
    }
  }
}
