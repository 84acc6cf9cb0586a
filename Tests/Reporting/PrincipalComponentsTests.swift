import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `Principal components` {
  private func isNear(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  /// Four points with variances 8 along (0.6, 0.8, 0) and 2 along (−0.8, 0.6, 0), around (1, 2, 3).
  @Test func `of points made along known directions`() {
    let (u, v) = ([0.6, 0.8, 0], [-0.8, 0.6, 0])
    let points = [(4.0, 0.0), (-4, 0), (0, 2), (0, -2)].map { a, b in
      [1.0 + a * u[0] + b * v[0], 2 + a * u[1] + b * v[1], 3.0]
    }
    let found = PrincipalComponents(points, count: 3)
    #expect(isNear(found.components[0], u))
    // The greatest number of a component is positive.
    #expect(isNear(found.components[1], v.map { -$0 }))
    #expect(isNear(found.shares, [0.8, 0.2, 0]))
    #expect(isNear(found.places[0].prefix(2).map { $0 }, [4, 0]))
    #expect(isNear(found.places[2].prefix(2).map { $0 }, [0, -2]))
  }

  @Test func `of nothing, of one point and of equal points`() {
    #expect(PrincipalComponents([], count: 2).places.isEmpty)
    for points in [[[1.0, 2]], [[3.0, 1], [3, 1], [3, 1]]] {
      let found = PrincipalComponents(points, count: 2)
      #expect(found.shares == [0, 0])
      #expect(found.places.allSatisfy { $0 == [0, 0] })
    }
    #expect(PrincipalComponents([[1], [3]], count: 2).shares == [1])
  }

  @Test func `do not fail where all directions are alike`() {
    let points = [[1.0, 0], [-1, 0], [0, 1], [0, -1]]
    let found = PrincipalComponents(points, count: 2)
    #expect(isNear(found.shares, [0.5, 0.5]))
    let product = zip(found.components[0], found.components[1]).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(product) < 1e-9)
  }
}

@Suite struct `A map of word vectors` {
  @Test func `leaves special tokens out and labels what has room`() throws {
    let file = SmallModel.file()
    let sides = file.wordVectors
    #expect(sides.map(\.side) == ["source", "target"])
    let map = EmbeddingMap(side: "source", sides[0].codec, sides[0].table)
    #expect(map.points.count == file.source.vocabulary.count - 3)
    #expect(!map.points.contains { $0.text == "</s>" } && map.points[0].number == 3)
    #expect(map.shares[0] >= map.shares[1] && map.shares[0] + map.shares[1] <= 1 + 1e-9)
    let html = map.html.markup
    #expect(html.split(separator: "<circle").count == map.points.count + 1)
    #expect(html.contains("data-reading=\"\u{2068}\(map.points[0].text)\u{2069}, number 3\""))
    #expect(html.contains("% of their variance") && html.contains("<text"))
    let tied = SmallModel.file { $0.tied = .languages }
    #expect(tied.wordVectors.map(\.side) == ["shared"])
  }

  @Test func `is left out for hardly any tokens`() throws {
    let file = SmallModel.file(text: ["a b"])
    let (side, codec, table) = file.wordVectors[0]
    #expect(EmbeddingMap(side: side, codec, table).html == .nothing)
  }
}
