import DragomanFormats
import DragomanTraining
import DragomanTranslation

extension LogEntry {
  /// The entry as it is written.
  var json: JSON {
    let (name, members) =
      switch event {
      case .began(let beginning): ("began", beginning.members)
      case .updated(let update): ("updated", update.members)
      case .validated(let validation): ("validated", validation.members)
      case .ended(let ending): ("ended", ending.members)
      }
    return .object([("event", .string(name))] + members + [("seconds", .double(seconds))])
  }

  /// The entry that is written; members of other names are passed over.
  init(_ json: JSON) throws(LogProblem) {
    let fields = LogFields(json)
    switch try fields.string("event") {
    case "began": event = .began(try Beginning(fields))
    case "updated": event = .updated(try Update(fields))
    case "validated": event = .validated(try Validation(fields))
    case "ended": event = .ended(try Ending(fields))
    default: throw fields.problem("event", isNot: "began, updated, validated or ended")
    }
    seconds = try fields.double("seconds")
  }
}

// MARK: - What happened

extension LogEntry.Beginning {
  fileprivate var members: [(String, JSON)] {
    [
      ("update", .int(update)), ("parameters", .int(parameters)),
      ("batchTokens", .int(batchTokens)), ("threads", .int(threads)),
      ("instructions", .string(instructions)),
    ] + (validation.map { [("validation", $0.json)] } ?? [])
  }

  fileprivate init(_ fields: LogFields) throws(LogProblem) {
    update = try fields.int("update")
    parameters = try fields.int("parameters")
    batchTokens = try fields.int("batchTokens")
    threads = try fields.int("threads")
    instructions = try fields.string("instructions")
    validation = fields.json["validation"].flatMap(ValidationMark.init)
  }
}

extension LogEntry.Update {
  fileprivate var members: [(String, JSON)] {
    [
      ("update", .int(update)), ("epoch", .int(epoch)), ("loss", .double(loss)),
      ("gradientNorm", .double(gradientNorm)), ("learningRate", .double(learningRate)),
      ("targetTokens", .int(targetTokens)), ("pairs", .int(pairs)),
    ] + (penalty == 0 ? [] : [("penalty", .double(penalty))])
      + (tokensPerSecond.map { [("tokensPerSecond", .double($0))] } ?? [])
  }

  fileprivate init(_ fields: LogFields) throws(LogProblem) {
    update = try fields.int("update")
    epoch = try fields.int("epoch")
    loss = try fields.double("loss")
    penalty = fields.has("penalty") ? try fields.double("penalty") : 0
    gradientNorm = try fields.double("gradientNorm")
    learningRate = try fields.double("learningRate")
    targetTokens = try fields.int("targetTokens")
    pairs = try fields.int("pairs")
    tokensPerSecond = fields.has("tokensPerSecond") ? try fields.double("tokensPerSecond") : nil
  }
}

extension LogEntry.Validation {
  fileprivate var members: [(String, JSON)] {
    figures.members + [
      ("perplexity", .double(figures.perplexity)), ("best", .bool(isBest)),
      ("improved", .array(improved.map { .string($0.rawValue) })), ("phases", phases.json),
    ] + (samples.isEmpty ? [] : [("samples", .array(samples.map(\.json)))]) + processes.members
  }

  fileprivate init(_ fields: LogFields) throws(LogProblem) {
    guard let figures = TrainingRecord.Validation(fields.json) else {
      throw LogProblem(expected: "update, epoch and loss of a validation", found: "others")
    }
    self.figures = figures
    isBest = try fields.bool("best")
    improved = try fields.array("improved", of: "a metric") {
      $0.string.flatMap(ValidationMetric.init)
    }
    phases = try fields.phases("phases")
    samples =
      fields.has("samples")
      ? try fields.array("samples", of: "a source, its reference and a translation") {
        ValidationReport.Sample($0)
      } : []
    processes = try fields.processes()
  }
}

