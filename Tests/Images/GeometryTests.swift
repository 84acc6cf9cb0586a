import Testing

@testable import DragomanImages

@Suite struct `The size of an image` {
  /// Fixtures: `Golden/make_images.py`, by matrices of weights in float64.
  @Test(arguments: ["5-3", "4-7", "11-13", "23-19", "3-17", "22-14", "1-1", "30-2"])
  func `becomes another as in double precision`(_ name: String) throws {
    let reader = try NPZReader(path: goldenPath("resized.npz"))
    let image = try Image(reader.array(named: "image"), file: "F")
    let expected = try reader.array(named: name)
    let resized = image.resized(height: expected.shape[0], width: expected.shape[1])
    for (found, wanted) in zip(resized.samples, expected.floats()) {
      #expect(abs(found - wanted) <= wanted.ulp, "\(found), expected \(wanted)")
    }
  }

  @Test func `changes nothing where the image is the same everywhere`() {
    let image = Image(height: 7, width: 5, channels: 2, repeating: 0.3)
    for (height, width) in [(3, 2), (7, 9), (20, 11), (1, 1)] {
      let resized = image.resized(height: height, width: width)
      #expect(resized.samples.allSatisfy { abs($0 - 0.3) < 1e-7 })
    }
    let same = Image.example(height: 4, width: 3, channels: 3)
    #expect(same.resized(height: 4, width: 3) == same)
  }

  @Test func `halves by means of four`() {
    let image = Image(height: 2, width: 4, channels: 1, samples: [0, 1, 0.5, 0.5, 1, 0, 0, 1])
    #expect(image.resized(height: 1, width: 2).samples == [0.5, 0.5])
  }

  @Test func `is cut and padded`() {
    let image = Image.example(height: 4, width: 5, channels: 2)
    let part = image.cropped(top: 1, left: 2, height: 2, width: 3)
    #expect(part[0, 0, 1] == image[1, 2, 1] && part[1, 2, 0] == image[2, 4, 0])
    let padded = part.padded(top: 1, left: 2, bottom: 1, right: 0, fill: 0.25)
    #expect(padded.height == 4 && padded.width == 5)
    for row in 0..<4 {
      for column in 0..<5 {
        let isInside = (1...2).contains(row) && column >= 2
        #expect(padded[row, column, 0] == (isInside ? image[row, column, 0] : 0.25))
      }
    }
    let outside = image.moved(top: -9, left: 3, height: 4, width: 5, fill: 1)
    #expect(outside.samples.allSatisfy { $0 == 1 })
    #expect(image.flipped[1, 0, 1] == image[1, 4, 1] && image.flipped.flipped == image)
  }

  @Test func `fits in three ways`() {
    let image = Image(height: 4, width: 8, channels: 1, repeating: 1)
    for fit in ImageFit.allCases {
      for (height, width) in [(4, 4), (2, 2), (3, 5), (8, 8), (1, 9), (9, 1)] {
        let fitted = image.fitted(height: height, width: width, fit, fill: 0)
        #expect(fitted.height == height && fitted.width == width)
      }
    }
    let thin = Image(height: 1, width: 1_000_000, channels: 3, repeating: 1)
    for fit in ImageFit.allCases {
      #expect(thin.fitted(height: 224, width: 200, fit).width == 200)
      #expect(thin.fitted(height: 1, width: 300, fit).height == 1)
    }
    let padded = image.fitted(height: 4, width: 4, .pad)
    #expect(padded.samples == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0])
    let steps = Image(
      height: 1, width: 4, channels: 1, samples: [0.1, 0.2, 0.3, 0.4])
    #expect(steps.fitted(height: 1, width: 2, .crop).samples == [0.2, 0.3])
    #expect(image.fitted(height: 4, width: 4, .crop).samples.allSatisfy { $0 == 1 })
  }
}
