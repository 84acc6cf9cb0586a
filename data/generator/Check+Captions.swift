extension Check {
  /// The rules of the captions: what is held out are pairs of coloured shapes, and nothing else is new in them.
  func checkCaptions(_ files: [String: [[String]]]) {
    for language in Language.allCases {
      func path(_ part: Part) -> String { "scenes/captions/\(part.rawValue).\(language.code).tsv" }
      let train = files[path(.train)] ?? []
      let captions = Set(train.map { $0[1] })
      let words = Set(train.flatMap { $0[1].words })
      let longest = train.map { $0[1].words.count }.max() ?? 0
      for part in [Part.validation, .test] {
        for (number, row) in (files[path(part)] ?? []).enumerated() {
          let place = "\(folder)/\(path(part)):\(number + 1)"
          if captions.contains(row[1]) { fail("\(place): '\(row[1])' is also in train") }
          if row[1].words.count > longest {
            fail("\(place): '\(row[1])' is longer than any in train")
          }
          if let word = row[1].words.first(where: { !words.contains($0) }) {
            fail("\(place): '\(word)' is not in train")
          }
        }
      }
    }
    checkPairs()
    checkMasks()
  }

  /// A pair is in one part, in every relation; in train every coloured shape stands with most others, and all colours together.
  private func checkPairs() {
    var owner: [[ColouredShape]: Part] = [:]
    let parts = CaptionedScenes.parts()
    for part in Part.allCases {
      var relations: [[ColouredShape]: Set<Int>] = [:]
      for scene in parts[part] ?? [] {
        relations[scene.pair, default: []].insert(scene.relation)
        if let other = owner.updateValue(part, forKey: scene.pair), other != part {
          fail("scenes/captions: '\(scene.caption(.english))' is in \(part) and \(other)")
        }
      }
      for (pair, found) in relations where found.count != Scenes.relations.count {
        fail("scenes/captions: \(pair) has \(found.count) relations in \(part)")
      }
      if part != .train { continue }
      var others: [ColouredShape: Set<ColouredShape>] = [:]
      for pair in relations.keys {
        others[pair[0], default: []].insert(pair[1])
        others[pair[1], default: []].insert(pair[0])
      }
      if others.count != Scenes.colours.count * Scenes.shapes.count {
        fail("scenes/captions: \(others.count) coloured shapes in train")
      }
      for (object, found) in others where found.count < 10 {
        fail("scenes/captions: \(object) stands with \(found.count) others in train")
      }
      let colours = Set(relations.keys.map { $0.map(\.colour) })
      if colours.count != Scenes.colours.count * (Scenes.colours.count - 1) / 2 {
        fail("scenes/captions: \(colours.count) pairs of colours in train")
      }
    }
  }

  /// Masks are not empty, say what the pixels are, and lie as the caption says.
  private func checkMasks() {
    for scene in CaptionedScenes.parts().values.flatMap(\.self) {
      let masks = (0...1).map { object in
        let runs = scene.runs(object)
        return stride(from: 0, to: runs.count, by: 2).flatMap {
          runs[$0]..<(runs[$0] + runs[$0 + 1])
        }
      }
      let caption = scene.caption(.english)
      for (object, mask) in masks.enumerated()
      where mask.isEmpty || mask.contains(where: { scene.pixels[$0] != object + 1 }) {
        fail("scenes/captions: the mask of object \(object) of '\(caption)' is not the object's")
      }
      if masks.map(\.count).reduce(0, +) != scene.pixels.count(where: { $0 > 0 }) {
        fail("scenes/captions: the masks of '\(caption)' leave pixels out")
      }
      let lines = masks.map { $0.map { $0 / Scenes.side } }
      let columns = masks.map { $0.map { $0 % Scenes.side } }
      let holds =
        switch Scenes.relations[scene.relation].name {
        case "above": lies(lines[0], before: lines[1])
        case "below": lies(lines[1], before: lines[0])
        case "left of": lies(columns[0], before: columns[1])
        default: lies(columns[1], before: columns[0])
        }
      if !holds { fail("scenes/captions: '\(caption)' is not so in its picture") }
    }
  }

  /// Whether all numbers of one list are smaller than all of another.
  private func lies(_ one: [Int], before other: [Int]) -> Bool {
    (one.max() ?? .max) < (other.min() ?? .min)
  }
}