extension LogEntry.Ending {
  fileprivate var members: [(String, JSON)] {
    [
      ("update", .int(update)), ("reason", .string(reason.rawValue)), ("phases", phases.json),
    ] + processes.members
  }

  fileprivate init(_ fields: LogFields) throws(LogProblem) {
    update = try fields.int("update")
    guard let reason = TrainingOutcome(rawValue: try fields.string("reason")) else {
      throw fields.problem("reason", isNot: "finished, outOfPatience or stopped")
    }
    self.reason = reason
    phases = try fields.phases("phases")
    processes = try fields.processes()
  }
}

// MARK: - Parts of it

extension [TrainingPhase: Double] {
  fileprivate var json: JSON {
    .object(
      TrainingPhase.allCases.compactMap { phase in
        self[phase].map { (phase.rawValue, .double($0)) }
      })
  }
}

extension LogFields {
  fileprivate func phases(_ name: String) throws(LogProblem) -> [TrainingPhase: Double] {
    let fields = LogFields(try object(name))
    var phases: [TrainingPhase: Double] = [:]
    for phase in TrainingPhase.allCases where fields.has(phase.rawValue) {
      phases[phase] = try fields.double(phase.rawValue)
    }
    return phases
  }
}

extension [ProcessReport] {
  fileprivate var members: [(String, JSON)] {
    guard !isEmpty else { return [] }
    let list = map { report -> JSON in
      func seconds(_ value: Double) -> JSON { .double((value * 1000).rounded() / 1000) }
      return [
        "host": .string(report.host), "seconds": seconds(report.seconds),
        "bytes": .int(report.bytes), "gradients": seconds(report.times.gradients),
        "weights": seconds(report.times.weights),
      ]
    }
    return [("processes", .array(list))]
  }
}

extension LogFields {
  fileprivate func processes() throws(LogProblem) -> [ProcessReport] {
    guard has("processes") else { return [] }
    return try array("processes", of: "a host, its seconds and its bytes") { json in
      guard let host = json["host"]?.string, let seconds = json["seconds"]?.double,
        let bytes = json["bytes"]?.int
      else { return nil }
      // Logs of earlier versions do not tell the rest.
      return ProcessReport(
        host: host, seconds: seconds, bytes: bytes,
        times: UpdateTimes(
          gradients: json["gradients"]?.double ?? 0, weights: json["weights"]?.double ?? 0))
    }
  }
}

extension ValidationReport.Sample {
  fileprivate var json: JSON {
    .object(
      [
        ("source", .string(source)), ("reference", .string(reference)),
        ("translation", .string(translation)),
      ] + (probability.map { [("probability", Self.share($0))] } ?? [])
        + (map.map { [("map", Self.json($0))] } ?? []))
  }

  fileprivate init?(_ json: JSON) {
    guard let source = json["source"]?.string, let reference = json["reference"]?.string,
      let translation = json["translation"]?.string
    else { return nil }
    self.init(
      source: source, reference: reference, translation: translation,
      probability: json["probability"]?.double.map { Float($0) },
      map: json["map"].flatMap(Self.map))
  }

  /// A share with four digits: a log is no place for more.
  private static func share(_ value: Float) -> JSON {
    .double((Double(value) * 10_000).rounded() / 10_000)
  }

  private static func json(_ map: ImageClassifier.AttentionMap) -> JSON {
    [
      "height": .int(map.height), "width": .int(map.width),
      "weights": .array(map.weights.map(share)),
    ]
  }

  /// Weights that are not as many as they ought to be are none.
  private static func map(_ json: JSON) -> ImageClassifier.AttentionMap? {
    guard let height = json["height"]?.int, let width = json["width"]?.int, height > 0, width > 0,
      let weights = json["weights"]?.array?.compactMap(\.double),
      weights.count.isMultiple(of: height), weights.count / height == width
    else { return nil }
    return ImageClassifier.AttentionMap(
      height: height, width: width, weights: weights.map { Float($0) })
  }
}
