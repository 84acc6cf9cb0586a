import Testing

@testable import DragomanImages

@Suite struct `The numbers of a pixel` {
  private func pixel(_ samples: Float...) -> Image {
    Image(height: 1, width: 1, channels: samples.count, samples: samples)
  }

  @Test func `become more or fewer channels`() {
    #expect(pixel(0.2).withChannels(3).samples == [0.2, 0.2, 0.2])
    #expect(pixel(0.2).withChannels(2).samples == [0.2, 1])
    #expect(pixel(0.2).withChannels(4).samples == [0.2, 0.2, 0.2, 1])
    #expect(pixel(1, 0, 0).withChannels(1).samples == [0.299])
    #expect(pixel(0, 1, 0).withChannels(2).samples == [0.587, 1])
    #expect(pixel(1, 1, 1).withChannels(1).samples == [1])
    #expect(pixel(0.2, 0.4, 0.6).withChannels(4).samples == [0.2, 0.4, 0.6, 1])
    // Laid over white, over black; alpha that stays leaves colours alone.
    #expect(pixel(0.5, 0).withChannels(1).samples == [1])
    #expect(pixel(0.5, 0.5).withChannels(1).samples == [0.75])
    #expect(pixel(0.5, 0.5).withChannels(1, background: 0).samples == [0.25])
    #expect(pixel(0.5, 0.5).withChannels(3).samples == [0.75, 0.75, 0.75])
    #expect(pixel(0.5, 0.5).withChannels(4).samples == [0.5, 0.5, 0.5, 0.5])
    #expect(pixel(1, 0, 0, 0.5).withChannels(3).samples == [1, 0.5, 0.5])
    #expect(pixel(1, 0, 0, 0.5).withChannels(2).samples == [0.299, 0.5])
    let image = Image.example(height: 3, width: 2, channels: 4)
    #expect(image.withChannels(4) == image)
    #expect(image.withChannels(3).withChannels(4).channels == 4)
  }

  @Test func `are brought to mean 0 and deviation 1`() {
    var meter = NormalizationMeter(channels: 3)
    let images = [
      Image.example(height: 5, width: 7, channels: 3),
      Image.example(height: 11, width: 2, channels: 3),
    ]
    for image in images { meter.add(image) }
    let normalization = meter.normalization
    var (sums, squares) = ([0.0, 0, 0], [0.0, 0, 0])
    for image in images {
      for (index, number) in normalization.applied(to: image).enumerated() {
        sums[index % 3] += Double(number)
        squares[index % 3] += Double(number) * Double(number)
      }
    }
    for channel in 0..<3 {
      #expect(abs(sums[channel] / 57) < 1e-6 && abs(squares[channel] / 57 - 1) < 1e-5)
    }
    let back = normalization.undone(
      normalization.applied(to: images[0]), height: 5, width: 7)
    #expect(zip(back.samples, images[0].samples).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `that never change are left at 0`() {
    var meter = NormalizationMeter(channels: 1)
    let image = Image(height: 3, width: 3, channels: 1, repeating: 0.5)
    meter.add(image)
    #expect(meter.normalization == Normalization(mean: [0.5], deviation: [1]))
    #expect(meter.normalization.applied(to: image).allSatisfy { $0 == 0 })
  }
}
