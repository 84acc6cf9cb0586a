import Testing

@testable import DragomanTensor

/// The kernels for images bit by bit against their scalar twins, with a gap after each row.
@Suite struct `Kernels for images` {
  /// Side, stride, padding, channels, height, width; two images.
  static let cases = [
    (3, 1, 1, 5, 4, 7), (3, 2, 1, 17, 6, 5), (2, 3, 1, 3, 7, 8), (5, 1, 2, 64, 5, 9),
    (1, 2, 0, 9, 3, 4), (4, 3, 2, 83, 9, 7),
  ]

  /// For each position, what its window meets: (place, row of the image or nil).
  private func places(_ window: Window) -> [[(place: Int, row: Int?)]] {
    (0..<window.target.rows).map { position in
      let (image, rest) = position.quotientAndRemainder(dividingBy: window.target.pixels)
      let (line, column) = rest.quotientAndRemainder(dividingBy: window.target.width)
      return (0..<window.pixels).map { place in
        let y = line * window.stride - window.top + place / window.width
        let x = column * window.stride - window.left + place % window.width
        let source = window.source
        guard (0..<source.height).contains(y), (0..<source.width).contains(x) else {
          return (place, nil)
        }
        return (place, (image * source.height + y) * source.width + x)
      }
    }
  }

  private func window(_ index: Int) -> (Window, channels: Int) {
    let (side, stride, padding, channels, height, width) = Self.cases[index]
    let shape = GridShape(images: 2, height: height, width: width)
    return (Window(side: side, stride: stride, padding: padding, over: shape), channels)
  }

  @Test(arguments: cases.indices) func `convolve as products with patches do`(index: Int) {
    let (window, channels) = window(index)
    let (rows, depth) = (window.target.rows, window.pixels * channels)
    let x = sample(window.source.rows, channels, seed: 1)
    let (w, bias) = (sample(11, depth, seed: 2), sample(1, 11, seed: 3))
    let (delta, old) = (sample(rows, 11, seed: 4), sample(11, depth, seed: 5))
    let patches = Matrix(rows: rows, columns: depth)
    for (row, seen) in places(window).enumerated() {
      for (place, pixel) in seen {
        guard let pixel else { continue }
        for c in 0..<channels { patches[row, place * channels + c] = x[pixel, c] }
      }
    }
    let portable = Kernels(threads: 1, instructions: .portable)
    let (y, sums) = (Matrix(rows: rows, columns: 11), copied(old))
    portable.multiply(patches, transposed: w, bias: bias, into: y)
    portable.multiply(transposed: delta, patches, into: sums, adding: true)
    let turned = Matrix(rows: depth, columns: 11)
    portable.transpose(w, into: turned)
    let plain = Matrix(rows: rows, columns: 11)
    portable.multiply(patches, turned, into: plain)
    for kernels in everyKernels() {
      for gap in [0, 3] {
        let (image, result) = (Framed(x, gap: gap), Framed(delta, gap: 5))
        kernels.convolve(image.view, window, transposed: w, bias: bias, into: result.view)
        expectSame(result.view, y, "y, \(kernels.name)")
        kernels.convolve(image.view, window, turned, into: result.view)
        expectSame(result.view, plain, "y without bias, \(kernels.name)")
        let weights = Framed(old)
        kernels.addConvolutionWeights(delta, image.view, window, to: weights.view)
        expectSame(weights.view, sums, "∂W, \(kernels.name)")
        #expect(image.isIntact && result.isIntact && weights.isIntact, "\(kernels.name)")
      }
    }
  }

