import DragomanTensor
import Testing

@testable import DragomanImages

@Suite struct `An augmentation` {
  private let image = Image.example(height: 12, width: 10, channels: 3)

  private func all() -> Augmentation {
    var all = Augmentation()
    (all.crop, all.shift, all.flip, all.erase, all.noise) = (0.6, 2, true, 0.5, 0.05)
    return all
  }

  private func changed(_ augmentation: Augmentation, epoch: Int = 1, _ example: Int) -> Image {
    var random = Random(seed: 5, epoch: epoch, pair: example)
    return augmentation.applied(to: image, using: &random)
  }

  @Test func `follows from seed, epoch and example alone`() {
    let forwards = (0..<20).map { changed(all(), $0) }
    let backwards = (0..<20).reversed().map { changed(all(), $0) }
    #expect(forwards == backwards.reversed())
    #expect(Set(forwards.map(\.samples)).count == 20)
    #expect(changed(all(), epoch: 2, 3) != forwards[3])
    for result in forwards {
      #expect(result.height == 12 && result.width == 10)
      #expect(result.samples.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test func `that is none changes nothing`() {
    #expect(Augmentation().isNone && !all().isNone)
    #expect((0..<5).allSatisfy { changed(Augmentation(), $0) == image })
  }

  @Test func `moves the image by no more than asked for`() {
    var augmentation = Augmentation()
    (augmentation.shift, augmentation.fill) = (1, -1)
    var places: Set<[Int]> = []
    for example in 0..<100 {
      let moved = changed(augmentation, example)
      let place = (-1...1).flatMap { top in (-1...1).map { left in [top, left] } }.first {
        image.moved(top: $0[0], left: $0[1], height: 12, width: 10, fill: -1) == moved
      }
      places.insert(place ?? [9, 9])
    }
    #expect(places.count == 9 && !places.contains([9, 9]))
  }

  @Test func `mirrors every second image`() {
    var augmentation = Augmentation()
    augmentation.flip = true
    let flipped = (0..<400).count { changed(augmentation, $0) == image.flipped }
    #expect((160...240).contains(flipped))
    // Another change does not move this one.
    augmentation.noise = 1e-9
    #expect(
      (0..<400).count { abs(changed(augmentation, $0)[0, 0, 1] - image.flipped[0, 0, 1]) < 1e-6 }
        == flipped)
  }

  @Test func `blots out a rectangle of the size asked for`() {
    var augmentation = Augmentation()
    (augmentation.erase, augmentation.fill) = (0.5, 9)
    let areas = (0..<400).map { example in
      changed(augmentation, example).samples.count { $0 == 9 } / 3
    }
    #expect((160...240).contains(areas.count { $0 > 0 }))
    #expect(areas.allSatisfy { $0 <= 50 })
    #expect(Set(areas).count > 10)
  }

  @Test func `adds noise with the deviation asked for`() {
    var augmentation = Augmentation()
    augmentation.noise = 0.1
    let grey = Image(height: 100, width: 100, channels: 1, repeating: 0.5)
    var random = Random(seed: 5, epoch: 1, pair: 1)
    let values = augmentation.applied(to: grey, using: &random).samples.map { Double($0) - 0.5 }
    let mean = values.reduce(0, +) / 10_000
    let deviation = (values.reduce(0) { $0 + $1 * $1 } / 10_000).squareRoot()
    #expect(abs(mean) < 0.004 && abs(deviation - 0.1) < 0.004)
  }

  @Test func `keeps the share of the area asked for`() {
    var augmentation = Augmentation()
    augmentation.crop = 0.5
    let results = (0..<50).map { changed(augmentation, $0) }
    #expect(Set(results.map(\.samples)).count > 20)
    let flat = Image(height: 9, width: 9, channels: 1, repeating: 0.5)
    var random = Random(seed: 5, epoch: 1, pair: 1)
    #expect(
      augmentation.applied(to: flat, using: &random).samples.allSatisfy { abs($0 - 0.5) < 1e-6 })
  }
}
