/// Where the two shapes of a picture stand, and how large they are.
struct SceneLayout {
  /// The half widths of the first shape and of the second.
  let sizes: [Int]
  /// Their middles, each the line and the column.
  let middles: [[Int]]

  /// A place for both, all of them inside, apart and in a relation.
  init(_ relation: Scenes.Relation, _ random: inout Random) {
    let sizes = [3 + random.below(3), 3 + random.below(3)]
    // So far apart that the two do not touch, and hardly aside.
    let distance = sizes[0] + sizes[1] + 1 + random.below(3)
    let aside = random.below(5) - 2
    let offset = [
      relation.down * distance + (relation.down == 0 ? aside : 0),
      relation.right * distance + (relation.right == 0 ? aside : 0),
    ]
    // The second's middle, so that both lie inside.
    let middle = (0..<2).map { axis -> Int in
      let low = max(sizes[1], sizes[0] - offset[axis])
      let high = Scenes.side - 1 - max(sizes[1], sizes[0] + offset[axis])
      return low + random.below(max(high - low + 1, 1))
    }
    self.sizes = sizes
    middles = [[middle[0] + offset[0], middle[1] + offset[1]], middle]
  }
}
