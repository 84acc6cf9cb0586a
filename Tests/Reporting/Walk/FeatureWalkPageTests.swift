import DragomanFormats
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `The page of a walk through rows of features` {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write(
      "rows.npy",
      ArrayBytes.npy("<f4", [2, 3], ArrayBytes.floats([1, 0, 2, 0.5, -1, 3])))
  }

  private func expect(
    _ text: String, has vectors: [[Float]], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for values in vectors {
      #expect(
        text.contains("data-values=\"\(Base64.text(values))\""), sourceLocation: sourceLocation)
    }
  }

  private func expect(_ text: String, hasStationsOf encoder: RowEncoder, _ others: [String]) {
    let own = encoder == .none ? ["rows", "encoder"] : ["rows", "vectors", "encoder"]
    for station in own + others {
      #expect(text.contains("id=\"\(station)\"") && text.contains("href=\"#\(station)\""))
    }
    #expect(text.contains("id=\"vectors\"") == (encoder != .none))
    #expect(!text.contains("id=\"tokens\"") && !text.contains("Word vectors"))
  }

  @Test(arguments: RowEncoder.allCases)
  func `shows every vector of a caption`(_ encoder: RowEncoder) throws {
    let walk = try Walk(
      file: path, named: "rows.npy", reference: "a blue square",
      of: SmallCaptioner.features(encoder.configuration(embedding: 7)), withGradients: true,
      kernels: Kernels(threads: 1))
    guard case .rows(let rows) = walk.example else {
      Issue.record("no rows")
      return
    }
    let text = String(decoding: WalkPage(walk).page.bytes, as: UTF8.self)
    let gradients = try #require(walk.gradients)
    expect(text, hasStationsOf: encoder, ["start", "decoder", "result", "gradients"])
    expect(
      text,
      has: rows.stored + rows.numbers + walk.embeddings + gradients.states + gradients.embeddings)
    let equations = ParameterEquations(walk.configuration)
    for entry in gradients.parameters {
      #expect(equations.gradient(of: entry.name) != nil, "\(entry.name) has no equation")
    }
    #expect(walk.lines.first == "reads   rows.npy: 2 rows of 3 numbers")
    #expect(
      walk.lines.contains("How much each row matters: the gradient of the loss of the target"))
    #expect(
      walk.lines.contains {
        $0.split(separator: " ") == ["row", encoder == .none ? "‖∂h‖" : "‖∂x‖"]
      })
    let json = walk.json
    #expect(json["features"]?.string == "rows.npy" && json["source"] == nil)
    #expect(json["rows"]?.array?.count == 2 && json["stored"]?.array?.count == 2)
    #expect((json["embeddings"] == nil) == (encoder == .none))
  }

  @Test(arguments: RowEncoder.allCases)
  func `shows every vector of a class`(_ encoder: RowEncoder) throws {
    let walk = try ClassificationWalk(
      path, named: "rows.npy", of: SmallClassifier.features(encoder.configuration(embedding: 10)),
      withGradients: true, kernels: Kernels(threads: 1))
    let text = String(decoding: ClassificationWalkPage(walk).page.bytes, as: UTF8.self)
    let gradients = try #require(walk.gradients)
    expect(text, hasStationsOf: encoder, ["pooling", "classes", "gradients"])
    expect(text, has: [walk.pooling.pooled] + gradients.states + gradients.embeddings)
    #expect(text.contains("How much each row matters"))
    let equations = ClassificationEquations(walk.configuration)
    for entry in gradients.parameters {
      #expect(equations.gradient(of: entry.name) != nil, "\(entry.name) has no equation")
    }
    let lines = walk.lines()
    #expect(lines.prefix(2) == ["reads   rows.npy", "        2 rows of 3 numbers"])
    #expect(lines.contains("How much each row matters: the gradient of the loss"))
    #expect(lines.contains("how much each counted: α of pooling"))
    let json = walk.json
    #expect(json["features"]?.string == "rows.npy" && json["states"]?.array?.count == 2)
    #expect((json["embeddings"] == nil) == (encoder == .none))
  }

  @Test func `shows of many rows those that matter most`() throws {
    let many = try folder.write(
      "many.npy",
      ArrayBytes.npy(
        "<f4", [60, 3], ArrayBytes.floats((0..<180).map { Float($0 % 7) - Float($0 % 11) })))
    let walk = try ClassificationWalk(
      many, of: SmallClassifier.features(), kernels: Kernels(threads: 1))
    let weights = try #require(walk.pooling.weights)
    let shown = ClassificationWalkPage(walk).shown(weights)
    #expect(shown.count == 12)
    #expect(
      weights.indices.filter { !shown.contains($0) }.allSatisfy { index in
        shown.allSatisfy { weights[index] <= weights[$0] }
      })
  }
}
