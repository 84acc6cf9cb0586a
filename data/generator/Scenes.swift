/// Small pictures of two shapes, and where the one stands beside the other.
///
/// The class is that of the shape whose colour comes first in ``colours``: a picture with a red circle above a blue square is "above",
/// and so is one with a green square above a yellow triangle. So colour and place both count, and neither alone tells.
enum Scenes {
  /// The side of a picture in pixels.
  static let side = 24

  /// The colours in their order; a picture has two of them.
  static let colours: [(name: String, rgb: [Int])] = [
    ("red", [214, 48, 49]), ("orange", [230, 126, 34]), ("yellow", [241, 196, 15]),
    ("green", [39, 174, 96]), ("blue", [41, 98, 214]), ("purple", [142, 68, 173]),
  ]

  /// The shapes.
  static let shapes = ["circle", "square", "triangle"]

  /// The classes, and where the first shape's middle lies from the second's.
  static let relations: [Relation] = [
    ("above", -1, 0), ("below", 1, 0), ("left of", 0, -1), ("right of", 0, 1),
  ]

  /// A class, and where its first shape's middle lies from the second's.
  typealias Relation = (name: String, down: Int, right: Int)

  /// A picture and its class.
  struct Scene {
    let relation: String
    let picture: [UInt8]
  }

  /// The scenes of the three parts; no two pictures are the same.
  static func parts() -> [Part: [Scene]] {
    var random = Random("scenes")
    var seen: Set<[UInt8]> = []
    var result: [Part: [Scene]] = [:]
    for (part, count) in [(Part.train, 1200), (.validation, 200), (.test, 200)] {
      var scenes: [Scene] = []
      while scenes.count < count {
        let relation = relations[scenes.count % relations.count]
        let picture = picture(relation, &random)
        if seen.insert(picture).inserted {
          scenes.append(Scene(relation: relation.name, picture: picture))
        }
      }
      random.shuffle(&scenes)
      result[part] = scenes
    }
    return result
  }

  /// The path of a picture from the folder that the names in tables are relative to.
  static func name(_ part: Part, _ number: Int) -> String {
    let digits = String(number)
    return "\(part.rawValue)/\(String(repeating: "0", count: 4 - digits.count))\(digits).png"
  }

  private static func picture(_ relation: Relation, _ random: inout Random) -> [UInt8] {
    let first = random.below(colours.count - 1)
    let second = first + 1 + random.below(colours.count - first - 1)
    let layout = SceneLayout(relation, &random)
    var pixels = [UInt8](repeating: 0, count: side * side)
    draw(random.pick(shapes), layout.sizes[1], layout.middles[1], 2, &pixels)
    draw(random.pick(shapes), layout.sizes[0], layout.middles[0], 1, &pixels)
    return png(pixels, [colours[first].rgb, colours[second].rgb], &random)
  }

  /// The file of a picture whose pixels are 0 for the ground, 1 and 2 for the shapes of these colours, each a shade apart from them.
  static func png(_ pixels: [UInt8], _ colours: [[Int]], _ random: inout Random) -> [UInt8] {
    let grey = 205 + random.below(45)
    let palette = [[grey, grey, grey]] + colours.map { shaded($0, &random) }
    return PNG.bytes(
      width: side, pixels: pixels, palette: palette.map { $0.map { UInt8(min(max($0, 0), 255)) } })
  }

  private static func shaded(_ rgb: [Int], _ random: inout Random) -> [Int] {
    let change = random.below(41) - 20
    return rgb.map { $0 + change }
  }

  /// Draws a shape of a half width around a middle.
  static func draw(
    _ shape: String, _ size: Int, _ middle: [Int], _ colour: UInt8, _ pixels: inout [UInt8]
  ) {
    for down in -size...size {
      for right in -size...size {
        let isInside =
          switch shape {
          case "circle": down * down + right * right <= size * size + size / 2
          case "square": true
          // From the tip at the top, a pixel to each side every second line.
          default: 2 * abs(right) <= down + size
          }
        let (y, x) = (middle[0] + down, middle[1] + right)
        if isInside, (0..<side).contains(y), (0..<side).contains(x) {
          pixels[y * side + x] = colour
        }
      }
    }
  }
}
