package import DragomanFormats
package import DragomanSystem
import DragomanTensor

/// A model whose weights are to be stored in fewer bits.
///
/// Matrices are rounded (``WeightPrecision/covers(_:)``). Vectors, normalisations and small tensors stay as they are;
/// beside matrices of 8 bits they have 16, where these hold them and they are no statistics. All else, words,
/// configuration and record, is what the file had. Equal models give equal bytes.
package struct ModelExport: Sendable {
  /// The file that is exported.
  package let path: String
  /// What its weights become.
  package let precision: WeightPrecision
  /// What will stand in the new file; `nil` if nothing was ever rounded.
  package let record: PrecisionRecord?
  private let model: any StoredModel

  /// Reads the model.
  ///
  /// - Throws: ``ModelExportError``, and what goes wrong when a file is read.
  package init(path: String, precision: WeightPrecision) throws {
    let file = try SafetensorsReader(path: path)
    // A run goes on from it, and two of its kind would be two states of one run.
    if file.metadata[ModelFileKey.format] != nil, file.metadata[ModelFileKey.state] != nil {
      throw ModelExportError.resumable(path: path)
    }
    model = try SavedModel(file).stored
    record = PrecisionRecord(precision, after: try PrecisionRecord(of: file))
    (self.path, self.precision) = (path, precision)
    for entry in model.layout.entries {
      let limit = precision.covers(entry.shape) ? precision.largest : .greatestFiniteMagnitude
      for weight in model.weights[entry.handle].elements where weight.magnitude > limit {
        throw ModelExportError.tooLarge(
          path: path, tensor: entry.name, value: weight, precision: precision)
      }
    }
  }

  /// What became of the weights.
  package struct Result: Sendable, Equatable {
    /// Tensors that are stored in fewer bits.
    package var rounded = 0
    /// ‖w − ŵ‖ / ‖w‖ over all weights.
    package var distance = 0.0
  }

  /// Writes the file, or leaves the one that was there.
  package func write(to output: String) throws -> Result {
    var metadata = model.metadata(
      version: precision == .f32 ? ModelFile.version : ModelFile.newestVersion)
    metadata[ModelFileKey.precision] = record?.json.serialized()
    var writer = SafetensorsWriter(metadata: metadata)
    var errors = Errors()
    // Floats come first, so that each begins at a multiple of four bytes, then those of two bytes.
    var kept: [ParameterLayout.Entry] = []
    var (halved, rounded) = (kept, kept)
    for entry in model.layout.entries {
      if precision.covers(entry.shape) {
        rounded.append(entry)
      } else if precision == .int8, isHalved(entry) {
        halved.append(entry)
      } else {
        kept.append(entry)
      }
    }
    func add(_ entry: ParameterLayout.Entry, in precision: WeightPrecision) {
      let matrix = model.weights[entry.handle]
      errors.add(matrix.elements, precision.type.nearest(matrix.elements))
      writer.add(entry.name, shape: entry.shape, precision) { matrix.elements }
    }
    for entry in kept { add(entry, in: .f32) }
    if precision == .int8 {
      let matrices = rounded.map {
        QuantizedRows(model.weights[$0.handle].elements, columns: $0.handle.columns)
      }
      for (entry, rows) in zip(rounded, matrices) {
        writer.add(QuantizedRows.scaleName(of: entry.name), shape: [rows.scales.count]) {
          rows.scales
        }
      }
      for entry in halved { add(entry, in: .f16) }
      for (entry, rows) in zip(rounded, matrices) {
        errors.add(model.weights[entry.handle].elements, rows.floats)
        writer.add(entry.name, shape: entry.shape, codesOf: rows)
      }
    } else {
      for entry in rounded { add(entry, in: precision) }
    }
    try writer.write(to: output)
    return Result(rounded: halved.count + rounded.count, distance: errors.distance)
  }

  /// Whether a tensor that is not rounded to 8 bits has 16 in such a file: not what statistics have found, nor what is
  /// too large.
  private func isHalved(_ entry: ParameterLayout.Entry) -> Bool {
    !entry.isStatistic
      && model.weights[entry.handle].elements.allSatisfy {
        $0.magnitude <= WeightPrecision.f16.largest
      }
  }
}

/// The squares of what rounding changed, and of what was there.
private struct Errors {
  private var (change, length) = (0.0, 0.0)

  mutating func add(_ weights: [Float], _ rounded: [Float]) {
    for (weight, other) in zip(weights, rounded) {
      let difference = Double(weight) - Double(other)
      change += difference * difference
      length += Double(weight) * Double(weight)
    }
  }

  var distance: Double { change == 0 ? 0 : (change / length).squareRoot() }
}

/// Why a model cannot be exported.
package enum ModelExportError: Error, Equatable {
  /// A file that a run goes on from.
  case resumable(path: String)
  /// A weight is beyond what the precision holds.
  case tooLarge(path: String, tensor: String, value: Float, precision: WeightPrecision)
}

extension ModelExportError: DetailedError {
  /// The file, and what was expected and found.
  package var details: ErrorDetails {
    switch self {
    case .resumable(let path):
      ErrorDetails(
        file: path, expected: "a model", found: "the state of a run",
        hint: "Export the run's best.safetensors or one of its update-N.safetensors.")
    case .tooLarge(let path, let tensor, let value, let precision):
      ErrorDetails(
        file: path, expected: "weights up to \(precision.largest)",
        found: "\(value) in the tensor \(Excerpt.quoted(tensor))", hint: Self.remedy(precision))
    }
  }

  private static func remedy(_ precision: WeightPrecision) -> String {
    precision == .f16 ? "Take bf16 or int8." : "Take int8."
  }
}

extension ModelExportError: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .resumable(let path):
      """
      \(path): a run goes on from this file, so it is kept as it is. Export the run's best.safetensors or one of its \
      update-N.safetensors.
      """
    case .tooLarge(let path, let tensor, let value, let precision):
      """
      \(path): the tensor \(Excerpt.quoted(tensor)) has a weight of \(value), but \(precision.rawValue) holds at most \
      \(precision.largest). \(Self.remedy(precision))
      """
    }
  }
}
