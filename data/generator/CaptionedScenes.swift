/// Small pictures of two shapes, each with a caption in three languages: "a red circle above a blue square".
///
/// As in ``Scenes``, the shape whose colour comes first among the colours is named first, so a picture has one caption. Held out
/// are pairs of coloured shapes: if a red circle and a blue square stand together in the test, they do so in no other part.
enum CaptionedScenes {
  /// How many pictures there are of every pair in every relation, by part.
  static let counts: [(part: Part, each: Int)] = [(.train, 5), (.validation, 4), (.test, 8)]

  /// The pairs of coloured shapes of a part, the one that is named first in front.
  ///
  /// Of the nine pairs of shapes that two colours may have, validation and test get one each, another one for every two colours.
  static func pairs(_ part: Part) -> [[ColouredShape]] {
    var result: [[ColouredShape]] = []
    var number = 0
    for first in Scenes.colours.indices {
      for second in Scenes.colours.indices.dropFirst(first + 1) {
        for shapes in 0..<9 {
          let owner: Part =
            switch shapes {
            case 4 * number % 9: .test
            case (4 * number + 4) % 9: .validation
            default: .train
            }
          if owner == part {
            result.append([
              ColouredShape(colour: first, shape: shapes / 3),
              ColouredShape(colour: second, shape: shapes % 3),
            ])
          }
        }
        number += 1
      }
    }
    return result
  }

  /// The pictures of the three parts; no two are the same.
  static func parts() -> [Part: [CaptionedScene]] {
    var random = Random("captioned scenes")
    var seen: Set<[UInt8]> = []
    var result: [Part: [CaptionedScene]] = [:]
    for (part, each) in counts {
      var scenes: [CaptionedScene] = []
      for pair in pairs(part) {
        for relation in Scenes.relations.indices {
          let full = scenes.count + each
          while scenes.count < full {
            let scene = CaptionedScene(pair, relation, &random)
            if seen.insert(scene.picture).inserted { scenes.append(scene) }
          }
        }
      }
      random.shuffle(&scenes)
      result[part] = scenes
    }
    return result
  }

  /// The tables of captions by their paths from the folder of data.
  static func tables() -> [(path: String, lines: [String])] {
    parts().flatMap { part, scenes in
      Language.allCases.map { language in
        (
          "scenes/captions/\(part.rawValue).\(language.code).tsv",
          scenes.enumerated().map { "\(Scenes.name(part, $0))\t\($1.caption(language))" }
        )
      }
    }
  }

  /// The pictures, and what is where in those of the test, by their paths from the folder of data.
  static func files() -> [(path: String, bytes: [UInt8])] {
    parts().flatMap { part, scenes in
      var files = scenes.enumerated().map { number, scene in
        (path: "scenes/captions/\(Scenes.name(part, number))", bytes: scene.picture)
      }
      if part == .test {
        let lines = scenes.enumerated().map { $1.objects(named: Scenes.name(part, $0)) + "\n" }
        files.append(
          ("scenes/captions/\(part.rawValue).objects.jsonl", Array(lines.joined().utf8)))
      }
      return files
    }
  }
}

extension Language {
  /// The code of the language, as file names have it.
  var code: String { ["en", "fr", "vi"][rawValue] }
}