  @Test(arguments: cases.indices) func `convolve each channel by itself`(index: Int) {
    let (window, channels) = window(index)
    let (x, w) = (
      sample(window.source.rows, channels, seed: 1), sample(window.pixels, channels, seed: 2)
    )
    let (bias, old) = (sample(1, channels, seed: 3), sample(window.pixels, channels, seed: 5))
    let delta = sample(window.target.rows, channels, seed: 4)
    let (y, dw, dx) = (copied(delta), copied(old), Matrix(rows: x.rows, columns: channels))
    let seen = places(window)
    for c in 0..<channels {
      for (row, all) in seen.enumerated() {
        y[row, c] = all.reduce(bias[0, c]) { sum, tap in
          tap.row.map { sum.addingProduct(w[tap.place, c], x[$0, c]) } ?? sum
        }
        for (place, pixel) in all {
          if let pixel { dw[place, c].addProduct(delta[row, c], x[pixel, c]) }
        }
      }
      // By rising place, whatever the position.
      for place in 0..<window.pixels {
        for (row, all) in seen.enumerated() {
          if let pixel = all[place].row { dx[pixel, c].addProduct(w[place, c], delta[row, c]) }
        }
      }
    }
    for kernels in everyKernels() {
      let (image, result, back, weights) = (
        Framed(x), Framed(delta, gap: 2), Framed(x, gap: 1), Framed(old, gap: 4)
      )
      kernels.depthwise(image.view, window, weights: w, bias: bias, into: result.view)
      expectSame(result.view, y, "y, \(kernels.name)")
      kernels.depthwiseBackward(delta, window, weights: w, into: back.view)
      expectSame(back.view, dx, "∂x, \(kernels.name)")
      kernels.addDepthwiseWeights(delta, image.view, window, to: weights.view)
      expectSame(weights.view, dw, "∂w, \(kernels.name)")
      for frame in [image, result, back, weights] { #expect(frame.isIntact, "\(kernels.name)") }
    }
  }

  @Test(arguments: cases.indices) func `find the greatest`(index: Int) {
    let (window, channels) = window(index)
    // Few different numbers, so that there are equals; and one that is none.
    let x = sample(window.source.rows, channels, seed: 1)
    for i in 0..<x.rows { for c in 0..<channels { x[i, c] = x[i, c].rounded() - 3 } }
    x[0, 0] = .nan
    let delta = sample(window.target.rows, channels, seed: 4)
    let (y, winners) = (copied(delta), copied(delta))
    let dx = Matrix(rows: x.rows, columns: channels)
    let seen = places(window)
    for c in 0..<channels {
      for (row, all) in seen.enumerated() {
        var best: (value: Float, place: Int)?
        for (place, pixel) in all {
          guard let pixel else { continue }
          let value = x[pixel, c]
          if value.isNaN || value > best?.value ?? -.infinity { best = (value, place) }
        }
        (y[row, c], winners[row, c]) = (best?.value ?? 0, Float(best?.place ?? 0))
      }
      for place in 0..<window.pixels {
        for (row, all) in seen.enumerated() where winners[row, c] == Float(place) {
          if let pixel = all[place].row { dx[pixel, c] += delta[row, c] }
        }
      }
    }
    for kernels in everyKernels() {
      let (result, won, back) = (Framed(delta), Framed(delta, gap: 2), Framed(x, gap: 1))
      kernels.maxPool(x, window, into: result.view, winners: won.view)
      expectSame(result.view, y, "y, \(kernels.name)")
      expectSame(won.view, winners, "winners, \(kernels.name)")
      kernels.maxPoolBackward(delta, window, winners: won.view, into: back.view)
      expectSame(back.view, dx, "∂x, \(kernels.name)")
      for frame in [result, won, back] { #expect(frame.isIntact, "\(kernels.name)") }
    }
  }

  @Test func `weigh channels`() {
    let shape = GridShape(images: 3, height: 2, width: 5)
    for columns in [1, 7, 16, 35] {
      let (x, z) = (sample(30, columns, seed: 1), sample(30, columns, seed: 2))
      let factors = sample(3, columns, seed: 3)
      let (y, sums) = (copied(x), Matrix(rows: 3, columns: columns))
      for i in 0..<30 {
        for c in 0..<columns {
          y[i, c] = x[i, c] * factors[i / 10, c]
          sums[i / 10, c].addProduct(x[i, c], z[i, c])
        }
      }
      for kernels in everyKernels() {
        let (result, found) = (Framed(x), Framed(factors))
        kernels.scaleChannels(result.view, by: factors, shape, into: result.view)
        expectSame(result.view, y, "y, \(kernels.name)")
        kernels.channelProducts(x, z, shape, into: found.view)
        expectSame(found.view, sums, "sums, \(kernels.name)")
        #expect(result.isIntact && found.isIntact, "\(kernels.name)")
      }
    }
  }
}
